"""What is said of a place, at each threshold and one step beside it, from tables written by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from roadmap.domain.ranking import Method, explain
from roadmap.domain.ranking.placing import Asked, Placing
from roadmap.domain.ranking.table import Table

LETTERS = "ABC"


def a_table(
    claims: Sequence[Sequence[float]], weights: Sequence[float], support: Sequence[float] | None = None
) -> Table:
    """Items numbered from 1 with 40 answers each; `claims` by group. Support falls from one to the next."""
    items = len(claims[0])
    share = np.array(support or [0.9 - 0.01 * at for at in range(items)])
    return Table(
        number=np.arange(1, items + 1),
        question=np.ones(items, dtype=np.int64),
        tally=np.repeat(np.array([[20], [10], [10]]), items, axis=1),
        answers=np.full(items, 40),
        support=share,
        opposition=np.full(items, 0.05),
        low=share - 0.03,
        high=share + 0.05,
        common_ground=np.full(items, 0.5),
        claims=np.array(claims, dtype=np.float64),
        weights=np.array(weights),
        people=np.full(len(weights), 30),
    )


def placed(order: Sequence[int], parts: Sequence[Sequence[float]], items: int) -> Placing:
    """These positions in this order, with what each group gave to each gain."""
    asked = Asked(1, 90, 10.0)
    given = np.array(parts, dtype=np.float64)
    return Placing(asked, np.arange(items), np.array(order), tuple(range(len(order))), None, given)


def said(by_support: int, *, place: int = 1, support: float = 0.7) -> explain.Why:
    table = a_table([[0.5] * 9, [0.9] * 9], [0.7, 0.3], [support] * 9)
    return explain.why(table, placed(range(9), [[0.3, 0.1]] * 9, 9), place, by_support, LETTERS)


@pytest.mark.parametrize(
    ("by_support", "reason", "group"),
    [(1, "widely-supported", None), (3, "widely-supported", None), (4, "opinion-group", "A")],
)
def test_a_place_is_told_by_support_up_to_two_places_behind_it(
    by_support: int, reason: str, group: str | None
) -> None:
    """The group named is the one that gave most to the gain, not the one with the largest claim."""
    told = said(by_support)
    assert (told.reason, told.group) == (reason, group)
    assert told.weight == (None if group is None else 0.7)
    assert told.margin == 0.05


def test_what_less_than_half_agree_with_is_not_called_widely_supported() -> None:
    assert said(1, support=0.5).reason == "widely-supported"
    assert said(1, support=0.4999).reason is None


@pytest.mark.parametrize(
    ("answers", "word"),
    [(1, "too-early"), (9, "too-early"), (10, "provisional"), (29, "provisional"),
     (30, None), (79, None), (80, "firm")],
)  # fmt: skip
def test_the_evidence_is_a_word_by_the_number_of_answers(answers: int, word: str | None) -> None:
    assert explain.evidence(answers) == word


@pytest.mark.parametrize(
    ("stays", "word"),
    [(1.0, "secure"), (0.97, "secure"), (0.965, "likely"), (0.6, "likely"), (0.595, "borderline"),
     (0.2, "borderline"), (0.195, "unlikely"), (0.0, "unlikely")],
)  # fmt: skip
def test_the_inclusion_is_a_word_by_the_share_of_the_draws(stays: float, word: str) -> None:
    assert explain.inclusion(stays) == word


@pytest.mark.parametrize(
    ("weights", "claims", "contested"),
    [
        ([0.9, 0.1], [0.2, -0.2], True),
        ([0.9, 0.1], [0.1999, -0.2], False),
        ([0.9, 0.1], [0.2, -0.1999], False),
        ([0.9001, 0.0999], [0.2, -0.9], False),
    ],
)
def test_an_item_is_contested_where_two_groups_of_weight_part(
    weights: list[float], claims: list[float], contested: bool
) -> None:
    table = a_table([[claim] for claim in claims], weights)
    found = explain.flags(table, placed([0], [[0.1, 0.1]], 1), 1, 1)
    assert ("contested" in found) is contested


@pytest.mark.parametrize(
    ("by_support", "parts", "flagged"),
    [(7, (0.6, 0.4), True), (6, (0.6, 0.4), False), (7, (0.59, 0.41), False), (7, (0.3, 0.7), True)],
)
def test_one_group_carries_a_place_with_three_fifths_of_the_gain_and_six_places_of_support(
    by_support: int, parts: tuple[float, float], flagged: bool
) -> None:
    table = a_table([[0.1] * 9, [0.1] * 9], [0.5, 0.5])
    found = explain.flags(table, placed(range(9), [parts] * 9, 9), 1, by_support)
    assert ("group-priority" in found) is flagged


@pytest.mark.parametrize(
    ("makers", "answers", "told"), [(10, 9, True), (10, 10, False), (9, 0, False), (0, 0, False)]
)
def test_few_decision_makers_are_told_only_where_ten_take_part(makers: int, answers: int, told: bool) -> None:
    found = explain.flags_from_votes(False, makers_answers=answers, makers=makers, method=Method())
    assert found == (["few-decision-makers"] if told else [])
    assert explain.flags_from_votes(True, makers_answers=10, makers=10, method=Method()) == ["common-ground"]


@pytest.mark.parametrize(
    ("claim", "other", "place", "told"),
    [
        (0.5, 0.2, 2, True),
        (0.4999, 0.2, 2, False),
        (0.5, 0.2001, 2, False),
        (0.5, -0.9, 2, True),
        (0.5, 0.2, 1, False),
    ],
)
def test_what_a_group_alone_wants_beyond_the_first_places_is_told(
    claim: float, other: float, place: int, told: bool
) -> None:
    table = a_table([[0.3, 0.3], [claim, 0.3], [other, 0.3]], [0.6, 0.2, 0.2])
    table.claims[0, 0] = 0.0
    placing = placed([0, 1] if place == 1 else [1, 0], [[0.1, 0.1, 0.1]] * 2, 2)
    found = explain.minorities(table, placing, Method(k=1), LETTERS)
    assert [(each.number, each.group, each.claim, each.place) for each in found] == (
        [(1, "B", claim, place)] if told else []
    )


def test_of_several_such_items_the_one_the_group_wants_most_is_told() -> None:
    table = a_table([[0.0, 0.0, 0.0], [0.6, 0.9, 0.7]], [0.7, 0.3])
    found = explain.minorities(table, placed([0, 1, 2], [[0, 0.1]] * 3, 3), Method(k=0), LETTERS)
    assert [(each.number, each.group) for each in found] == [(2, "B")]
