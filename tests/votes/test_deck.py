"""The deck, as a browser meets it: drawn once, counted once."""

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select

from roadmap.accounts.models import Voter
from roadmap.core.db import db
from roadmap.editions.models import Edition
from roadmap.proposals.models import Proposal
from roadmap.votes.actions import cast_vote
from roadmap.votes.models import Impression, Vote, VoteEvent
from tests.browsing import Browser
from tests.factories import DAY, NOW, a_proposal, an_account, an_edition, the_actor
from tests.votes.counting import effective_tallies
from tests.votes.pressing import fields_of, merged, press


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def proposal(edition: Edition) -> Proposal:
    return a_proposal(edition, title="Share what works")


def test_the_deck_shows_one_proposal(browser: Browser, proposal: Proposal) -> None:
    page = browser.page("/en/2026/vote")
    assert page.select_one("#ask").text == "Share what works"  # type: ignore[union-attr]
    assert len(page.select("form.ballot button[name=choice]")) == 3


def test_looking_changes_nothing_and_draws_the_same_again(browser: Browser, edition: Edition) -> None:
    for _ in range(10):
        a_proposal(edition)
    browser.sign_in(an_account("Ana"))
    seen = {browser.page("/en/2026/vote?question=1").select_one("#ask").text for _ in range(4)}  # type: ignore[union-attr]
    assert len(seen) == 1
    assert db.session.scalar(select(func.count()).select_from(Impression)) == 0


def test_an_answer_to_a_drawn_proposal_is_routed(browser: Browser, edition: Edition) -> None:
    account = an_account("Ana")
    for _ in range(3):
        a_proposal(edition)
    browser.sign_in(account)
    assert press(browser, "agree").location.startswith("/en/2026/vote?question=1&saved=")
    assert db.session.scalars(select(Vote.origin)).all() == ["routed"]
    impression = db.session.scalars(select(Impression)).one()
    assert (impression.answered, impression.draw, impression.probability) == (
        True,
        0,
        pytest.approx(1 / 3),
    )
    event = db.session.scalars(select(VoteEvent)).one()
    assert event.impression_id == impression.id


def test_the_first_vote_of_a_browser_is_direct(browser: Browser, edition: Edition) -> None:
    for _ in range(2):
        a_proposal(edition)
    press(browser, "agree")
    press(browser, "agree")
    assert db.session.scalars(select(Vote.origin).order_by(Vote.sequence)).all() == ["direct", "routed"]


def test_an_impression_works_once(browser: Browser, edition: Edition) -> None:
    for _ in range(2):
        a_proposal(edition)
    browser.sign_in(an_account("Ana"))
    fields = fields_of(browser)
    browser.post("/en/2026/vote", {**fields, "do": "skip"})
    browser.post("/en/2026/vote", {**fields, "choice": "agree"})
    assert db.session.scalars(select(Vote.origin)).all() == ["direct"]


def test_an_impression_is_for_one_voter(app: Flask, browser: Browser, edition: Edition) -> None:
    for _ in range(2):
        a_proposal(edition)
    fields = fields_of(browser.sign_in(an_account("Ana")))
    Browser(app).sign_in(an_account("Badr")).post("/en/2026/vote", {**fields, "choice": "agree"})
    assert db.session.scalars(select(Vote.origin)).all() == ["direct"]


def test_an_impression_is_for_one_proposal(browser: Browser, edition: Edition) -> None:
    numbers = {a_proposal(edition).number for _ in range(2)}
    fields = fields_of(browser.sign_in(an_account("Ana")))
    other = (numbers - {int(fields["number"])}).pop()
    browser.post("/en/2026/vote", {**fields, "number": str(other), "choice": "agree"})
    assert db.session.scalars(select(Vote.origin)).all() == ["direct"]


def test_an_impression_lasts_a_day(
    browser: Browser, proposal: Proposal, clock: time_machine.Traveller
) -> None:
    ana = an_account("Ana")
    fields = fields_of(browser.sign_in(ana))
    clock.shift(DAY)
    browser.sign_in(ana).post("/en/2026/vote", {**fields, "choice": "agree"})
    assert db.session.scalars(select(Vote.origin)).all() == ["direct"]


@pytest.mark.parametrize("forged", ["", "x", "WzEsMSwxLDAsMS4wLCJ1bmlmb3JtLTEiLCJlbiIsMF0.AAAA", "\ud800"])
def test_a_forged_impression_makes_a_direct_vote(browser: Browser, proposal: Proposal, forged: str) -> None:
    browser.sign_in(an_account("Ana"))
    fields = {**fields_of(browser), "impression": forged.encode("utf-8", "replace").decode()}
    assert browser.post("/en/2026/vote", {**fields, "choice": "agree"}).status_code == 303
    assert db.session.scalars(select(Vote.origin)).all() == ["direct"]


def test_skipping_shows_another_and_records_no_vote(browser: Browser, edition: Edition) -> None:
    for _ in range(3):
        a_proposal(edition)
    browser.sign_in(an_account("Ana"))
    first = fields_of(browser)["number"]
    browser.post("/en/2026/vote", {**fields_of(browser), "do": "skip"})
    assert fields_of(browser)["number"] != first
    assert db.session.scalar(select(func.count()).select_from(VoteEvent)) == 0
    assert db.session.scalars(select(Impression.answered)).all() == [False]


def test_a_guest_without_a_key_can_skip(browser: Browser, edition: Edition) -> None:
    for _ in range(8):
        a_proposal(edition)
    fields, seen = fields_of(browser), set()
    for _ in range(8):
        response = browser.post("/en/2026/vote", {**fields, "do": "skip"})
        fields = fields_of(browser, response.location)
        seen.add(fields["number"])
    assert len(seen) > 1
    assert db.session.scalar(select(func.count()).select_from(Voter)) == 0


def test_whoever_skips_most_picks(browser: Browser, edition: Edition) -> None:
    for _ in range(12):
        a_proposal(edition)
    browser.sign_in(an_account("Ana"))
    for _ in range(9):
        browser.post("/en/2026/vote", {**fields_of(browser), "do": "skip"})
    origins = []
    for _ in range(6):
        press(browser, "agree")
    origins = db.session.scalars(select(Vote.origin).order_by(Vote.sequence)).all()
    assert origins == ["direct"] * 5 + ["routed"]


def test_undo_brings_the_proposal_back(browser: Browser, edition: Edition) -> None:
    for _ in range(3):
        a_proposal(edition)
    browser.sign_in(an_account("Ana"))
    number = fields_of(browser)["number"]
    page = browser.page(press(browser, "agree").location)
    assert "Saved: you agree." in page.select_one(".saved-line").text  # type: ignore[union-attr]
    response = browser.post("/en/2026/vote", {"number": number, "question": "1", "do": "undo"})
    assert fields_of(browser, response.location)["number"] == number
    assert db.session.scalars(select(Vote.choice)).all() == [None]


def test_the_deck_ends_with_a_page_that_offers_to_keep_the_votes(
    browser: Browser, proposal: Proposal
) -> None:
    response = press(browser, "pass")
    assert response.location == "/en/2026/vote/done?question=1"
    page = browser.page(response.location)
    assert page.select_one("form[action='/en/sign-in'] input[name=email]") is not None
    assert "These votes belong to this browser until you confirm an e-mail." in page.text


def test_after_twenty_answers_the_deck_pauses(browser: Browser, edition: Edition) -> None:
    for _ in range(21):
        a_proposal(edition)
    browser.sign_in(an_account("Ana"))
    locations = [press(browser, "agree").location for _ in range(20)]
    assert locations[-1] == "/en/2026/vote/done?question=1"
    assert sum("done" in location for location in locations) == 1


def test_the_fifth_vote_of_a_guest_offers_to_keep_them(browser: Browser, edition: Edition) -> None:
    for _ in range(8):
        a_proposal(edition)
    pages = [browser.page(press(browser, "agree").location) for _ in range(6)]
    assert [page.find(id="keep-email") is not None for page in pages] == [False] * 4 + [True, False]


def test_whoever_is_asked_again_is_asked_first(browser: Browser, edition: Edition) -> None:
    """C04."""
    ana = an_account("Ana")
    proposals = [a_proposal(edition) for _ in range(9)]
    cast_vote(the_actor(ana), edition, 5, "agree", now=NOW)
    cast_vote(the_actor(ana), edition, 7, "disagree", now=NOW)
    merged(edition, proposals[4], proposals[6])
    browser.sign_in(ana)
    assert fields_of(browser)["number"] == "5"
    press(browser, "pass")
    assert effective_tallies(proposals[4]) == {"account": (0, 0, 1, 0)}
    assert fields_of(browser)["number"] != "5"


def test_own_proposals_are_not_drawn(browser: Browser, edition: Edition) -> None:
    ana = an_account("Ana")
    a_proposal(edition, ana)
    page = browser.sign_in(ana).page("/en/2026/vote")
    assert "There is no proposal to vote on yet." in page.text


def test_the_script_gets_the_next_card(browser: Browser, edition: Edition) -> None:
    for _ in range(3):
        a_proposal(edition)
    response = browser.post(
        "/en/2026/vote", {**fields_of(browser), "choice": "agree"}, headers={"X-Fragment": "deck"}
    )
    page = BeautifulSoup(response.text, "html.parser")
    assert (response.status_code, page.find("html")) == (200, None)
    assert page.select_one("[data-region=deck]")["data-said-text"] == "Saved: you agree."  # type: ignore[index]
    assert page.select_one("[data-ask]") is not None


def test_a_vote_in_the_deck_after_the_close_is_refused(
    browser: Browser, proposal: Proposal, clock: time_machine.Traveller
) -> None:
    fields = fields_of(browser)
    clock.move_to(NOW + 30 * DAY)
    assert browser.post("/en/2026/vote", {**fields, "choice": "agree"}).status_code == 409
