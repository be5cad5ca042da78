"""Counting everything anew from the events, and comparing with what is kept."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import text

from roadmap.core.db import db
from roadmap.editions.models import Edition
from roadmap.votes.history import effective_answers, lineage_at, own_answers, voters_in
from roadmap.votes.models import POOLS
from roadmap.votes.packing import Columns

Counts = tuple[int, int, int, int]
"""Agree, disagree, pass, asked again."""

_KEPT = """
SELECT t.proposal_id, t.pool, t.agree, t.disagree, t.passed, 0 FROM tallies t
JOIN proposals p ON p.id = t.proposal_id WHERE p.edition_id = :edition
"""
_KEPT_LEADS = """
SELECT t.lead_id, t.pool, t.agree, t.disagree, t.passed, t.asked_again FROM effective_tallies t
JOIN proposals p ON p.id = t.lead_id WHERE p.edition_id = :edition
"""


@dataclass(frozen=True)
class Difference:
    """Where the tallies say something else than the events. `effective` tells which of the two tallies."""

    proposal: int
    pool: str
    effective: bool
    counted: Counts
    kept: Counts


def recount(edition: Edition) -> list[Difference]:
    """Every tally of the edition that is not what its events come to; empty where all is well."""
    lineage = lineage_at(edition.id, None)
    carried, asked = effective_answers(edition.id, None, lineage)
    pairs = (
        (False, _counted(own_answers(edition.id, None), None), _kept(_KEPT, edition)),
        (True, _counted(carried, asked), _kept(_KEPT_LEADS, edition)),
    )
    none = (0, 0, 0, 0)
    return [
        Difference(
            proposal, pool, effective, counted.get((proposal, pool), none), kept.get((proposal, pool), none)
        )
        for effective, counted, kept in pairs
        for proposal, pool in sorted(counted.keys() | kept.keys())
        if counted.get((proposal, pool), none) != kept.get((proposal, pool), none)
    ]


def counts_at(edition: Edition, moment: datetime) -> dict[tuple[int, str], Counts]:
    """Every tally as it stood at a moment, by proposal and pool: effective votes on proposals that led others then.

    Whose votes they are (a guest's, a suspended account's) is as it is now, but for votes claimed since.
    """
    lineage = lineage_at(edition.id, moment)
    carried, asked = effective_answers(edition.id, moment, lineage)
    leads = lineage.leads()
    own = _counted(own_answers(edition.id, moment), None)
    return {key: counts for key, counts in own.items() if key[0] not in leads} | _counted(carried, asked)


def _counted(answers: Columns, asked: Columns | None) -> dict[tuple[int, str], Counts]:
    counts: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for pool in POOLS:
        voters = voters_in((pool,))
        own = answers.where(np.isin(answers.voter, voters))
        for at, value in enumerate((1, -1, 0)):
            for proposal, number in _numbers(own.where(own.choice == value)):
                counts[proposal, pool][at] = number
        if asked is not None:
            for proposal, number in _numbers(asked.where(np.isin(asked.voter, voters))):
                counts[proposal, pool][3] = number
    return {key: (row[0], row[1], row[2], row[3]) for key, row in counts.items()}


def _numbers(rows: Columns) -> list[tuple[int, int]]:
    proposals, numbers = np.unique(rows.proposal, return_counts=True)
    return [(int(proposal), int(number)) for proposal, number in zip(proposals, numbers, strict=True)]


def _kept(statement: str, edition: Edition) -> dict[tuple[int, str], Counts]:
    rows = db.session.execute(text(statement), {"edition": edition.id})
    return {(row[0], row[1]): (row[2], row[3], row[4], row[5]) for row in rows}
