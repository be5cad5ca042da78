"""The queue of later work: plain values in a file, and nothing runs but our own jobs."""

import pickle
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from roadmap.core import jobs
from roadmap.core.jobs import _queue, job, later, later_in

DONE: list[Any] = []


@job
def note(word: str, more: dict[str, Any] | None = None) -> None:
    DONE.append((word, more))


@job
def fail() -> None:
    raise RuntimeError("on purpose")


@pytest.fixture
def file(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """The queue in a file, worked off by the test itself."""
    DONE.clear()
    jobs.set_up(app, tmp_path, immediate=False)
    yield tmp_path / "jobs.sqlite3"
    jobs.set_up(app, tmp_path, immediate=True)


def work() -> None:
    """One turn of the worker, as the consumer takes it."""
    task = _queue[-1].dequeue()
    if task is not None:
        _queue[-1].execute(task)


def put(file: Path, data: bytes) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("INSERT INTO task (queue, data, priority) VALUES ('jobs', ?, 0)", (data,))


class Boom:
    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return DONE.append, ("a pickle ran",)


def test_a_job_is_done_with_what_it_was_given(file: Path) -> None:
    later(note, word="né", more={"numbers": [1, None]})
    assert (jobs.backlog(), DONE) == (1, [])
    work()
    assert (jobs.backlog(), jobs.failures(), DONE) == (0, 0, [("né", {"numbers": [1, None]})])


def test_the_file_holds_no_pickles(file: Path) -> None:
    """F2."""
    later(note, word="plain")
    later_in(note, timedelta(hours=1), word="later")
    with closing(sqlite3.connect(file)) as connection, connection:
        kept = [
            row[0]
            for table in ("task", "schedule")
            for row in connection.execute(f"SELECT data FROM {table}")
        ]
    assert [bytes(data)[:8] for data in kept] == [b'{"job": '] * 2


def test_a_job_for_later_waits_until_then(file: Path) -> None:
    later_in(note, timedelta(hours=1), word="later")
    work()
    assert (jobs.backlog(), DONE) == (0, [])
    task = _queue[-1].read_schedule(_queue[-1]._get_timestamp() + timedelta(hours=2))[0]
    _queue[-1].execute(task, task.eta)
    assert DONE == [("later", None)]


def test_what_is_done_each_minute_is_queued_with_the_moment_when_it_is_too_late(file: Path) -> None:
    for task in _queue[-1]._registry.periodic_tasks:
        _queue[-1].enqueue(task)
    queued = _queue[-1].pending()
    assert queued and len(queued) == jobs.backlog()
    assert {type(task.expires_resolved) for task in queued} == {datetime}


@pytest.mark.parametrize(
    "data",
    [
        pickle.dumps(Boom()),
        b"",
        b"\xff\xfe",
        b"[1, 2]",
        b'{"job": {"name": "roadmap.core.jobs.nothing", "args": []}}',
        b'{"job": {"surplus": 1}}',
        b'{"job": {"id": "1", "name": "queuetask_run", "args": ["os.system", {"command": "true"}]}}',
    ],
)
def test_a_row_that_is_no_job_runs_nothing(file: Path, data: bytes) -> None:
    """F2: reading it fails, which the worker logs; the next job is done all the same."""
    put(file, data)
    with pytest.raises(Exception):  # noqa: B017 - whatever it is, the consumer logs it
        work()
    later(note, word="next")
    work()
    assert DONE == [("next", None)]


def test_a_name_that_is_no_jobs_runs_nothing_and_is_counted_as_a_failure(file: Path) -> None:
    jobs._runner[-1]("os.system", {"command": "true"})
    work()
    assert (jobs.failures(), DONE) == (1, [])


def test_a_failure_is_counted_and_set_aside(file: Path) -> None:
    later(fail)
    work()
    assert jobs.failures() == 1
    jobs.set_failures_aside()
    assert jobs.failures() == 0


def test_what_is_no_plain_value_is_refused_when_it_is_queued(file: Path) -> None:
    with pytest.raises(TypeError):
        later(note, word=Boom())
    assert jobs.backlog() == 0
