"""What a person typed, cleaned and counted."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.texts import clean, clean_line, cut_at_word, identity_key, length, line_feeds, too_long_by

ANY_TEXT = st.text() | st.text(
    st.sampled_from("a \t\n\r\0\x0c\u2028\u202e\u0301\ud800\ufffe\ufeff\u3164\u0345\U0001f1eb")
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("before\x0cafter", "beforeafter"),
        ("one\x0btwo\x01three\ufffefour", "onetwothreefour"),
        ("a\0b\x7fc\x85d", "abcd"),
        ("kept\tand\nkept", "kept\tand\nkept"),
        ("one\r\ntwo\rthree\u2028four\u2029five", "one\ntwo\nthree\nfour\nfive"),
        ("one\r\0\ntwo", "one\ntwo"),
        ("a\u202eb\u202ac\u2066d\u2069e", "abcde"),
        ("\ufeffname", "name"),
        ("a\ud800b\udfffc", "abc"),
        ("\ufdd0a\U0001ffffb\U0010fffe", "ab"),
        ("e\u0301", "é"),
        ("e\u202e\u0301", "é"),
        ("a\u200f\u061cb\u200dc", "a\u200f\u061cb\u200dc"),
    ],
)
def test_what_is_invisible_and_harmful_is_removed(typed: str, stored: str) -> None:
    """C09, E8."""
    assert clean(typed) == stored


@pytest.mark.parametrize(
    "title",
    [
        "1. Open the archives",
        "# Solidarity now",
        "| a | b |",
        "Title \\ with a backslash",
        "R&D &copy; rights",
    ],
)
def test_what_looks_like_markdown_stays_as_it_is(title: str) -> None:
    """C10."""
    assert clean_line(title) == title


def test_a_line_has_single_spaces_and_none_at_its_ends() -> None:
    assert clean_line("  one \t two\r\n\r\nthree\u3000four ") == "one two three four"


def test_the_no_break_space_before_a_french_mark_stays() -> None:
    assert clean_line("maintenant\u00a0! oui\u202f?") == "maintenant\u00a0! oui\u202f?"


def test_a_text_of_280_characters_is_not_too_long_as_a_browser_sends_it() -> None:
    """C28."""
    assert too_long_by("a" * 138 + "\r\n" + "b" * 141, 280) == 0


def test_the_line_break_counts_once() -> None:
    """C28."""
    assert length("a" * 138 + "\r\n" + "b" * 141) == 280


def test_a_text_of_281_characters_is_too_long_by_one() -> None:
    """C28."""
    assert too_long_by("a" * 138 + "\r\n" + "b" * 142, 280) == 1


def test_an_emoji_counts_once() -> None:
    """C28."""
    assert too_long_by("🤝" * 280, 280) == 0


def test_a_letter_and_its_accent_count_once() -> None:
    """C28."""
    assert length("e\u0301" * 10) == 10


@pytest.mark.parametrize(
    ("text", "limit", "shortened"),
    [
        ("short", 120, "short"),
        ("one two three", 7, "one two"),
        ("one two three", 9, "one two"),
        ("one two three", 6, "one"),
        ("one   two", 5, "one"),
        (" endless", 4, " end"),
        ("endless", 3, "end"),
        ("ab" + "👩‍👩‍👧" + "c", 4, "ab"),
        ("🇫🇷🇵🇹🇪🇸", 3, "🇫🇷"),
        ("👍🏽👍🏽", 3, "👍🏽"),
        ("كِتَاب", 3, "كِ"),
        ("كِتَاب", 1, "ك"),
        ("z" + "\u0335" * 10, 4, "z" + "\u0335" * 3),
    ],
)
def test_a_title_is_cut_at_a_word_and_never_inside_a_written_character_if_it_can_be(
    text: str, limit: int, shortened: str
) -> None:
    assert cut_at_word(text, limit) == shortened


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana", "ANA"),
        ("Ana", "A\u200bn\u00ada"),
        ("Ana", " Ana\u00a0"),
        ("Ana Sá", "ana\u3000\u3000sa\u0301"),
        ("Ana", "Ａｎａ"),
        ("Straße", "STRASSE"),
        ("file", "ﬁle"),
        ("Ana", "Ana\u3164\u2800"),
        ("Ana", "An\ufe0fa\U000e0101"),
        ("سلمى", "سل\u200cمى\u200f"),
    ],
)
def test_names_that_look_the_same_have_one_key(one: str, other: str) -> None:
    """Requirement B10."""
    assert identity_key(one) == identity_key(other)


def test_names_that_differ_have_two_keys() -> None:
    assert identity_key("Ana") != identity_key("Anna")


def test_a_name_of_invisible_characters_has_an_empty_key() -> None:
    assert identity_key("\u200b\u2060 \u3164") == ""


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(ANY_TEXT)
def test_a_cleaned_text_can_be_written_to_any_file(text: str) -> None:
    cleaned = clean(text)
    controls = {character for character in cleaned if unicodedata.category(character) in {"Cc", "Cs"}}
    assert (controls <= {"\n", "\t"}, cleaned.encode().decode()) == (True, cleaned)


@given(ANY_TEXT)
def test_a_cleaned_line_is_one_line_and_stays_so(text: str) -> None:
    line = clean_line(text)
    assert (len(line.splitlines()) <= 1, clean_line(line)) == (True, line)


@given(ANY_TEXT, st.integers(0, 50))
def test_a_text_that_is_not_too_long_fits_when_stored(text: str, limit: int) -> None:
    assert (len(clean(text)) <= limit) is (too_long_by(text, limit) == 0)


@given(ANY_TEXT, st.integers(1, 20))
def test_what_is_cut_is_a_beginning_within_the_limit(text: str, limit: int) -> None:
    shortened = cut_at_word(text, limit)
    assert (text.startswith(shortened), len(shortened) <= limit) == (True, True)


@given(ANY_TEXT)
def test_a_key_is_its_own_key(name: str) -> None:
    assert identity_key(identity_key(name)) == identity_key(name)


@given(ANY_TEXT)
def test_line_ends_are_the_same_everywhere_after_one_pass(text: str) -> None:
    assert line_feeds(line_feeds(text)) == line_feeds(text)
