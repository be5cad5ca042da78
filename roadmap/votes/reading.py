"""Reading tallies and answers of many proposals at once, the effective ones where a proposal leads others."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, text

from roadmap.core.db import db
from roadmap.core.portions import portions
from roadmap.editions.models import Edition

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
_WITH_ANSWERS = (
    _TALLIES
    + """
UNION ALL
SELECT t.proposal_id, '', t.choice, 0, t.revision, 0 FROM votes t
WHERE t.voter_id = :voter AND t.proposal_id IN :ids AND NOT {itself}
UNION ALL
SELECT t.lead_id, '', t.choice, CASE WHEN t.conflict THEN 1 ELSE 0 END, v.revision, 0 FROM effective_votes t
LEFT JOIN votes v ON v.voter_id = t.voter_id AND v.proposal_id = t.lead_id
WHERE t.voter_id = :voter AND t.lead_id IN :ids AND {leads}
""".replace("{itself}", _LEADS_ITSELF).replace("{leads}", _LEADS)
)


@dataclass(frozen=True)
class Answer:
    """A voter's own answer: 1, -1, 0, or None (withdrawn, or asked again), on which wording of the proposal."""

    choice: int | None
    asked_again: bool
    revision: int | None


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


def tallies_and_answers(
    voter: int | None, ids: Iterable[int]
) -> tuple[list[tuple[int, str, int, int, int, int]], dict[int, Answer]]:
    """The rows of `tally_rows`, and the voter's answers by proposal id as far as there are any."""
    if voter is None:
        return list(tally_rows(ids)), {}
    tallies, answers = [], {}
    for row in _rows(_WITH_ANSWERS, ids, voter=voter):
        proposal, pool, first, second, third, asked_again = row
        if pool:
            tallies.append((proposal, pool, first, second, third, asked_again))
        else:
            answers[proposal] = Answer(first, bool(second), third)
    return tallies, answers


def _rows(statement: str, ids: Iterable[int], **values: Any) -> Iterator[Any]:
    prepared = text(statement).bindparams(bindparam("ids", expanding=True))
    for part in portions(sorted(set(ids))):
        yield from db.session.execute(prepared, {"ids": part, **values})
