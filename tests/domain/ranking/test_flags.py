"""Flags, reasons and words at the edges of their numbers (ranking rule 8)."""

from collections.abc import Sequence

import numpy as np
import pytest

from roadmap.domain.ranking import Method, Snapshot, rank
from roadmap.domain.ranking.arrays import Floats
from roadmap.domain.ranking.explain import (
    evidence,
    flags,
    flags_from_votes,
    inclusion,
    minorities,
    places_by_support,
    why,
)
from roadmap.domain.ranking.placing import Asked, Placing
from roadmap.domain.ranking.scores import Estimate
from roadmap.domain.ranking.table import Counts, Table, build, wanted_everywhere
from tests.domain.ranking.examples import drawn, written

LETTERS = "ABCDE"


def a_table(
    claims: Sequence[Sequence[float]], *, weights: Sequence[float], support: Sequence[float] | None = None
) -> Table:
    """Items 1, 2, … with these claims (groups, items); 40 answers each."""
    items = len(claims[0])
    shares = np.full(items, 0.5) if support is None else np.array(support)
    whole = np.full(items, 40)
    return Table(
        number=np.arange(1, items + 1), question=np.ones(items, dtype=np.int64),
        tally=np.array([[20] * items, [10] * items, [10] * items]), answers=whole, support=shares,
        opposition=np.full(items, 0.2), low=shares - 0.1, high=shares + 0.1, common_ground=shares,
        claims=np.array(claims), weights=np.array(weights), people=np.full(len(weights), 20),
    )  # fmt: skip


def a_placing(items: int, parts: Floats | None = None, groups: int = 2) -> Placing:
    """All items in the order of their numbers, each a band of its own."""
    rows = np.arange(items)
    given = np.full((items, groups), 0.1) if parts is None else parts
    return Placing(Asked(1, 100, 1.0), rows, rows, tuple(range(items)), None, given)


@pytest.mark.parametrize(
    ("weights", "claims", "flagged"),
    [
        ((0.9, 0.1), (0.2, -0.2), True),
        ((0.9, 0.1), (-0.2, 0.2), True),
        ((0.91, 0.09), (0.2, -0.9), False),
        ((0.9, 0.1), (0.19, -0.9), False),
        ((0.9, 0.1), (0.9, -0.19), False),
    ],
)
def test_contested_takes_a_tenth_of_the_voices_on_either_side(
    weights: tuple[float, float], claims: tuple[float, float], flagged: bool
) -> None:
    table = a_table([[claims[0]], [claims[1]]], weights=weights)
    assert ("contested" in flags(table, a_placing(1), 1, 1)) is flagged


@pytest.mark.parametrize(
    ("parts", "by_support", "flagged"),
    [
        ((0.3, 0.2), 7, True),
        ((0.29, 0.21), 7, False),
        ((0.3, 0.2), 6, False),
    ],
)
def test_one_group_alone_takes_three_fifths_of_the_gain_and_five_places(
    parts: tuple[float, float], by_support: int, flagged: bool
) -> None:
    table = a_table([[0.5], [0.4]], weights=(0.6, 0.4))
    found = flags(table, a_placing(1, np.array([parts])), 1, by_support)
    assert ("group-priority" in found) is flagged


def test_with_one_group_no_group_is_named() -> None:
    table = a_table([[0.5]], weights=(1.0,))
    placing = a_placing(1, np.array([[0.5]]), groups=1)
    assert flags(table, placing, 1, 40) == []
    assert why(table, placing, 1, 40, LETTERS).reason is None


@pytest.mark.parametrize(
    ("by_support", "support", "reason"),
    [
        (3, 0.5, "widely-supported"),
        (3, 0.4999, None),
        (4, 0.9, "opinion-group"),
    ],
)
def test_two_places_away_is_near(by_support: int, support: float, reason: str | None) -> None:
    table = a_table([[0.5], [0.4]], weights=(0.6, 0.4), support=[support])
    assert why(table, a_placing(1), 1, by_support, LETTERS).reason == reason


def test_the_group_that_is_named_is_the_one_that_gave_most_not_the_one_with_the_highest_claim() -> None:
    table = a_table([[0.4], [0.9]], weights=(0.9, 0.1))
    placing = a_placing(1, np.array([[0.36, 0.09]]))
    told = why(table, placing, 1, 40, LETTERS)
    assert (told.group, told.weight) == ("A", 0.9)


def test_the_margin_is_the_longer_side_of_the_interval() -> None:
    table = a_table([[0.5], [0.4]], weights=(0.6, 0.4), support=[0.95])
    table.high[0] = 1.0
    assert why(table, a_placing(1), 1, 1, LETTERS).margin == 0.1


@pytest.mark.parametrize(
    ("answers", "word"),
    [
        (9, "too-early"),
        (10, "provisional"),
        (29, "provisional"),
        (30, None),
        (79, None),
        (80, "firm"),
    ],
)
def test_evidence_by_answers(answers: int, word: str | None) -> None:
    assert evidence(answers) == word


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (0.97, "secure"),
        (0.965, "likely"),
        (0.6, "likely"),
        (0.595, "borderline"),
        (0.2, "borderline"),
        (0.195, "unlikely"),
    ],
)
def test_staying_in_words(share: float, word: str) -> None:
    assert inclusion(share) == word


@pytest.mark.parametrize(
    ("makers", "answers", "flagged"), [(10, 9, True), (10, 10, False), (9, 9, False), (9, 0, False)]
)
def test_few_decision_makers_are_fewer_than_ten_of_at_least_ten(
    makers: int, answers: int, flagged: bool
) -> None:
    found = flags_from_votes(False, makers_answers=answers, makers=makers, method=Method())
    assert found == (["few-decision-makers"] if flagged else [])


@pytest.mark.parametrize(("agree", "everywhere"), [(62, True), (58, False)])
def test_common_ground_takes_three_fifths_of_every_group(agree: int, everywhere: bool) -> None:
    by_group = np.array([[[90], [10], [0]], [[agree], [100 - agree], [0]]])
    counts = Counts(
        number=np.array([1]), question=np.array([1]), tally=by_group.sum(axis=0), total=by_group.sum(axis=0),
        by_voice=by_group.sum(axis=0)[None], by_group=by_group, people=np.array([100, 100]),
    )  # fmt: skip
    average = Estimate(4, agree / 100, 1 - agree / 100 - 0.005, 0.005)
    assert wanted_everywhere(counts, average, Method(kappa_g=0.01)).tolist() == [everywhere]


def test_the_score_of_common_ground_is_the_weighed_geometric_mean() -> None:
    by_group = np.array([[[9], [1], [0]], [[8], [32], [0]]])
    total = by_group.sum(axis=0)
    counts = Counts(
        number=np.array([1]), question=np.array([1]), tally=total, total=total, by_voice=total[None],
        by_group=by_group, people=np.array([10, 40]),
    )  # fmt: skip
    m = (17 + 4 * 0.5) / 54
    first, second = (9 + 5 * m) / 15, (8 + 5 * m) / 45
    table = build(
        counts, rank(drawn(1, 3, 2)).voices, np.array([0.2, 0.8]), Estimate(4, 0.5, 0.3, 0.2), Method()
    )
    assert table.common_ground[0] == pytest.approx(first**0.2 * second**0.8, abs=5e-5)


@pytest.mark.parametrize(
    ("claims", "noted"),
    [
        ((0.5, 0.2), True),
        ((0.4999, 0.2), False),
        ((0.5, 0.2001), False),
    ],
)
def test_a_minority_note_takes_half_a_claim_of_one_group_alone(
    claims: tuple[float, float], noted: bool
) -> None:
    first = [[0.9] * 10, [0.9] * 10]
    table = a_table([[*first[0], claims[0]], [*first[1], claims[1]]], weights=(0.6, 0.4))
    found = minorities(table, a_placing(11), Method(), LETTERS)
    assert [(note.number, note.group, note.place) for note in found] == ([(11, "A", 11)] if noted else [])


def test_a_minority_note_names_the_highest_claim_beyond_the_first_ten() -> None:
    table = a_table([[0.99] * 10 + [0.6, 0.8, 0.7], [0.0] * 13], weights=(0.6, 0.4))
    found = minorities(table, a_placing(13), Method(), LETTERS)
    assert [(note.number, note.claim) for note in found] == [(12, 0.8)]


def test_places_by_support_are_those_of_the_named_order() -> None:
    table = a_table([[0.5] * 3], weights=(1.0,), support=[0.3, 0.8, 0.3])
    assert places_by_support(table, a_placing(3, groups=1), Method()) == {1: 1, 0: 2, 2: 3}


def camps_with(last: str) -> Snapshot:
    big, small = "+" * 60 + "-" * 25, "-" * 60 + "+" * 25
    ballots = {number: big if number % 2 else small for number in range(1, 13)}
    return written(ballots | {99: last})


def test_typical_are_at_most_three_items_with_ten_answers_inside_and_outside() -> None:
    (first, second) = rank(camps_with("")).groups
    assert (first.typical, second.typical) == ((1, 3, 5), (2, 4, 6))
    inside_only = "+" * 30 + " " * 30 + "-" * 9
    assert 99 not in rank(camps_with(inside_only)).groups[0].typical
    few = rank(camps_with("+" * 9 + " " * 51 + "-" * 25))
    assert 99 not in few.groups[0].typical


def test_what_the_other_methods_do_not_list_has_too_few_votes() -> None:
    """`no-group-in-favour` is a reason of the shared places alone."""
    ballots = {1: "+" * 20, 2: "-" * 20, 3: "+"}
    for name, reasons in (
        ("equal-persons", {2: "no-group-in-favour", 3: "too-few-votes"}),
        ("support", {3: "too-few-votes"}),
    ):
        section = rank(written(ballots), Method(name=name)).sections[0]
        assert {item.number: item.reason for item in section.not_listed} == reasons


def test_the_overlap_counts_the_first_ten_of_both() -> None:
    ranking = rank(drawn(1, 150, 60, answers=8, camps=3))
    chosen = {item.number for item in ranking.sections[0].placed[:10]}
    for order in ranking.orders:
        assert order.overlap == len(chosen & set(order.numbers[:10])), order.name
    assert {order.name: order.overlap for order in ranking.orders}["net-count"] < 10
