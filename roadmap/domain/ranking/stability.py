"""Would the opinion groups be the same without a fifth of everybody's votes? (ranking rule 17, decision 16)

No order hangs on it: groups that do not hold keep their part in the order and are told as not clear.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from roadmap.domain.ranking.arrays import Floats, Integers
from roadmap.domain.ranking.groups import divided_into
from roadmap.domain.ranking.result import Ranking
from roadmap.domain.ranking.snapshot import Snapshot

ROUNDS = 5
KEPT = 0.8
"""The part of each person's votes that is looked at in a round."""
CLEAR = 0.5
"""The least mean agreement from which on groups are clear; 0 is that of chance, 1 is sameness."""
MOST_PEOPLE = 20_000
"""Of more people every second, third and so on is looked at. Of far fewer, groups that hold would seem not to."""


@dataclass(frozen=True)
class Stability:
    """How alike the groups and those found from a part of the votes are: the mean adjusted Rand index."""

    agreement: float

    @property
    def clear(self) -> bool:
        return self.agreement >= CLEAR


def stability(snapshot: Snapshot, ranking: Ranking) -> Stability | None:
    """Of the ranking's opinion groups; None where there is but one. `snapshot` is the one that was ranked.

    From what is kept people are divided into as many groups, and so much fewer votes are enough to found one.
    Compared are the people with enough votes. What is kept follows from the method's seed and the order of rows.
    """
    method, number = ranking.method, len(ranking.groups)
    plane = ranking.opinions.plane
    if number < 2 or plane is None:
        return None
    people = np.flatnonzero(plane.enough)
    people = people[:: -(-len(people) // MOST_PEOPLE)]
    votes = ranking.guard.kept(snapshot)
    votes = votes.where(np.isin(np.arange(votes.people), people)[votes.person])
    fewer = replace(method, min_votes_group=math.ceil(method.min_votes_group * KEPT))
    chance = np.random.default_rng(method.seed)
    groups = ranking.opinions.of_person[people]
    found = []
    for _ in range(ROUNDS):
        again = divided_into(part_of(votes, chance), fewer, number).of_person[people]
        both = (groups >= 0) & (again >= 0)
        found.append(rand_index(groups[both], again[both]))
    return Stability(round(float(np.mean(found)), 2))


def part_of(snapshot: Snapshot, chance: np.random.Generator) -> Snapshot:
    """KEPT of every person's votes at random, rounded up."""
    order = np.lexsort((chance.random(snapshot.votes), snapshot.person))
    given = np.bincount(snapshot.person, minlength=snapshot.people)
    begin = np.cumsum(given) - given
    turn = np.empty(snapshot.votes, dtype=np.int64)
    turn[order] = np.arange(snapshot.votes) - begin[snapshot.person[order]]
    return snapshot.where(turn < np.ceil(given * KEPT)[snapshot.person])


def rand_index(one: npt.NDArray[np.int8], other: npt.NDArray[np.int8]) -> float:
    """Adjusted Rand index of two divisions of the same people (Hubert and Arabie 1985): 1 same, 0 chance."""
    if not len(one):
        return 0.0
    cells = np.bincount(one.astype(np.int64) * 128 + other, minlength=128 * 128).reshape(128, 128)
    together, left, right = _pairs(cells), _pairs(cells.sum(axis=1)), _pairs(cells.sum(axis=0))
    by_chance = left * right / max(_pairs(np.array([len(one)])), 1.0)
    most = (left + right) / 2
    return 1.0 if most == by_chance else (together - by_chance) / (most - by_chance)


def _pairs(sizes: Integers | Floats) -> float:
    return float((sizes * (sizes - 1) / 2).sum())
