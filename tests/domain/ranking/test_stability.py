"""Do the opinion groups hold without a fifth of everybody's votes?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.ranking import Snapshot, rank
from roadmap.domain.ranking.stability import CLEAR, KEPT, part_of, rand_index, stability
from tests.domain.ranking.examples import a_snapshot, conversation, drawn, written
from tests.domain.ranking.strategies import snapshots

divisions = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=60)


def at_random(seed: int, people: int = 200) -> Snapshot:
    """People who answer fourteen of thirty items by the throw of a die: there is nothing to find."""
    chance = np.random.default_rng(seed)
    rows = [
        (person, int(item), int(chance.integers(-1, 2)))
        for person in range(people)
        for item in chance.permutation(30)[:14]
    ]
    return a_snapshot(rows, numbers=range(30), people=people)


def two_camps() -> Snapshot:
    big, small = "+" * 60 + "-" * 25, "-" * 60 + "+" * 25
    return written({number: big if number % 2 else small for number in range(1, 21)})


@pytest.mark.parametrize(
    ("one", "other", "index"),
    [
        ([0, 0, 1, 1], [0, 0, 1, 1], 1.0),
        ([0, 0, 1, 1], [1, 1, 0, 0], 1.0),
        ([0, 0, 1, 1], [0, 1, 0, 1], -0.5),
        ([0, 0, 1, 1], [0, 0, 1, 2], 4 / 7),
        ([0, 0, 1, 1], [0, 0, 0, 0], 0.0),
    ],
)
def test_the_index_is_the_one_worked_by_hand(one: list[int], other: list[int], index: float) -> None:
    found = rand_index(np.array(one, dtype=np.int8), np.array(other, dtype=np.int8))
    assert found == pytest.approx(index)


@given(divisions)
def test_the_index_counts_pairs_that_are_together_or_apart_in_both(pairs: list[tuple[int, int]]) -> None:
    """The other form of the index, from the four kinds of pairs of people."""
    kinds = {(a, b): 0 for a in (False, True) for b in (False, True)}
    for at, (one, other) in enumerate(pairs):
        for left, right in pairs[:at]:
            kinds[one == left, other == right] += 1
    both, one_only, other_only, neither = (
        kinds[key] for key in ((True, True), (True, False), (False, True), (False, False))
    )
    below = (both + one_only) * (one_only + neither) + (both + other_only) * (other_only + neither)
    right = 1.0 if not below else 2 * (both * neither - one_only * other_only) / below
    columns = np.array(pairs, dtype=np.int8).T
    assert rand_index(columns[0], columns[1]) == pytest.approx(right)


@given(snapshots(), st.integers(0, 99))
def test_four_fifths_of_everybodys_votes_are_kept(snapshot: Snapshot, seed: int) -> None:
    part = part_of(snapshot, np.random.default_rng(seed))
    kept, given = (np.bincount(each.person, minlength=snapshot.people) for each in (part, snapshot))
    assert KEPT == 0.8
    assert kept.tolist() == np.ceil(given * 0.8).tolist()
    rows = {(*row,) for row in zip(snapshot.person, snapshot.item, snapshot.choice, strict=True)}
    assert {(*row,) for row in zip(part.person, part.item, part.choice, strict=True)} <= rows


def test_clear_camps_hold() -> None:
    snapshot = two_camps()
    held = stability(snapshot, rank(snapshot))
    assert held is not None
    assert (held.agreement, held.clear) == (1.0, True)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_groups_that_chance_made_do_not_hold(seed: int) -> None:
    snapshot = at_random(seed)
    ranking = rank(snapshot)
    held = stability(snapshot, ranking)
    assert len(ranking.groups) > 1
    assert held is not None
    assert not held.clear


def test_from_the_least_agreement_on_groups_are_clear() -> None:
    assert CLEAR == 0.5


def test_one_group_need_not_hold() -> None:
    snapshot = drawn(2, 25, 12, answers=8)
    assert stability(snapshot, rank(snapshot)) is None


def test_the_same_votes_give_the_same_agreement() -> None:
    snapshot = drawn(5, 150, 40, answers=20)
    ranking = rank(snapshot)
    assert stability(snapshot, ranking) == stability(snapshot, ranking) is not None


def test_of_very_many_people_a_part_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roadmap.domain.ranking.stability.MOST_PEOPLE", 45)
    held = stability(two_camps(), rank(two_camps()))
    assert held is not None
    assert held.clear


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "clear"),
    [
        ("bg2050-volunteers", False),
        ("scoop-hivemind.taxes", True),
        ("scoop-hivemind.affordable-housing", True),
    ],
)
def test_groups_of_real_conversations_hold_or_not(name: str, clear: bool) -> None:
    snapshot = conversation(name)
    held = stability(snapshot, rank(snapshot))
    assert held is not None
    assert held.clear is clear
