"""Word differences between revisions."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.textdiff import Kind, Token, differences
from roadmap.domain.texts import line_feeds

SAME, REMOVED, ADDED = Kind.SAME, Kind.REMOVED, Kind.ADDED
TEXTS = st.text(st.sampled_from("ab é.\n\r\u0650كت")) | st.text(max_size=60)


def side(tokens: tuple[Token, ...], other: Kind) -> str:
    """All that was there before (`other` removed) or is there after (`other` added)."""
    return "".join(token.text for token in tokens if token.kind in (SAME, other))


def test_two_changed_words_are_one_change_whatever_the_line_ends() -> None:
    """C43."""
    before = "We ask for a seat.\n\nThe seat is open to all groups.\nIt lasts one year.\n\nNobody is paid.\n"
    after = before.replace("one year", "two years").replace("\n", "\r\n")
    assert differences(before, after) == (
        Token(SAME, "We ask for a seat.\n\nThe seat is open to all groups.\nIt lasts "),
        Token(REMOVED, "one year"),
        Token(ADDED, "two years"),
        Token(SAME, ".\n\nNobody is paid.\n"),
    )


def test_other_line_ends_alone_are_no_difference() -> None:
    """C43."""
    assert differences("one\ntwo\n", "one\r\ntwo\r\n") == (Token(SAME, "one\ntwo\n"),)


def test_two_empty_texts_have_no_differences() -> None:
    assert differences("", "") == ()


def test_a_text_from_nothing_is_all_added() -> None:
    assert differences("", "A seat.") == (Token(ADDED, "A seat."),)


def test_a_text_to_nothing_is_all_removed() -> None:
    assert differences("A seat.", "") == (Token(REMOVED, "A seat."),)


def test_a_new_paragraph_is_added_whole() -> None:
    assert differences("One.\n\nThree.\n", "One.\n\nTwo.\n\nThree.\n") == (
        Token(SAME, "One.\n\n"),
        Token(ADDED, "Two.\n\n"),
        Token(SAME, "Three.\n"),
    )


def test_a_word_put_in_stands_alone() -> None:
    assert differences("A seat for all.", "A free seat for all.") == (
        Token(SAME, "A "),
        Token(ADDED, "free "),
        Token(SAME, "seat for all."),
    )


def test_arabic_words_are_compared_whole_with_their_short_vowels() -> None:
    assert differences("هذا كِتَاب جديد", "هذا كِتَابٌ جديد") == (
        Token(SAME, "هذا "),
        Token(REMOVED, "كِتَاب"),
        Token(ADDED, "كِتَابٌ"),
        Token(SAME, " جديد"),
    )


def test_the_parts_of_an_emoji_are_not_torn_apart() -> None:
    family, couple = "👩‍👩‍👧", "👩‍👩‍👦"
    assert differences(f"for {family} now", f"for {couple} now") == (
        Token(SAME, "for "),
        Token(REMOVED, family),
        Token(ADDED, couple),
        Token(SAME, " now"),
    )


def test_a_line_with_hardly_a_word_in_common_is_shown_as_replaced() -> None:
    before, after = "We demand a permanent seat.", "Nobody should ever pay a visa fee again."
    assert differences(before, after) == (Token(REMOVED, before), Token(ADDED, after))


@pytest.mark.parametrize("size", [5_000, 40_000])
@pytest.mark.parametrize("piece", ["a ", "a\n", "a.", "solidarity between peoples\n", "x"])
def test_long_texts_give_both_sides_back(size: int, piece: str) -> None:
    before = (piece * size)[:size]
    after = (f"{piece}b {piece}" * size)[:size]
    tokens = differences(before, after)
    assert (side(tokens, REMOVED), side(tokens, ADDED)) == (before, after)


@given(TEXTS, TEXTS)
def test_same_and_removed_are_the_text_before(before: str, after: str) -> None:
    assert side(differences(before, after), REMOVED) == line_feeds(before)


@given(TEXTS, TEXTS)
def test_same_and_added_are_the_text_after(before: str, after: str) -> None:
    assert side(differences(before, after), ADDED) == line_feeds(after)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert {token.kind for token in differences(text, text)} <= {SAME}


@given(TEXTS, TEXTS)
def test_neighbours_differ_in_kind_and_none_is_empty(before: str, after: str) -> None:
    tokens = differences(before, after)
    repeated = [one for one, other in pairwise(tokens) if one.kind == other.kind]
    assert (repeated, [token for token in tokens if not token.text]) == ([], [])
