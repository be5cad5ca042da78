"""Lists of addresses as people paste and save them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.accounts.address_lists import read_list, text_of
from roadmap.core.errors import Invalid

ADDRESSES = ["awa@example.org", "bo@example.net", "cy+x@example.com"]


def found(text: str) -> list[str]:
    return [entry.address.email for entry in read_list(text) if entry.address]


@given(st.lists(st.sampled_from(["\n", ", ", ";", "\t", "\r\n", " ; "]), min_size=2, max_size=2))
def test_the_same_addresses_are_read_whatever_parts_them(signs: list[str]) -> None:
    text = ADDRESSES[0] + signs[0] + ADDRESSES[1] + "\n" + ADDRESSES[2]
    assert found(text) == ADDRESSES
    assert found(signs[1].join(ADDRESSES)) == ADDRESSES


@pytest.mark.parametrize(
    "line",
    [
        "Awa Ba <awa@example.org>",
        '"Ba, Awa" <awa@example.org>',
        '"awa@example.org"',
        "Awa;awa@example.org;Dakar",
        "  awa@example.org  ",
    ],
)
def test_an_address_is_found_in_what_stands_around_it(line: str) -> None:
    assert found(line) == ["awa@example.org"]


def test_a_heading_is_no_entry() -> None:
    assert [entry.typed for entry in read_list("name,mail\nAwa,awa@example.org")] == ["awa@example.org"]


def test_a_line_without_an_address_is_told_with_its_number() -> None:
    entries = read_list("awa@example.org\nnobody here\nbo@example.net")
    assert [(entry.line, entry.typed) for entry in entries if entry.address is None] == [(2, "nobody here")]


@pytest.mark.parametrize("text", ["", " \n ", "\n\n"])
def test_an_empty_list_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_list(text)


def test_more_than_two_hundred_are_refused_with_the_number() -> None:
    with pytest.raises(Invalid) as problem:
        read_list("\n".join(f"p{number}@example.org" for number in range(201)))
    assert "201" in problem.value.errors["addresses"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_files_are_read_in_the_usual_encodings(encoding: str) -> None:
    assert text_of("José,jose@example.org".encode(encoding)) == "José,jose@example.org"


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(Invalid):
        text_of(b"PK\x03\x04\x00\x00")
