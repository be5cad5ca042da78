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
from roadmap.domain.policy import GUEST, Role
from roadmap.editions.models import Edition
from roadmap.merging.actions import merge_proposals
from roadmap.proposals.models import Proposal
from roadmap.votes.actions import cast_vote
from roadmap.votes.models import Impression, Vote, VoteEvent
from tests.browsing import Browser
from tests.factories import DAY, NOW, a_proposal, a_role, an_account, an_edition, the_actor, the_voter
from tests.votes.counting import effective_tallies, tallies

VOTE = "/en/2026/proposals/{}/vote"


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def proposal(edition: Edition) -> Proposal:
    return a_proposal(edition, title="Share what works")


def vote(browser: Browser, proposal: Proposal, choice: str, **fields: str):  # type: ignore[no-untyped-def]
    return browser.post(VOTE.format(proposal.number), {"choice": choice, **fields})


def merged(edition: Edition, lead: Proposal, source: Proposal) -> None:
    facilitator = the_actor(a_role(an_account("Tomé"), Role.FACILITATOR, edition))
    merge_proposals(
        facilitator, edition, lead.number, [source.number], title=lead.title, text="Both.", reason="", now=NOW
    )


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


class TestDeck:
    def test_the_deck_shows_one_proposal(self, browser: Browser, proposal: Proposal) -> None:
        page = browser.page("/en/2026/vote")
        assert page.select_one("#ask").text == "Share what works"  # type: ignore[union-attr]
        assert len(page.select("form.ballot button[name=choice]")) == 3

    def test_looking_changes_nothing_and_draws_the_same_again(
        self, browser: Browser, edition: Edition
    ) -> None:
        for _ in range(10):
            a_proposal(edition)
        browser.sign_in(an_account("Ana"))
        seen = {browser.page("/en/2026/vote?question=1").select_one("#ask").text for _ in range(4)}  # type: ignore[union-attr]
        assert len(seen) == 1
        assert db.session.scalar(select(func.count()).select_from(Impression)) == 0

    def test_an_answer_to_a_drawn_proposal_is_routed(self, browser: Browser, edition: Edition) -> None:
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

    def test_the_first_vote_of_a_browser_is_direct(self, browser: Browser, edition: Edition) -> None:
        for _ in range(2):
            a_proposal(edition)
        press(browser, "agree")
        press(browser, "agree")
        assert db.session.scalars(select(Vote.origin).order_by(Vote.sequence)).all() == ["direct", "routed"]

    def test_an_impression_works_once(self, browser: Browser, edition: Edition) -> None:
        for _ in range(2):
            a_proposal(edition)
        browser.sign_in(an_account("Ana"))
        fields = fields_of(browser)
        browser.post("/en/2026/vote", {**fields, "do": "skip"})
        browser.post("/en/2026/vote", {**fields, "choice": "agree"})
        assert db.session.scalars(select(Vote.origin)).all() == ["direct"]

    def test_an_impression_is_for_one_voter(self, app: Flask, browser: Browser, edition: Edition) -> None:
        for _ in range(2):
            a_proposal(edition)
        fields = fields_of(browser.sign_in(an_account("Ana")))
        Browser(app).sign_in(an_account("Badr")).post("/en/2026/vote", {**fields, "choice": "agree"})
        assert db.session.scalars(select(Vote.origin)).all() == ["direct"]

    def test_an_impression_is_for_one_proposal(self, browser: Browser, edition: Edition) -> None:
        numbers = {a_proposal(edition).number for _ in range(2)}
        fields = fields_of(browser.sign_in(an_account("Ana")))
        other = (numbers - {int(fields["number"])}).pop()
        browser.post("/en/2026/vote", {**fields, "number": str(other), "choice": "agree"})
        assert db.session.scalars(select(Vote.origin)).all() == ["direct"]

    def test_an_impression_lasts_a_day(
        self, browser: Browser, proposal: Proposal, clock: time_machine.Traveller
    ) -> None:
        ana = an_account("Ana")
        fields = fields_of(browser.sign_in(ana))
        clock.shift(DAY)
        browser.sign_in(ana).post("/en/2026/vote", {**fields, "choice": "agree"})
        assert db.session.scalars(select(Vote.origin)).all() == ["direct"]

    @pytest.mark.parametrize(
        "forged", ["", "x", "WzEsMSwxLDAsMS4wLCJ1bmlmb3JtLTEiLCJlbiIsMF0.AAAA", "\ud800"]
    )
    def test_a_forged_impression_makes_a_direct_vote(
        self, browser: Browser, proposal: Proposal, forged: str
    ) -> None:
        browser.sign_in(an_account("Ana"))
        fields = {**fields_of(browser), "impression": forged.encode("utf-8", "replace").decode()}
        assert browser.post("/en/2026/vote", {**fields, "choice": "agree"}).status_code == 303
        assert db.session.scalars(select(Vote.origin)).all() == ["direct"]

    def test_skipping_shows_another_and_records_no_vote(self, browser: Browser, edition: Edition) -> None:
        for _ in range(3):
            a_proposal(edition)
        browser.sign_in(an_account("Ana"))
        first = fields_of(browser)["number"]
        browser.post("/en/2026/vote", {**fields_of(browser), "do": "skip"})
        assert fields_of(browser)["number"] != first
        assert db.session.scalar(select(func.count()).select_from(VoteEvent)) == 0
        assert db.session.scalars(select(Impression.answered)).all() == [False]

    def test_a_guest_without_a_key_can_skip(self, browser: Browser, edition: Edition) -> None:
        for _ in range(8):
            a_proposal(edition)
        fields, seen = fields_of(browser), set()
        for _ in range(8):
            response = browser.post("/en/2026/vote", {**fields, "do": "skip"})
            fields = fields_of(browser, response.location)
            seen.add(fields["number"])
        assert len(seen) > 1
        assert db.session.scalar(select(func.count()).select_from(Voter)) == 0

    def test_whoever_skips_most_picks(self, browser: Browser, edition: Edition) -> None:
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

    def test_undo_brings_the_proposal_back(self, browser: Browser, edition: Edition) -> None:
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
        self, browser: Browser, proposal: Proposal
    ) -> None:
        response = press(browser, "pass")
        assert response.location == "/en/2026/vote/done?question=1"
        page = browser.page(response.location)
        assert page.select_one("form[action='/en/sign-in'] input[name=email]") is not None
        assert "These votes belong to this browser until you confirm an e-mail." in page.text

    def test_after_twenty_answers_the_deck_pauses(self, browser: Browser, edition: Edition) -> None:
        for _ in range(21):
            a_proposal(edition)
        browser.sign_in(an_account("Ana"))
        locations = [press(browser, "agree").location for _ in range(20)]
        assert locations[-1] == "/en/2026/vote/done?question=1"
        assert sum("done" in location for location in locations) == 1

    def test_the_fifth_vote_of_a_guest_offers_to_keep_them(self, browser: Browser, edition: Edition) -> None:
        for _ in range(8):
            a_proposal(edition)
        pages = [browser.page(press(browser, "agree").location) for _ in range(6)]
        assert [page.find(id="keep-email") is not None for page in pages] == [False] * 4 + [True, False]

    def test_whoever_is_asked_again_is_asked_first(self, browser: Browser, edition: Edition) -> None:
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

    def test_own_proposals_are_not_drawn(self, browser: Browser, edition: Edition) -> None:
        ana = an_account("Ana")
        a_proposal(edition, ana)
        page = browser.sign_in(ana).page("/en/2026/vote")
        assert "There is no proposal to vote on yet." in page.text

    def test_the_script_gets_the_next_card(self, browser: Browser, edition: Edition) -> None:
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
        self, browser: Browser, proposal: Proposal, clock: time_machine.Traveller
    ) -> None:
        fields = fields_of(browser)
        clock.move_to(NOW + 30 * DAY)
        assert browser.post("/en/2026/vote", {**fields, "choice": "agree"}).status_code == 409


def fields_of(browser: Browser, address: str = "/en/2026/vote?question=1") -> dict[str, str]:
    """The hidden fields of the deck's ballot."""
    form = browser.page(address).select_one("form.ballot")
    assert form is not None
    return {str(field["name"]): str(field["value"]) for field in form.select("input[type=hidden]")}


def press(browser: Browser, choice: str):  # type: ignore[no-untyped-def]
    return browser.post("/en/2026/vote", {**fields_of(browser), "choice": choice})


class TestOwnVotes:
    def test_votes_are_listed_and_withdrawn_ones_are_not(self, browser: Browser, edition: Edition) -> None:
        """C02."""
        kept, gone = a_proposal(edition, title="Kept"), a_proposal(edition, title="Gone")
        for proposal in (kept, gone):
            vote(browser, proposal, "agree")
        vote(browser, gone, "clear")
        titles = [title.text for title in browser.page("/en/me/votes").select("li h3")]
        assert titles == ["Kept"]

    def test_a_vote_on_a_source_is_listed_under_its_lead(self, browser: Browser, edition: Edition) -> None:
        lead, source = a_proposal(edition, title="Lead"), a_proposal(edition, title="Source")
        vote(browser, source, "agree")
        merged(edition, lead, source)
        page = browser.page("/en/me/votes")
        assert [title.text for title in page.select("li h3")] == ["Lead"]
        assert page.select_one("[data-vote-count]").text == "Your votes (1)"  # type: ignore[union-attr]

    def test_clearing_a_browser_withdraws_and_forgets(self, browser: Browser, edition: Edition) -> None:
        proposals = [a_proposal(edition) for _ in range(3)]
        for proposal in proposals:
            vote(browser, proposal, "agree")
        response = browser.post("/en/me/votes/clear")
        assert [tallies(each) for each in proposals] == [{}, {}, {}]
        assert "guest=;" in response.headers["Set-Cookie"]
        assert "This browser holds no votes any more." in browser.page(response.location).text

    def test_clearing_after_the_close_leaves_what_was_counted(
        self, browser: Browser, proposal: Proposal, clock: time_machine.Traveller
    ) -> None:
        vote(browser, proposal, "agree")
        clock.move_to(NOW + 30 * DAY)
        assert browser.post("/en/me/votes/clear").status_code == 303
        assert tallies(proposal) == {"guest": (1, 0, 0)}

    def test_a_page_beyond_the_last_is_not_found(self, browser: Browser, proposal: Proposal) -> None:
        assert browser.get("/en/me/votes?page=2").status_code == 404

    def test_the_title_of_a_hidden_proposal_is_not_shown(self, browser: Browser, edition: Edition) -> None:
        proposal = a_proposal(edition, title="Something hidden")
        vote(browser, proposal, "agree")
        proposal.state = "hidden"
        db.session.commit()
        assert "Something hidden" not in browser.page("/en/me/votes").text


def test_signing_in_takes_the_votes_of_the_browser_over(app: Flask, edition: Edition) -> None:
    """C03."""
    a, b = a_proposal(edition), a_proposal(edition)
    dora = an_account("Dora")
    cast_vote(the_actor(dora), edition, a.number, "disagree", now=NOW)
    guest = cast_vote(GUEST, edition, a.number, "agree", new_key="k" * 64, now=NOW)
    from dataclasses import replace  # thin command

    from roadmap.core import hooks  # thin command

    cast_vote(replace(GUEST, voter=guest.voter), edition, b.number, "agree", now=NOW)
    hooks.guest_claimed.run(guest.voter or 0, the_voter(dora).id)
    assert [tallies(each) for each in (a, b)] == [{"account": (1, 0, 0)}, {"account": (1, 0, 0)}]
