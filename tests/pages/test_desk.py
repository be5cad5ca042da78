"""The front page of the desk: what waits, since when, and plain words where nothing does."""

import pytest
from flask import Flask

from roadmap.accounts.models import Account
from roadmap.core import jobs
from roadmap.core.db import db
from roadmap.domain.policy import Role
from roadmap.editions.models import Edition
from roadmap.merging.actions import merge_proposals, object_to_merge
from roadmap.moderation.models import Report
from roadmap.moderation.signals import look_through
from roadmap.proposals.models import Correction
from roadmap.similarity.actions import compare_edition
from tests.accounts.people import Visitor
from tests.factories import DAY, NOW, a_proposal, a_role, an_account, an_edition, saved, the_actor

PAGE = "/en/2026/desk"


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def rita(edition: Edition) -> Account:
    return a_role(an_account("Rita"), Role.FACILITATOR, edition)


@pytest.fixture
def desk(app: Flask, rita: Account) -> Visitor:
    browser = Visitor(app)
    browser.sign_in(rita, factor=1)
    return browser


def card(browser: Visitor, name: str) -> list[str]:
    """The lines of a queue's card below its heading."""
    found = browser.page(PAGE).select_one(f"#{name}")
    assert found is not None
    return [" ".join(line.get_text(" ").split()) for line in found.select("p")]


def link(browser: Visitor, name: str) -> str:
    found = browser.page(PAGE).select_one(f"#{name} a")
    assert found is not None
    return str(found["href"])


def test_an_empty_desk_says_so_for_each_kind(desk: Visitor) -> None:
    page = desk.page(PAGE)
    assert [each["id"] for each in page.select("main li.card")] == [
        "duplicates", "objections", "reports", "unread", "corrections", "signals",
    ]  # fmt: skip
    assert card(desk, "reports") == ["No report and no appeal is waiting."]
    assert card(desk, "objections") == ["Nobody’s objection waits for an answer."]
    assert card(desk, "signals")[0] == "The votes have not been looked through yet."
    assert "Nothing waits for you here." in page.text


def test_duplicates_are_counted_in_groups_and_pairs_and_begin_with_the_pairs(
    edition: Edition, desk: Visitor
) -> None:
    a_proposal(edition, title="Open the bus depots at night")
    a_proposal(edition, title="Open the bus depots at night")
    compare_edition(edition, now=NOW)
    said = card(desk, "duplicates")
    assert said[:3] == [
        "1",
        "The oldest waits since 31 August 2026, 13:00 (Lisbon time)",
        "1 pair is almost the same: begin there.",
    ]
    assert said[3].startswith("Last checked:")
    assert link(desk, "duplicates") == f"{PAGE}/duplicates?near=1"


def test_what_is_not_compared_yet_is_told(edition: Edition, desk: Visitor) -> None:
    a_proposal(edition)
    assert card(desk, "duplicates")[:2] == [
        "No duplicates are waiting.", "1 proposal is new or changed and not compared yet.",
    ]  # fmt: skip


def test_an_objection_waits_in_a_queue_of_its_own(edition: Edition, rita: Account, desk: Visitor) -> None:
    author = an_account("Sami")
    lead, source = a_proposal(edition), a_proposal(edition, author)
    merge = merge_proposals(
        the_actor(rita), edition, lead.number, [source.number], title="One", text="One.", reason="", now=NOW
    )
    object_to_merge(the_actor(author), edition, merge, source.number, reason="No.", now=NOW)
    assert card(desk, "objections")[0] == "1"
    assert link(desk, "objections") == f"{PAGE}/duplicates"


def test_reports_texts_and_corrections_wait_apart_each_since_its_oldest(
    edition: Edition, desk: Visitor
) -> None:
    reported, _waiting = a_proposal(edition), a_proposal(edition, state="waiting")
    for days in (4, 2):
        saved(Report(edition_id=edition.id, proposal_id=reported.id, reason="x", made=NOW - days * DAY))
    saved(Correction(proposal_id=reported.id, base_revision=1, title="x", text="y", made=NOW - DAY))
    assert card(desk, "reports")[:2] == [
        "1", "The oldest waits since 28 August 2026, 13:00 (Lisbon time)",
    ]  # fmt: skip
    assert (card(desk, "unread")[0], card(desk, "corrections")[0]) == ("1", "1")
    assert link(desk, "corrections") == "/en/2026/proposals/1-share-what-works-number-1"


def test_the_votes_were_looked_through_and_nothing_stood_out(edition: Edition, desk: Visitor) -> None:
    look_through(edition.id)
    said = card(desk, "signals")
    assert said[0] == "Nothing stood out." and said[1].startswith("Last checked:")


def test_jobs_that_wait_are_counted_with_the_time_of_the_check(desk: Visitor) -> None:
    section = desk.page(PAGE).select_one("section[aria-labelledby=jobs]")
    assert section is not None and jobs.backlog() == 0
    assert "None waits, and none failed." in section.text and "Last checked:" in section.text


def test_translators_find_texts_to_translate_and_nothing_of_the_facilitators(
    app: Flask, edition: Edition
) -> None:
    browser = Visitor(app)
    browser.sign_in(a_role(an_account("Amal"), Role.TRANSLATOR, edition, ["ar"]), factor=1)
    assert [each["id"] for each in browser.page(PAGE).select("main li.card")] == ["translations"]
    assert card(browser, "translations") == ["Every text is translated."]


def test_looking_at_the_desk_changes_nothing(edition: Edition, desk: Visitor) -> None:
    a_proposal(edition)
    before = db.session.execute(db.text("SELECT count(*) FROM group_holds")).scalar()
    desk.get(PAGE)
    assert db.session.execute(db.text("SELECT count(*) FROM group_holds")).scalar() == before
