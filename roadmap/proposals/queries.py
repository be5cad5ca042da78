"""Reading proposals, their revisions and lineage."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import or_, select

from roadmap.core.db import db
from roadmap.core.errors import NotFound
from roadmap.domain.policy import Actor, Facts, Role
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of as facts_of_edition
from roadmap.proposals.models import LineageEdge, Proposal, Revision


def find_proposal(edition: Edition, number: int) -> Proposal | None:
    """The proposal with this number, whatever its state."""
    return db.session.scalar(
        select(Proposal).where(Proposal.edition_id == edition.id, Proposal.number == number)
    )


def get_proposal(edition: Edition, number: int, actor: Actor) -> Proposal:
    """The proposal as far as this person may read it; raises NotFound, alike for hidden and missing.

    A hidden or withdrawn one can be opened by everybody (its page is then a stub); a waiting one only by
    its author and facilitators.
    """
    proposal = find_proposal(edition, number)
    if proposal is None or (proposal.state == "waiting" and not may_read_waiting(actor, proposal)):
        raise NotFound
    return proposal


def may_read_waiting(actor: Actor, proposal: Proposal) -> bool:
    """Whether this person sees it before a facilitator has let it through."""
    own = actor.signed_in and actor.account == proposal.author_id
    return own or any(actor.has(role, proposal.edition_id) for role in (Role.FACILITATOR, Role.ORGANISER))


def by_ids(ids: Iterable[int]) -> dict[int, Proposal]:
    """Proposals by id; ids without a proposal are left out. In portions, so that any number of ids works."""
    wanted = sorted(set(ids))
    found: dict[int, Proposal] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        found.update(
            {row.id: row for row in db.session.scalars(select(Proposal).where(Proposal.id.in_(part)))}
        )
    return found


def revisions_of(proposal: Proposal) -> list[Revision]:
    """All wordings, oldest first."""
    return list(
        db.session.scalars(
            select(Revision).where(Revision.proposal_id == proposal.id).order_by(Revision.number)
        )
    )


def edges_of(edition: Edition) -> list[LineageEdge]:
    """The merges in force in an edition, as edges, in their order."""
    return list(
        db.session.scalars(
            select(LineageEdge)
            .join(Proposal, Proposal.id == LineageEdge.source_id)
            .where(Proposal.edition_id == edition.id, LineageEdge.ended.is_(None))
            .order_by(LineageEdge.sequence)
        )
    )


def edges_around(proposal_ids: Iterable[int]) -> list[LineageEdge]:
    """The edges in force that touch any of these proposals, as source or as lead."""
    ids = list(proposal_ids)
    return list(
        db.session.scalars(
            select(LineageEdge)
            .where(
                LineageEdge.ended.is_(None),
                or_(LineageEdge.source_id.in_(ids), LineageEdge.lead_id.in_(ids)),
            )
            .order_by(LineageEdge.sequence)
        )
    )


def facts_of(edition: Edition, proposal: Proposal, now: datetime, *, others_voted: bool = False) -> Facts:
    """What the policy needs to know of a proposal."""
    return replace(
        facts_of_edition(edition, now),
        live=proposal.state == "published",
        author=proposal.author_id,
        others_voted=others_voted,
    )
