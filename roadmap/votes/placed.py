"""The votes of an edition with people and items numbered from nothing, as the ranking wants them."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, fields
from typing import Self

import numpy as np
import numpy.typing as npt
from sqlalchemy import text

from roadmap.core import arrays
from roadmap.core.db import db
from roadmap.votes.packing import Columns, Whole

WORTH_KEEPING = 100_000
"""Votes from which on they are kept as files: fewer are read in the time in which files are found."""

_VERSION = """
SELECT
  (SELECT coalesce(sum(t.version), 0) FROM tallies t JOIN proposals p ON p.id = t.proposal_id
    WHERE p.edition_id = :edition),
  (SELECT coalesce(sum(t.version), 0) FROM effective_tallies t JOIN proposals p ON p.id = t.lead_id
    WHERE p.edition_id = :edition),
  e.id, e.at
FROM (SELECT 1 AS one) o LEFT JOIN vote_events e ON e.id = (SELECT max(id) FROM vote_events)
"""


@dataclass(frozen=True)
class Placed:
    """One row per vote: `person` (index into `people`), `item`, `choice`, `origin`, by person, then item.

    `people`: the voters' ids, ascending, nobody without a vote.
    """

    people: Whole
    person: npt.NDArray[np.int32]
    item: npt.NDArray[np.int32]
    choice: npt.NDArray[np.int8]
    origin: npt.NDArray[np.int8]

    @classmethod
    def of(cls, votes: Columns, ids: Whole) -> Self:
        """Votes on the proposals `ids` (item 0, 1, …, in their order), without all others."""
        ascending = np.argsort(ids)
        place = np.minimum(np.searchsorted(ids[ascending], votes.proposal), max(len(ids) - 1, 0))
        known = ids[ascending][place] == votes.proposal if len(ids) else np.zeros(len(votes), dtype=bool)
        votes, item = votes.where(known), ascending[place[known]]
        rows = np.argsort((votes.voter << 32) | item)
        votes, item = votes.where(rows), item[rows]
        people, person = np.unique(votes.voter, return_inverse=True)
        return cls(
            people=people, person=person.astype(np.int32), item=item.astype(np.int32),
            choice=votes.choice.astype(np.int8), origin=votes.origin.astype(np.int8),
        )  # fmt: skip

    def without(self, voters: Collection[int]) -> "Placed":
        """The votes of everybody but these."""
        stays = ~np.isin(self.people, np.array(sorted(voters), dtype=np.int64))
        place = (np.cumsum(stays) - 1).astype(np.int32)
        rows = stays[self.person]
        return Placed(
            people=self.people[stays], person=place[self.person[rows]], item=self.item[rows],
            choice=self.choice[rows], origin=self.origin[rows],
        )  # fmt: skip


def kept(
    name: str, edition: int, facts: object, compute: Callable[[], Placed], *, keep: bool = True
) -> Placed:
    """What `compute` gives, taken from files as long as no vote of the edition and none of the `facts` changed.

    With `keep` the newest of each `name` is written down. The versions of the tallies rise with every vote, merge
    and suspension (by triggers); the newest event tells a database that was put back from a copy.
    """
    columns = tuple(field.name for field in fields(Placed))
    key = _key(edition, facts)
    found = arrays.find(name, key, columns)
    if found is not None:
        return Placed(**found)
    made = compute()
    if (
        keep and len(made.person) >= WORTH_KEEPING and _key(edition, facts) == key
    ):  # nothing came in while it was read
        arrays.keep(name, key, {column: getattr(made, column) for column in columns})
    return made


def forget(_account: int) -> None:
    """Remove every file: one whose person wants to be erased is not to stay in an older one."""
    arrays.forget()


def _key(edition: int, facts: object) -> str:
    version = db.session.execute(text(_VERSION), {"edition": edition}).one()
    return hashlib.sha256(repr((tuple(version), facts)).encode()).hexdigest()[:32]
