"""Each bound of the estimate and of a place, met exactly: one step to either side is another figure."""

from __future__ import annotations

import numpy as np
import pytest

from roadmap.domain.ranking import Method, rank, scores
from tests.domain.ranking.test_guard import an_edition

WIDE = Method(k0_min=1e-9, k0_max=1e9)


def alike(
    items: int, agree: int, disagree: int, passed: int = 0
) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Counts of items that were all answered alike."""
    return np.repeat(np.array([[agree], [disagree], [passed]]), items, axis=1)


@pytest.mark.parametrize(("items", "from_the_votes"), [(7, False), (8, True)])
def test_the_pull_follows_from_the_votes_from_eight_items_on(items: int, from_the_votes: bool) -> None:
    found = scores.estimate(alike(items, 3, 2), WIDE)
    assert (found.k0 != 4.0) is from_the_votes
    assert found.agree == pytest.approx(0.6 if from_the_votes else (3 * items + 1) / (5 * items + 3))


@pytest.mark.parametrize(("answers", "from_the_votes"), [(4, False), (5, True)])
def test_an_item_counts_for_the_pull_from_five_answers_on(answers: int, from_the_votes: bool) -> None:
    found = scores.estimate(alike(8, answers - 1, 1), WIDE)
    assert (found.k0 != 4.0) is from_the_votes


def test_items_that_are_all_alike_pull_as_if_they_differed_a_little() -> None:
    assert scores.estimate(alike(8, 500, 500), WIDE).k0 == pytest.approx(0.25 / 1e-4 - 1)
    assert scores.estimate(alike(8, 500, 500), Method()).k0 == Method().k0_max


@pytest.mark.parametrize(
    ("agree", "disagree", "passed", "right"),
    [
        (100, 0, 0, (0.98, 0.005, 0.015)),
        (0, 100, 0, (0.02, 0.975, 0.005)),
        (0, 0, 100, (0.02, 0.005, 0.975)),
    ],
)
def test_no_average_share_is_nothing_or_everything(
    agree: int, disagree: int, passed: int, right: tuple[float, float, float]
) -> None:
    found = scores.estimate(alike(9, agree, disagree, passed), Method())
    assert (found.agree, found.disagree, found.passed) == pytest.approx(right)


@pytest.mark.parametrize(("direct", "reason"), [(9, "too-few-votes"), (10, "waits-for-routed-answers")])
def test_an_item_with_just_enough_answers_waits_and_one_with_fewer_has_too_few(
    direct: int, reason: str
) -> None:
    votes = {number: [("routed", "+" * 25 + "-" * 15)] for number in (1, 2, 3)}
    section = rank(an_edition(votes | {4: [("direct", "+" * direct)]})).sections[0]
    assert section.needed == 10
    assert {each.number: each.reason for each in section.not_listed} == {4: reason}
