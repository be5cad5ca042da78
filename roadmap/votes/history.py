"""Answers worked out anew from the events alone: as they stood at a moment, or as they should stand now."""

from collections import defaultdict
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import text

from roadmap.core.db import db, to_microseconds
from roadmap.domain.ballots import Answer, effective
from roadmap.domain.lineage import Edge, Lineage
from roadmap.domain.ranking import ORIGINS
from roadmap.votes.packing import WITHDRAWN, Columns, Whole, packed, read, whole_numbers

EVER = (1 << 62) - 1
"""A moment after all others."""

_VOTER = "COALESCE(CASE WHEN w.claimed < :moment THEN w.claimed_by END, t.voter_id)"
_EVENTS = """
SELECT {packed} FROM vote_events t JOIN voters w ON w.id = t.voter_id
WHERE t.at < :moment AND t.proposal_id IN (SELECT p.id FROM proposals p WHERE p.edition_id = :edition) ORDER BY t.id
""".replace("{packed}", packed("proposal_id", _VOTER))
_LINEAGE_EVENTS = """
SELECT {voter}, t.proposal_id, t.id, t.choice, t.origin FROM vote_events t JOIN voters w ON w.id = t.voter_id
WHERE t.at < :moment AND t.proposal_id IN (
  SELECT g.source_id FROM lineage_edges g WHERE g.made < :moment AND (g.ended IS NULL OR g.ended >= :moment)
  UNION SELECT g.lead_id FROM lineage_edges g WHERE g.made < :moment AND (g.ended IS NULL OR g.ended >= :moment))
  AND t.proposal_id IN (SELECT p.id FROM proposals p WHERE p.edition_id = :edition)
ORDER BY t.id
""".replace("{voter}", _VOTER)
_EDGES = """
SELECT g.source_id, g.lead_id, g.sequence FROM lineage_edges g JOIN proposals p ON p.id = g.source_id
WHERE p.edition_id = :edition AND g.made < :moment AND (g.ended IS NULL OR g.ended >= :moment)
"""
_VOTERS = """
SELECT w.id FROM voters w LEFT JOIN accounts a ON a.id = w.account_id
WHERE CASE WHEN a.suspended IS NOT NULL THEN 'suspended' ELSE w.kind END IN (:p0, :p1, :p2, :p3, :p4) ORDER BY w.id
"""


def lineage_at(edition: int, moment: datetime | None) -> Lineage:
    """The merges in force at a moment; None: now."""
    return Lineage(Edge(*row) for row in db.session.execute(text(_EDGES), _values(edition, moment)))


def own_answers(edition: int, moment: datetime | None) -> Columns:
    """The last answer of each voter on each proposal before the moment, withdrawals included.

    The origin is that of the first. Votes of guests who have been claimed by then are their accounts'.
    """
    events = read(_EVENTS, _values(edition, moment))
    keys = (events.voter << 27) | events.proposal
    _, first = np.unique(keys, return_index=True)
    _, from_end = np.unique(keys[::-1], return_index=True)
    last = events.where(len(events) - 1 - from_end)
    return Columns(last.voter, last.proposal, last.choice, events.origin[first])


def effective_answers(edition: int, moment: datetime | None, lineage: Lineage) -> tuple[Columns, Columns]:
    """Effective votes on leads before the moment, and apart from them those of people who are asked again."""
    answers: dict[tuple[int, int], dict[int, Answer]] = defaultdict(dict)
    origins: dict[tuple[int, int], str] = {}
    rows = db.session.execute(text(_LINEAGE_EVENTS), _values(edition, moment))
    for voter, proposal, sequence, choice, origin in rows:
        answers[voter, lineage.lead_of(proposal)][proposal] = Answer(choice, sequence)
        origins.setdefault((voter, proposal), origin)
    counted: list[tuple[int, int, int, int]] = []
    asked: list[tuple[int, int, int, int]] = []
    for (voter, lead), own in answers.items():
        vote = effective(lead, lineage, own)
        origin = ORIGINS.index(origins[voter, vote.deciding[0].proposal])
        value = WITHDRAWN if vote.counted is None else vote.counted
        (asked if vote.asked_again else counted).append((voter, lead, value, origin))
    return _columns(counted), _columns(asked)


def voters_in(pools: tuple[str, ...]) -> Whole:
    """The voters whose votes belong to these pools now, ascending."""
    padded = [*pools, "", "", "", "", ""][:5]
    return whole_numbers(_VOTERS, {f"p{place}": pool for place, pool in enumerate(padded)})


def _columns(rows: list[tuple[int, int, int, int]]) -> Columns:
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    return Columns(table[:, 0], table[:, 1], table[:, 2], table[:, 3])


def _values(edition: int, moment: datetime | None) -> dict[str, Any]:
    return {"edition": edition, "moment": EVER if moment is None else to_microseconds(moment)}
