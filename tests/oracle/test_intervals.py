"""Shares and how sure they are, beside statsmodels and scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from roadmap.domain.ranking.guard import differences
from roadmap.domain.ranking.intervals import NORMAL_95, beta_variance, wilson_low
from roadmap.domain.ranking.scores import pulled
from tests.oracle.packages import package

proportion = package("statsmodels.stats.proportion")
pytestmark = pytest.mark.oracle

counts = st.integers(1, 10_000).flatmap(lambda many: st.tuples(st.integers(0, many), st.just(many)))
answers = st.lists(st.integers(0, 500), min_size=3, max_size=3).filter(any)


@given(counts)
def test_the_lower_end_is_that_of_the_score_interval(one: tuple[int, int]) -> None:
    agree, many = one
    low, _ = proportion.proportion_confint(agree, many, alpha=2 * stats.norm.sf(NORMAL_95), method="wilson")
    assert wilson_low(np.array([agree]), np.array([many]))[0] == pytest.approx(low, abs=1e-12)


@given(answers, answers)
def test_the_guards_z_is_the_test_of_two_proportions(direct: list[int], routed: list[int]) -> None:
    """With the pooled share of the rule, which adds one agree and one other answer."""
    found = differences(np.array(direct)[:, None], np.array(routed)[:, None])
    many = np.array([sum(direct), sum(routed)])
    for row, of_choice in enumerate(zip(direct[:2], routed[:2], strict=True)):
        share = (sum(of_choice) + 1) / (many.sum() + 2)
        z, _ = proportion.proportions_ztest(np.array(of_choice), many, prop_var=share)
        assert found[row, 0] == pytest.approx(z, abs=1e-9)


@given(st.floats(0.001, 0.999), st.floats(2, 5_000))
def test_the_variance_of_a_share_is_that_of_a_beta_distribution(share: float, weight: float) -> None:
    right = stats.beta.var(share * weight, (1 - share) * weight)
    assert beta_variance(np.array([share]), np.array([weight]))[0] == pytest.approx(right, rel=1e-9)


@given(answers, st.floats(2, 50))
def test_a_pulled_share_is_the_mean_of_a_dirichlet_distribution(one: list[int], strength: float) -> None:
    middle = np.array([0.5, 0.3, 0.2])
    right = stats.dirichlet.mean(np.array(one) + strength * middle)
    assert pulled(np.array(one)[:, None], middle[:, None], strength)[:, 0] == pytest.approx(right)
