"""What a request's values are cleaned of before a view sees them."""

import pytest
from flask import Flask, request

from roadmap.web.requests import LARGEST, whole_number
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
