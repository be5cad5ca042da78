"""How much an order hangs on single choices of the rule: the same votes, ranked otherwise (ranking rule 14).

Orders alone, without draws, from the printed figures of each variation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from roadmap.domain.ranking import scores
from roadmap.domain.ranking.arrays import printed
from roadmap.domain.ranking.counting import Count
from roadmap.domain.ranking.groups import OpinionGroups, divided_otherwise
from roadmap.domain.ranking.method import PROPORTIONAL, Method
from roadmap.domain.ranking.methods import named_order
from roadmap.domain.ranking.placing import Asked, eligible
from roadmap.domain.ranking.result import Ranking
from roadmap.domain.ranking.snapshot import Snapshot
from roadmap.domain.ranking.table import Table

Orders = dict[int, tuple[int, ...]]
"""Numbers in order, by question."""


@dataclass(frozen=True)
class Variation:
    """A question's order under a variation, with how many of its first k are in the first k of the draft.

    `name`: "slower-sharing", "one-group-fewer", "one-group-more", "pass-as-unseen", "no-comparison",
    "root-of-weights".
    """

    name: str
    question: int
    numbers: tuple[int, ...]
    overlap: int


@dataclass(frozen=True)
class Steady:
    """Numbers of a question's items that stand in the first k of the draft and of every variation."""

    question: int
    numbers: tuple[int, ...]


def plain_order(
    snapshot: Snapshot, method: Method, *, guarded: bool = True, opinions: OpinionGroups | None = None
) -> Orders:
    """The order of each question, without bands. `guarded`, `opinions` as in `Count.of`."""
    count = Count.of(snapshot, method, guarded=guarded, opinions=opinions)
    table = count.table(scores.voices(count.counted.stakeholder_people, method))
    return _orders(table, count.asked(), method)


def unguarded_order(snapshot: Snapshot, ranking: Ranking) -> Orders:
    """The order of each question if all votes counted alike; empty where the guard acts nowhere."""
    guard = ranking.guard
    if not guard.acts.any():
        return {}
    # where it set no vote aside, the same votes give the same groups
    opinions = None if guard.set_aside.any() else ranking.opinions
    return plain_order(snapshot, ranking.method, guarded=False, opinions=opinions)


def variations(
    snapshot: Snapshot, ranking: Ranking, unguarded: Orders
) -> tuple[tuple[Variation, ...], tuple[Steady, ...]]:
    """Every variation that can differ under the ranking's method, and what stands first in all of them.

    `snapshot` is the one that was ranked, `unguarded` its order without the guard.
    """
    k = ranking.method.k
    chosen = {section.question: [item.number for item in section.placed] for section in ranking.sections}
    first = {question: set(numbers[:k]) for question, numbers in chosen.items()}
    steady = {question: set(numbers) for question, numbers in first.items()}
    found = []
    for name, orders in (*_ways(snapshot, ranking), ("no-comparison", unguarded)):
        for question, numbers in orders.items():
            shared = first[question] & set(numbers[:k])
            steady[question] &= shared
            found.append(Variation(name, question, numbers[:k], len(shared)))
    return tuple(found), tuple(
        Steady(question, tuple(number for number in chosen[question][:k] if number in numbers))
        for question, numbers in steady.items()
    )


def _ways(snapshot: Snapshot, ranking: Ranking) -> Iterator[tuple[str, Orders]]:
    method, table, number = ranking.method, ranking.table, len(ranking.groups)
    if method.name in PROPORTIONAL:
        asked = ranking.asked
        yield "slower-sharing", _orders(table, asked, replace(method, div=1))
        roots = np.sqrt(table.weights)
        lighter = replace(table, weights=printed(roots / max(float(roots.sum()), 1e-12)))
        yield "root-of-weights", _orders(lighter, asked, method)
    if method.name in (*PROPORTIONAL, "common-ground"):
        for name, wanted in (("one-group-fewer", number - 1), ("one-group-more", number + 1)):
            opinions = divided_otherwise(ranking.opinions, wanted)
            if opinions.number == wanted:
                yield name, plain_order(snapshot, method, opinions=opinions)
    yield "pass-as-unseen", plain_order(snapshot.where(snapshot.choice != 0), method)


def _orders(table: Table, questions: tuple[Asked, ...], method: Method) -> Orders:
    return {
        asked.question: tuple(
            table.number[named_order(method.name, table, eligible(table, asked), method)].tolist()
        )
        for asked in questions
    }
