"""Which languages somebody reads: a choice, what it leaves out, and how a browser keeps it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.reading import MOST, as_text, base, chosen, from_text, is_read, offered

codes = st.sampled_from(["ar", "bg", "en", "es", "fr", "pt"])
choices = st.sets(codes).map(lambda found: tuple(sorted(found)))


@given(codes)
def test_as_long_as_nothing_was_said_everything_is_read(language: str) -> None:
    assert is_read(language, ())


@pytest.mark.parametrize(
    ("language", "read"), [("pt", True), ("pt-BR", True), ("pt_BR", True), ("es", False), ("PT", True)]
)
def test_a_language_is_read_in_all_its_regions(language: str, read: bool) -> None:
    assert is_read(language, ("ar", "pt")) is read


def test_on_offer_is_what_an_edition_speaks_and_what_is_written_there() -> None:
    assert offered(["fr", "en"], ["pt-BR", "bg", "fr"], ["en", "fr", "pt"]) == ("en", "fr", "pt", "bg")


@given(choices, choices, choices)
def test_what_is_chosen_is_what_was_ticked_and_what_was_not_on_offer(
    ticked: tuple[str, ...], on_offer: tuple[str, ...], before: tuple[str, ...]
) -> None:
    found = chosen(ticked, on_offer, before)
    wanted = set(ticked) & set(on_offer)
    assert set(found) == (wanted | (set(before) - set(on_offer)) if wanted else set())
    assert list(found) == sorted(found)


@given(choices)
def test_a_browser_brings_back_what_it_was_given(choice: tuple[str, ...]) -> None:
    assert from_text(as_text(choice)) == choice


@given(st.text())
def test_whatever_a_browser_sends_is_a_choice(text: str) -> None:
    found = from_text(text)
    assert len(found) <= MOST
    assert all(base(code) == code and code.isascii() for code in found)


def test_what_is_no_language_is_left_out() -> None:
    assert from_text("fr.<script>.AR.en.en.x" + ".aa" * 50) == ("aa", "en", "fr")
