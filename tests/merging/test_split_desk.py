"""Splitting in the browser: parts are written beside the original, looked at, and can be undone."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from roadmap.accounts.models import Account
from roadmap.core.db import db
from roadmap.domain.policy import Role
from roadmap.editions.models import Edition
from roadmap.merging.models import Split
from roadmap.proposals.actions import edit_proposal
from roadmap.proposals.fields import Fields
from roadmap.proposals.models import Proposal
from roadmap.proposals.story import split_story
from roadmap.similarity.actions import compare_edition, decide_pair
from roadmap.votes.actions import cast_vote
from tests.accounts.people import Visitor
from tests.factories import NOW, a_proposal, a_role, an_account, the_actor
from tests.merging.conftest import Merging

DESK = "/en/2026/desk/splits"
PAGE = "/en/2026/proposals/1-share-what-works-number-1"
TWO = {
    "title_1": "Open the borders", "text_1": "For everybody who flees.",
    "title_2": "Fund the ships", "text_2": "From one budget.", "reason": "Two things.",
}  # fmt: skip


@pytest.fixture
def awa(edition: Edition) -> Account:
    return an_account("Awa")


@pytest.fixture
def original(edition: Edition, awa: Account) -> Proposal:
    made = a_proposal(edition, awa)
    cast_vote(the_actor(an_account("Ana")), edition, made.number, "agree", now=NOW)
    return made


@pytest.fixture
def desk(app: Flask, edition: Edition) -> Visitor:
    browser = Visitor(app)
    browser.sign_in(a_role(an_account("Rita"), Role.FACILITATOR, edition), factor=1)
    return browser


def titles(browser: Visitor, address: str, **fields: str) -> list[str]:
    """What stands in the title fields of the page that answers."""
    page = BeautifulSoup(browser.post(address, fields).text, "html.parser")
    return [item.text.strip() for item in page.select("textarea[name^=title_]")]


def test_the_page_of_a_proposal_leads_facilitators_to_splitting_and_nobody_else(
    app: Flask, original: Proposal, desk: Visitor
) -> None:
    links = [str(link["href"]) for link in desk.page(PAGE).select("article a")]
    assert f"{DESK}/1" in links and "/en/2026/desk/duplicates?q=1#by-hand" in links
    assert "/desk/" not in str(Visitor(app).page(PAGE).select_one("article"))


def test_the_page_says_what_happens_to_votes_before_the_act(original: Proposal, desk: Visitor) -> None:
    text = desk.page(f"{DESK}/1").select_one("main")
    assert text is not None
    assert "1 person has voted on it. That vote stays with it and is given to no part." in text.text
    assert "Whoever voted on the original gets the parts first." in text.text


def test_a_part_more_keeps_what_was_written_and_there_are_ten_at_most(
    original: Proposal, desk: Visitor
) -> None:
    assert titles(desk, f"{DESK}/1", **TWO, do="add") == ["Open the borders", "Fund the ships", ""]
    ten = {f"title_{place}": f"Part {place}" for place in range(1, 11)}
    assert titles(desk, f"{DESK}/1", **ten, do="add") == list(ten.values())
    assert db.session.query(Split).count() == 0


def test_looking_at_the_parts_splits_nothing_and_leads_on_and_back(original: Proposal, desk: Visitor) -> None:
    answer = desk.press(f"{DESK}/1", "Look at the parts", **TWO)
    assert answer.status_code == 200 and "For everybody who flees." in answer.text
    assert db.session.query(Split).count() == 0
    back = desk.press_on(answer, f"{DESK}/1", "Change the parts")
    assert "Fund the ships" in back.text and 'name="title_2"' in back.text
    assert desk.press_on(answer, f"{DESK}/1", "Split it now").headers["Location"] == PAGE
    parts = split_story(original).parts
    assert [part.title for part in parts] == ["Open the borders", "Fund the ships"]
    assert [(each.reason, each.undone) for each in db.session.query(Split)] == [("Two things.", None)]


def test_an_empty_part_is_left_out_and_one_alone_is_refused_with_what_was_written(
    original: Proposal, desk: Visitor
) -> None:
    given = {**TWO, "title_2": "", "text_2": "", "title_3": "Fund the ships", "text_3": "Now."}
    assert desk.post(f"{DESK}/1", {**given, "do": "look"}).status_code == 200
    refused = desk.post(f"{DESK}/1", {**TWO, "title_2": "", "text_2": "", "do": "split"})
    assert refused.status_code == 422
    assert "Open the borders" in refused.text and "Write your proposal in one sentence." in refused.text


def test_an_edit_meanwhile_comes_back_with_the_difference_and_the_parts(
    edition: Edition, awa: Account, desk: Visitor
) -> None:
    made = a_proposal(edition, awa)
    page = desk.get(f"{DESK}/1")
    fields = Fields(title="Share what works and why", text="More.", language="en")
    edit_proposal(the_actor(awa), edition, made, fields, now=NOW)
    shown = desk.press_on(page, f"{DESK}/1", "Look at the parts", **TWO)
    answer = desk.press_on(shown, f"{DESK}/1", "Split it now")
    assert answer.status_code == 409
    assert "What is different in No. 1 now" in answer.text and "Fund the ships" in answer.text
    assert db.session.query(Split).count() == 0
    again = desk.press_on(answer, f"{DESK}/1", "Look at the parts")
    assert desk.press_on(again, f"{DESK}/1", "Split it now").status_code == 303


def test_a_source_is_not_split(edition: Edition, merge: Merging, desk: Visitor) -> None:
    lead, source = a_proposal(edition), a_proposal(edition)
    merge(lead, source)
    assert desk.get(f"{DESK}/{source.number}").status_code == 409


def test_a_split_is_undone_from_the_page_of_the_original(original: Proposal, desk: Visitor) -> None:
    desk.post(f"{DESK}/1", {**TWO, "do": "split"})
    assert f"{DESK}/1/undo" in [str(link["href"]) for link in desk.page(PAGE).select("article a")]
    assert desk.get(f"{DESK}/1").headers["Location"] == f"{DESK}/1/undo"
    assert "Fund the ships" in desk.page(f"{DESK}/1/undo").text
    assert desk.press(f"{DESK}/1/undo", "Undo the split", reason="One thing.").headers["Location"] == PAGE
    db.session.refresh(original)
    assert original.state == "published"
    assert [each.undo_reason for each in db.session.query(Split)] == ["One thing."]
    again = desk.post(f"{DESK}/1/undo", {})
    assert again.status_code == 409 and "This split was undone already." in again.text


def test_the_origins_lead_facilitators_to_undoing_a_merge(
    app: Flask, edition: Edition, merge: Merging, desk: Visitor
) -> None:
    made = merge(a_proposal(edition), a_proposal(edition))
    origins = "/en/2026/proposals/1-one-sentence-for-both/origins"
    undo = f"/en/2026/desk/merges/{made.id}/undo"
    assert undo in str(desk.page(origins).main)
    assert undo not in str(Visitor(app).page(origins).main)


def test_what_is_related_is_named_on_both_pages_to_everybody(
    app: Flask, edition: Edition, original: Proposal, desk: Visitor
) -> None:
    a_proposal(edition)
    facilitator = the_actor(db.session.query(Account).filter_by(name="Rita").one())
    decide_pair(facilitator, edition, 1, 2, decision="related", now=NOW)
    text = Visitor(app).page(PAGE).select_one("article")
    assert text is not None and "Related to No. 2: Share what works, number 2" in text.text
    other = Visitor(app).page("/en/2026/proposals/2-share-what-works-number-2").select_one("article")
    assert other is not None and "Related to No. 1:" in other.text


def test_what_is_related_and_hidden_is_not_named(
    app: Flask, edition: Edition, original: Proposal, desk: Visitor
) -> None:
    hidden = a_proposal(edition)
    facilitator = the_actor(db.session.query(Account).filter_by(name="Rita").one())
    decide_pair(facilitator, edition, 1, 2, decision="related", now=NOW)
    hidden.state = "hidden"
    db.session.commit()
    assert "Related to" not in Visitor(app).page(PAGE).text


def test_looking_for_what_says_the_same_shows_the_proposal_and_those_most_like_it(
    edition: Edition, original: Proposal, desk: Visitor
) -> None:
    a_proposal(edition, title="Share what works, number one")
    a_proposal(edition, title="Ban heavy lorries from the old harbour", text="They shake the houses.")
    compare_edition(edition, now=NOW)
    found = desk.page("/en/2026/desk/duplicates?q=1").select("input[name=number]")
    assert [item["value"] for item in found][:2] == ["1", "2"]
