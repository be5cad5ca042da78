"""What stands out among the answers to a question, and what of it may be said."""

from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.results import (
    Answers,
    SetApart,
    agreed_by_all,
    backed_by_one,
    parted,
    set_apart,
    withheld,
)
from roadmap.domain.tallies import Tally


def answers(number: int, *groups: tuple[int, int, int] | None, claims: tuple[float, ...] = ()) -> Answers:
    """A proposal with the tallies of groups A, B, …; claims are the net shares unless told."""
    tallies = {
        letter: None if each is None else Tally(*each) for letter, each in zip("ABCDE", groups, strict=False)
    }
    net = [0.0 if each is None else (each.agree - each.disagree) / each.answers for each in tallies.values()]
    total = sum((each for each in tallies.values() if each is not None), Tally())
    return Answers(number, total, tallies, dict(zip(tallies, claims or net, strict=True)))


def test_all_agree_where_sixty_per_cent_of_every_group_do() -> None:
    items = [answers(1, (60, 40, 0), (6, 4, 0)), answers(2, (90, 10, 0), (59, 41, 0))]
    assert agreed_by_all(items) == [1]


def test_what_the_least_convinced_group_likes_most_comes_first() -> None:
    items = [answers(1, (95, 5, 0), (60, 40, 0)), answers(2, (70, 30, 0), (71, 29, 0))]
    assert agreed_by_all(items) == [2, 1]


def test_nothing_is_said_to_be_agreed_by_all_where_a_group_is_withheld() -> None:
    assert agreed_by_all([answers(1, (60, 0, 0), None)]) == []


def test_groups_part_where_most_of_one_agree_and_few_of_another_the_widest_gap_first() -> None:
    items = [
        answers(1, (60, 40, 0), (40, 60, 0)), answers(2, (90, 10, 0), (10, 90, 0)), answers(3, (90, 10, 0), (50, 50, 0)),
    ]  # fmt: skip
    assert parted(items) == [2, 1]


def test_a_withheld_group_parts_from_nobody() -> None:
    assert parted([answers(1, (90, 10, 0), None, claims=(0.8, -0.8))]) == []


def test_what_one_group_backs_is_not_told_twice() -> None:
    assert parted([answers(1, (80, 10, 10), (30, 25, 45))]) == []


def test_one_group_alone_is_divided_where_many_agree_and_many_disagree() -> None:
    items = [answers(1, (50, 45, 5)), answers(2, (60, 20, 20)), answers(3, (34, 33, 33))]
    assert parted(items) == [1, 3]


def test_one_group_backs_what_the_others_neither_want_nor_refuse() -> None:
    items = [answers(1, (80, 10, 10), (30, 25, 45)), answers(2, (80, 10, 10), (20, 60, 20))]
    assert backed_by_one(items) == [(1, "A")]


def test_a_group_is_set_apart_by_what_it_agrees_with_more_and_less_than_the_others() -> None:
    items = [
        answers(1, (80, 20, 0), (20, 80, 0)), answers(2, (50, 50, 0), (55, 45, 0)), answers(3, (10, 90, 0), (60, 40, 0)),
    ]  # fmt: skip
    assert set_apart(items) == {"A": SetApart((1,), (3,)), "B": SetApart((3,), (1,))}


def test_nothing_sets_the_only_group_apart() -> None:
    assert set_apart([answers(1, (80, 20, 0))]) == {}


def test_answers_that_are_in_no_group_count_as_a_part_of_the_total() -> None:
    """Five answers set aside: shown groups beside the public total would single them out."""
    groups = {"A": Tally(20, 0, 0), "B": Tally(12, 0, 0)}
    assert withheld(groups, Tally(20, 17, 0)) == {"A": Tally(20), "B": None}


parts = st.lists(st.integers(0, 40), min_size=1, max_size=5)


@given(sizes=parts, aside=st.integers(0, 30))
def test_no_shown_cell_and_no_remainder_is_one_to_nine(sizes: list[int], aside: int) -> None:
    groups = {letter: Tally(size) for letter, size in zip("ABCDE", sizes, strict=False)}
    total = Tally(sum(sizes) + aside)
    shown = [each.answers for each in withheld(groups, total).values() if each is not None]
    assert [size for size in shown if size < 10] == []
    assert total.answers - sum(shown) not in range(1, 10) or not shown
