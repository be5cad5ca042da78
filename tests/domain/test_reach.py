"""Who hardly takes part, judged by the others; small numbers are not told one from another."""

from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.reach import ENOUGH, can_be_compared, hardly_taking_part, told

PEOPLE = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 5000), max_size=8)


def test_a_group_far_below_the_mean_of_the_others_hardly_takes_part() -> None:
    assert hardly_taking_part({"decision-maker": 5, "civil-society": 80, "public": 300}) == ["decision-maker"]


def test_a_quarter_of_the_mean_is_not_far_below() -> None:
    assert hardly_taking_part({"a": 25, "b": 100, "c": 100}) == []


def test_less_than_a_quarter_of_the_mean_is_far_below() -> None:
    assert hardly_taking_part({"a": 24, "b": 100, "c": 100}) == ["a"]


def test_nothing_is_said_before_enough_people_take_part() -> None:
    assert hardly_taking_part({"a": 0, "b": ENOUGH - 1}) == []


def test_a_single_group_is_compared_with_nobody() -> None:
    assert not can_be_compared({"a": 1000})


def test_fewer_than_ten_are_not_told_apart() -> None:
    assert [told(number) for number in (0, 9, 10)] == [None, None, 10]


@given(PEOPLE)
def test_the_largest_group_never_hardly_takes_part(people: dict[str, int]) -> None:
    few = hardly_taking_part(people)
    assert not few or max(people, key=lambda group: people[group]) not in few


@given(PEOPLE)
def test_groups_of_the_same_size_are_judged_alike(people: dict[str, int]) -> None:
    few = set(hardly_taking_part(people))
    assert {people[group] for group in few} & {people[group] for group in set(people) - few} == set()
