"""Work after the answer: one queue behind one function. Survives a restart of the server."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from huey import SqliteHuey, crontab
from huey.consumer import Consumer
from huey.registry import Message
from huey.serializer import Serializer
from huey.utils import Error

from roadmap.core.db import db

logger = structlog.get_logger(__name__)
_jobs: dict[str, Callable[..., None]] = {}
_each_minute: list[str] = []
MOMENTS = ("eta", "expires_resolved")
"""The parts of a queued job that are moments: when it is due, and when it is too late for it."""
WORKERS = 2
"""Threads that work off the queue: what takes long must not keep the mails waiting."""
_queue: list[SqliteHuey] = []
_app: list[Any] = []
_runner: list[Any] = []


class PlainSerializer(Serializer):  # type: ignore[misc]
    """Keeps jobs as JSON instead of pickles, so that reading the queue's file can run nothing."""

    def _serialize(self, data: Any) -> bytes:
        if isinstance(data, Error):
            return json.dumps({"error": data.metadata}).encode()
        fields = {name: value for name, value in data._asdict().items() if value is not None}
        fields |= {name: fields[name].isoformat() for name in MOMENTS if name in fields}
        return json.dumps({"job": fields}).encode()

    def _deserialize(self, data: Any) -> Any:
        kept = json.loads(bytes(data))
        if "error" in kept:
            return Error(kept["error"])
        fields = kept["job"]
        fields |= {name: datetime.fromisoformat(fields[name]) for name in MOMENTS if name in fields}
        return Message(**fields)


def job(function: Callable[..., None]) -> Callable[..., None]:
    """Let the function be run later, by its module and name; its arguments must be plain values."""
    _jobs[f"{function.__module__}.{function.__name__}"] = function
    return function


def each_minute(function: Callable[..., None]) -> None:
    """Run a function marked with `job` once a minute while a worker runs. Say so before `set_up`."""
    name = f"{function.__module__}.{function.__name__}"
    if name not in _jobs:
        raise LookupError(f"{name} is not a job")
    _each_minute[:] = sorted({*_each_minute, name})


def later(function: Callable[..., None], **arguments: Any) -> None:
    """Queue a function marked with `job`. Call it after the commit (see `after`), never inside a deed."""
    _runner[-1](_name_of(function), _plain(arguments))


def later_in(function: Callable[..., None], delay: timedelta, **arguments: Any) -> None:
    """As `later`, to be run once this much time has passed. Where jobs are done at once it is never run."""
    _runner[-1].schedule((_name_of(function), _plain(arguments)), delay=delay.total_seconds())


def _name_of(function: Callable[..., None]) -> str:
    name = f"{function.__module__}.{function.__name__}"
    if name not in _jobs:
        raise LookupError(f"{name} is not a job")
    return name


def _plain(arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments as they come out of the queue; raises TypeError for what is no plain value."""
    read: dict[str, Any] = json.loads(json.dumps(arguments))
    return read


def after(function: Callable[..., None], **arguments: Any) -> None:
    """Queue the job once the running use case has been committed."""
    db.session().info["outbox"].append(lambda: later(function, **arguments))


def run(name: str, arguments: dict[str, Any]) -> None:
    """Do one queued job in an application context of its own. Raises LookupError for a name that is no job's."""
    if name not in _jobs:
        raise LookupError(f"{name} is not a job")
    with _app[-1].app_context():
        _jobs[name](**arguments)


def set_up(app: Any, folder: Path, *, immediate: bool) -> None:
    """Choose the queue of the application: a file beside the database, or at once for tests and commands."""
    folder.mkdir(parents=True, exist_ok=True)
    close()
    queue = SqliteHuey(
        "jobs",
        filename=":memory:" if immediate else str(folder / "jobs.sqlite3"),
        immediate=immediate,
        serializer=PlainSerializer(),
    )
    _queue[:], _app[:], _runner[:] = [queue], [app], [queue.task()(run)]
    for name in _each_minute:
        _repeat(queue, name)


def close() -> None:
    """Let go of the queue's file in this thread; whoever uses the queue again opens it anew."""
    for queue in _queue:
        queue.storage.close()


def _repeat(queue: SqliteHuey, name: str) -> None:
    def again() -> None:
        run(name, {})

    # What could not be begun within the minute is left to the next one.
    queue.periodic_task(crontab(), name=name, expires=60)(again)


def start_worker() -> Consumer:
    """Begin working off the queue in threads of this process."""
    consumer = Consumer(_queue[-1], workers=WORKERS, periodic=True, initial_delay=0.2, max_delay=2.0)
    consumer.start()
    return consumer


def backlog() -> int:
    """How many jobs wait."""
    return int(_queue[-1].pending_count())


def failures() -> int:
    """How many jobs failed since somebody last set that aside; jobs answer nothing, so results are failures."""
    return int(_queue[-1].result_count())


def set_failures_aside() -> None:
    """Count failed jobs from nothing again; why each failed stays in the server's log."""
    _queue[-1].storage.flush_results()
