"""Simulated attacks: what false accounts do to the place of one proposal, with the guard and without it.

`python -m benchmarks.attacks` prints the table of mean places; the honest people are the same in every row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from roadmap.domain.ranking import ORIGINS, STAKEHOLDERS, Method, Snapshot
from roadmap.domain.ranking.guard import differences
from roadmap.domain.ranking.sensitivity import plain_order

ROUTED, DIRECT = ORIGINS.index("routed"), ORIGINS.index("direct")
PEOPLE, ITEMS, EACH = 1000, 150, 20
TARGET = 0
"""The item that is pushed; 35 per cent would agree with it."""
PASSES = 0.12
LIKING = 2.5
"""How much more readily people who choose for themselves pick what they agree with."""

METHOD = replace(Method(), name="support")
"""By support every item is listed, so that a place beyond the items wanted by somebody is told too."""

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Attack:
    """`share` of false accounts among the honest; `kind` as in KINDS."""

    kind: str
    share: float


KINDS = {
    "none": "none",
    "direct": "by link or list only, agree",
    "direct-against": "the same, and disagree with the first ten",
    "deck-first": "ten honest-looking deck votes first",
    "mixed": "mixed so as to stay under the test",
    "patient": "patient, 20 deck votes each",
    "new-item": "a new item with almost no routed answers",
}
PLAN = (
    Attack("none", 0.0),
    Attack("direct", 0.05),
    Attack("direct", 0.2),
    Attack("direct-against", 0.2),
    Attack("deck-first", 0.05),
    Attack("deck-first", 0.2),
    Attack("mixed", 0.05),
    Attack("mixed", 0.2),
    Attack("mixed", 0.5),
    Attack("patient", 0.05),
    Attack("patient", 0.2),
    Attack("new-item", 0.05),
)


class Crowd:
    """Honest people of two camps, and what each of them thinks of each item, drawn once by `seed`."""

    def __init__(self, seed: int, people: int = PEOPLE, items: int = ITEMS) -> None:
        self.chance = np.random.default_rng(seed)
        self.people, self.items = people, items
        level = self.chance.beta(3, 2.4, size=items)
        apart = self.chance.normal(0, 0.12, size=items)
        share = np.clip(np.stack([level + apart, level - 2 * apart]), 0.03, 0.97)
        share[:, TARGET] = 0.35
        self.share = share
        self.camp = (self.chance.random(people) < 1 / 3).astype(np.int64)
        self.opinion = self.choices(share[self.camp])

    def choices(self, share: npt.NDArray[np.float64]) -> Rows:
        """Agree with this chance, else disagree; some pass."""
        agrees = np.where(self.chance.random(share.shape) < share, 1, -1)
        return np.where(self.chance.random(share.shape) < PASSES, 0, agrees)

    def honest(self, *, without_target: bool) -> Rows:
        """Rows (person, item, choice, origin): half by the deck, a third by lists, the rest by links."""
        rows = []
        for person in range(self.people):
            opinion = self.opinion[person]
            place = person % 6
            if place < 3:
                picked, origin = self.chance.permutation(self.items)[:EACH], ROUTED
            else:
                liking = np.where(opinion == 1, LIKING, 1.0)
                count = EACH if place < 5 else 3
                picked = self.chance.choice(self.items, count, replace=False, p=liking / liking.sum())
                origin = DIRECT
            if without_target and (origin == DIRECT or person % 50):
                picked = picked[picked != TARGET]
            rows.append(_rows(person, picked, opinion[picked], origin))
        return np.concatenate(rows)

    def false(self, attack: Attack, honest: Rows) -> Rows:
        """Rows of the false accounts, numbered after the honest people; they know how those voted."""
        top = np.argsort(-self.share.mean(axis=0))[:10]
        rows = [np.empty((0, 4), dtype=np.int64)]
        for person in range(self.people, self.people + round(attack.share * self.people)):
            likely = self.choices(self.share[int(self.chance.random() < 1 / 3)])
            drawn = self.chance.permutation(self.items)
            if attack.kind in ("patient", "mixed"):
                likely[TARGET] = 1
                rows.append(_rows(person, drawn[:EACH], likely[drawn[:EACH]], ROUTED))
                continue
            if attack.kind == "deck-first":
                first = drawn[drawn != TARGET][:10]
                rows.append(_rows(person, first, likely[first], ROUTED))
            if attack.kind == "direct-against":
                rows.append(_rows(person, top, np.full(len(top), -1), DIRECT))
            rows.append(_rows(person, np.array([TARGET]), np.array([1]), DIRECT))
        if attack.kind == "mixed":
            rows.extend(self._unnoticed(np.concatenate([honest, *rows])))
        return np.concatenate(rows)

    def _unnoticed(self, rows: Rows) -> list[Rows]:
        """Direct agreement of false accounts to which the deck did not show the item: as many as pass the test."""
        drawn = rows[rows[:, 1] == TARGET]
        direct, routed = (
            np.array([np.sum(drawn[drawn[:, 3] == origin][:, 2] == choice) for choice in (1, -1, 0)])
            for origin in (DIRECT, ROUTED)
        )
        others = np.setdiff1d(rows[rows[:, 0] >= self.people][:, 0], drawn[:, 0])
        for count in range(len(others), 0, -1):
            z = differences((direct + np.array([count, 0, 0]))[:, None], routed[:, None])
            if np.all(np.abs(z) <= METHOD.guard_z):
                return [
                    _rows(int(each), np.array([TARGET]), np.array([1]), DIRECT) for each in others[:count]
                ]
        return []

    def snapshot(self, attack: Attack) -> Snapshot:
        """Everybody's votes under the attack."""
        honest = self.honest(without_target=attack.kind == "new-item")
        rows = np.concatenate([honest, self.false(attack, honest)]).T
        people = self.people + round(attack.share * self.people)
        return Snapshot(
            person=rows[0].astype(np.int32),
            item=rows[1].astype(np.int32),
            choice=rows[2].astype(np.int8),
            origin=rows[3].astype(np.int8),
            number=np.arange(1, self.items + 1),
            question=np.ones(self.items, dtype=np.int16),
            stakeholder=np.full(people, STAKEHOLDERS.index("public"), dtype=np.int8),
        )


def _rows(person: int, items: Rows, choices: Rows, origin: int) -> Rows:
    return np.stack([np.full(len(items), person), items, choices, np.full(len(items), origin)], axis=1)


def place_of(snapshot: Snapshot, method: Method, *, guarded: bool) -> int | None:
    """The place of the pushed item; None where it has none, or waits."""
    order = plain_order(snapshot, method, guarded=guarded)[1]
    return order.index(TARGET + 1) + 1 if TARGET + 1 in order else None


def mean_places(seeds: range) -> list[tuple[Attack, str, str]]:
    """For each attack: the mean place without the guard and with it, as texts."""
    found = []
    for attack in PLAN:
        crowds = [Crowd(seed).snapshot(attack) for seed in seeds]
        said = [
            _mean([place_of(crowd, METHOD, guarded=guarded) for crowd in crowds]) for guarded in (False, True)
        ]
        found.append((attack, said[0], said[1]))
    return found


def _mean(places: list[int | None]) -> str:
    known = [place for place in places if place is not None]
    if 2 * len(known) < len(places):
        return "waits"
    return f"{sum(known) / len(known):.0f}"


def main() -> None:
    """Print the table."""
    print(f"Place of an item with 35 % true support among {ITEMS}, {PEOPLE:,} honest people, by support")
    for attack, without, guarded in mean_places(range(3)):
        print(f"{KINDS[attack.kind]}, {attack.share:.0%}: {without} without the guard, {guarded} with it")


if __name__ == "__main__":
    main()
