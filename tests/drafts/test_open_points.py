"""Freezing while something is open: the page lists it, and a reason goes into the public log."""

import pytest
from flask import Flask

from roadmap.core.db import db
from roadmap.core.errors import Invalid
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor, Role
from roadmap.drafts.actions import freeze_draft
from roadmap.editions.models import Edition
from roadmap.log.models import LogEntry
from roadmap.moderation.models import Report
from roadmap.proposals.models import Proposal
from tests.browsing import Browser
from tests.drafts.making import an_organiser, by_hand, compiled
from tests.factories import NOW, a_proposal, saved

PAGE = "/en/2026/manage/roadmap/1/freeze"


@pytest.fixture
def scene(app: Flask) -> tuple[Edition, Actor]:
    """A version is compiled, and after that a report comes in."""
    edition, organiser = by_hand()
    compiled(edition, organiser)
    first = db.session.query(Proposal).filter_by(number=1).one()
    saved(Report(edition_id=edition.id, proposal_id=first.id, reason="Rude.", made=NOW))
    return edition, organiser


def entry() -> LogEntry:
    return db.session.query(LogEntry).filter_by(kind="freeze").one()


def test_the_page_lists_what_is_open_and_asks_for_a_reason(app: Flask, scene: tuple[Edition, Actor]) -> None:
    edition, _ = scene
    a_proposal(edition, state="waiting")
    browser = Browser(app).sign_in(an_organiser(edition, "Second"), factor=2)
    page = browser.page(PAGE)
    assert "1 report or appeal waits for a decision." in page.text
    assert "1 text waits to be read." in page.text
    assert page.select_one("textarea[name=reason]") is not None
    refused = browser.post(PAGE, {"sure": "y", "reason": " "})
    assert (refused.status_code, "Say why you freeze although something is open." in refused.text) == (
        422,
        True,
    )
    assert browser.post(PAGE, {"sure": "y", "reason": "It is about another text."}).status_code == 303
    assert (entry().reason, entry().facts["open"]) == (
        "It is about another text.", {"reports": 1, "unread": 1, "merges": 0},
    )  # fmt: skip
    assert "It is about another text." in browser.page("/en/2026/log").text


def test_nothing_is_asked_where_nothing_is_open(app: Flask) -> None:
    edition, organiser = by_hand()
    draft = compiled(edition, organiser)
    browser = Browser(app).sign_in(an_organiser(edition, "Second"), factor=2)
    assert browser.page(PAGE).select_one("textarea[name=reason]") is None
    freeze_draft(organiser, draft, reason="Surplus.", now=NOW)
    assert (entry().reason, "open" in entry().facts) == ("", False)


def test_the_deed_itself_asks_for_the_reason(scene: tuple[Edition, Actor]) -> None:
    edition, organiser = scene
    draft = compiled(edition, organiser)
    with pytest.raises(Invalid):
        freeze_draft(organiser, draft, now=NOW)
    assert draft.frozen is None


def test_the_command_line_freezes_without_one_and_the_log_tells_what_was_open(
    scene: tuple[Edition, Actor],
) -> None:
    edition, organiser = scene
    root = Actor(roles=frozenset({(None, Role.ADMINISTRATOR)}))
    freeze_draft(root, compiled(edition, organiser), verb=Verb.ADMINISTER, now=NOW)
    assert entry().facts["open"]["reports"] == 1
