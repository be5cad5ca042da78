"""The queue outlives the process: what waited is done after the next start, once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from roadmap.accounts.models import Account
from roadmap.core import jobs
from roadmap.core.db import db
from roadmap.editions.models import Edition
from roadmap.proposals.actions import publish_proposal
from roadmap.proposals.fields import Fields
from roadmap.similarity import queries
from roadmap.similarity.listeners import catch_up
from tests.browsing import Browser
from tests.factories import NOW, a_proposal, the_actor
from tests.similarity.conftest import SEAT, SEAT_TOO, everything, pairs


@pytest.fixture
def queue(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """The queue is a file, and nobody works it off."""
    jobs.set_up(app, tmp_path, immediate=False)
    yield tmp_path
    jobs.set_up(app, tmp_path, immediate=True)


def publish(author: Account, edition: Edition, title: str) -> int:
    fields = Fields(
        question=1, title=title, text="As others do.", language="en", author_line="none", charter=True
    )
    return publish_proposal(the_actor(author), edition, fields, nonce=title, now=NOW).id


def work_off(app: Flask, folder: Path, *, most: int = 99) -> int:
    """What a worker does that was started just now; how many jobs it did."""
    jobs.set_up(app, folder, immediate=False)
    queue, done = jobs._queue[-1], 0
    while done < most and (task := queue.dequeue()) is not None:
        queue.execute(task)
        done += 1
    db.session.rollback()  # what was read before stands for a moment before
    return done


def test_publishing_waits_for_nothing_and_the_backlog_is_known(
    queue: Path, edition: Edition, author: Account
) -> None:
    for title in (SEAT, SEAT_TOO):
        publish(author, edition, title)
    assert (jobs.backlog(), queries.waiting(edition), pairs()) == (2, 2, [])


def test_the_backlog_stands_on_the_readiness_page(
    queue: Path, edition: Edition, author: Account, browser: Browser
) -> None:
    publish(author, edition, SEAT)
    assert browser.get("/readyz").text == "yes\njobs waiting: 1\n"


def test_a_new_process_does_what_waited(app: Flask, queue: Path, edition: Edition, author: Account) -> None:
    first, second = (publish(author, edition, title) for title in (SEAT, SEAT_TOO))
    done = work_off(app, queue)
    assert (done, jobs.backlog(), pairs()) == (2, 0, [(first, second)])


def test_a_process_that_is_killed_between_two_jobs_leaves_the_second_to_the_next(
    app: Flask, queue: Path, edition: Edition, author: Account
) -> None:
    first, second = (publish(author, edition, title) for title in (SEAT, SEAT_TOO))
    done = [work_off(app, queue, most=1), work_off(app, queue)]
    assert (done, pairs()) == ([1, 1], [(first, second)])


def test_a_job_that_was_lost_with_its_process_is_made_good_at_the_next_start(
    app: Flask, queue: Path, edition: Edition, author: Account
) -> None:
    first, second = (publish(author, edition, title) for title in (SEAT, SEAT_TOO))
    while jobs._queue[-1].dequeue() is not None:  # taken, and never done
        pass
    catch_up()
    work_off(app, queue)
    assert (queries.waiting(edition), pairs()) == (0, [(first, second)])


def test_a_start_with_nothing_left_changes_nothing(
    app: Flask, queue: Path, edition: Edition, author: Account
) -> None:
    for title in (SEAT, SEAT_TOO):
        a_proposal(edition, author, title=title)
    catch_up()
    work_off(app, queue)
    before = everything()
    catch_up()
    work_off(app, queue)
    assert everything() == before
