"""The platform's own snapshot: read from its tables, then mapped from the files that it keeps."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.filling import fill
from benchmarks.world import an_empty_world
from roadmap.core.db import db
from roadmap.domain.ranking import Snapshot
from roadmap.votes.queries import snapshot

ROUNDS = 5


def times(folder: Path, votes: Snapshot) -> tuple[float, float]:
    """Seconds from the tables with the keeping, and from the files (the middle of some rounds)."""
    world = an_empty_world(folder, "normal")
    with world.app.app_context():
        edition, question = world.edition()
        fill(edition.id, [question.id], votes, answers_only=True)
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
