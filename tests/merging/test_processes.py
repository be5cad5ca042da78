"""Merging, undoing and splitting in several processes while votes arrive: as threads, and across processes too."""

import pytest
from flask import Flask

from roadmap.core.db import db
from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition
from roadmap.log.models import LogEntry
from roadmap.merging.models import Merge, Split
from roadmap.proposals.models import LineageEdge, Proposal
from roadmap.proposals.queries import lineage_of
from roadmap.votes.models import VoteEvent
from roadmap.votes.queries import recount
from tests.factories import a_proposal, an_account, the_voter
from tests.merging.conftest import Merging
from tests.votes.crowd import AMerge, AnUndo, ASplit, AVote, Deed, together

VOTERS = 16


@pytest.fixture
def voters(edition: Edition, facilitator: Actor) -> list[int]:
    return [the_voter(an_account(f"Person {place}")).id for place in range(VOTERS)]


def votes(voters: list[int], among: int) -> list[list[Deed]]:
    """Each voter answers one of the proposals."""
    return [[AVote(voter, 1 + voter % among, "agree")] for voter in voters]


def test_merges_that_overlap_are_whole_or_not_made_and_no_vote_is_lost(
    app: Flask, edition: Edition, voters: list[int]
) -> None:
    for _ in range(6):
        a_proposal(edition)
    merges: list[list[Deed]] = [
        [AMerge(1, (2, 3))],
        [AMerge(4, (3, 5))],
        [AMerge(5, (1,))],
        [AMerge(2, (1, 6))],
    ]
    crowd = votes(voters, 6)
    outcomes = together(app, [crowd[:6] + merges[:2], crowd[6:] + merges[2:]])
    assert set(outcomes) <= {"done", "conflict"}
    made = db.session.query(Merge).count()
    assert (made, outcomes["done"]) == (4 - outcomes["conflict"], VOTERS + made) and made >= 1
    sources = {1: 2, 4: 2, 5: 1, 2: 2}
    for merge in db.session.query(Merge):
        lead = db.session.get_one(Proposal, merge.lead_id)
        assert db.session.query(LineageEdge).filter_by(merge_id=merge.id).count() == sources[lead.number]
    assert len(lineage_of(edition).edges) == db.session.query(LineageEdge).filter_by(ended=None).count()
    assert db.session.query(VoteEvent).count() == VOTERS
    assert db.session.query(LogEntry).filter_by(kind="merge").count() == made
    assert recount(edition) == []


def test_a_merge_is_undone_once_while_another_is_made_and_votes_arrive(
    app: Flask, edition: Edition, voters: list[int], merge: Merging
) -> None:
    lead, source, _other = (a_proposal(edition) for _ in range(3))
    undo = AnUndo(merge(lead, source).id)
    crowd = votes(voters, 3)
    outcomes = together(app, [[*crowd[:6], [undo]], [*crowd[6:], [undo], [AMerge(1, (3,))]]])
    assert (outcomes["done"], outcomes["conflict"]) == (VOTERS + 2, 1)
    assert db.session.query(VoteEvent).count() == VOTERS
    assert [each.undone is None for each in db.session.query(Merge).order_by(Merge.id)] == [False, True]
    assert recount(edition) == []


def test_two_splits_at_once_are_one_and_votes_are_kept_or_refused(
    app: Flask, edition: Edition, voters: list[int]
) -> None:
    original = a_proposal(edition)
    crowd: list[list[Deed]] = [[AVote(voter, 1, "agree")] for voter in voters]
    outcomes = together(app, [[*crowd[:6], [ASplit(1)]], [*crowd[6:], [ASplit(1)]]])
    assert set(outcomes) <= {"done", "conflict"}
    db.session.refresh(original)
    assert (db.session.query(Split).count(), original.state) == (1, "closed")
    assert sorted(row[0] for row in db.session.query(Proposal.number)) == [1, 2, 3]
    assert db.session.query(VoteEvent).count() == outcomes["done"] - 1
    assert recount(edition) == []
