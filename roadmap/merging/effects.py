"""What a merge would do, from the votes as they stand: people, and places in the order."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, text

from roadmap.core.db import db
from roadmap.domain.ballots import CONFLICT
from roadmap.domain.merge_effect import Effect, effect_of
from roadmap.domain.ranking import Method, Ranking, rank
from roadmap.domain.ranking.joining import join_items
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.proposals.models import Proposal
from roadmap.votes.openness import has_closed
from roadmap.votes.snapshots import snapshot

MOST_VOTES = 100_000
"""Up to so many votes the order is worked out while a facilitator waits (about a second)."""
_LEADS = "EXISTS (SELECT 1 FROM lineage_edges g WHERE g.lead_id = {} AND g.ended IS NULL)"
_VOTES = f"""
SELECT t.voter_id, t.proposal_id, t.choice, 0 FROM votes t
WHERE t.proposal_id IN :ids AND NOT {_LEADS.format("t.proposal_id")}
UNION ALL
SELECT t.voter_id, t.lead_id, t.choice, CASE WHEN t.conflict THEN 1 ELSE 0 END FROM effective_votes t
WHERE t.lead_id IN :ids AND {_LEADS.format("t.lead_id")}
"""  # noqa: S608 - put together from the parts above

Place = tuple[int, int] | None
"""First and last place of a band; None for what has no place."""


@dataclass(frozen=True)
class Places:
    """Where each of the proposals stands under its question, by number, and where the lead would stand."""

    before: dict[int, Place]
    after: Place


def effect(lead: Proposal, sources: Iterable[Proposal]) -> Effect:
    """What becomes of everybody's vote; none of the proposals may be a source already."""
    ids = [lead.id, *(each.id for each in sources)]
    statement = text(_VOTES).bindparams(bindparam("ids", expanding=True))
    rows = db.session.execute(statement, {"ids": ids})
    return effect_of(
        ((voter, proposal, CONFLICT if conflict else choice) for voter, proposal, choice, conflict in rows),
        lead.id,
    )


def places(edition: Edition, lead: int, sources: Collection[int], now: datetime) -> Places | None:
    """The places before and after, by the edition's method; None while results are kept until voting closes, where
    one of them is not open, or where there are too many votes to work it out now.

    People who are asked again on one of the proposals count on the others here: a snapshot does not name them.
    """
    if edition.results == "at-close" and not has_closed(facts_of(edition, now)):
        return None
    votes = snapshot(edition)
    open_ones = set(votes.number.tolist())
    if len(votes.choice) > MOST_VOTES or not {lead, *sources} <= open_ones:
        return None
    method = Method(edition.method, edition.seed)
    before, after = rank(votes, method), rank(join_items(votes, lead, sources), method)
    return Places({each: _place(before, each) for each in (lead, *sources)}, _place(after, lead))


def _place(ranking: Ranking, number: int) -> Place:
    found = (item for section in ranking.sections for item in section.placed if item.number == number)
    return next((item.band for item in found), None)
