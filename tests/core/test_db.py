"""One transaction per use case, and the triggers that keep tallies exact."""

import pytest
from flask import Flask
from sqlalchemy import select

from roadmap.core.db import db, hot, use_case
from roadmap.core.errors import Refused
from roadmap.votes.models import EffectiveTally, EffectiveVote, Tally, Vote
from tests.factories import a_proposal, an_account, an_edition, the_voter


def tally(proposal: int) -> dict[str, tuple[int, int, int]]:
    return {
        row.pool: (row.agree, row.disagree, row.passed)
        for row in db.session.scalars(select(Tally).where(Tally.proposal_id == proposal))
    }


def test_a_failed_use_case_leaves_nothing_behind(app: Flask) -> None:
    @use_case
    def begin_and_refuse() -> None:
        db.session.add(Tally(proposal_id=1, pool="account", agree=0, disagree=0, passed=0, version=0))
        db.session.flush()
        raise Refused("No.")

    proposal = a_proposal(an_edition())
    assert proposal.id == 1
    with pytest.raises(Refused):
        begin_and_refuse()
    assert tally(1) == {}


def test_nested_use_cases_are_one_transaction(app: Flask) -> None:
    edition = an_edition()

    @use_case
    def inner() -> None:
        a = db.session.merge(edition)
        a.revision = 7

    @use_case
    def outer() -> None:
        inner()
        raise Refused("No.")

    with pytest.raises(Refused):
        outer()
    assert edition.revision == 1


def test_tallies_follow_every_insert_change_and_deletion(app: Flask) -> None:
    proposal, voter = a_proposal(an_edition()), the_voter(an_account())
    key = {"voter_id": voter.id, "proposal_id": proposal.id}
    db.session.add(Vote(**key, pool="account", choice=1, origin="direct", revision=1, sequence=1))
    db.session.commit()
    assert tally(proposal.id) == {"account": (1, 0, 0)}
    vote = db.session.get_one(Vote, key)
    vote.choice = -1
    db.session.commit()
    assert tally(proposal.id) == {"account": (0, 1, 0)}
    vote.choice = None
    db.session.commit()
    assert tally(proposal.id) == {"account": (0, 0, 0)}
    vote.choice, vote.pool = 0, "suspended"
    db.session.commit()
    assert tally(proposal.id) == {"account": (0, 0, 0), "suspended": (0, 0, 1)}
    db.session.delete(vote)
    db.session.commit()
    assert tally(proposal.id) == {"account": (0, 0, 0), "suspended": (0, 0, 0)}


def test_people_asked_again_are_counted_apart(app: Flask) -> None:
    proposal, voter = a_proposal(an_edition()), the_voter(an_account())
    db.session.add(
        EffectiveVote(lead_id=proposal.id, voter_id=voter.id, pool="account", conflict=True, origin="direct")
    )
    db.session.commit()
    counted = db.session.scalars(select(EffectiveTally)).one()
    assert (counted.agree, counted.disagree, counted.passed, counted.asked_again) == (0, 0, 0, 1)


def test_a_hot_deed_that_fails_is_rolled_back(app: Flask) -> None:
    edition = an_edition()
    with pytest.raises(Refused), hot() as connection:
        connection.execute("UPDATE editions SET revision = 9 WHERE id = :id", {"id": edition.id})
        raise Refused("No.")
    assert edition.revision == 1
