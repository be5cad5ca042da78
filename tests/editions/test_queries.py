"""An edition as a page shows it is what the database holds; deeds read their facts themselves."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import class_mapper

from roadmap.core.db import db
from roadmap.core.errors import NotFound
from roadmap.editions import queries
from roadmap.editions.models import Edition, EditionPhase, GuidingQuestion
from tests.browsing import Browser
from tests.factories import NOW, a_proposal, an_edition


def columns(row: Edition | EditionPhase | GuidingQuestion) -> dict[str, object]:
    return {column.key: getattr(row, column.key) for column in class_mapper(type(row)).column_attrs}


def test_an_edition_shown_is_the_edition_with_its_phases_and_questions(app: Flask) -> None:
    kept = an_edition(texts={"kicker": {"ar": "صوت"}}, guests_count=True)
    shown = queries.edition_shown("2026")
    assert columns(shown) == columns(kept)
    for read in (queries.phases_of, queries.questions_of):
        assert [columns(row) for row in read(shown)] == [columns(row) for row in read(kept)]


def test_an_edition_without_phases_and_questions_is_shown(app: Flask) -> None:
    an_edition()
    for model in (EditionPhase, GuidingQuestion):
        db.session.query(model).delete()
    db.session.commit()
    shown = queries.edition_shown("2026")
    assert (queries.phases_of(shown), queries.questions_of(shown)) == ([], [])


def test_an_unknown_edition_is_not_shown(app: Flask) -> None:
    with pytest.raises(NotFound):
        queries.edition_shown("2027")


def test_what_is_shown_is_never_written(app: Flask) -> None:
    an_edition()
    queries.edition_shown("2026").slug = "1999"
    db.session.commit()
    assert db.session.query(Edition).one().slug == "2026"


def test_the_current_edition_is_shown_before_newer_ones(app: Flask) -> None:
    an_edition()
    an_edition("2027", is_current=False)
    shown, found = queries.current_edition_shown(), queries.find_current_edition()
    assert shown is not None and found is not None
    assert shown.slug == found.slug == "2026"


def test_there_may_be_no_edition_to_show(app: Flask) -> None:
    assert queries.current_edition_shown() is None


def test_several_editions_are_shown_by_their_ids(app: Flask) -> None:
    first, second = an_edition(), an_edition("2027", is_current=False)
    shown = queries.editions_shown([first.id, second.id, 99])
    assert {key: edition.slug for key, edition in shown.items()} == {first.id: "2026", second.id: "2027"}


def test_a_deadline_moved_by_another_process_holds_for_the_next_vote(app: Flask) -> None:
    """The page before it was shown while voting was open."""
    proposal = a_proposal(an_edition())
    browser = Browser(app)
    browser.page("/en/2026/questions/1-question-1")
    phase = db.session.query(EditionPhase).filter_by(kind="voting").one()
    phase.closes = NOW - timedelta(minutes=1)
    db.session.commit()
    answer = browser.post(f"/en/2026/proposals/{proposal.number}/vote", {"choice": "agree"})
    assert answer.status_code == 409
