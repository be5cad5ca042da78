"""The printed table: the figures from which order and bands follow (ranking rule 3.5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from roadmap.domain.ranking.arrays import AGREE, Floats, Integers, Truths, printed
from roadmap.domain.ranking.method import Method
from roadmap.domain.ranking.scores import Estimate, Voice, claims, pulled, support

EVERYWHERE = 0.6


@dataclass(frozen=True, eq=False)
class Table:
    """Rounded figures of every item with an answer, by ascending number.

    `tally` (3, items): agree, disagree, pass; `answers`: those that are not set aside. `claims` (groups,
    items) in [-1, 1]; `weights` and `people` per opinion group. Shares lie in [0, 1]. `common_ground` may be
    NaN where not printed.
    """

    number: Integers
    question: Integers
    tally: Integers
    answers: Integers
    support: Floats
    opposition: Floats
    low: Floats
    high: Floats
    common_ground: Floats
    claims: Floats
    weights: Floats
    people: Integers

    @property
    def groups(self) -> int:
        return len(self.weights)

    def rows(self, question: int) -> Integers:
        """Positions of the items of a question."""
        return np.flatnonzero(self.question == question)


@dataclass(frozen=True, eq=False)
class Counts:
    """Whole numbers behind a table, items with an answer only.

    `tally` (3, items) holds every vote that counts; `total` (3, items), `by_voice` and `by_group` those that
    decide on the place, without what the guard sets aside.
    """

    number: Integers
    question: Integers
    tally: Integers
    total: Integers
    by_voice: Integers
    by_group: Integers
    people: Integers


def build(
    counts: Counts, rows: tuple[Voice, ...], weights: Floats, average: Estimate, method: Method
) -> Table:
    """The table for these stakeholder voices and weights of the opinion groups, in four decimals."""
    means = pulled(counts.total, average.mu[:, None], average.k0)
    voice_weights = np.array([row.weight for row in rows])
    scores = support(counts.by_voice, voice_weights, means, k0=average.k0, kappa=method.kappa)
    phi = pulled(counts.by_group, means, method.kappa_g)
    size = counts.people / max(counts.people.sum(), 1)
    return Table(
        number=counts.number,
        question=counts.question,
        tally=counts.tally,
        answers=counts.total.sum(axis=0),
        support=printed(scores.support),
        opposition=printed(scores.opposition),
        low=printed(scores.low),
        high=printed(scores.high),
        common_ground=printed(np.exp(size @ np.log(phi[:, AGREE]))),
        claims=printed(np.clip(claims(phi, weights, scores.support - scores.opposition), -1, 1)),
        weights=printed(weights),
        people=counts.people,
    )


def wanted_everywhere(counts: Counts, average: Estimate, method: Method) -> Truths:
    """Items that at least 60 per cent of every opinion group agree with."""
    means = pulled(counts.total, average.mu[:, None], average.k0)
    phi = pulled(counts.by_group, means, method.kappa_g)
    return np.asarray((phi[:, AGREE] >= EVERYWHERE).all(axis=0))
