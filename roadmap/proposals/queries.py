"""Reading proposals, their revisions and lineage."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import or_, select

from roadmap.core.db import db
from roadmap.core.errors import NotFound
from roadmap.domain.lineage import Edge, Lineage
from roadmap.domain.policy import Actor, Facts, Role
from roadmap.domain.slugs import address_part
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of as facts_of_edition
from roadmap.proposals.lists import Card as Card
from roadmap.proposals.lists import by_ids as by_ids
from roadmap.proposals.lists import card_values as card_values
from roadmap.proposals.lists import cards_of as cards_of
from roadmap.proposals.lists import first_ballot as first_ballot
from roadmap.proposals.lists import list_of as list_of
from roadmap.proposals.lists import open_by_number as open_by_number
from roadmap.proposals.lists import orders_of as orders_of
from roadmap.proposals.models import Correction, LineageEdge, Proposal, Revision
from roadmap.proposals.orders import ORDERS as ORDERS

STUBS = ("hidden", "withdrawn")
"""States in which a proposal's page says so and nothing else."""


def address_of(proposal: Proposal) -> str:
    """The proposal's part of an address, such as `128-mutual-aid-seat`; of a stub the number alone."""
    return str(proposal.number) if proposal.state in STUBS else address_part(proposal.number, proposal.title)


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


def revisions_of(proposal: Proposal) -> list[Revision]:
    """All wordings, oldest first."""
    return list(
        db.session.scalars(
            select(Revision).where(Revision.proposal_id == proposal.id).order_by(Revision.number)
        )
    )


def edges_of(edition: Edition) -> list[LineageEdge]:
    """The merges in force in an edition, as edges, in their order."""
    return _edges(edition.id)


def _edges(edition_id: int) -> list[LineageEdge]:
    return list(
        db.session.scalars(
            select(LineageEdge)
            .join(Proposal, Proposal.id == LineageEdge.source_id)
            .where(Proposal.edition_id == edition_id, LineageEdge.ended.is_(None))
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


def merged_into(proposal: Proposal) -> list[tuple[LineageEdge, Proposal, int]]:
    """What was merged into the proposal: (edge, source, depth below it) as a tree from top to bottom.

    Oldest merge first. One statement: everything below the same last lead names it.
    """
    rows = db.session.execute(
        select(LineageEdge, Proposal)
        .join(Proposal, Proposal.id == LineageEdge.source_id)
        .where(Proposal.lead_id == (proposal.lead_id or proposal.id), LineageEdge.ended.is_(None))
        .order_by(LineageEdge.sequence)
    )
    below: dict[int, list[tuple[LineageEdge, Proposal]]] = {}
    for edge, source in rows:
        below.setdefault(edge.lead_id, []).append((edge, source))
    walked: list[tuple[LineageEdge, Proposal, int]] = []
    waiting = [(pair, 1) for pair in reversed(below.get(proposal.id, []))]
    while waiting:
        (edge, source), depth = waiting.pop()
        walked.append((edge, source, depth))
        waiting.extend((lower, depth + 1) for lower in reversed(below.get(source.id, [])))
    return walked


def facts_of(edition: Edition, proposal: Proposal, now: datetime, *, others_voted: bool = False) -> Facts:
    """What the policy needs to know of a proposal."""
    return replace(
        facts_of_edition(edition, now),
        live=proposal.state == "published",
        author=proposal.author_id,
        others_voted=others_voted,
    )


def lineage_of(edition: Edition) -> Lineage:
    """The merges in force in an edition."""
    return _lineage(edition.id)


def _lineage(edition_id: int) -> Lineage:
    return Lineage(Edge(edge.source_id, edge.lead_id, edge.sequence) for edge in _edges(edition_id))


def lead_of(edition: Edition, proposal: Proposal) -> Proposal:
    """The proposal that speaks for this one in the end: itself where it is no source."""
    if proposal.lead_id is None:
        return proposal
    lead = db.session.get(Proposal, lineage_of(edition).lead_of(proposal.id))
    return lead or proposal


def authors_to_confirm(edition: Edition) -> list[Proposal]:
    """Published proposals in the name of an organisation or a group that nobody has confirmed, oldest first."""
    return list(
        db.session.scalars(
            select(Proposal)
            .where(
                Proposal.edition_id == edition.id,
                Proposal.state == "published",
                Proposal.author_line.in_(("organisation", "group")),
                Proposal.author_confirmed.is_(None),
            )
            .order_by(Proposal.id)
        )
    )


def corrections_waiting(edition: Edition) -> list[Proposal]:
    """Published proposals whose correction waits for a facilitator, the oldest correction first."""
    return list(
        db.session.scalars(
            select(Proposal)
            .join(Correction, Correction.proposal_id == Proposal.id)
            .where(
                Proposal.edition_id == edition.id,
                Proposal.state == "published",
                Correction.state == "waiting",
            )
            .order_by(Correction.made, Correction.id)
        )
    )
