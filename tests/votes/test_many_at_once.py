"""Many people at once, in several processes: nothing is lost, nobody counts twice."""

import json
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from roadmap.core.db import close_own_connections, db
from roadmap.editions.models import Edition
from roadmap.proposals.models import LineageEdge
from roadmap.root import Settings
from roadmap.votes.models import VoteEvent
from roadmap.votes.queries import recount
from tests.factories import a_proposal, an_account, an_edition, the_voter
from tests.votes.counting import effective_tallies, tallies

PROCESSES, THREADS = 2, 16


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


def together(settings: Settings, jobs: list[list[list[dict[str, Any]]]]) -> Counter[str]:
    """Let each process do its threads' deeds, all starting together. Hands back how often each outcome came."""
    db.session.remove()
    close_own_connections()
    command = [sys.executable, "-m", "tests.votes.crowd", settings.database_url, str(settings.instance)]
    running = [
        subprocess.Popen(
            [*command, json.dumps(job)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for job in jobs
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    outcomes: Counter[str] = Counter()
    for process in running:
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        outcomes.update(json.loads(out))
    return outcomes


def test_thirty_two_people_on_one_proposal(settings: Settings, edition: Edition) -> None:
    proposal = a_proposal(edition)
    voters = [the_voter(an_account(f"Person {place}")).id for place in range(PROCESSES * THREADS)]
    words = ["agree", "disagree", "pass"]
    jobs = [
        [
            [
                {"voter": voter, "number": 1, "choice": choice}
                for choice in ("pass", "agree", words[voter % 3])
            ]
            for voter in voters[process::PROCESSES]
        ]
        for process in range(PROCESSES)
    ]
    outcomes = together(settings, jobs)
    wanted = Counter(words[voter % 3] for voter in voters)
    assert outcomes == Counter(done=96)
    assert tallies(proposal) == {"account": (wanted["agree"], wanted["disagree"], wanted["pass"])}
    assert recount(edition) == []


def test_one_person_thirty_two_times(settings: Settings, edition: Edition) -> None:
    proposal = a_proposal(edition)
    voter = the_voter(an_account("Ana")).id
    deed = {"voter": voter, "number": 1, "choice": "agree"}
    outcomes = together(settings, [[[deed] for _ in range(THREADS)] for _ in range(PROCESSES)])
    assert (outcomes, tallies(proposal)) == (Counter(done=32), {"account": (1, 0, 0)})
    assert db.session.scalar(select(func.count()).select_from(VoteEvent)) == 1


def test_four_merges_at_once_are_one(settings: Settings, edition: Edition) -> None:
    lead, source = a_proposal(edition), a_proposal(edition)
    an_account("Tomé")
    deed = {"lead": lead.number, "sources": [source.number]}
    outcomes = together(settings, [[[deed], [deed]], [[deed], [deed]]])
    assert outcomes == Counter(done=1, conflict=3)
    assert db.session.scalar(select(func.count()).select_from(LineageEdge)) == 1


def test_votes_cast_during_a_merge_are_counted(settings: Settings, edition: Edition) -> None:
    proposals = [a_proposal(edition) for _ in range(3)]
    voters = [the_voter(an_account(f"Person {place}")).id for place in range(12)]
    votes = [
        [{"voter": voter, "number": 1 + (voter + turn) % 3, "choice": "agree"} for turn in range(3)]
        for voter in voters
    ]
    merges = [[{"lead": 1, "sources": [2]}, {"lead": 1, "sources": [3]}]]
    outcomes = together(settings, [votes[:6], votes[6:] + merges])
    assert outcomes == Counter(done=38)
    assert effective_tallies(proposals[0]) == {"account": (12, 0, 0, 0)}
    assert recount(edition) == []
