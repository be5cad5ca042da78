"""Counts, and what of a breakdown may be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.tallies import Tally, shown_parts, shown_people, shown_tallies


@pytest.mark.parametrize(
    ("people", "shown"),
    [
        ((18, 12), (18, 12)),
        ((12, 8), ()),
        ((17, 3), ()),
        ((23, 7), ()),
        ((12, 11, 7), (12,)),
        ((12, 11, 10), (12, 11, 10)),
        ((5, 5, 20), (20,)),
        ((0, 40), (40,)),
        ((9,), ()),
        ((), ()),
    ],
)
def test_parts_are_shown_and_withheld_as_worked_by_hand(
    people: tuple[int, ...], shown: tuple[int, ...]
) -> None:
    parts = {f"part {at}": number for at, number in enumerate(people)}
    assert sorted(parts[part] for part in shown_parts(parts)) == sorted(shown)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40)))
def test_no_shown_part_and_no_remainder_has_one_to_nine_people(people: dict[str, int]) -> None:
    """Invariant 13."""
    shown = shown_parts(people)
    remainder = sum(number for part, number in people.items() if part not in shown)
    assert all(people[part] >= 10 for part in shown)
    assert remainder == 0 or remainder >= 10 or not shown


def test_of_equal_smallest_parts_the_last_by_name_is_withheld() -> None:
    assert shown_people({"a": 10, "b": 10, "c": 3}) == {"a": 10, "b": None, "c": None}


def test_a_withheld_tally_is_none_and_the_others_stay() -> None:
    tallies = {"public": Tally(12, 3, 1), "civil-society": Tally(8, 2, 5), "decision-maker": Tally(1, 0, 0)}
    assert shown_tallies(tallies) == {
        "public": Tally(12, 3, 1),
        "civil-society": None,
        "decision-maker": None,
    }


def test_a_pass_is_an_answer_and_lowers_the_share() -> None:
    assert Tally(2, 1, 1).share == 0.5
    assert Tally().share is None


def test_tallies_add_up_and_print_under_the_names_of_files() -> None:
    assert (Tally(1, 2, 3) + Tally(1, 0, 0)).printed() == {"agree": 2, "disagree": 2, "pass": 3}
