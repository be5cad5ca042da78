"""From counts to support, opposition and claims (ranking rule 3.1, 3.2, 3.4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from roadmap.domain.ranking.arrays import AGREE, DISAGREE, Floats, Integers
from roadmap.domain.ranking.intervals import beta_variance, interval
from roadmap.domain.ranking.method import Method
from roadmap.domain.ranking.snapshot import STAKEHOLDERS, Snapshot

# choice 1, -1, 0 as an index: agree, disagree, pass
_ROW_OF_CHOICE = np.array([2, 0, 1], dtype=np.int64)

LEAST_ANSWERS = 5
LEAST_ITEMS = 8


@dataclass(frozen=True)
class Estimate:
    """Pull of an item to the average: its strength in answers, and the average itself."""

    k0: float
    agree: float
    disagree: float
    passed: float

    @property
    def mu(self) -> Floats:
        return np.array([self.agree, self.disagree, self.passed])


@dataclass(frozen=True)
class Voice:
    """A stakeholder group, or several pooled, with what all its people together weigh."""

    members: tuple[int, ...]
    people: int
    weight: float

    @property
    def name(self) -> str:
        return "+".join(STAKEHOLDERS[member] for member in self.members)


@dataclass(frozen=True, eq=False)
class Scores:
    """Support, opposition and the ends of the interval of support, one figure per item, in [0, 1]."""

    support: Floats
    opposition: Floats
    low: Floats
    high: Floats


def count(snapshot: Snapshot, part: npt.NDArray[np.int8], parts: int, *, by_row: bool = False) -> Integers:
    """Answers by part, choice and item: shape (parts, 3, items). `part` is one per person, or one per vote."""
    index = _ROW_OF_CHOICE[snapshot.choice] * snapshot.items + snapshot.item
    index += (part if by_row else part[snapshot.person]).astype(np.int64) * (3 * snapshot.items)
    counted = np.bincount(index, minlength=parts * 3 * snapshot.items)
    return counted.reshape(parts, 3, snapshot.items)


def estimate(total: Integers, method: Method) -> Estimate:
    """Average and pull from the counts (3, items) of items with an answer, by moments."""
    answers = total.sum(axis=0)
    known = answers >= LEAST_ANSWERS
    if known.sum() >= LEAST_ITEMS:
        number = answers[known]
        share = total[AGREE, known] / number
        agree = float(np.clip(share.mean(), 0.02, 0.98))
        disagree = float((total[DISAGREE, known] / number).mean())
        spread = max(float(share.var(ddof=1) - (share * (1 - share) / (number - 1)).mean()), 1e-4)
        k0 = float(np.clip(agree * (1 - agree) / spread - 1, method.k0_min, method.k0_max))
    else:
        everything = int(answers.sum())
        agree = (int(total[AGREE].sum()) + 1) / (everything + 3)
        disagree = (int(total[DISAGREE].sum()) + 1) / (everything + 3)
        k0 = 4.0
    disagree = float(np.clip(disagree, 0.005, 1 - agree - 0.005))
    return Estimate(k0, agree, disagree, 1 - agree - disagree)


def voices(people: npt.ArrayLike, method: Method) -> tuple[Voice, ...]:
    """Stakeholder groups with their weights, the small ones pooled (rule 3.1).

    `people` is the number of voters in each of STAKEHOLDERS. Under every method but `equal-groups`
    there is one voice, that of all.
    """
    sizes = [int(size) for size in np.asarray(people)]
    present = [(size, (place,)) for place, size in enumerate(sizes) if size]
    if method.name != "equal-groups" or len(present) < 2:
        name = tuple(place for _, (place,) in present) or (STAKEHOLDERS.index("public"),)
        return (Voice(name, sum(sizes), 1.0),)
    # Targets are equal, so the larger of two pooled targets is the same for every pool.
    pools: list[tuple[int, tuple[int, ...]]] = sorted(present)
    while len(pools) > 1 and pools[0][0] < method.min_cell:
        (first, left), (second, right) = pools[:2]
        pools = sorted([(first + second, tuple(sorted(left + right))), *pools[2:]])
    raw = [size / (size + method.n_c) for size, _ in pools]
    rows = [Voice(name, size, part / sum(raw)) for (size, name), part in zip(pools, raw, strict=True)]
    return tuple(sorted(rows, key=lambda row: row.members))


def pulled(counts: npt.ArrayLike, middle: Floats, strength: float) -> Floats:
    """Shares (…, 3, items) pulled towards `middle` as if by `strength` further answers."""
    array = np.asarray(counts, dtype=np.float64)
    return np.asarray((array + strength * middle) / (array.sum(axis=-2, keepdims=True) + strength))


def support(by_voice: Integers, weights: Floats, means: Floats, *, k0: float, kappa: float) -> Scores:
    """Support and opposition with the interval of support (rule 3.2).

    `by_voice` (voices, 3, items), `weights` (voices,), `means` = m (3, items).
    """
    answers = by_voice.sum(axis=(0, 1)).astype(np.float64)
    general = beta_variance(means[AGREE], answers + k0)
    if len(weights) == 1:
        agree, disagree, variance = means[AGREE], means[DISAGREE], general
    else:
        theta = pulled(by_voice, means, kappa)
        given = by_voice.sum(axis=1) + kappa
        agree, disagree = weights @ theta[:, AGREE], weights @ theta[:, DISAGREE]
        own = (weights**2) @ beta_variance(theta[:, AGREE], given)
        variance = own + (weights @ (kappa / given)) ** 2 * general
    low, high = interval(agree, np.sqrt(variance))
    return Scores(agree, disagree, low, high)


def claims(phi: Floats, weights: Floats, net: Floats) -> Floats:
    """How much each item serves each opinion group, in about [-1, 1] (rule 3.4): (groups, items).

    `phi` (groups, 3, items): pulled shares; the weighted mean of the claims is `net`.
    """
    leaning = phi[:, AGREE] - phi[:, DISAGREE]
    return leaning + (net - weights @ leaning)
