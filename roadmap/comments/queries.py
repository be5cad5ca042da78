"""Reading comments: threads in reading order, in pages, and single ones with the page they stand on."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from roadmap.comments.models import Comment
from roadmap.core.db import db
from roadmap.core.errors import NotFound
from roadmap.core.portions import portions, rows_by_id
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.proposals import queries as proposals
from roadmap.proposals.models import Proposal

PER_PAGE = 50
DEEPEST_SHOWN = 2
"""Answers to answers are shown one within the other so deep; deeper ones say whom they answer."""


@dataclass
class Node:
    """A comment with the answers that are shown inside it.

    `answers` is the comment it replies to where its place alone does not tell; `elsewhere` the source on
    which it was written, where that is not the proposal whose page is read.
    """

    comment: Comment
    depth: int = 0
    answers: Comment | None = None
    elsewhere: Proposal | None = None
    replies: list["Node"] = field(default_factory=list)


@dataclass(frozen=True)
class Thread:
    """One page of the comments on a proposal and its sources. `total` counts what may be read."""

    nodes: list[Node]
    page: int
    pages: int
    total: int


@dataclass(frozen=True)
class _Row:
    id: int
    parent: int | None


def facilitates(actor: Actor, edition_id: int) -> bool:
    """Whether this person reads what waits."""
    return any(actor.has(role, edition_id) for role in (Role.FACILITATOR, Role.ORGANISER))


def find_comment(edition: Edition, comment_id: int) -> tuple[Comment, Proposal] | None:
    """A comment of this edition, whatever its state, with the proposal it was written on."""
    row = db.session.execute(
        select(Comment, Proposal)
        .join(Proposal, Proposal.id == Comment.proposal_id)
        .where(Comment.id == comment_id, Proposal.edition_id == edition.id)
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def get_comment(edition: Edition, comment_id: int, actor: Actor) -> tuple[Comment, Proposal]:
    """The comment as far as this person may read it; raises NotFound, alike for waiting and missing."""
    found = find_comment(edition, comment_id)
    if found is None:
        raise NotFound
    comment, _proposal = found
    own = actor.signed_in and actor.account == comment.author_id
    if comment.state == "waiting" and not own and not facilitates(actor, edition.id):
        raise NotFound
    return found


def thread_of(
    edition: Edition,
    proposal: Proposal,
    actor: Actor,
    *,
    page: int,
    sources: Sequence[Proposal] | None = None,
) -> Thread:
    """The page of comments that is asked for, or the last one; answers follow what they answer.

    `sources` is everything merged into the proposal, where that is known already. Constant number of
    statements, however deep the thread.
    """
    places = _places(proposal, sources)
    order = _order(_rows(edition, list(places), actor))
    pages = max(1, -(-len(order) // PER_PAGE))
    number = min(page, pages)
    shown = order[(number - 1) * PER_PAGE : number * PER_PAGE]
    comments = rows_by_id(
        Comment, [row.id for row in shown] + [row.parent for row in shown if row.parent is not None]
    )
    total = sum(place.comment_count for place in places.values())
    return Thread(_nested(shown, comments, places, proposal), number, pages, total)


def page_of(edition: Edition, proposal: Proposal, actor: Actor, comment_id: int) -> int:
    """The page of the proposal's comments on which this one stands."""
    order = _order(_rows(edition, list(_places(proposal)), actor))
    position = next((place for place, row in enumerate(order) if row.id == comment_id), 0)
    return position // PER_PAGE + 1


def written_by(actor: Actor) -> list[tuple[Comment, Proposal]]:
    """The person's own comments of all editions with the proposals they were written on, newest first."""
    if actor.account is None:
        return []
    rows = db.session.execute(
        select(Comment, Proposal)
        .join(Proposal, Proposal.id == Comment.proposal_id)
        .where(Comment.author_id == actor.account, Comment.state != "removed")
        .order_by(Comment.id.desc())
    )
    return [(comment, proposal) for comment, proposal in rows]


def comments_waiting(edition: Edition) -> list[tuple[Comment, Proposal]]:
    """Comments that wait for a facilitator, what waits longest first."""
    rows = db.session.execute(
        select(Comment, Proposal)
        .join(Proposal, Proposal.id == Comment.proposal_id)
        .where(Proposal.edition_id == edition.id, Comment.state == "waiting")
        .order_by(Comment.made, Comment.id)
    )
    return [(row[0], row[1]) for row in rows]


def _places(proposal: Proposal, sources: Sequence[Proposal] | None = None) -> dict[int, Proposal]:
    """The proposal and its sources by id: where its comments were written."""
    if sources is None:
        sources = [source for _edge, source, _depth in proposals.merged_into(proposal)]
    readable = {source.id: source for source in sources if source.state not in ("hidden", "waiting")}
    return {proposal.id: proposal, **readable}


def _rows(edition: Edition, places: Sequence[int], actor: Actor) -> list[_Row]:
    """Id and parent of all comments that this person may see (stubs included), oldest first."""
    rows: list[_Row] = []
    for part in portions(places):
        wanted = select(Comment.id, Comment.parent_id, Comment.state, Comment.author_id).where(
            Comment.proposal_id.in_(part)
        )
        rows += [
            _Row(row.id, row.parent_id)
            for row in db.session.execute(wanted)
            if row.state != "waiting"
            or facilitates(actor, edition.id)
            or (actor.signed_in and row.author_id == actor.account)
        ]
    return sorted(rows, key=lambda row: row.id)


def _order(rows: list[_Row]) -> list[_Row]:
    """Each comment before its answers, and these before the next comment; walked, not recursed."""
    known = {row.id for row in rows}
    answers: dict[int | None, list[_Row]] = {}
    for row in rows:
        answers.setdefault(row.parent if row.parent in known else None, []).append(row)
    order: list[_Row] = []
    waiting = list(reversed(answers.get(None, [])))
    while waiting:
        row = waiting.pop()
        order.append(row)
        waiting.extend(reversed(answers.get(row.id, [])))
    return order


def _nested(
    shown: list[_Row], comments: dict[int, Comment], places: dict[int, Proposal], read: Proposal
) -> list[Node]:
    top: list[Node] = []
    nodes: dict[int, Node] = {}
    within: dict[int, list[Node]] = {}
    for row in shown:
        comment = comments[row.id]
        node = Node(
            comment, elsewhere=places[comment.proposal_id] if comment.proposal_id != read.id else None
        )
        above = nodes.get(row.parent) if row.parent is not None else None
        if above is None:
            node.answers = comments.get(row.parent) if row.parent is not None else None
            siblings = top
        elif above.depth < DEEPEST_SHOWN:
            node.depth, siblings = above.depth + 1, above.replies
        else:
            node.depth, node.answers, siblings = above.depth, above.comment, within[above.comment.id]
        siblings.append(node)
        nodes[row.id], within[row.id] = node, siblings
    return top
