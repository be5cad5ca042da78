"""The platform's own snapshot: read from its tables, then mapped from the files that it keeps."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.world import an_empty_world
from roadmap.core import clock
from roadmap.core.db import db, to_microseconds
from roadmap.domain.ranking import ORIGINS, Snapshot
from roadmap.proposals.models import Proposal
from roadmap.votes.queries import snapshot

TRIGGERS = ("votes_insert", "votes_update", "votes_delete")
AT_ONCE = 500_000
ROUNDS = 5


def times(folder: Path, votes: Snapshot) -> tuple[float, float]:
    """Seconds from the tables with the keeping, and from the files (the middle of some rounds)."""
    world = an_empty_world(folder, "normal")
    with world.app.app_context():
        edition, question = world.edition()
        _fill(edition.id, question.id, votes)
        first = _once(edition, votes)
        again = sorted(_once(edition, votes) for _ in range(ROUNDS))[ROUNDS // 2]
        db.session.remove()
    return first, again


def _once(edition: Any, votes: Snapshot) -> float:
    start = time.perf_counter()
    read = snapshot(edition)
    took = time.perf_counter() - start
    if read.votes != votes.votes or read.choice.sum(dtype=np.int64) != votes.choice.sum(dtype=np.int64):
        raise RuntimeError("other votes were read than were written")
    db.session.rollback()
    return took


def _fill(edition: int, question: int, votes: Snapshot) -> None:
    """Write proposals, voters, what they declare, and votes; the tallies are summed up once at the end."""
    driver: Any = db.session.connection().connection.driver_connection
    now = to_microseconds(clock.now())
    for trigger in TRIGGERS:
        driver.execute(f"DROP TRIGGER {trigger}")
    db.session.add_all(
        Proposal(
            id=number, edition_id=edition, question_id=question, number=number, title="Share it", text="Share it",
            html="", language="en", author_line="none", made=clock.now(), changed=clock.now(),
        )
        for number in votes.number.tolist()
    )  # fmt: skip
    db.session.flush()
    driver.executemany(
        "INSERT INTO voters (id, kind, made, device) VALUES (?, 'imported', ?, '')",
        ((voter, now) for voter in range(1, votes.people + 1)),
    )
    driver.executemany(
        "INSERT INTO declarations (voter_id, edition_id, stakeholder_group, country, made)"
        " VALUES (?, ?, 'civil-society', 'PT', ?)",
        ((voter, edition, now) for voter in range(1, votes.people + 1)),
    )
    for begin in range(0, votes.votes, AT_ONCE):
        part = slice(begin, begin + AT_ONCE)
        driver.executemany(
            "INSERT INTO votes (voter_id, proposal_id, pool, choice, origin, revision, sequence)"
            " VALUES (?, ?, 'imported', ?, ?, 1, 0)",
            zip(
                (votes.person[part] + 1).tolist(),
                votes.number[votes.item[part]].tolist(),
                votes.choice[part].tolist(),
                [ORIGINS[origin] for origin in votes.origin[part].tolist()],
                strict=True,
            ),
        )
    driver.execute(
        "INSERT INTO tallies (proposal_id, pool, agree, disagree, passed, version) SELECT proposal_id, pool,"
        " sum(choice = 1), sum(choice = -1), sum(choice = 0), count(*) FROM votes GROUP BY proposal_id, pool"
    )
    db.session.commit()
