"""The votes of an edition at one moment, as arrays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

ORIGINS = ("routed", "direct", "paper", "imported")
STAKEHOLDERS = ("civil-society", "decision-maker", "public")


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Effective votes of everybody who counts, and every open item, with votes or without.

    One row per vote: `person` (0 to people - 1), `item` (index into `number`), `choice` (1 agree,
    -1 disagree, 0 pass), `origin` (index into ORIGINS). One row per item: `number`, ascending, and
    `question`. One row per person: `stakeholder` (index into STAKEHOLDERS, "not stated" counting as
    public) and, where known, `region` (M49 code, 0 where not stated).
    Raises ValueError where the arrays do not fit together or a person has two votes on an item.
    """

    person: npt.NDArray[np.int32]
    item: npt.NDArray[np.int32]
    choice: npt.NDArray[np.int8]
    origin: npt.NDArray[np.int8]
    number: npt.NDArray[np.int64]
    question: npt.NDArray[np.int16]
    stakeholder: npt.NDArray[np.int8]
    region: npt.NDArray[np.int16] | None = None

    def __post_init__(self) -> None:
        types: dict[str, npt.DTypeLike] = {
            "person": np.int32,
            "item": np.int32,
            "choice": np.int8,
            "origin": np.int8,
            "number": np.int64,
            "question": np.int16,
            "stakeholder": np.int8,
        }
        for name, kind in types.items():
            object.__setattr__(self, name, _column(name, getattr(self, name), kind))
        if self.region is not None:
            object.__setattr__(self, "region", _column("region", self.region, np.int16))
        self._check()

    @property
    def people(self) -> int:
        return len(self.stakeholder)

    @property
    def items(self) -> int:
        return len(self.number)

    @property
    def votes(self) -> int:
        return len(self.person)

    def _check(self) -> None:
        if not self.votes == len(self.item) == len(self.choice) == len(self.origin):
            raise ValueError("person, item, choice and origin must have one row per vote")
        if len(self.question) != self.items:
            raise ValueError("question must have one row per item")
        if self.region is not None and len(self.region) != self.people:
            raise ValueError("region must have one row per person")
        if np.any(np.diff(self.number) <= 0):
            raise ValueError("number must be ascending and without repeats")
        _within("person", self.person, 0, self.people)
        _within("item", self.item, 0, self.items)
        _within("choice", self.choice, -1, 2)
        _within("origin", self.origin, 0, len(ORIGINS))
        _within("stakeholder", self.stakeholder, 0, len(STAKEHOLDERS))
        pairs = self.person.astype(np.int64) * max(self.items, 1) + self.item
        if np.any(pairs[1:] <= pairs[:-1]):  # kept votes come in order, and need no sorting
            pairs.sort()
        if np.any(pairs[1:] == pairs[:-1]):
            raise ValueError("a person has more than one vote on an item")

    def where(self, rows: npt.NDArray[np.bool_]) -> Snapshot:
        """Those of the votes for which `rows` (one truth per vote) holds; people and items all stay."""
        return replace(
            self,
            person=self.person[rows],
            item=self.item[rows],
            choice=self.choice[rows],
            origin=self.origin[rows],
        )

    def of_voters(self, renumbered: npt.NDArray[np.int64] | None = None) -> Snapshot:
        """The same votes with only the people who have one, sorted by person, then item.

        `renumbered` gives the voters their new places (a permutation of 0 to voters - 1, voters in
        their present order); without it they keep their order.
        """
        voters = np.flatnonzero(np.bincount(self.person, minlength=self.people))
        order = np.arange(len(voters)) if renumbered is None else np.asarray(renumbered)
        if not np.array_equal(np.sort(order), np.arange(len(voters))):
            raise ValueError("renumbered must be a permutation of the voters")
        place = np.full(self.people, -1, dtype=np.int64)
        place[voters] = order
        people = np.empty(len(voters), dtype=np.int64)
        people[order] = voters
        person = place[self.person]
        rows = np.argsort(person * max(self.items, 1) + self.item, kind="stable")
        return replace(
            self,
            person=person[rows].astype(np.int32),
            item=self.item[rows],
            choice=self.choice[rows],
            origin=self.origin[rows],
            stakeholder=self.stakeholder[people],
            region=None if self.region is None else self.region[people],
        )


def _column(name: str, values: npt.ArrayLike, kind: npt.DTypeLike) -> npt.NDArray[Any]:
    array = np.asarray(values)
    if array.ndim != 1:
        raise ValueError(f"{name} must have one dimension")
    if array.size and not np.issubdtype(array.dtype, np.integer):
        raise ValueError(f"{name} must hold whole numbers")
    return np.ascontiguousarray(array, dtype=kind)


def _within(name: str, values: npt.NDArray[Any], low: int, beyond: int) -> None:
    if values.size and (values.min() < low or values.max() >= beyond):
        raise ValueError(f"{name} must lie between {low} and {beyond - 1}")
