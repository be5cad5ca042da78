"""A voter's own votes."""

import pytest
import time_machine
from flask import Flask

from roadmap.core.db import db
from roadmap.domain.policy import GUEST
from roadmap.editions.models import Edition
from roadmap.proposals.models import Proposal
from roadmap.votes.actions import cast_vote
from tests.browsing import Browser
from tests.factories import DAY, NOW, a_proposal, an_account, an_edition, the_actor, the_voter
from tests.votes.counting import tallies
from tests.votes.pressing import merged, vote


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def proposal(edition: Edition) -> Proposal:
    return a_proposal(edition, title="Share what works")


def test_votes_are_listed_and_withdrawn_ones_are_not(browser: Browser, edition: Edition) -> None:
    """C02."""
    kept, gone = a_proposal(edition, title="Kept"), a_proposal(edition, title="Gone")
    for proposal in (kept, gone):
        vote(browser, proposal, "agree")
    vote(browser, gone, "clear")
    titles = [title.text for title in browser.page("/en/me/votes").select("li h3")]
    assert titles == ["Kept"]


def test_a_vote_on_a_source_is_listed_under_its_lead(browser: Browser, edition: Edition) -> None:
    lead, source = a_proposal(edition, title="Lead"), a_proposal(edition, title="Source")
    vote(browser, source, "agree")
    merged(edition, lead, source)
    page = browser.page("/en/me/votes")
    assert [title.text for title in page.select("li h3")] == ["Lead"]
    assert page.select_one("[data-vote-count]").text == "Your votes (1)"  # type: ignore[union-attr]


def test_clearing_a_browser_withdraws_and_forgets(browser: Browser, edition: Edition) -> None:
    proposals = [a_proposal(edition) for _ in range(3)]
    for proposal in proposals:
        vote(browser, proposal, "agree")
    response = browser.post("/en/me/votes/clear")
    assert [tallies(each) for each in proposals] == [{}, {}, {}]
    assert "guest=;" in response.headers["Set-Cookie"]
    assert "This browser holds no votes any more." in browser.page(response.location).text


def test_clearing_after_the_close_leaves_what_was_counted(
    browser: Browser, proposal: Proposal, clock: time_machine.Traveller
) -> None:
    vote(browser, proposal, "agree")
    clock.move_to(NOW + 30 * DAY)
    assert browser.post("/en/me/votes/clear").status_code == 303
    assert tallies(proposal) == {"guest": (1, 0, 0)}


def test_a_page_beyond_the_last_is_not_found(browser: Browser, proposal: Proposal) -> None:
    assert browser.get("/en/me/votes?page=2").status_code == 404


def test_the_title_of_a_hidden_proposal_is_not_shown(browser: Browser, edition: Edition) -> None:
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
