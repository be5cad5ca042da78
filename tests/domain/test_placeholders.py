"""Placeholders in plain braces."""

from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.placeholders import (
    END_ISOLATE,
    FIRST_ISOLATE,
    LATIN_ISOLATE,
    filled,
    filled_plain,
    missing_in,
    names_in,
    paragraphs_of,
    unknown_in,
)

VALUE = "☃"
"""Stands in no text that is tried."""
TEXTS = st.text(st.sampled_from("ab {}\n\\_*é"), max_size=60)


def test_whatever_stands_in_braces_is_a_placeholder_once() -> None:
    assert names_in("{link} {name} {link}, {na me}, {} and { or }") == ["link", "name", "na me", " or "]


def test_a_misspelt_one_is_found_and_a_missing_one_is_named() -> None:
    assert unknown_in("{Link} {name}", ("link", "name")) == ["Link"]
    assert missing_in("{Link} {name}", ("link",)) == ["link"]


def test_a_value_is_never_filled_itself() -> None:
    assert filled("{name}", {"name": "{link}", "link": "x"}.get) == "{link}"


def test_values_are_set_apart_in_a_text_from_right_to_left_but_for_the_link() -> None:
    values = {"name": "Awa", "site_name": "#S", "link": "https://example.org", "device": ""}
    written = filled_plain("{name} {site_name} {link} {device}", values, isolated=True)
    assert written == f"{FIRST_ISOLATE}Awa{END_ISOLATE} {LATIN_ISOLATE}#S{END_ISOLATE} https://example.org "


def test_a_paragraph_about_nothing_is_left_out_unless_it_is_needed() -> None:
    text = "Hello {name}.\n\nFrom {device}: {link}\n\nBye."
    assert paragraphs_of(text, {"name": "", "device": "", "link": "x"}, ("link",)) == [
        "From {device}: {link}",
        "Bye.",
    ]


@given(TEXTS)
def test_what_is_left_in_braces_once_a_text_is_filled_holds_a_value(text: str) -> None:
    """Braces around a placeholder come to stand around its value: values are never filled themselves."""
    names = names_in(text)
    assert unknown_in(text, names) == []
    left = names_in(filled(text, dict.fromkeys(names, VALUE).get))
    assert [name for name in left if VALUE not in name] == []


@given(TEXTS)
def test_filling_in_nothing_changes_nothing(text: str) -> None:
    assert filled(text, {}.get) == text
