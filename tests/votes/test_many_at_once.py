"""Many people at once, in several processes: nothing is lost, nobody counts twice."""

from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import func, select

from roadmap.core.db import db
from roadmap.editions.models import Edition
from roadmap.proposals.models import LineageEdge
from roadmap.votes.models import VoteEvent
from roadmap.votes.queries import recount
from tests.factories import a_proposal, an_account, an_edition, the_voter
from tests.votes.counting import effective_tallies, tallies
from tests.votes.crowd import AMerge, AVote, Deed, together

PROCESSES, THREADS = 2, 16


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


def test_thirty_two_people_on_one_proposal(app: Flask, edition: Edition) -> None:
    proposal = a_proposal(edition)
    voters = [the_voter(an_account(f"Person {place}")).id for place in range(PROCESSES * THREADS)]
    words = ["agree", "disagree", "pass"]
    jobs = [
        [
            [AVote(voter, 1, choice) for choice in ("pass", "agree", words[voter % 3])]
            for voter in voters[process::PROCESSES]
        ]
        for process in range(PROCESSES)
    ]
    outcomes = together(app, jobs)
    wanted = Counter(words[voter % 3] for voter in voters)
    assert outcomes == Counter(done=96)
    assert tallies(proposal) == {"account": (wanted["agree"], wanted["disagree"], wanted["pass"])}
    assert recount(edition) == []


def test_one_person_thirty_two_times(app: Flask, edition: Edition) -> None:
    proposal = a_proposal(edition)
    voter = the_voter(an_account("Ana")).id
    deed = AVote(voter, 1, "agree")
    outcomes = together(app, [[[deed] for _ in range(THREADS)] for _ in range(PROCESSES)])
    assert (outcomes, tallies(proposal)) == (Counter(done=32), {"account": (1, 0, 0)})
    assert db.session.scalar(select(func.count()).select_from(VoteEvent)) == 1


def test_four_merges_at_once_are_one(app: Flask, edition: Edition) -> None:
    lead, source = a_proposal(edition), a_proposal(edition)
    an_account("Tomé")
    deed = AMerge(lead.number, (source.number,))
    outcomes = together(app, [[[deed], [deed]], [[deed], [deed]]])
    assert outcomes == Counter(done=1, conflict=3)
    assert db.session.scalar(select(func.count()).select_from(LineageEdge)) == 1


def test_votes_cast_during_a_merge_are_counted(app: Flask, edition: Edition) -> None:
    proposals = [a_proposal(edition) for _ in range(3)]
    voters = [the_voter(an_account(f"Person {place}")).id for place in range(12)]
    votes: list[list[Deed]] = [
        [AVote(voter, 1 + (voter + turn) % 3, "agree") for turn in range(3)] for voter in voters
    ]
    merges: list[list[Deed]] = [[AMerge(1, (2,)), AMerge(1, (3,))]]
    outcomes = together(app, [votes[:6], votes[6:] + merges])
    assert outcomes == Counter(done=38)
    assert effective_tallies(proposals[0]) == {"account": (12, 0, 0, 0)}
    assert recount(edition) == []
