"""Objections: what parts a group, what has to be answered, and what has ended."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.objections import TIME_TO_OBJECT, Objection, Ruling, closes, is_open, ruling, to_answer
from tests.factories import NOW

PROPOSALS = st.integers(1, 9)
GROUPS = st.frozensets(PROPOSALS, min_size=1, max_size=4)
TREES = st.lists(PROPOSALS, min_size=2, max_size=6, unique=True).map(lambda each: [{one} for one in each])


@st.composite
def objections(draw: st.DrawFn) -> list[Objection]:
    found = []
    for identifier in range(1, draw(st.integers(1, 5)) + 1):
        left = draw(GROUPS)
        stayed = draw(GROUPS) - left
        answered = draw(st.none() | st.integers(1, 6))
        found.append(Objection(identifier, draw(st.integers(1, 6)), left, stayed, answered))
    return found


def test_an_author_may_object_until_five_days_are_over_and_not_a_moment_longer() -> None:
    end, moment = closes(NOW), timedelta(microseconds=1)
    assert end - NOW == TIME_TO_OBJECT == timedelta(days=5)
    assert [is_open(NOW, when) for when in (NOW - moment, NOW, end - moment, end)] == [
        False,
        True,
        True,
        False,
    ]


def test_what_an_objection_parted_is_answered_once_and_then_has_ended() -> None:
    first = Objection(1, 10, frozenset({2}), frozenset({1, 3}))
    assert ruling([{1}, {2}], [first]) is Ruling.ANSWER
    answered = Objection(1, 10, first.left, first.stayed, answered_by=11)
    again = Objection(2, 11, frozenset({2}), frozenset({1, 3}))
    assert ruling([{1}, {2}], [answered, again]) is Ruling.ENDED


def test_two_objections_to_the_same_merge_are_both_answered_by_the_next_one() -> None:
    both = [
        Objection(1, 10, frozenset({2}), frozenset({1, 3})),
        Objection(2, 10, frozenset({3}), frozenset({1})),
    ]
    assert (ruling([{1}, {2}, {3}], both), to_answer([{1}, {2}, {3}], both)) == (Ruling.ANSWER, tuple(both))


def test_those_who_stayed_together_may_be_merged_freely() -> None:
    lead_left = Objection(1, 10, frozenset({1}), frozenset({2, 3}))
    assert ruling([{2}, {3}], [lead_left]) is Ruling.FREE


def test_a_third_proposal_is_no_way_around_an_objection() -> None:
    objection = Objection(1, 10, frozenset({2}), frozenset({1}))
    assert ruling([{9, 2}, {1}], [objection]) is Ruling.ANSWER


def test_adding_to_a_group_that_is_together_already_needs_no_answer() -> None:
    objection = Objection(1, 10, frozenset({2}), frozenset({1}), answered_by=11)
    assert ruling([{1, 2}, {4}], [objection]) is Ruling.FREE


@given(TREES, objections())
def test_the_order_of_trees_and_objections_does_not_matter(
    trees: list[set[int]], made: list[Objection]
) -> None:
    assert ruling(trees, made) is ruling(trees[::-1], made[::-1])


@given(TREES, objections())
def test_a_merge_is_free_exactly_where_no_objection_stands_between(
    trees: list[set[int]], made: list[Objection]
) -> None:
    assert (ruling(trees, made) is Ruling.FREE) == (to_answer(trees, made) == ())


@given(TREES, objections(), PROPOSALS)
def test_a_larger_group_never_needs_less_than_a_smaller_one(
    trees: list[set[int]], made: list[Objection], more: int
) -> None:
    order = [Ruling.FREE, Ruling.ANSWER, Ruling.ENDED]
    wider = [*trees, {more}] if not any(more in tree for tree in trees) else trees
    assert order.index(ruling(wider, made)) >= order.index(ruling(trees, made))


@given(GROUPS, GROUPS)
def test_what_is_one_tree_is_never_parted(left: frozenset[int], stayed: frozenset[int]) -> None:
    assert not Objection(1, 1, left, stayed - left).stands_between([left | stayed])
