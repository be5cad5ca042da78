"""Tags: plain words by which facilitators gather proposals, never a judgement. Kept on the edition.

A proposal holds the numbers of its tags, so that no page asks the database anything more for them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from roadmap.core.db import db
from roadmap.editions.models import Edition
from roadmap.proposals.lists import by_ids
from roadmap.proposals.models import Proposal

MOST = 30
"""Tags that an edition has at most."""
NAME = 40
"""Characters of a tag's name at most."""


@dataclass(frozen=True)
class Tag:
    """A tag with its name by language; `number` is its own within the edition."""

    number: int
    name: Mapping[str, str]


def tags_of(edition: Edition) -> list[Tag]:
    """The tags of an edition, in the order in which they were made."""
    return [Tag(int(each["number"]), dict(each["name"])) for each in edition.tags]


def find_tag(edition: Edition, number: int) -> Tag | None:
    """The tag with this number."""
    return next((tag for tag in tags_of(edition) if tag.number == number), None)


def tags_on(edition: Edition, proposal: Proposal) -> list[Tag]:
    """The tags of a proposal."""
    return chosen(edition, proposal.tags)


def counts_of(edition: Edition) -> Counter[int]:
    """How many published proposals have each tag, by its number."""
    rows = db.session.scalars(_published(edition, Proposal.tags))
    return Counter(number for tags in rows for number in tags)


def tagged(edition: Edition, number: int) -> list[Proposal]:
    """The published proposals that have the tag, by number."""
    rows = db.session.execute(_published(edition, Proposal.id, Proposal.tags))
    found = by_ids(row.id for row in rows if number in row.tags)
    return sorted(found.values(), key=lambda proposal: proposal.number)


def _published(edition: Edition, *columns: Any) -> Select[Any]:
    return select(*columns).where(Proposal.edition_id == edition.id, Proposal.state == "published")


def chosen(edition: Edition, numbers: Iterable[int]) -> list[Tag]:
    """Those of the edition's tags that have one of these numbers."""
    wanted = set(numbers)
    return [tag for tag in tags_of(edition) if tag.number in wanted]
