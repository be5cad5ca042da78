"""Where there are many votes a version is compiled by the queue, once, and the page tells how far it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from roadmap.accounts.models import Account
from roadmap.core import jobs
from roadmap.core.db import db
from roadmap.drafts.actions import background, compile_or_ask
from roadmap.drafts.models import Compilation, Draft
from roadmap.drafts.queries import compilation_of
from roadmap.editions.models import Edition
from tests.browsing import Browser
from tests.drafts.making import by_hand
from tests.factories import DAY, NOW, an_edition, the_actor
from tests.similarity.test_jobs import work_off

PAGE = "/en/2026/manage/roadmap/new"


@pytest.fixture
def queue(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Every edition is a large one, the queue is a file, and nobody works it off."""
    monkeypatch.setattr(background, "AT_ONCE", -1)
    jobs.set_up(app, tmp_path, immediate=False)
    yield tmp_path
    jobs.set_up(app, tmp_path, immediate=True)


@pytest.fixture
def edition(app: Flask) -> Edition:
    return by_hand()[0]


@pytest.fixture
def organiser(edition: Edition, browser: Browser) -> Browser:
    """The organiser's browser."""
    browser.sign_in(db.session.query(Account).filter_by(name="Ines").one())
    return browser


def press(browser: Browser) -> None:
    answer = browser.post(PAGE, {"method": "equal-persons"})
    assert (answer.status_code, answer.location) == (303, PAGE)


def test_few_votes_are_compiled_at_once(edition: Edition, organiser: Browser) -> None:
    answer = organiser.post(PAGE, {"method": "equal-persons"})
    assert answer.location == "/en/2026/roadmap/1"
    assert compilation_of(edition) is None


def test_many_votes_are_compiled_in_the_background_and_the_page_says_since_when(
    queue: Path, edition: Edition, organiser: Browser
) -> None:
    press(organiser)
    page = organiser.get(PAGE).text
    assert "Being computed since" in page
    assert "<button" not in page.split("<main")[1].split("Before you compile")[1].split("</main>")[0]
    assert db.session.query(Draft).count() == 0


def test_once_it_is_done_the_page_leads_to_the_version(
    app: Flask, queue: Path, edition: Edition, organiser: Browser
) -> None:
    press(organiser)
    work_off(app, queue)
    assert 'href="/en/2026/roadmap/1"' in organiser.get(PAGE).text
    assert organiser.get("/en/2026/roadmap/1").status_code == 200


def test_twice_pressed_is_once(app: Flask, queue: Path, edition: Edition, organiser: Browser) -> None:
    press(organiser)
    press(organiser)
    work_off(app, queue)
    assert db.session.query(Draft).count() == 1


def test_what_stands_in_the_way_is_told_in_words(
    app: Flask, queue: Path, edition: Edition, organiser: Browser
) -> None:
    press(organiser)
    edition.results = "at-close"
    db.session.commit()
    work_off(app, queue)
    page = organiser.get(PAGE).text
    assert "could not be compiled" in page
    assert "Shares show when voting closes." in page


def test_an_edition_without_proposals_is_told_so_by_the_queue_too(
    app: Flask, queue: Path, browser: Browser
) -> None:
    from tests.drafts.making import an_organiser  # thin command

    edition = an_edition()
    actor = the_actor(an_organiser(edition))
    compile_or_ask(actor, edition, now=NOW)
    work_off(app, queue)
    row = db.session.query(Compilation).one()
    assert (row.state, row.error) == (
        "failed",
        {"en": "There is no proposal in this edition yet, so there is nothing to compile."},
    )


def test_what_was_begun_when_the_server_stopped_is_done_after_the_next_start(
    app: Flask, queue: Path, edition: Edition, organiser: Browser
) -> None:
    press(organiser)
    jobs._queue[-1].dequeue()
    background._take(edition.id)
    background.catch_up("http://localhost")
    background.catch_up("http://localhost")
    work_off(app, queue)
    assert db.session.query(Draft).count() == 1


def test_what_never_came_to_an_end_can_be_asked_for_again_after_an_hour(
    app: Flask, queue: Path, edition: Edition
) -> None:
    actor = the_actor(db.session.query(Account).filter_by(name="Ines").one())
    compile_or_ask(actor, edition, now=NOW)
    compile_or_ask(actor, edition, now=NOW + DAY)
    assert db.session.query(Compilation).one().asked == NOW + DAY
