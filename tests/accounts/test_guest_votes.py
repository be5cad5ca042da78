"""C03: voting as a guest and then signing in does not count twice."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from roadmap.accounts import passwords
from roadmap.accounts.models import Account, Voter
from roadmap.core.db import db
from roadmap.votes.models import Tally, Vote
from tests.accounts.people import Visitor, a_guest, last_link, mailed_link
from tests.accounts.votes import a_vote
from tests.factories import a_proposal, an_account, an_edition, the_voter
from tests.proposals.writing import filled


class TestClaiming:
    """Whose a guest's votes become, and which button says so."""

    @pytest.fixture(autouse=True)
    def _votes(self, app: Flask) -> None:
        self.edition = an_edition()
        self.proposal = a_proposal(self.edition)

    def voted(self, voter: Voter, choice: int = 1) -> Voter:
        a_vote(voter, self.proposal, choice)
        return voter

    def test_votes_of_this_browser_go_over_whichever_button_is_pressed(
        self, app: Flask, browser: Visitor
    ) -> None:
        guest = self.voted(a_guest(browser))
        response = browser.press(
            mailed_link(app, browser, "awa@example.org"), "Sign in and take these votes over"
        )
        assert response.location.startswith("/en/me/taken-over")
        account = db.session.query(Account).one()
        db.session.refresh(guest)
        assert guest.claimed_by == the_voter(account).id
        assert "guest=;" in "".join(response.headers.getlist("Set-Cookie"))

    def test_votes_go_over_when_the_link_is_opened_in_another_browser(
        self, app: Flask, browser: Visitor, other_browser: Visitor
    ) -> None:
        guest = self.voted(a_guest(browser))
        path = mailed_link(app, browser, "awa@example.org")
        assert "1 vote from another browser" in other_browser.get(path).text
        other_browser.press(path, "Sign in and take these votes over")
        db.session.refresh(guest)
        assert guest.claimed_by is not None

    def test_a_strangers_votes_can_be_left_behind(
        self, app: Flask, browser: Visitor, other_browser: Visitor
    ) -> None:
        guest = self.voted(a_guest(browser))
        other_browser.press(mailed_link(app, browser, "awa@example.org"), "Sign in without these votes")
        db.session.refresh(guest)
        assert (guest.claimed_by, other_browser.is_signed_in) == (None, True)

    def test_a_claimed_key_is_nobodys_any_more(
        self, app: Flask, browser: Visitor, other_browser: Visitor
    ) -> None:
        guest = self.voted(a_guest(browser))
        first, second = (mailed_link(app, browser, f"{name}@example.org") for name in ("awa", "salma"))
        other_browser.press(first, "Sign in and take these votes over")
        awa = the_voter(db.session.query(Account).one()).id
        browser.press(second, "Sign in")
        db.session.refresh(guest)
        assert guest.claimed_by == awa

    def test_two_browsers_with_one_address_both_keep_their_votes(
        self, app: Flask, browser: Visitor, other_browser: Visitor
    ) -> None:
        guests = [self.voted(a_guest(browser)), self.voted(a_guest(other_browser))]
        paths = [mailed_link(app, one, "awa@example.org") for one in (browser, other_browser)]
        browser.press(paths[0], "Sign in and take these votes over")
        other_browser.press(paths[1], "Sign in and take these votes over")
        voter = the_voter(db.session.query(Account).one()).id
        assert {db.session.get_one(Voter, guest.id).claimed_by for guest in guests} == {voter}

    def test_a_guest_without_votes_is_not_mentioned(self, app: Flask, browser: Visitor) -> None:
        a_guest(browser)
        page = browser.get(mailed_link(app, browser, "awa@example.org")).text
        assert "Votes that become yours" not in page


def counted(proposal: int) -> dict[str, tuple[int, int, int]]:
    """Own votes by pool: agree, disagree, passed."""
    rows = db.session.query(Tally).filter_by(proposal_id=proposal)
    return {
        row.pool: (row.agree, row.disagree, row.passed)
        for row in rows
        if row.agree + row.disagree + row.passed
    }


def vote(browser: Visitor, number: int, choice: str) -> None:
    assert browser.post(f"/en/2026/proposals/{number}/vote", {"choice": choice}).status_code == 303


def test_dora_counts_once(
    app: Flask, browser: Visitor, other_browser: Visitor, clock: time_machine.Traveller
) -> None:
    edition = an_edition()
    first, second = (a_proposal(edition).id for _ in range(2))
    dora = an_account("Dora", email="dora@example.org")
    browser.sign_in(dora)
    vote(browser, 1, "disagree")
    browser.press("/en/me", "Sign out")
    browser.token = ""
    clock.shift(timedelta(minutes=5))
    vote(browser, 1, "agree")
    vote(browser, 2, "agree")
    path = mailed_link(app, browser, "dora@example.org")
    landed = browser.press(path, "Sign in and take these votes over")
    page = browser.get(landed.location).text
    again = [one.post(path).status_code for one in (Visitor(app), other_browser)]
    assert (counted(first), counted(second)) == ({"account": (1, 0, 0)}, {"account": (1, 0, 0)})
    assert again == [410, 410]
    assert db.session.query(Vote).count() == 2
    assert "2 votes were taken over." in page
    assert page.count("You agree") == 2


def test_a_proposal_that_waits_comes_before_the_votes_that_were_taken_over(
    app: Flask, browser: Visitor
) -> None:
    a_proposal(an_edition())
    vote(browser, 1, "agree")
    browser.post("/en/2026/propose", filled())
    browser.post("/en/2026/propose/check", {"unfinished": "1", "email": "awa@example.org"})
    landed = browser.press(last_link(app), "Sign in and go on")
    page = BeautifulSoup(browser.get(landed.location).text, "html.parser").main
    assert "Your proposal is kept, and not published yet." in page.text
    onward = page.select_one("a.btn")
    assert (onward.text, onward["href"]) == (
        "Go on with your proposal",
        "/en/2026/propose/check?unfinished=1",
    )
    assert "table" in [each.name for each in onward.find_all_next()]


def test_a_newer_vote_of_the_account_stands(
    app: Flask, browser: Visitor, other_browser: Visitor, clock: time_machine.Traveller
) -> None:
    proposal = a_proposal(an_edition()).id
    dora = an_account("Dora", email="dora@example.org")
    vote(browser, 1, "agree")
    clock.shift(timedelta(minutes=5))
    other_browser.sign_in(dora)
    vote(other_browser, 1, "disagree")
    browser.press(mailed_link(app, browser, "dora@example.org"), "Sign in and take these votes over")
    assert counted(proposal) == {"account": (0, 1, 0)}


@pytest.mark.parametrize(("ticked", "pools"), [(True, {"account"}), (False, {"guest"})])
def test_a_password_takes_votes_over_where_that_is_wanted(
    app: Flask, browser: Visitor, ticked: bool, pools: set[str]
) -> None:
    proposal = a_proposal(an_edition()).id
    an_account("Dora", email="dora@example.org", password=passwords.hash_password("seven quiet rivers"))
    vote(browser, 1, "agree")
    fields = {"email": "dora@example.org", "secret_password": "seven quiet rivers"}
    browser.post("/en/sign-in/password", fields | ({"take_over": "yes"} if ticked else {}))
    assert set(counted(proposal)) == pools


def test_votes_given_after_asking_go_over_too(app: Flask, browser: Visitor, other_browser: Visitor) -> None:
    edition = an_edition()
    proposals = [a_proposal(edition).id for _ in range(2)]
    vote(browser, 1, "agree")
    path = mailed_link(app, browser, "dora@example.org")
    vote(browser, 2, "pass")
    other_browser.press(path, "Sign in and take these votes over")
    assert [counted(proposal) for proposal in proposals] == [{"account": (1, 0, 0)}, {"account": (0, 0, 1)}]
