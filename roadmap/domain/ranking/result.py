"""What a ranking hands back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from roadmap.domain.ranking.arrays import Integers
from roadmap.domain.ranking.bands import Standing
from roadmap.domain.ranking.explain import Minority, Why
from roadmap.domain.ranking.groups import OpinionGroups
from roadmap.domain.ranking.guard import Guard
from roadmap.domain.ranking.method import Method
from roadmap.domain.ranking.placing import Asked
from roadmap.domain.ranking.scores import Estimate, Voice
from roadmap.domain.ranking.table import Table


@dataclass(frozen=True)
class Group:
    """An opinion group; `weight` in four decimals; `typical`: numbers of up to three proposals."""

    id: str
    people: int
    weight: float
    typical: tuple[int, ...]


@dataclass(frozen=True)
class Placed:
    """An item of the computed order. `band`: first and last place; `standing` None without draws."""

    number: int
    place: int
    band: tuple[int, int]
    standing: Standing | None
    flags: tuple[str, ...]
    why: Why


@dataclass(frozen=True)
class Unlisted:
    """An item without a place: `too-few-votes`, `waits-for-routed-answers` or `no-group-in-favour`."""

    number: int
    reason: str


@dataclass(frozen=True)
class Section:
    """A guiding question: people who voted in it, answers needed, its items in order."""

    question: int
    people: int
    needed: float
    placed: tuple[Placed, ...]
    not_listed: tuple[Unlisted, ...]
    minority: tuple[Minority, ...]


@dataclass(frozen=True)
class NamedOrder:
    """A question's order under a named method; `overlap`: shared with the chosen one in the first k."""

    name: str
    question: int
    numbers: tuple[int, ...]
    overlap: int


@dataclass(frozen=True, eq=False)
class Counted:
    """Exact counts of every item, with or without votes, and of people.

    `number`, `question` (items,); `tally` (3, items) agree, disagree, pass; `by_stakeholder`
    (3 of STAKEHOLDERS, 3, items); `by_opinion` (groups, 3, items), without what the guard sets aside, and
    people without those who have no other vote. Small cells are still in here:
    show breakdowns only through `domain.tallies`.
    """

    number: Integers
    question: Integers
    tally: Integers
    by_stakeholder: Integers
    by_opinion: Integers
    stakeholder_people: Integers
    region_people: Mapping[int, int]
    voters: int
    votes: int
    imported: int
    paper: int

    def column(self, number: int) -> int:
        """Position of the item with this number. Raises KeyError."""
        found = int(np.searchsorted(self.number, number))
        if found == len(self.number) or self.number[found] != number:
            raise KeyError(number)
        return found


@dataclass(frozen=True, eq=False)
class Ranking:
    """Scores, order, bands and explanations of an edition.

    `table` holds the printed figures of items with an answer; `estimated` is in four decimals;
    `voices` has one row but under `equal-groups`; `opinions` tells the group of each person of the
    snapshot (index into `groups`, -1 without a vote that decides on a place), for the sealed ballot file and to
    divide the same people otherwise.
    `guard` compares direct with routed votes; its columns are those of `counted`. `asked`:
    the questions with what a place takes.
    """

    method: Method
    estimated: Estimate
    voices: tuple[Voice, ...]
    groups: tuple[Group, ...]
    table: Table
    counted: Counted
    sections: tuple[Section, ...]
    orders: tuple[NamedOrder, ...]
    opinions: OpinionGroups
    guard: Guard
    asked: tuple[Asked, ...]

    @property
    def opinion(self) -> npt.NDArray[np.int8]:
        return self.opinions.of_person

    def section(self, question: int) -> Section | None:
        return next((section for section in self.sections if section.question == question), None)
