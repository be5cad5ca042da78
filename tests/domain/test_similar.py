"""Groups of what says the same thing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.similar import Pair, copied_by, groups, least_of, likely, said, words_of

PAIRS = st.lists(
    st.builds(
        lambda a, step, likeness: Pair(a, a + step, likeness / 1000),
        st.integers(1, 15),
        st.integers(1, 8),
        st.integers(600, 1000),
    ),
    max_size=40,
    unique_by=lambda pair: (pair.a, pair.b),
)


@given(PAIRS)
def test_nothing_is_in_two_groups(pairs: list[Pair]) -> None:
    members = [key for group in groups(pairs) for key in group.members]
    assert sorted(members) == sorted(set(members))


@given(PAIRS, st.randoms())
def test_the_order_of_the_pairs_does_not_matter(pairs: list[Pair], chance: st.DataObject) -> None:
    shuffled = list(pairs)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert groups(shuffled) == groups(pairs)


@given(PAIRS)
def test_groups_come_strongest_first_and_name_their_pairs_so(pairs: list[Pair]) -> None:
    found = groups(pairs)
    strengths = [group.strongest for group in found]
    assert strengths == sorted(strengths, reverse=True)
    assert all(
        [pair.likeness for pair in group.pairs]
        == sorted((pair.likeness for pair in group.pairs), reverse=True)
        for group in found
    )


@given(PAIRS)
def test_every_pair_is_in_a_group_or_touches_one(pairs: list[Pair]) -> None:
    """So that deciding group after group brings each pair before a facilitator in the end."""
    grouped = {key for group in groups(pairs) for key in group.members}
    assert [pair for pair in pairs if pair.a not in grouped and pair.b not in grouped] == []


@given(PAIRS, st.integers(2, 6))
def test_no_group_is_larger_than_can_be_read(pairs: list[Pair], most: int) -> None:
    assert [group for group in groups(pairs, most=most) if not 2 <= len(group.members) <= most] == []


@given(PAIRS)
def test_deciding_every_pair_of_the_first_group_leaves_the_others_to_come(pairs: list[Pair]) -> None:
    left, rounds = list(pairs), 0
    while left:
        decided = set(groups(left)[0].pairs)
        left = [pair for pair in left if pair not in decided]
        rounds += 1
    assert rounds <= len(pairs)


def test_three_that_are_all_alike_are_one_group() -> None:
    found = groups([Pair(1, 2, 0.9), Pair(2, 3, 0.8), Pair(1, 3, 0.7)])
    assert [group.members for group in found] == [(1, 2, 3)]


def test_a_chain_of_neighbours_is_not_one_thing() -> None:
    found = groups([Pair(1, 2, 0.9), Pair(2, 3, 0.89), Pair(3, 4, 0.88), Pair(4, 5, 0.87)])
    assert [group.members for group in found] == [(1, 2, 3), (4, 5)]


def test_a_pair_names_its_smaller_key_first() -> None:
    with pytest.raises(ValueError, match="smaller key first"):
        Pair(2, 1, 0.9)


def test_words_are_compared_without_accents_case_and_punctuation() -> None:
    assert words_of("Créer, DÈS demain, une caisse !") == ("creer", "des", "demain", "une", "caisse")


def test_arabic_words_are_compared_without_vowel_marks_and_stretching() -> None:
    assert words_of("صُنـــدوق") == words_of("صندوق")


def test_a_proposal_says_its_title() -> None:
    assert said("Open the depots", "Because it rains.") == "Open the depots"


def test_a_proposal_whose_title_is_its_first_words_says_its_text() -> None:
    assert said("Open the depots…", "Open the depots at night too.") == "Open the depots at night too."


def test_a_copied_text_is_known_whatever_its_punctuation() -> None:
    text = "Neighbours know first what is needed, and they are the last to be asked."
    assert copied_by(text) == copied_by(text.upper().replace(",", " –"))


def test_a_short_text_is_no_sign_of_copying() -> None:
    assert copied_by("I agree.") == ""


def test_two_languages_count_from_a_lower_likeness() -> None:
    least = least_of(["en", "pt-BR"], ["en", "pt"], same=0.78, across=0.62)
    assert least.ravel().tolist() == pytest.approx([0.78, 0.62, 0.62, 0.78])


def test_a_likeness_is_rounded_before_it_is_compared() -> None:
    """Sums differ from machine to machine in the seventh place; which pairs are likely must not."""
    least = np.array([[0.78]], np.float32)
    found = [list(likely(np.array([[value]], np.float32), least)) for value in (0.7799999, 0.7800001)]
    assert found[0] == found[1] == [(0, 0, 0.78)]


def test_only_the_strongest_of_many_are_kept() -> None:
    row = np.array([[0.7, 0.9, 0.8]], np.float32)
    found = list(likely(row, np.full((1, 3), 0.6, np.float32), most_each=2))
    assert [(column, value) for _row, column, value in found] == [(1, 0.9), (2, 0.8)]
