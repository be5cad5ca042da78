"""Reading objections: whose say a merge needs, what authors said, and which groups wait for facilitators."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from roadmap.core.db import db
from roadmap.core.portions import portions
from roadmap.domain import objections as rules
from roadmap.domain.lineage import Edge, Lineage
from roadmap.editions.models import Edition
from roadmap.merging.models import Acceptance, Merge, Objection
from roadmap.proposals import queries as proposals
from roadmap.proposals.models import LineageEdge, Proposal


@dataclass(frozen=True)
class Voice:
    """Somebody who may accept a merge or object to it: as an author of its lead (`leads`), or of a source.

    `proposal` is the lead, or the source that leaves the merge when they object; `wrote` is their own text below.
    """

    account: int
    proposal: int
    wrote: int
    leads: bool


@dataclass(frozen=True)
class ObjectedGroup:
    """Proposals that an objection parted and nobody has decided about since: what left, and what stayed."""

    objection: Objection
    merge: Merge
    lead: Proposal
    left: Proposal
    numbers: tuple[int, ...]


def objections_in(edition: Edition) -> list[Objection]:
    """Every objection ever made in the edition, oldest first."""
    return list(
        db.session.scalars(select(Objection).where(Objection.edition_id == edition.id).order_by(Objection.id))
    )


def objections_to(merges: Iterable[Merge]) -> list[Objection]:
    """The objections to these merges, oldest first."""
    found: list[Objection] = []
    for part in portions(sorted(merge.id for merge in merges)):
        found += db.session.scalars(
            select(Objection).where(Objection.merge_id.in_(part)).order_by(Objection.id)
        )
    return found


def as_rule(objection: Objection) -> rules.Objection:
    """The objection as the rules see it."""
    return rules.Objection(
        objection.id, objection.merge_id, frozenset(objection.departed), frozenset(objection.stayed),
        objection.answered_by,
    )  # fmt: skip


def edges_made_by(merge: Merge) -> list[LineageEdge]:
    """The edges that a merge made, in force or ended."""
    return list(
        db.session.scalars(
            select(LineageEdge).where(LineageEdge.merge_id == merge.id).order_by(LineageEdge.id)
        )
    )


def lineage_before(edition: Edition, merge: Merge) -> Lineage:
    """What of the lineage in force is older than the merge."""
    return Lineage(
        Edge(edge.source_id, edge.lead_id, edge.sequence)
        for edge in proposals.edges_of(edition)
        if edge.merge_id < merge.id
    )


def voices_of(edition: Edition, merge: Merge) -> list[Voice]:
    """Everybody who may object to the merge as it stands, with what they speak for; the lead's authors first."""
    if merge.undone is not None:
        return []
    older = lineage_before(edition, merge)
    tops = [merge.lead_id, *(edge.source_id for edge in edges_made_by(merge) if edge.ended is None)]
    trees = {top: (top, *older.all_sources(top)) for top in tops}
    found = proposals.by_ids(each for tree in trees.values() for each in tree)
    return [
        Voice(author, top, each, leads=top == merge.lead_id)
        for top, tree in trees.items()
        for each in tree
        if (author := found[each].author_id) is not None
    ]


def voices_for(edition: Edition, merge: Merge, account: int | None) -> list[Voice]:
    """What this person may speak for: each proposal of the merge once, the lead first."""
    own: dict[int, Voice] = {}
    for voice in voices_of(edition, merge):
        if voice.account == account:
            own.setdefault(voice.proposal, voice)
    return list(own.values())


def accepted_by(merge: Merge) -> set[int]:
    """The accounts of the authors who accepted the merge."""
    return set(db.session.scalars(select(Acceptance.account_id).where(Acceptance.merge_id == merge.id)))


def objected_groups(edition: Edition) -> list[ObjectedGroup]:
    """Groups that an objection brought back and that may be merged again once, what waits longest first."""
    every = objections_in(edition)
    again = {row.answered_by for row in every} - {None}
    waiting = [
        row for row in every if row.answered is None and row.apart is None and row.merge_id not in again
    ]
    groups = []
    for row in waiting:
        merge = db.session.get_one(Merge, row.merge_id)
        parted = proposals.by_ids([*row.departed, *row.stayed, merge.lead_id])
        groups.append(
            ObjectedGroup(
                row, merge, parted[merge.lead_id], parted[row.proposal_id],
                tuple(sorted(parted[each].number for each in {*row.departed, *row.stayed})),
            )
        )  # fmt: skip
    return groups


def open_until(merge: Merge, now: datetime) -> datetime | None:
    """Until when authors may object to the merge; None where they cannot now."""
    if merge.undone is not None or not rules.is_open(merge.made, now):
        return None
    return rules.closes(merge.made)
