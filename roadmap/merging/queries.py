"""What was merged into a proposal, whose it was, and how it came about."""

from dataclasses import dataclass

from sqlalchemy import select

from roadmap.core.db import db
from roadmap.core.errors import NotFound
from roadmap.editions.models import Edition
from roadmap.merging.models import Merge, Split
from roadmap.proposals import queries as proposals
from roadmap.proposals.models import Proposal


@dataclass(frozen=True)
class Author:
    """How an author is named, and on which proposals (public numbers). `account` is for deeds, not for pages."""

    account: int | None
    line: str
    name: str
    numbers: tuple[int, ...]


def get_merge(edition: Edition, identifier: int) -> Merge:
    """A merge of the edition; raises NotFound."""
    merge = db.session.get(Merge, identifier)
    if merge is None or merge.edition_id != edition.id:
        raise NotFound
    return merge


def get_split(edition: Edition, number: int) -> Split:
    """The newest split of the proposal with this number, undone or not; raises NotFound."""
    split = db.session.scalar(
        select(Split)
        .join(Proposal, Proposal.id == Split.original_id)
        .where(Split.edition_id == edition.id, Proposal.number == number)
        .order_by(Split.id.desc())
        .limit(1)
    )
    if split is None:
        raise NotFound
    return split


def sources_of(proposal: Proposal) -> list[Proposal]:
    """Everything merged into the proposal, to any depth; nearer ones first, then oldest first."""
    edition = db.session.get_one(Edition, proposal.edition_id)
    ids = proposals.lineage_of(edition).all_sources(proposal.id)
    found = proposals.by_ids(ids)
    return [found[each] for each in ids]


def authors_of(proposal: Proposal) -> list[Author]:
    """The authors of the proposal and of its sources, each once, the lead's first; those without a name too."""
    named: dict[object, Author] = {}
    for each in [proposal, *sources_of(proposal)]:
        key = (each.author_id, each.author_line, each.author_name) if each.author_id else (each.id,)
        known = named.get(key)
        numbers = (*known.numbers, each.number) if known else (each.number,)
        named[key] = Author(each.author_id, each.author_line, each.author_name, numbers)
    return list(named.values())
