"""Titles to address parts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.slugs import LONGEST, address_part, slug

SHAPE = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?")


@pytest.mark.parametrize(
    ("number", "title", "part"),
    [
        (1, "التضامن الدولي اليوم", "1-altdamn-aldwly-alywm"),
        (2, "🌍🤝", "2"),
        (3, "L’égalité, c’est maintenant !", "3-l-egalite-c-est-maintenant"),
        (4, "???", "4"),
        (5, "new", "5-new"),
        (6, "2026", "6-2026"),
        (7, "edit", "7-edit"),
        (8, "١٢٣", "8-123"),
    ],
)
def test_titles_that_make_no_slug_or_look_like_an_action(number: int, title: str, part: str) -> None:
    """C18."""
    assert address_part(number, title) == part


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Mutual aid seat", "mutual-aid-seat"),
        ("Don't wait: it’s now", "dont-wait-its-now"),
        ("São três ideias, à mão", "sao-tres-ideias-a-mao"),
        ("¿Qué podría ser? ¡Niñez!", "que-podria-ser-ninez"),
        ("Œuvre du cœur, Straße", "oeuvre-du-coeur-strasse"),
        ("İstanbul", "istanbul"),
        ("R&D — 50 %", "r-d-50"),
        ("أهداف إعلان آفاق", "ahdaf-aalan-afaq"),
        ("التـــضامن", "altdamn"),
        ("-- a --- b --", "a-b"),
        ("", ""),
        ("Солидарность", ""),
    ],
)
def test_accents_are_folded_and_arabic_is_spelled_in_latin_letters(title: str, words: str) -> None:
    assert slug(title) == words


def test_the_same_word_with_and_without_short_vowels_has_one_address() -> None:
    assert slug("كِتَاب") == slug("كتاب")


def test_composed_and_decomposed_letters_have_one_address() -> None:
    assert slug("e\N{COMBINING ACUTE ACCENT}galite\N{COMBINING ACUTE ACCENT}") == slug("égalité")


def test_a_long_title_is_cut_at_a_word() -> None:
    assert slug("solidarity " * 6) == "solidarity-solidarity-solidarity-solidarity-solidarity"


def test_a_title_that_just_fits_is_not_cut() -> None:
    title = "a" * 29 + " " + "b" * 30
    assert slug(title + " c") == title.replace(" ", "-")


def test_one_endless_word_is_cut_inside() -> None:
    """C27."""
    assert slug("x" * 200) == "x" * LONGEST


@given(st.text())
def test_every_slug_can_stand_in_an_address(title: str) -> None:
    words = slug(title)
    assert (len(words) <= LONGEST, SHAPE.fullmatch(words) is not None) == (True, True)


@given(st.text())
def test_the_slug_of_a_slug_is_itself(title: str) -> None:
    assert slug(slug(title)) == slug(title)


@given(st.integers(1), st.text())
def test_the_number_can_be_read_back(number: int, title: str) -> None:
    assert int(address_part(number, title).partition("-")[0]) == number
