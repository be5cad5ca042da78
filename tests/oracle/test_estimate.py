"""Average and pull, which the rule takes by moments, beside a fit by greatest likelihood (scipy)."""

import numpy as np
import pytest
from scipy import optimize, stats

from roadmap.domain.ranking import Method
from roadmap.domain.ranking.arrays import AGREE, Integers
from roadmap.domain.ranking.scores import LEAST_ANSWERS, estimate
from tests.domain.ranking.examples import CONVERSATIONS, conversation

pytestmark = pytest.mark.oracle


def fitted(total: Integers) -> tuple[float, float]:
    """Mean and strength of the beta distribution under which these agrees are likeliest."""
    answers = total.sum(axis=0)
    agree, answers = total[AGREE, answers >= LEAST_ANSWERS], answers[answers >= LEAST_ANSWERS]

    def unlikely(where: tuple[float, float]) -> float:
        mean, strength = 1 / (1 + np.exp(-where[0])), np.exp(where[1])
        return -float(stats.betabinom.logpmf(agree, answers, mean * strength, (1 - mean) * strength).sum())

    found = optimize.minimize(unlikely, (0.0, 1.0), method="Nelder-Mead")
    assert found.success
    return float(1 / (1 + np.exp(-found.x[0]))), float(np.exp(found.x[1]))


def made_up(seed: int, mean: float, strength: float, items: int = 400) -> Integers:
    chance = np.random.default_rng(seed)
    answers = chance.integers(5, 120, items)
    agree = chance.binomial(answers, chance.beta(mean * strength, (1 - mean) * strength, items))
    disagree = chance.binomial(answers - agree, 0.7)
    return np.stack([agree, disagree, answers - agree - disagree])


@pytest.mark.parametrize("strength", [3, 6, 12, 25])
@pytest.mark.parametrize("mean", [0.35, 0.6])
def test_moments_and_likelihood_find_the_pull_that_the_votes_were_made_with(
    mean: float, strength: float
) -> None:
    """400 items: the average within 0.02, the pull within a fifth of both the truth and the fit."""
    total = made_up(7, mean, strength)
    ours, (fitted_mean, fitted_strength) = estimate(total, Method()), fitted(total)
    assert ours.agree == pytest.approx(fitted_mean, abs=0.02)
    assert ours.k0 == pytest.approx(fitted_strength, rel=0.2)
    assert ours.k0 == pytest.approx(strength, rel=0.2)


@pytest.mark.real_data
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_on_a_real_conversation_both_lie_close(name: str) -> None:
    """The average within 0.03, the pull within the factor 1.5; the rule keeps it between 2 and 50."""
    snapshot = conversation(name)
    total = np.zeros((3, snapshot.items), dtype=np.int64)
    np.add.at(total, (np.array([2, 0, 1])[snapshot.choice], snapshot.item), 1)
    total = total[:, total.sum(axis=0) > 0]
    ours, (mean, strength) = estimate(total, Method()), fitted(total)
    assert ours.agree == pytest.approx(mean, abs=0.03)
    assert max(ours.k0, np.clip(strength, 2, 50)) <= 1.5 * min(ours.k0, np.clip(strength, 2, 50))
