"""Which proposal is shown next: few answers first, and those that may or may not belong to the first places.

Ranking rule 10. Pure: what is drawn is decided by whoever holds the probabilities.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from roadmap.domain.ranking import scores
from roadmap.domain.ranking.arrays import AGREE, Floats, Integers
from roadmap.domain.ranking.intervals import beta_variance
from roadmap.domain.ranking.method import Method

UNIFORM_EACH = 7
"""Each seventh draw is uniform, whatever the figures say."""


@dataclass(frozen=True, eq=False)
class Closeness:
    """Open items of one question, one row each.

    `near`: from 1 (far from the cut) to 1 + lambda (on it); `unknown`: that of an item of which nothing is known.
    """

    near: Floats
    unknown: float


def closeness(tally: Integers, method: Method, average: scores.Estimate) -> Closeness:
    """From the counts (3, items) of a question's items; `average` is that of the edition.

    The cut is the agree share at place k, where there are more items; the share of each item has a mean and a
    spread (rule 3.2).
    """
    count = tally.shape[1]
    if count <= method.k:  # all of them stand in the first places: there is no cut to be near to
        return Closeness(np.full(count, 1 + method.lambda_), 1 + method.lambda_)
    mean = scores.pulled(tally, average.mu[:, None], average.k0)[AGREE]
    spread = np.sqrt(beta_variance(mean, tally.sum(axis=0) + average.k0))
    cut = float(np.sort(mean)[::-1][int(method.k) - 1])
    alone = float(np.sqrt(beta_variance(np.array(average.agree), np.array(average.k0))))
    near = [_near(float(m), float(sd), cut, method) for m, sd in zip(mean, spread, strict=True)]
    return Closeness(np.array(near), _near(average.agree, alone, cut, method))


def _near(mean: float, spread: float, cut: float, method: Method) -> float:
    return 1 + method.lambda_ * math.erfc(abs(mean - cut) / (math.sqrt(2) * max(spread, 1e-9)))


def weights(answers: npt.ArrayLike, near: npt.ArrayLike, method: Method, *, groups: int = 1) -> Floats:
    """Weights above 0 of items with so many answers from the reader's own group, one of `groups`."""
    given = np.asarray(answers, dtype=np.float64)
    scarce = method.n0 / (given * groups + method.n0)
    return np.asarray((scarce * np.asarray(near, dtype=np.float64)) ** method.gamma)


def chances(weight: npt.ArrayLike, eps: float) -> Floats:
    """Probabilities that sum to 1, each at least eps/count; `weight` above 0, one per item, at least one."""
    raw = np.asarray(weight, dtype=np.float64)
    count = len(raw)
    return np.asarray((1 - eps) * raw / raw.sum() + eps / count)
