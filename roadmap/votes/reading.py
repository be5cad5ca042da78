"""Reading tallies and answers of many proposals at once, the effective ones where a proposal leads others."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import bindparam, text

from roadmap.core.db import db
from roadmap.editions.models import Edition

PORTION = 400
"""Ids in one statement: databases limit how many parameters one may have."""

_LEADS = "EXISTS (SELECT 1 FROM lineage_edges g WHERE g.lead_id = t.lead_id AND g.ended IS NULL)"
_LEADS_ITSELF = "EXISTS (SELECT 1 FROM lineage_edges g WHERE g.lead_id = t.proposal_id AND g.ended IS NULL)"
_TALLIES = """
SELECT t.proposal_id, t.pool, t.agree, t.disagree, t.passed, 0 FROM tallies t
WHERE t.proposal_id IN :ids AND NOT {itself}
UNION ALL
SELECT t.lead_id, t.pool, t.agree, t.disagree, t.passed, t.asked_again FROM effective_tallies t
WHERE t.lead_id IN :ids AND {leads}
""".replace("{itself}", _LEADS_ITSELF).replace("{leads}", _LEADS)
_ANSWERS = """
SELECT t.proposal_id, t.choice, 0, t.revision FROM votes t
WHERE t.voter_id = :voter AND t.proposal_id IN :ids AND NOT {itself}
UNION ALL
SELECT t.lead_id, t.choice, CASE WHEN t.conflict THEN 1 ELSE 0 END, v.revision FROM effective_votes t
LEFT JOIN votes v ON v.voter_id = t.voter_id AND v.proposal_id = t.lead_id
WHERE t.voter_id = :voter AND t.lead_id IN :ids AND {leads}
""".replace("{itself}", _LEADS_ITSELF).replace("{leads}", _LEADS)


def portions(ids: Iterable[int]) -> Iterator[Sequence[int]]:
    """The ids, each once, in portions that fit into one statement."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), PORTION):
        yield wanted[start : start + PORTION]


def counted_pools(edition: Edition) -> tuple[str, ...]:
    """Whose votes count in the edition's ranking."""
    pools = ["account", "imported"]
    if edition.guests_count:
        pools.append("guest")
    if edition.paper_count:
        pools.append("paper")
    return tuple(pools)


def tally_rows(ids: Iterable[int]) -> Iterator[tuple[int, str, int, int, int, int]]:
    """(proposal, pool, agree, disagree, passed, asked again) of each proposal that was ever voted on."""
    yield from _rows(_TALLIES, ids)


def answer_rows(voter: int, ids: Iterable[int]) -> Iterator[tuple[int, int | None, int, int | None]]:
    """(proposal, choice, 1 where the voter is asked again, revision of the own answer) as far as there is one."""
    yield from _rows(_ANSWERS, ids, voter=voter)


def _rows(statement: str, ids: Iterable[int], **values: Any) -> Iterator[Any]:
    prepared = text(statement).bindparams(bindparam("ids", expanding=True))
    for part in portions(ids):
        yield from db.session.execute(prepared, {"ids": part, **values})
