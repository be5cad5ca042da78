"""Reading proposals, their revisions and lineage."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, or_, select

from roadmap.core.db import db
from roadmap.core.errors import NotFound
from roadmap.core.paging import Page
from roadmap.domain.lineage import Edge, Lineage
from roadmap.domain.phases import Verb, is_open
from roadmap.domain.policy import Actor, Facts, Role
from roadmap.domain.slugs import address_part
from roadmap.editions.models import Edition, GuidingQuestion
from roadmap.editions.queries import facts_of as facts_of_edition
from roadmap.editions.queries import periods_of
from roadmap.proposals import counts
from roadmap.proposals.models import LineageEdge, Proposal, Revision
from roadmap.proposals.orders import ORDERS as ORDERS
from roadmap.proposals.orders import Entry, folded, in_order
from roadmap.proposals.searching import holding

PER_PAGE = 50
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


@dataclass(frozen=True)
class Card:
    """What a proposal shows together with its sources: comments in all, and how many sources it has."""

    comments: int = 0
    sources: int = 0


def cards_of(proposals: Sequence[Proposal]) -> dict[int, Card]:
    """Cards by proposal id, for proposals of one edition; comments on sources count for their lead."""
    if not proposals:
        return {}
    lineage = _lineage(proposals[0].edition_id)
    sources = {proposal.id: lineage.all_sources(proposal.id) for proposal in proposals}
    comments = _comments_on(source for found in sources.values() for source in found)
    return {
        proposal.id: Card(
            proposal.comment_count + sum(comments.get(source, 0) for source in sources[proposal.id]),
            len(sources[proposal.id]),
        )
        for proposal in proposals
    }


def _comments_on(ids: Iterable[int]) -> dict[int, int]:
    """How many comments may be read on each of these proposals."""
    return {key: proposal.comment_count for key, proposal in by_ids(ids).items()}


def first_ballot(edition: Edition, language: str, voted: int = 0) -> Proposal | None:
    """A proposal for the home page's ballot, the same for everybody; None where there is none.

    Written in the page's language where one is, else in any; among these the one with the fewest votes. Whoever
    has just voted here sees that one again: `voted` is its number.
    """
    votes = counts.votes_in_edition(edition.id)
    rows = db.session.execute(
        select(Proposal.id, Proposal.number, Proposal.language).where(
            Proposal.edition_id == edition.id, Proposal.state == "published", Proposal.lead_id.is_(None)
        )
    ).all()
    chosen = min(
        rows,
        key=lambda row: (row.number != voted, row.language != language, votes.get(row.id, 0), row.number),
        default=None,
    )
    return db.session.get(Proposal, chosen.id) if chosen is not None else None


def languages_of(edition: Edition, question: GuidingQuestion) -> list[str]:
    """The languages in which published proposals under the question are written."""
    return sorted(
        db.session.scalars(
            select(Proposal.language)
            .where(Proposal.edition_id == edition.id, Proposal.question_id == question.id)
            .where(Proposal.state == "published", Proposal.lead_id.is_(None))
            .distinct()
        )
    )


def orders_of(edition: Edition, now: datetime) -> tuple[str, ...]:
    """The orders a list may be read in now: none that would tell results before they may be seen."""
    if edition.results == "at-close" and is_open(Verb.VOTE, periods_of(edition), now):
        return tuple(order for order in ORDERS if order != "agreed")
    return ORDERS


def list_of(
    edition: Edition,
    question: GuidingQuestion,
    *,
    order: str = "fair",
    language: str = "",
    text: str = "",
    actor: Actor | None = None,
    todo: bool = False,
    page: int = 1,
    seed: str = "",
    now: datetime | None = None,
) -> Page[Proposal]:
    """One page of 50 of the question's published proposals, those merged into others left out.

    `language` is what they were written in, `text` what must occur in title or text, `todo` leaves only what
    the actor has not answered yet. `seed` draws the fair order. Where results are kept until the close
    the order by agreement needs `now` to tell that it has come.
    """
    wanted = select(Proposal.id, Proposal.number, Proposal.made, Proposal.comment_count).where(
        Proposal.question_id == question.id, Proposal.state == "published", Proposal.lead_id.is_(None)
    )
    if language:
        wanted = wanted.where(Proposal.language == language)
    rows = list(db.session.execute(wanted).all())
    if folded(text):
        matching = holding(question, text)
        rows = [row for row in rows if row.id in matching]
    if todo and actor is not None and actor.voter is not None:
        answered = counts.answered_in(question.id, actor.voter)
        rows = [row for row in rows if row.id not in answered]
    if (
        order == "agreed"
        and edition.results == "at-close"
        and (now is None or order not in orders_of(edition, now))
    ):
        order = "fair"
    entries = [Entry(row.id, row.number, row.made, row.comment_count) for row in rows]
    entries = _weighed(edition, question, entries, order)
    ids = [entry.id for entry in in_order(entries, order, seed)[(page - 1) * PER_PAGE : page * PER_PAGE]]
    found = by_ids(ids)
    return Page([found[each] for each in ids], page, len(entries), PER_PAGE)


def _weighed(edition: Edition, question: GuidingQuestion, entries: list[Entry], order: str) -> list[Entry]:
    """The entries with the figures that the order asks for."""
    if order in ("fewest", "agreed"):
        pools = counts.counted_pools(edition) if order == "agreed" else counts.EVERY_POOL
        figures = counts.votes_in(question.id, pools)
        return [
            replace(entry, votes=figures[entry.id].votes, agreeing=figures[entry.id].agreeing)
            if entry.id in figures
            else entry
            for entry in entries
        ]
    if order == "talked":
        lineage = lineage_of(edition)
        sources = {entry.id: lineage.all_sources(entry.id) for entry in entries}
        comments = _comments_on(source for found in sources.values() for source in found)
        return [
            replace(entry, comments=entry.comments + sum(comments.get(each, 0) for each in sources[entry.id]))
            for entry in entries
        ]
    return entries


def counts_of(edition: Edition) -> dict[int, int]:
    """Published proposals by guiding question id, those merged into others left out."""
    rows = db.session.execute(
        select(Proposal.question_id, func.count())
        .where(Proposal.edition_id == edition.id, Proposal.state == "published", Proposal.lead_id.is_(None))
        .group_by(Proposal.question_id)
    )
    return {row[0]: row[1] for row in rows}


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
