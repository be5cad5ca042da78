"""How sure a share is."""

import numpy as np

from roadmap.domain.ranking.arrays import Floats, Integers

NORMAL_90 = 1.645
NORMAL_95 = 1.96


def beta_variance(share: Floats, weight: Floats) -> Floats:
    """Variance of a share in [0, 1] known from `weight` answers (mean of a beta distribution)."""
    return share * (1 - share) / (weight + 1)


def interval(share: Floats, deviation: Floats) -> tuple[Floats, Floats]:
    """The 90 per cent interval around a share, cut to [0, 1]."""
    low = np.clip(share - NORMAL_90 * deviation, 0, 1)
    high = np.clip(share + NORMAL_90 * deviation, 0, 1)
    return low, high


def wilson_low(agree: Integers, answers: Integers) -> Floats:
    """Lower end of the 95 per cent score interval of agree ÷ answers (Wilson 1927); answers > 0."""
    share, z = agree / answers, NORMAL_95
    middle = share + z**2 / (2 * answers)
    reach = z * np.sqrt(share * (1 - share) / answers + z**2 / (4 * answers.astype(np.float64) ** 2))
    return np.asarray((middle - reach) / (1 + z**2 / answers))
