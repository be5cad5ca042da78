"""Evidence of manipulation: what stands out, and what does not."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.domain.ranking import Snapshot, rank
from roadmap.domain.ranking.arrays import Integers
from roadmap.domain.signals import alike_pairs, bursts, equal_ballots, poisson_tail, too_fast
from tests.domain.ranking.examples import conversation, drawn

SECOND = 1_000_000


def of_rows(rows: list[tuple[int, int, int]]) -> tuple[Integers, Integers, Integers]:
    person, item, choice = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return person, item, choice


def of_snapshot(snapshot: Snapshot) -> tuple[Integers, Integers, Integers]:
    columns = (snapshot.person, snapshot.item, snapshot.choice)
    person, item, choice = (column.astype(np.int64) for column in columns)
    return person, item, choice


def ballot(person: int, letters: str) -> list[tuple[int, int, int]]:
    return [(person, item, {"+": 1, "-": -1, "o": 0}[letter]) for item, letter in enumerate(letters)]


@given(st.integers(0, 60), st.floats(0.1, 40))
def test_the_tail_of_poisson_is_what_is_left_of_the_sum(count: int, mean: float) -> None:
    below = sum(math.exp(each * math.log(mean) - mean - math.lgamma(each + 1)) for each in range(count))
    assert poisson_tail(count, mean) == pytest.approx(1 - below, abs=1e-9)


def test_an_hour_with_many_more_new_accounts_than_the_week_before_is_a_burst() -> None:
    week = [hour for hour in range(168) for _ in range(3)]
    found = bursts([*week, *[168] * 20])
    assert [(burst.hour, burst.count, burst.usual) for burst in found if burst.hour >= 24] == [(168, 20, 3.0)]


def test_a_few_accounts_in_a_quiet_week_are_no_burst() -> None:
    assert bursts([500] * 6) == []
    assert [burst.count for burst in bursts([500] * 7)] == [7]


def test_nobody_makes_no_signal() -> None:
    nothing = np.empty(0, dtype=np.int64)
    assert bursts([]) == []
    assert equal_ballots(nothing, nothing, nothing) == []
    assert too_fast(nothing, nothing) == []
    assert alike_pairs(nothing, nothing, nothing, [], 100) == []


def test_equal_ballots_of_seven_votes_are_told_the_largest_set_first() -> None:
    rows = [
        *ballot(1, "+++++++"), *ballot(2, "+++++++"), *ballot(3, "++++++-"),
        *ballot(4, "-------o"), *ballot(5, "-------o"), *ballot(6, "-------o"),
        *ballot(7, "++++++"), *ballot(8, "++++++"),
    ]  # fmt: skip
    found = equal_ballots(*of_rows(rows))
    assert [(each.people, each.votes) for each in found] == [((4, 5, 6), 8), ((1, 2), 7)]


@given(st.permutations(range(16)))
def test_the_order_of_the_rows_changes_no_equal_ballot(order: list[int]) -> None:
    rows = [*ballot(1, "+-o+-o+-"), *ballot(2, "+-o+-o+-")]
    assert equal_ballots(*of_rows([rows[at] for at in order])) == equal_ballots(*of_rows(rows))


def test_whoever_votes_faster_than_one_can_read_is_told() -> None:
    person = np.array([1] * 8 + [2] * 8 + [3] * 3)
    moment = np.array(
        [at * SECOND for at in range(8)] + [at * 9 * SECOND for at in range(8)] + [0, 1, 2], dtype=np.int64
    )
    assert [(each.person, each.votes, each.seconds) for each in too_fast(person, moment)] == [(1, 8, 1.0)]


def test_two_who_agree_on_everything_in_a_group_that_does_not_are_told() -> None:
    chance = np.random.default_rng(1)
    rows = [(person, item, int(chance.integers(-1, 2))) for person in range(40) for item in range(30)]
    rows += [(40, item, row[2]) for item, row in enumerate(rows[:30])]
    found = alike_pairs(*of_rows(rows), group=[0] * 41, most=100)
    assert found[0].people == (0, 40)
    assert (found[0].common, len(found)) == (30, 1)


def test_people_of_different_groups_are_not_compared() -> None:
    rows = [*ballot(0, "+-" * 10), *ballot(1, "+-" * 10)]
    assert alike_pairs(*of_rows(rows), group=[0, 1], most=100) == []


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 1000))
def test_honest_people_drawn_at_random_are_seldom_alike(seed: int) -> None:
    snapshot = drawn(seed, 60, 20)
    found = alike_pairs(*of_snapshot(snapshot), rank(snapshot).opinion, 100)
    assert len(found) <= 3


@pytest.mark.parametrize("name", ["brexit-consensus", "scoop-hivemind.biodiversity"])
def test_real_conversations_hold_hardly_any_equal_ballot(name: str) -> None:
    snapshot = conversation(name)
    found = equal_ballots(*of_snapshot(snapshot))
    assert sum(len(each.people) - 1 for each in found) <= 3


def test_the_median_is_taken_over_seven_days_not_over_the_last() -> None:
    """Three an hour for six days and none on the seventh: nine at once are no wonder."""
    week = [hour for hour in range(24, 144) for _ in range(3)]
    assert 168 not in [burst.hour for burst in bursts([*week, *[168] * 9])]
    assert 168 in [burst.hour for burst in bursts([168] * 9)]


@pytest.mark.parametrize(("seconds", "votes", "told"), [(1.9, 7, True), (2.0, 7, False), (1.9, 6, False)])
def test_too_fast_is_under_two_seconds_a_vote_over_seven_votes(
    seconds: float, votes: int, told: bool
) -> None:
    moment = (np.arange(votes) * seconds * SECOND).astype(np.int64)
    assert bool(too_fast(np.ones(votes, dtype=np.int64), moment)) is told


def crowd_and_pair(common: int) -> list[tuple[int, int, int]]:
    """Forty people who answer by chance, and two who give the same answers to so many items that others answer too."""
    chance = np.random.default_rng(4)
    rows = [(person, item, int(chance.integers(-1, 2))) for person in range(40) for item in range(30)]
    same = [(item, int(chance.integers(-1, 2))) for item in range(common)]
    rows += [(person, item, choice) for person in (40, 41) for item, choice in same]
    return rows + [(40, 30 + item, 1) for item in range(8)] + [(41, 40 + item, 1) for item in range(8)]


@pytest.mark.parametrize(("common", "told"), [(10, True), (9, False)])
def test_pairs_are_compared_from_ten_common_items_on(common: int, told: bool) -> None:
    found = alike_pairs(*of_rows(crowd_and_pair(common)), group=[0] * 42, most=100)
    assert ((40, 41) in [pair.people for pair in found]) is told


def test_z_of_a_pair_is_that_of_chance_within_the_group() -> None:
    rows = crowd_and_pair(12)
    person, item, choice = of_rows(rows)
    mean = spread = 0.0
    for each in range(12):
        shares = [float(np.mean(choice[item == each] == value)) for value in (1, -1, 0)]
        expected = sum(share**2 for share in shares)
        mean, spread = mean + expected, spread + expected * (1 - expected)
    found = {pair.people: pair.z for pair in alike_pairs(person, item, choice, [0] * 42, 100)}
    assert found[40, 41] == pytest.approx((12 - mean) / spread**0.5, abs=0.05)
    assert all(z > 4 for z in found.values())
