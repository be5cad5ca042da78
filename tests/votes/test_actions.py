"""Casting, changing and withdrawing a vote."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from roadmap.core.db import db
from roadmap.core.errors import Closed, Conflict, Invalid, NotFound
from roadmap.domain.policy import GUEST, Actor
from roadmap.editions.models import Edition
from roadmap.proposals.models import Proposal
from roadmap.votes.actions import cast_vote
from roadmap.votes.models import Tally, Vote, VoteEvent
from tests.factories import DAY, NOW, a_proposal, an_account, an_edition, the_actor, the_voter

KEY = "a" * 64


def tallies(proposal: Proposal) -> dict[str, tuple[int, int, int]]:
    """Agree, disagree, pass by pool, without pools that are empty."""
    rows = db.session.scalars(select(Tally).where(Tally.proposal_id == proposal.id))
    counts = {row.pool: (row.agree, row.disagree, row.passed) for row in rows}
    return {pool: count for pool, count in counts.items() if any(count)}


def events(proposal: Proposal) -> list[int | None]:
    return list(
        db.session.scalars(
            select(VoteEvent.choice).where(VoteEvent.proposal_id == proposal.id).order_by(VoteEvent.id)
        )
    )


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def proposal(edition: Edition) -> Proposal:
    return a_proposal(edition)


@pytest.fixture
def ana(app: Flask) -> Actor:
    return the_actor(an_account("Ana"))


def test_a_vote_is_counted_at_once(edition: Edition, proposal: Proposal, ana: Actor) -> None:
    cast_vote(ana, edition, proposal.number, "agree", now=NOW)
    assert tallies(proposal) == {"account": (1, 0, 0)}


def test_a_changed_vote_is_one_vote(edition: Edition, proposal: Proposal, ana: Actor) -> None:
    """C02."""
    for choice in ("agree", "disagree", "pass"):
        cast_vote(ana, edition, proposal.number, choice, now=NOW)
    assert tallies(proposal) == {"account": (0, 0, 1)}
    badr = the_actor(an_account("Badr"))
    cast_vote(badr, edition, proposal.number, "agree", now=NOW)
    cast_vote(badr, edition, proposal.number, "clear", now=NOW)
    assert tallies(proposal) == {"account": (0, 0, 1)}


def test_the_same_answer_again_writes_nothing(edition: Edition, proposal: Proposal, ana: Actor) -> None:
    cast_vote(ana, edition, proposal.number, "agree", now=NOW)
    again = cast_vote(ana, edition, proposal.number, "agree", now=NOW)
    assert (events(proposal), again.choice) == ([1], "agree")


def test_withdrawing_is_an_event_and_keeps_a_row_without_a_choice(
    edition: Edition, proposal: Proposal, ana: Actor
) -> None:
    cast_vote(ana, edition, proposal.number, "agree", now=NOW)
    cast_vote(ana, edition, proposal.number, "clear", now=NOW)
    assert events(proposal) == [1, None]
    assert [row.choice for row in db.session.scalars(select(Vote))] == [None]


def test_withdrawing_what_was_never_given_writes_nothing(
    edition: Edition, proposal: Proposal, ana: Actor
) -> None:
    cast_vote(ana, edition, proposal.number, "clear", now=NOW)
    assert events(proposal) == []


def test_the_first_vote_of_a_guest_makes_the_voter(edition: Edition, proposal: Proposal) -> None:
    cast = cast_vote(GUEST, edition, proposal.number, "agree", new_key=KEY, now=NOW)
    assert (cast.new_voter, cast.origin, tallies(proposal)) == (True, "direct", {"guest": (1, 0, 0)})


def test_an_answer_on_a_new_wording_is_kept_with_that_wording(
    edition: Edition, proposal: Proposal, ana: Actor
) -> None:
    cast_vote(ana, edition, proposal.number, "agree", now=NOW)
    proposal.revision = 2
    db.session.commit()
    cast_vote(ana, edition, proposal.number, "agree", now=NOW)
    assert db.session.scalars(select(Vote.revision)).all() == [2]
    assert tallies(proposal) == {"account": (1, 0, 0)}


@pytest.mark.parametrize("choice", ["", "AGREE", "1", "agree,disagree", "yes"])
def test_anything_but_the_four_words_is_refused(
    edition: Edition, proposal: Proposal, ana: Actor, choice: str
) -> None:
    with pytest.raises(Invalid):
        cast_vote(ana, edition, proposal.number, choice, now=NOW)


def test_voting_ends_exactly_when_it_is_said_to(edition: Edition, proposal: Proposal, ana: Actor) -> None:
    """C01."""
    end = NOW + 30 * DAY
    cast_vote(ana, edition, proposal.number, "agree", now=end - timedelta(microseconds=1))
    with pytest.raises(Closed) as refused:
        cast_vote(the_actor(an_account("Badr")), edition, proposal.number, "agree", now=end)
    assert refused.value.closed_at == end
    assert "13:00 (Lisbon time)" in refused.value.message
    assert tallies(proposal) == {"account": (1, 0, 0)}


def test_the_deadline_is_that_of_the_moment_the_lock_is_held(
    edition: Edition, proposal: Proposal, ana: Actor, clock: time_machine.Traveller
) -> None:
    clock.move_to(NOW + 30 * DAY)
    with pytest.raises(Closed):
        cast_vote(ana, edition, proposal.number, "agree")


@pytest.mark.parametrize(
    ("state", "refusal"), [("hidden", Conflict), ("withdrawn", Conflict), ("waiting", NotFound)]
)
def test_only_published_proposals_take_votes(
    edition: Edition, proposal: Proposal, ana: Actor, state: str, refusal: type[Exception]
) -> None:
    proposal.state = state
    db.session.commit()
    with pytest.raises(refusal):
        cast_vote(ana, edition, proposal.number, "agree", now=NOW)
    assert db.session.scalar(select(func.count()).select_from(VoteEvent)) == 0


def test_a_past_edition_takes_no_votes(edition: Edition, proposal: Proposal, ana: Actor) -> None:
    edition.archived = NOW - DAY
    db.session.commit()
    with pytest.raises(Conflict):
        cast_vote(ana, edition, proposal.number, "agree", now=NOW)


def test_a_number_of_another_edition_leads_nowhere(edition: Edition, ana: Actor) -> None:
    a_proposal(an_edition("2027", is_current=False), number=9)
    with pytest.raises(NotFound):
        cast_vote(ana, edition, 9, "agree", now=NOW)


def test_votes_of_a_suspended_account_are_kept_apart(edition: Edition, proposal: Proposal) -> None:
    suspended = the_actor(an_account("Vera", suspended=NOW - DAY))
    cast_vote(suspended, edition, proposal.number, "agree", now=NOW)
    assert tallies(proposal) == {"suspended": (1, 0, 0)}


def test_an_account_without_a_voter_gets_one_with_its_first_vote(
    edition: Edition, proposal: Proposal
) -> None:
    account = an_account("Chen")
    db.session.delete(the_voter(account))
    db.session.commit()
    cast = cast_vote(Actor(account.id), edition, proposal.number, "agree", now=NOW)
    assert (cast.new_voter, tallies(proposal)) == (True, {"account": (1, 0, 0)})
