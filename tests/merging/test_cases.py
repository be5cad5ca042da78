"""Faults that people met elsewhere, where they touch merging in the browser."""

import pytest
from flask import Flask

from roadmap.accounts.actions import erase
from roadmap.accounts.models import Account
from roadmap.core.db import db
from roadmap.domain.policy import Role
from roadmap.editions.models import Edition
from roadmap.merging.actions import merge_proposals
from roadmap.moderation.models import Report
from roadmap.votes.actions import cast_vote
from tests.accounts.people import Visitor
from tests.factories import NOW, a_comment, a_proposal, a_role, an_account, saved, the_actor
from tests.merging.conftest import Merging
from tests.votes.counting import tallies


@pytest.fixture
def rita(edition: Edition) -> Account:
    return a_role(an_account("Rita"), Role.FACILITATOR, edition)


def test_a_ballot_opened_before_a_merge_and_sent_after_it_is_an_answer_on_the_lead(
    app: Flask, edition: Edition, merge: Merging
) -> None:
    """C06."""
    lead, source = a_proposal(edition), a_proposal(edition)
    ana = Visitor(app)
    ana.sign_in(an_account("Ana"))
    page = "/en/2026/proposals/2-share-what-works-number-2"
    opened = ana.get(page)
    merge(lead, source)
    sent = ana.press_on(opened, page, "Agree")
    assert sent.status_code == 303 and "/proposals/1-one-sentence-for-both" in sent.headers["Location"]
    assert (tallies(lead), tallies(source)) == ({"account": (1, 0, 0)}, {})
    pressed = ana.page("/en/2026/proposals/1-one-sentence-for-both").select("[aria-pressed=true]")
    assert [button["value"] for button in pressed] == ["agree"]


def test_pages_decisions_and_an_undo_work_once_the_author_of_a_source_has_left(
    app: Flask, edition: Edition, rita: Account
) -> None:
    """C33."""
    badr = an_account("Badr Quillfeather")
    lead, source = a_proposal(edition), a_proposal(edition, badr)
    comment = a_comment(lead, badr)
    voter = the_actor(an_account("Ana"))
    cast_vote(voter, edition, source.number, "agree", now=NOW)
    for about in ({"proposal_id": source.id}, {"comment_id": comment.id}):
        saved(Report(edition_id=edition.id, reason="Rude", made=NOW, **about))
    merged = merge_proposals(
        the_actor(rita), edition, lead.number, [source.number], title="One", text="One.", reason="", now=NOW
    )
    erase(the_actor(badr), now=NOW)
    desk = Visitor(app)
    desk.sign_in(rita, factor=1)
    for address in (
        "desk", "desk/reports", f"desk/reports/proposals/{source.number}", f"desk/reports/comments/{comment.id}",
        "log", "proposals/1-one", "proposals/1-one/origins", "proposals/1-one/history",
        "proposals/2-share-what-works-number-2/history", f"desk/merges/{merged.id}/undo",
    ):  # fmt: skip
        answer = desk.get(f"/en/2026/{address}")
        assert (address, answer.status_code, "Quillfeather" in answer.text) == (address, 200, False)
    case = f"/en/2026/desk/reports/comments/{comment.id}"
    assert desk.post(case, {"outcome": "leave", "sentence": "It stays."}).status_code == 303
    desk.press(f"/en/2026/desk/merges/{merged.id}/undo", "Undo the merge")
    db.session.refresh(source)
    assert (source.lead_id, source.state, tallies(source)) == (None, "published", {"account": (1, 0, 0)})
    assert "Quillfeather" not in Visitor(app).get("/en/2026/proposals/2-share-what-works-number-2").text
