"""How a proposal came to stand where it does: every merge around it, with what its authors said."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from roadmap.core.db import db
from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition
from roadmap.merging.models import Merge, Objection
from roadmap.merging.objected import (
    Voice,
    accepted_by,
    edges_made_by,
    objections_to,
    open_until,
    voices_for,
)
from roadmap.proposals import queries as proposals
from roadmap.proposals.models import LineageEdge, Proposal


@dataclass(frozen=True)
class Said:
    """An objection, and the proposal that left by it."""

    objection: Objection
    left: Proposal


@dataclass(frozen=True)
class Choice:
    """What the reader may say to a merge: for which proposal, and whether the whole merge goes with it."""

    voice: Voice
    proposal: Proposal


@dataclass(frozen=True)
class Told:
    """A merge as a page tells of it. `sources` are all it ever had, `objections` what authors said against it.

    `choices` is what the reader may object for, empty for most; `until` is when that ends, None once it has.
    """

    merge: Merge
    lead: Proposal
    sources: tuple[Proposal, ...]
    objections: tuple[Said, ...]
    until: datetime | None = None
    choices: tuple[Choice, ...] = ()
    accepted: bool = False


def told_of(edition: Edition, merge: Merge, actor: Actor, now: datetime) -> Told:
    """One merge for this reader."""
    may_say = actor.signed_in and edition.archived is None
    voices = voices_for(edition, merge, actor.account) if may_say else []
    said = objections_to([merge])
    edges = edges_made_by(merge)
    found = proposals.by_ids(
        [
            merge.lead_id,
            *(edge.source_id for edge in edges),
            *(row.proposal_id for row in said),
            *(voice.proposal for voice in voices),
        ]
    )
    return Told(
        merge, found[merge.lead_id], tuple(found[edge.source_id] for edge in edges),
        tuple(Said(row, found[row.proposal_id]) for row in said),
        open_until(merge, now), tuple(Choice(voice, found[voice.proposal]) for voice in voices),
        actor.account in accepted_by(merge) if voices else False,
    )  # fmt: skip


def tale_of(edition: Edition, proposal: Proposal, actor: Actor, now: datetime) -> list[Told]:
    """Every merge that this very proposal led or was a source of, newest first."""
    took_part = select(LineageEdge.merge_id).where(
        or_(LineageEdge.source_id == proposal.id, LineageEdge.lead_id == proposal.id)
    )
    merges = db.session.scalars(select(Merge).where(Merge.id.in_(took_part)).order_by(Merge.id.desc()))
    return [told_of(edition, merge, actor, now) for merge in merges]
