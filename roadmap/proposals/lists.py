"""Lists of proposals: a question's in the reader's order, what a card shows, the ballot of the home page.

The number of statements is the same whatever a list shows.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from roadmap.core.db import db
from roadmap.core.paging import Page
from roadmap.core.portions import portions, rows_by_id
from roadmap.domain.phases import Verb, is_open
from roadmap.domain.policy import Actor
from roadmap.domain.reading import is_read
from roadmap.editions.models import Edition, GuidingQuestion
from roadmap.editions.queries import periods_of
from roadmap.proposals import counts
from roadmap.proposals.models import Proposal
from roadmap.proposals.orders import ORDERS, Entry, folded, in_order

PER_PAGE = 50
SEARCHED_HERE = 5_000
"""Up to so many texts are folded and searched here; beyond it the database compares them as they are."""


def by_ids(ids: Iterable[int]) -> dict[int, Proposal]:
    """Proposals by id; ids without a proposal are left out. In portions, so that any number of ids works."""
    return rows_by_id(Proposal, ids)


def open_by_number(edition: Edition, numbers: Iterable[int]) -> dict[int, Proposal]:
    """Those of these proposals that are published and merged into no other, by number; for lists of a page."""
    rows = db.session.scalars(
        select(Proposal).where(
            Proposal.edition_id == edition.id, Proposal.number.in_(sorted(set(numbers))),
            Proposal.state == "published", Proposal.lead_id.is_(None),
        )
    )  # fmt: skip
    return {row.number: row for row in rows}


@dataclass(frozen=True)
class Card:
    """What a proposal shows together with its sources: comments in all, and how many sources it has."""

    comments: int = 0
    sources: int = 0


def card_values(proposal: Proposal) -> tuple[int | str, ...]:
    """All that a card shows of a proposal itself: two with the same values have the same card."""
    return (
        proposal.number,
        proposal.state,
        proposal.title,
        proposal.html,
        proposal.language,
        proposal.region,
        proposal.author_line,
        proposal.author_name,
    )


def cards_of(proposals: Sequence[Proposal]) -> dict[int, Card]:
    """Cards by proposal id, for proposals that are no sources; comments on sources count for their lead."""
    ids = [proposal.id for proposal in proposals]
    below: dict[int, tuple[int, int]] = {}
    for part in portions(ids):
        below.update(_below(Proposal.lead_id.in_(part)))
    cards = {}
    for proposal in proposals:
        sources, comments = below.get(proposal.id, (0, 0))
        cards[proposal.id] = Card(proposal.comment_count + comments, sources)
    return cards


def _below(which: Any) -> dict[int, tuple[int, int]]:
    """By the id of the last lead: how many sources stand below it, and comments that may be read on them."""
    rows = db.session.execute(
        select(Proposal.lead_id, func.count(), func.sum(Proposal.comment_count))
        .where(which)
        .group_by(Proposal.lead_id)
    )
    return {lead: (sources, int(comments)) for lead, sources, comments in rows if lead is not None}


def first_ballot(edition: Edition, language: str, voted: int = 0) -> Proposal | None:
    """A proposal for the home page's ballot, the same for everybody; None where there is none.

    Written in the page's language where one is, else in any; among these the one with the fewest votes. Whoever
    has just voted here sees that one again: `voted` is its number.
    """
    one = aliased(Proposal)
    chosen = (
        select(one.id)
        .where(one.edition_id == edition.id, one.state == "published", one.lead_id.is_(None))
        .order_by(one.number != voted, one.language != language, counts.votes_on(one.id), one.number)
        .limit(1)
    )
    return db.session.scalar(select(Proposal).where(Proposal.id == chosen.scalar_subquery()))


def orders_of(edition: Edition, now: datetime) -> tuple[str, ...]:
    """The orders a list may be read in now: none that would tell results before they may be seen."""
    if edition.results == "at-close" and is_open(Verb.VOTE, periods_of(edition), now):
        return tuple(order for order in ORDERS if order != "agreed")
    return ORDERS


@dataclass(frozen=True)
class Listing(Page[Proposal]):
    """One page of a question's proposals, and the languages in which any of them are written."""

    languages: tuple[str, ...]


def list_of(
    edition: Edition,
    question: GuidingQuestion,
    *,
    order: str = "fair",
    language: str = "",
    reads: Collection[str] = (),
    text: str = "",
    actor: Actor | None = None,
    todo: bool = False,
    tag: int = 0,
    page: int = 1,
    seed: str = "",
    now: datetime | None = None,
) -> Listing:
    """One page of 50 of the question's published proposals, those merged into others left out.

    `language` is what they were written in; with `reads` only what is in one of these languages is left. `text` is
    what must occur in title or text, `todo` leaves only what the actor has not answered yet, `tag` what has the tag
    with this number. `seed` draws the fair order. Where results are kept until the close the order by agreement
    needs `now` to tell that it has come.
    """
    rows, holding = _listed(question, text, with_tags=bool(tag))
    languages = tuple(sorted({row.language for row in rows}))
    rows = [row for row in rows if language in ("", row.language) and (holding is None or row.id in holding)]
    if reads:
        rows = [row for row in rows if is_read(row.language, reads)]
    if tag:
        rows = [row for row in rows if tag in row.tags]
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
    return Listing([found[each] for each in ids], page, len(entries), PER_PAGE, languages)


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
        below = _below(Proposal.lead_id.in_(select(Proposal.id).where(Proposal.question_id == question.id)))
        return [replace(entry, comments=entry.comments + below.get(entry.id, (0, 0))[1]) for entry in entries]
    return entries


def _listed(question: GuidingQuestion, text: str, *, with_tags: bool) -> tuple[list[Any], set[int] | None]:
    """What is listed under the question, and the ids of those in which every word of the text occurs.

    None instead of the ids where nothing is searched.
    """
    words = folded(text).split()[:10]
    wanted = select(
        Proposal.id, Proposal.number, Proposal.made, Proposal.comment_count, Proposal.language, Proposal.tags
    )
    wanted = wanted.where(
        Proposal.question_id == question.id, Proposal.state == "published", Proposal.lead_id.is_(None)
    )
    if with_tags:
        wanted = wanted.add_columns(Proposal.tags)
    if not words:
        return list(db.session.execute(wanted).all()), None
    with_texts = wanted.add_columns(Proposal.title, Proposal.text)
    rows = list(db.session.execute(with_texts.limit(SEARCHED_HERE + 1)).all())
    if len(rows) <= SEARCHED_HERE:
        searched = ((row.id, folded(f"{row.title} {row.text}")) for row in rows)
        return rows, {key for key, held in searched if all(word in held for word in words)}
    holding = wanted.with_only_columns(Proposal.id)
    for word in text.split()[:10]:
        held = Proposal.title.icontains(word, autoescape=True)
        holding = holding.where(or_(held, Proposal.text.icontains(word, autoescape=True)))
    return list(db.session.execute(wanted).all()), set(db.session.scalars(holding))
