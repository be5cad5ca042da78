"""Would the opinion groups be the same if everybody had given but half of their votes? (ranking rule 17)

No order hangs on it: groups that do not hold keep their part in the order and are told as not clear.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from roadmap.domain.ranking.arrays import Floats, Integers
from roadmap.domain.ranking.groups import divided_into
from roadmap.domain.ranking.result import Ranking
from roadmap.domain.ranking.snapshot import Snapshot

ROUNDS = 5
CLEAR = 0.4
"""The least mean agreement of two halves from which on groups are clear; 0 is that of chance, 1 is sameness."""
MOST_PEOPLE = 20_000
"""Of more people every second, third and so on is looked at. Of far fewer, groups that hold would seem not to."""


@dataclass(frozen=True)
class Stability:
    """How alike the groups from two random halves of each person's votes are: the mean adjusted Rand index."""

    agreement: float

    @property
    def clear(self) -> bool:
        return self.agreement >= CLEAR


def stability(snapshot: Snapshot, ranking: Ranking) -> Stability | None:
    """Of the ranking's opinion groups; None where there is but one. `snapshot` is the one that was ranked.

    Each half is divided into as many groups, and half as many votes are enough to found one. Compared are the
    people with enough votes. The halves follow from the method's seed and the order of the rows.
    """
    method, number = ranking.method, len(ranking.groups)
    plane = ranking.opinions.plane
    if number < 2 or plane is None:
        return None
    people = np.flatnonzero(plane.enough)
    people = people[:: -(-len(people) // MOST_PEOPLE)]
    kept = ranking.guard.kept(snapshot)
    kept = kept.where(np.isin(np.arange(kept.people), people)[kept.person])
    half = replace(method, min_votes_group=(method.min_votes_group + 1) // 2)
    chance = np.random.default_rng(method.seed)
    found = []
    for _ in range(ROUNDS):
        one, other = (divided_into(part, half, number).of_person[people] for part in halves(kept, chance))
        both = (one >= 0) & (other >= 0)
        found.append(rand_index(one[both], other[both]))
    return Stability(round(float(np.mean(found)), 2))


def halves(snapshot: Snapshot, chance: np.random.Generator) -> tuple[Snapshot, Snapshot]:
    """Every person's votes at random in two halves; of an odd number one more in the one or the other."""
    order = np.lexsort((chance.random(snapshot.votes), snapshot.person))
    given = np.bincount(snapshot.person, minlength=snapshot.people)
    begin = np.cumsum(given) - given
    turn = np.empty(snapshot.votes, dtype=np.int64)
    turn[order] = np.arange(snapshot.votes) - begin[snapshot.person[order]]
    first = (turn + chance.integers(0, 2, snapshot.people)[snapshot.person]) % 2 == 0
    return snapshot.where(first), snapshot.where(~first)


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
