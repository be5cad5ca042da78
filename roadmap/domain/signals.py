"""Evidence that votes may not come from as many people as it seems: figures, never a verdict.

Pure: from times and votes alone. Nothing here removes or weighs a vote.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from roadmap.domain.ranking.arrays import Floats, Integers

HOURS_BEFORE = 7 * 24
RARE = 1e-4
"""A burst: so many new accounts would come in fewer than one of 10,000 hours."""
USUAL_AT_LEAST = 1.0
"""Accounts an hour that surprise nobody, however quiet the week was."""
FEWEST_VOTES = 7
"""Below, many people give the same answers without knowing of each other."""
TOO_FAST = 2.0
"""Seconds a vote in which nobody reads a proposal."""
COMMON = 10
ALIKE = 4.0
"""How many items two people share before they are compared, and from which z on they are told of."""


@dataclass(frozen=True)
class Burst:
    """An hour (counted since 1970) with many new accounts; `usual`: the median of the seven days before."""

    hour: int
    count: int
    usual: float
    chance: float


@dataclass(frozen=True)
class Equal:
    """People whose answers are the same, all of them; `votes` is how many each gave."""

    people: tuple[int, ...]
    votes: int


@dataclass(frozen=True)
class Fast:
    """Somebody who took `seconds` a vote in the middle of all their `votes`."""

    person: int
    votes: int
    seconds: float


@dataclass(frozen=True)
class Pair:
    """Two people who agree more than people of their opinion group do; `common` items, `z` standard errors."""

    people: tuple[int, int]
    common: int
    z: float


def bursts(hours: Iterable[int]) -> list[Burst]:
    """Hours with more new accounts than chance explains, from the hour in which each account was made.

    The expected number is the median of the hours of the seven days before, at least USUAL_AT_LEAST; the number
    of accounts is taken for Poisson. Oldest first.
    """
    counts: dict[int, int] = {}
    for hour in hours:
        counts[hour] = counts.get(hour, 0) + 1
    found = []
    for hour, count in sorted(counts.items()):
        before = sorted(counts.get(hour - back, 0) for back in range(1, HOURS_BEFORE + 1))
        usual = (before[(HOURS_BEFORE - 1) // 2] + before[HOURS_BEFORE // 2]) / 2
        chance = poisson_tail(count, max(usual, USUAL_AT_LEAST))
        if chance < RARE:
            found.append(Burst(hour, count, usual, chance))
    return found


def poisson_tail(count: int, mean: float) -> float:
    """The chance of at least `count` events where `mean` are expected (mean > 0)."""
    if count <= 0:
        return 1.0
    term = math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
    if count <= mean:
        below = sum(math.exp(each * math.log(mean) - mean - math.lgamma(each + 1)) for each in range(count))
        return max(0.0, 1.0 - below)
    total, each = 0.0, count
    while term > total * 1e-16:
        total += term
        each += 1
        term *= mean / each
    return min(total, 1.0)


def equal_ballots(person: Integers, item: Integers, choice: Integers) -> list[Equal]:
    """People who answered the same items alike, at least FEWEST_VOTES of them; the largest sets first.

    One row per vote, each person and item at most once; `person` and `item` are any numbers.
    """
    ballots: dict[tuple[int, bytes], list[int]] = {}
    order = np.lexsort((item, person))
    people, starts = np.unique(person[order], return_index=True)
    answers = (item[order].astype(np.int64) << 2) + (choice[order].astype(np.int64) + 1)
    for who, votes in zip(people.tolist(), np.split(answers, starts[1:]), strict=False):
        if len(votes) >= FEWEST_VOTES:
            ballots.setdefault((len(votes), votes.tobytes()), []).append(who)
    same = [Equal(tuple(who), votes) for (votes, _), who in ballots.items() if len(who) > 1]
    return sorted(same, key=lambda each: (-len(each.people), -each.votes, each.people))


def too_fast(person: Integers, moment: Integers) -> list[Fast]:
    """People with at least FEWEST_VOTES answers whose median pause is under TOO_FAST seconds; the fastest first.

    One row per answer; `moment` in microseconds.
    """
    order = np.lexsort((moment, person))
    people, starts = np.unique(person[order], return_index=True)
    found = []
    for who, times in zip(people.tolist(), np.split(moment[order], starts[1:]), strict=False):
        if len(times) >= FEWEST_VOTES:
            pause = float(np.median(np.diff(times))) / 1e6
            if pause < TOO_FAST:
                found.append(Fast(who, len(times), round(pause, 2)))
    return sorted(found, key=lambda each: (each.seconds, each.person))


def alike_pairs(
    person: Integers, item: Integers, choice: Integers, group: Sequence[int] | npt.NDArray[np.int8], most: int
) -> list[Pair]:
    """Pairs of one opinion group that agree on more of their common items than the group's answers let expect.

    `person` indexes `group`; `item` counts from 0. Compared are the `most` people with the most answers. The chance
    that two of a group agree on an item is the sum of the squares of its shares. The clearest first.
    """
    of_person = np.asarray(group)
    given = np.bincount(person, minlength=len(of_person))
    able = np.flatnonzero((given >= COMMON) & (of_person >= 0))
    able = able[np.argsort(-given[able], kind="stable")][:most]
    found: list[Pair] = []
    for letter in np.unique(of_person[able]).tolist():
        people = np.sort(able[of_person[able] == letter])
        rows = of_person[person] == letter
        found += _alike(person[rows], item[rows], choice[rows], people)
    return sorted(found, key=lambda pair: (-pair.z, pair.people))


def _alike(person: Integers, item: Integers, choice: Integers, people: Integers) -> list[Pair]:
    items = int(item.max(initial=-1)) + 1
    shares = np.stack([np.bincount(item[choice == value], minlength=items) for value in (1, -1, 0)])
    shares = shares / np.maximum(shares.sum(axis=0), 1)
    expected = (shares**2).sum(axis=0)
    place = np.full(int(person.max(initial=-1)) + 1, -1)
    place[people] = np.arange(len(people))
    known = place[person] >= 0
    answered = np.zeros((len(people), items))
    same = np.zeros((len(people), len(people)))
    for value in (1, -1, 0):
        rows = known & (choice == value)
        chosen = np.zeros((len(people), items))
        chosen[place[person[rows]], item[rows]] = 1
        same += chosen @ chosen.T
        answered += chosen
    common: Floats = answered @ answered.T
    mean = (answered * expected) @ answered.T
    spread = np.sqrt((answered * (expected * (1 - expected))) @ answered.T)
    z = np.divide(same - mean, spread, out=np.zeros_like(same), where=spread > 0)
    left, right = np.nonzero(np.triu((common >= COMMON) & (z > ALIKE), 1))
    return [
        Pair((int(people[a]), int(people[b])), int(common[a, b]), round(float(z[a, b]), 1))
        for a, b in zip(left.tolist(), right.tolist(), strict=True)
    ]
