"""Tile walls join up, depend on their seed alone, and carry one unbroken thread."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.tiles import BEYOND, Wall, steered_wall, thread_path, wall_path, wandering_wall

sizes = st.tuples(st.integers(1, 12), st.integers(1, 8))


@given(st.text(max_size=20), sizes)
def test_the_same_seed_draws_the_same_wall(seed: str, size: tuple[int, int]) -> None:
    assert wandering_wall(seed, *size) == wandering_wall(seed, *size)


def test_another_seed_draws_another_wall() -> None:
    assert wandering_wall("a", 8, 5) != wandering_wall("b", 8, 5)


def test_a_seed_draws_this_wall_on_every_machine() -> None:
    assert thread_path(wandering_wall("sign 1", 3, 3)) == SIGN_ONE


@given(st.integers(0, 500), sizes)
def test_each_step_of_the_thread_enters_where_the_last_one_left(seed: int, size: tuple[int, int]) -> None:
    thread = wandering_wall(seed, *size).thread
    for (column, row, _, leaves), (next_column, next_row, enters, _) in pairwise(thread):
        across, down, side = BEYOND[leaves]
        assert (next_column, next_row, enters) == (column + across, row + down, side)


@given(st.integers(0, 500), sizes)
def test_a_thread_crosses_the_wall_from_start_to_end(seed: int, size: tuple[int, int]) -> None:
    thread = wandering_wall(seed, *size).thread
    ends = [(thread[0][0], thread[0][2]), (thread[-1][0], thread[-1][3])] if thread else []
    assert ends in ([], [(0, "start"), (size[0] - 1, "end")])


@given(st.integers(0, 50), st.integers(1, 40).map(lambda half: 2 * half))
def test_a_steered_thread_leaves_at_the_height_at_which_it_entered(seed: int, columns: int) -> None:
    thread = steered_wall(seed, columns, 3).thread
    assert (thread[0][1], thread[-1][:2]) == (1, (columns - 1, 1))


def test_a_wall_has_four_moves_in_the_path_of_two_tiles() -> None:
    assert wall_path(Wall(2, 1, ((False, True),))).lower().count("m") == 4


def test_a_wall_without_a_thread_draws_none() -> None:
    assert thread_path(Wall(1, 1, ((False,),))) == ""


@pytest.mark.parametrize("number", range(1, 5))
def test_the_four_guiding_questions_have_a_thread(number: int) -> None:
    path = thread_path(wandering_wall(f"sign {number}", 3, 3))
    assert re.fullmatch(r"M\d+ \d+(a1 1 0 0 [01] -?1 -?1)+", path)


def test_the_emblems_of_the_four_guiding_questions_differ() -> None:
    assert len({thread_path(wandering_wall(f"sign {number}", 3, 3)) for number in range(1, 5)}) == 4


SIGN_ONE = "M0 1a1 1 0 0 1 1 1a1 1 0 0 0 1 1a1 1 0 0 0 1 -1a1 1 0 0 1 1 -1a1 1 0 0 1 1 1a1 1 0 0 0 1 1"
