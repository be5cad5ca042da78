"""Merges that were just made, to be told of on the next page, where they can be undone."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from roadmap.core.db import db
from roadmap.editions.models import Edition
from roadmap.merging.models import Merge
from roadmap.merging.objected import edges_made_by
from roadmap.proposals import queries as proposals
from roadmap.proposals.models import Proposal

MOST = 20


@dataclass(frozen=True)
class Done:
    """A merge with its lead and what it merged into that, by number."""

    merge: Merge
    lead: Proposal
    sources: tuple[Proposal, ...]


def done_of(merge: Merge) -> Done:
    """The merge as a page tells of it."""
    edges = edges_made_by(merge)
    found = proposals.by_ids([merge.lead_id, *(edge.source_id for edge in edges)])
    sources = sorted((found[edge.source_id] for edge in edges), key=lambda each: each.number)
    return Done(merge, found[merge.lead_id], tuple(sources))


def done_by_ids(edition: Edition, ids: Iterable[int]) -> list[Done]:
    """Merges of the edition that are in force, as far as there are any with these ids."""
    wanted = [each for each in ids if each][:MOST]
    rows = db.session.scalars(
        select(Merge)
        .where(Merge.edition_id == edition.id, Merge.id.in_(wanted), Merge.undone.is_(None))
        .order_by(Merge.id)
    )
    return [done_of(merge) for merge in rows.all()]
