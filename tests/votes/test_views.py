"""The ballots' door, the deck, and a voter's own votes, as a browser meets them."""

import re
from http.cookies import SimpleCookie

import pytest
import time_machine
from bs4 import BeautifulSoup, Tag
from flask import Flask
from sqlalchemy import func, select

from roadmap.accounts.models import Voter
from roadmap.core.db import db
from roadmap.editions.models import Edition
from roadmap.proposals.models import Proposal
from tests.browsing import Browser
from tests.factories import DAY, NOW, a_proposal, an_edition
from tests.votes.counting import effective_tallies, tallies
from tests.votes.pressing import VOTE, merged, vote


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def proposal(edition: Edition) -> Proposal:
    return a_proposal(edition, title="Share what works")


class TestBallot:
    def test_a_vote_leads_back_to_its_ballot(self, browser: Browser, proposal: Proposal) -> None:
        response = vote(browser, proposal, "agree")
        assert (response.status_code, response.location) == (
            303, "/en/2026/proposals/1-share-what-works#vote-1",
        )  # fmt: skip

    def test_a_vote_leads_back_to_the_page_it_was_cast_on(self, browser: Browser, proposal: Proposal) -> None:
        response = vote(browser, proposal, "agree", back="/en/2026/questions/1-question-1?page=2#list")
        assert response.location == "/en/2026/questions/1-question-1?page=2#vote-1"

    @pytest.mark.parametrize(
        "back", ["https://example.org/", "//example.org", "/\\example.org", "javascript:x"]
    )
    def test_a_vote_leads_to_no_other_site(self, browser: Browser, proposal: Proposal, back: str) -> None:
        response = vote(browser, proposal, "agree", back=back)
        assert response.location == "/en/2026/proposals/1-share-what-works#vote-1"

    def test_the_first_vote_sets_the_key_and_none_before(self, browser: Browser, proposal: Proposal) -> None:
        assert browser.get("/en/2026/").headers.getlist("Set-Cookie") == []
        cookie = SimpleCookie(vote(browser, proposal, "agree").headers["Set-Cookie"])["guest"]
        assert re.fullmatch(r"[A-Za-z0-9_-]{43}", cookie.value)
        assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["path"]) == (
            True, "Lax", str(365 * 24 * 3600), "/",
        )  # fmt: skip

    def test_a_guest_stays_one_voter(self, browser: Browser, edition: Edition, proposal: Proposal) -> None:
        vote(browser, proposal, "agree")
        vote(browser, a_proposal(edition), "pass")
        assert db.session.scalar(select(func.count()).select_from(Voter)) == 1
        assert tallies(proposal) == {"guest": (1, 0, 0)}

    def test_a_refused_vote_makes_no_voter(
        self, browser: Browser, proposal: Proposal, clock: time_machine.Traveller
    ) -> None:
        clock.move_to(NOW + 30 * DAY)
        response = vote(browser, proposal, "agree")
        assert (response.status_code, response.headers.getlist("Set-Cookie")) == (409, [])
        assert "Voting closed on 1 October 2026, 13:00 (Lisbon time)." in response.text
        assert db.session.scalar(select(func.count()).select_from(Voter)) == 0

    def test_anything_else_is_refused_with_a_sentence(self, browser: Browser, proposal: Proposal) -> None:
        response = vote(browser, proposal, "perhaps")
        assert response.status_code == 422
        assert "Choose one of the three answers" in response.text

    def test_looking_at_the_address_of_votes_leads_to_the_proposal(
        self, browser: Browser, proposal: Proposal
    ) -> None:
        response = browser.get(VOTE.format(1) + "?choice=agree")
        assert (response.status_code, response.location) == (303, "/en/2026/proposals/1-share-what-works")
        assert tallies(proposal) == {}

    def test_a_vote_from_elsewhere_is_refused(self, browser: Browser, proposal: Proposal) -> None:
        response = browser.post(VOTE.format(1), {"choice": "agree"}, headers={"Sec-Fetch-Site": "cross-site"})
        assert (response.status_code, tallies(proposal)) == (403, {})

    def test_the_script_gets_the_ballot_alone(self, browser: Browser, proposal: Proposal) -> None:
        response = browser.post(
            VOTE.format(1), {"choice": "agree", "look": "list"}, headers={"X-Fragment": "ballot"}
        )
        region = BeautifulSoup(response.text, "html.parser").select_one("#vote-1[data-region=ballot]")
        assert isinstance(region, Tag)
        assert (response.status_code, response.headers["X-Fragment"]) == (200, "ballot")
        assert (region["data-said-text"], region["data-vote-count-text"]) == (
            "Saved: you agree.", "Your votes (1)",
        )  # fmt: skip

    def test_a_form_from_before_the_merge_leads_to_the_lead(
        self, browser: Browser, edition: Edition, proposal: Proposal
    ) -> None:
        """C06."""
        source = a_proposal(edition, title="The same")
        merged(edition, proposal, source)
        response = vote(browser, source, "agree", back="/en/2026/proposals/2-the-same")
        assert response.location == "/en/2026/proposals/1-share-what-works#vote-1"
        assert effective_tallies(proposal) == {"guest": (1, 0, 0, 0)}


class TestList:
    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_each_of_twenty_ballots_says_what_it_is(
        self, browser: Browser, edition: Edition, language: str
    ) -> None:
        """C25."""
        for _ in range(20):
            a_proposal(edition)
        page = browser.page(f"/{language}/2026/questions/1-question-1")
        buttons = page.select("form.ballot button[name=choice]")
        said = {(button.text.strip(), page.find(id=button["aria-describedby"]).text) for button in buttons}  # type: ignore[union-attr,arg-type]
        assert (len(buttons), len(said)) == (60, 60)
        assert {button["aria-pressed"] for button in buttons} == {"false"}

    def test_the_chosen_button_is_pressed(self, browser: Browser, edition: Edition) -> None:
        """C25."""
        vote(browser, a_proposal(edition), "disagree")
        page = browser.page("/en/2026/questions/1-question-1")
        pressed = page.select("form.ballot button[aria-pressed=true]")
        assert [button["value"] for button in pressed] == ["disagree"]

    def test_no_ballot_is_open_once_voting_has_closed(
        self, browser: Browser, proposal: Proposal, clock: time_machine.Traveller
    ) -> None:
        """C01."""
        clock.move_to(NOW + 30 * DAY)
        for address in ("/en/2026/", "/en/2026/questions/1-question-1", "/en/2026/vote"):
            page = browser.page(address)
            assert page.select("button[name=choice]:not([disabled])") == [], address
            assert "Voting closed on 1 October 2026" in page.text, address
