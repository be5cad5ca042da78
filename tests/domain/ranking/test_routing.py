"""Which proposal is shown next."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.routing import Campaign, Whole, adaptive, losses
from roadmap.domain.ranking import Method
from roadmap.domain.ranking.routing import chances, closeness, weights
from roadmap.domain.ranking.scores import Estimate, estimate

AVERAGE = Estimate(4.0, 0.5, 0.3, 0.2)
items = st.lists(st.tuples(*[st.integers(0, 5000)] * 3), min_size=1, max_size=30)


@given(items, st.integers(1, 3), st.floats(0.01, 0.5))
def test_probabilities_sum_to_one_and_none_is_below_its_share_of_chance(
    counts: list[tuple[int, int, int]], groups: int, eps: float
) -> None:
    """Invariant 16."""
    tally = np.array(counts, dtype=np.int64).T
    average = estimate(tally[:, tally.sum(axis=0) > 0], Method())
    near = closeness(tally, Method(), average).near
    found = chances(weights(tally.sum(axis=0), near, Method(), groups=groups), eps)
    assert found.sum() == pytest.approx(1, abs=1e-9)
    assert (found >= eps / len(counts) - 1e-12).all()


def test_without_an_answer_all_are_alike() -> None:
    tally = np.zeros((3, 4), dtype=np.int64)
    near = closeness(tally, Method(), estimate(tally[:, :0], Method())).near
    assert chances(weights([0] * 4, near, Method()), 0.1).tolist() == [0.25] * 4


def test_the_formula_is_that_of_the_rule() -> None:
    """n0 = 10, gamma = 2: thirty answers make the weight a sixteenth."""
    assert weights([0, 30], [1.0, 1.0], Method()).tolist() == [1.0, 0.0625]
    assert weights([15], [1.0], Method(), groups=2).tolist() == [0.0625]
    assert weights([0], [3.0], Method()).tolist() == [9.0]


def test_an_item_at_the_cut_is_nearer_than_one_far_from_it() -> None:
    tally = np.array([[90, 50, 10], [10, 50, 90], [0, 0, 0]])
    near = closeness(tally, Method(k=2), AVERAGE).near
    assert near.argmax() == 1
    assert near[1] == pytest.approx(9)
    assert near[2] == pytest.approx(1, abs=0.01)


def test_a_question_without_items_has_no_figures() -> None:
    found = closeness(np.zeros((3, 0), dtype=np.int64), Method(), AVERAGE)
    assert (len(found.near), found.unknown) == (0, 9)


def test_at_equal_votes_the_adaptive_draw_loses_less_than_a_random_one() -> None:
    """The whole comparison is in benchmarks/routing.py."""
    found = losses(range(4), people=300, items=60, ways=("adaptive", "random"))
    assert found["adaptive"][0] < found["random"][0]


def test_in_the_simulation_people_are_asked_about_what_they_can_read() -> None:
    asked: list[int] = []

    def pick(campaign: Campaign, left: Whole, draw: int) -> int:
        assert campaign.language is not None
        asked.append(len(set(campaign.language[left].tolist())))
        return adaptive(campaign, left, draw)

    Campaign(1, people=60, items=80, languages=True).run(pick)
    assert set(asked) == {1, 2}
