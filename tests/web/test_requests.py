"""What a request's values are cleaned of before a view sees them."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask, Request, request
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.exceptions import ClientDisconnected

from roadmap.web.requests import FORM, LARGEST, SMALL, CleanRequest, WithoutNul, whole_number
from tests.browsing import Browser
from tests.factories import an_edition


def test_no_text_of_a_form_or_a_query_holds_nul(app: Flask) -> None:
    with app.test_request_context("/?q=a%00b", method="POST", data={"title": "c\0d", "e\0f": "g"}):
        assert dict(request.args) == {"q": "ab"}
        assert dict(request.form) == {"title": "cd", "ef": "g"}


def test_a_name_given_twice_keeps_both_values(app: Flask) -> None:
    with app.test_request_context("/?q=a&q=b"):
        assert request.args.getlist("q") == ["a", "b"]


@pytest.mark.parametrize("address", ["/en/2026/proposals/%00", "/en/2026/proposals/2147483648/history"])
def test_an_address_that_no_column_could_hold_is_not_found(
    app: Flask, browser: Browser, address: str
) -> None:
    an_edition()
    assert browser.get(address).status_code == 404


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("7", 7), (str(LARGEST), LARGEST), (str(LARGEST + 1), 0), ("-1", 0), ("٣", 0), ("1e3", 0), ("", 0),
        (None, 0),
    ],
)  # fmt: skip
def test_a_number_is_read_as_typed_or_is_none(typed: str | None, number: int) -> None:
    assert whole_number(typed) == number


class AsWerkzeugReads(Request):
    """Without our shorter way for small forms."""

    parameter_storage_class = WithoutNul


def posted(body: bytes, kind: str = FORM, **more: Any) -> dict[str, Any]:
    length = str(len(body))
    return {
        "REQUEST_METHOD": "POST", "CONTENT_TYPE": kind, "CONTENT_LENGTH": length, "wsgi.input": BytesIO(body),
        **more,
    }  # fmt: skip


PIECES = [
    b"a",
    b"=",
    b"&",
    b"+",
    b"%",
    b"%41",
    b"%C3%A9",
    b"%ff",
    b"%00",
    b";",
    b"choice=agree",
    b"\xff",
    "é".encode(),
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join))
def test_a_small_form_is_read_as_werkzeug_reads_it(body: bytes) -> None:
    ours, theirs = CleanRequest(posted(body)), AsWerkzeugReads(posted(body))
    assert list(ours.form.items(multi=True)) == list(theirs.form.items(multi=True))
    assert (list(ours.files), ours.stream.read()) == ([], b"")


def test_werkzeug_still_reads_forms_by_the_method_that_is_shortened() -> None:
    """If it is renamed, small forms are read the long way again, and nobody would notice."""
    assert "_load_form_data" in vars(CleanRequest)
    assert callable(Request._load_form_data)
    read = CleanRequest(posted(b"a=b"))
    assert "form" not in vars(read)
    assert (read.form["a"], vars(read)["stream"].getvalue()) == ("b", b"")


@pytest.mark.parametrize("length", ["", "-1", "1_0", "x", "٣"])
def test_a_length_that_is_none_is_left_to_werkzeug(length: str) -> None:
    ours = CleanRequest(posted(b"a=b", CONTENT_LENGTH=length))
    theirs = AsWerkzeugReads(posted(b"a=b", CONTENT_LENGTH=length))
    assert dict(ours.form) == dict(theirs.form)


def test_a_form_that_breaks_off_is_refused() -> None:
    with pytest.raises(ClientDisconnected):
        _ = CleanRequest(posted(b"a=b", CONTENT_LENGTH="9")).form


def test_a_large_form_and_one_of_another_kind_are_read_too() -> None:
    assert len(CleanRequest(posted(b"a=" + b"b" * SMALL)).form["a"]) == SMALL
    assert CleanRequest(posted(b"a=b", f"{FORM}; charset=utf-8")).form["a"] == "b"
