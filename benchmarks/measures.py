"""What the evaluation measures on one conversation."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from roadmap.domain.ranking import Ranking, Snapshot, rank
from roadmap.domain.ranking.arrays import AGREE

FEWEST = 5
"""Answers of a group from which its agree share on an item is taken."""


@dataclass(frozen=True)
class Served:
    """Mean agree share of the first places: of everybody, and in the opinion group that has the least."""

    all: float
    least: float


@dataclass(frozen=True)
class Held:
    """Across `pairs` of items that one half of the voters puts into different bands, how often the other agrees."""

    pairs: int
    share: float


def orders(ranking: Ranking) -> dict[str, tuple[int, ...]]:
    """The order of question 1 under each method."""
    return {order.name: order.numbers for order in ranking.orders if order.question == 1}


def served(ranking: Ranking, numbers: Sequence[int]) -> Served:
    """How far the voters of each opinion group want what stands at these places; counts, not claims."""
    columns = [ranking.counted.column(number) for number in numbers]
    by_group = ranking.counted.by_opinion[:, :, columns]
    answers = by_group.sum(axis=1)
    shares = np.where(answers >= FEWEST, by_group[:, AGREE] / np.maximum(answers, 1), np.nan)
    people = np.array([group.people for group in ranking.groups], dtype=np.float64)
    each = np.array([float(np.nanmean(row)) if np.isfinite(row).any() else np.nan for row in shares])
    known = np.isfinite(each)
    if not known.any():
        return Served(0.0, 0.0)
    return Served(float(np.average(each[known], weights=people[known])), float(each[known].min()))


def halves(snapshot: Snapshot, seed: int) -> tuple[Snapshot, Snapshot]:
    """The votes of two random halves of the voters."""
    first = np.random.default_rng(seed).random(snapshot.people) < 1 / 2
    return snapshot.where(first[snapshot.person]), snapshot.where(~first[snapshot.person])


def held(snapshot: Snapshot, splits: int) -> Held:
    """Bands of the first 20 places of one half, tried on the other half's order. 0.5 would be chance.

    The halves have half the votes, so their bands are wider than those of the whole.
    """
    pairs, right = 0, 0
    for seed in range(splits):
        one, other = (rank(half) for half in halves(snapshot, seed))
        place = {item.number: item.place for section in other.sections for item in section.placed}
        first = [(item.number, item.band[0]) for item in one.sections[0].placed[:20]]
        for at, (number, band) in enumerate(first):
            for later, behind in first[at + 1 :]:
                if behind != band and number in place and later in place:
                    pairs += 1
                    right += place[number] < place[later]
    return Held(pairs, right / pairs if pairs else float("nan"))


def kendall(one: Sequence[int], other: Sequence[int]) -> float:
    """Kendall's tau of two orders over what both of them list."""
    common = set(one) & set(other)
    place = {number: at for at, number in enumerate(number for number in other if number in common)}
    ranks = np.array([place[number] for number in one if number in common], dtype=np.int64)
    count = len(ranks)
    if count < 2:
        return float("nan")
    ahead = int(np.sum(np.triu(ranks[:, None] < ranks[None, :], 1)))
    return 4 * ahead / (count * (count - 1)) - 1


def widths(ranking: Ranking) -> tuple[int, float]:
    """Bands among the first ten places, and the mean number of places that their bands span."""
    first = ranking.sections[0].placed[:10]
    spans = [item.band[1] - item.band[0] + 1 for item in first]
    return len({item.band for item in first}), float(np.mean(spans)) if spans else 0.0


@dataclass(frozen=True)
class Cost:
    """Seconds of a whole ranking, bands and all methods included, and its peak memory in MiB."""

    seconds: float
    peak: float


def cost(snapshot: Snapshot) -> Cost:
    """Measured twice: for the time without, for the memory with the tracing of allocations."""
    start = time.perf_counter()
    rank(snapshot)
    seconds = time.perf_counter() - start
    tracemalloc.start()
    rank(snapshot)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return Cost(seconds, peak / 2**20)
