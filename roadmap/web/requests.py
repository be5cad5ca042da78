"""Requests as the database can hold them: without NUL in texts, and with numbers that fit a column."""

from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask, Request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import ClientDisconnected, NotFound
from werkzeug.routing import IntegerConverter, Map

NUL = "\0"
FORM = "application/x-www-form-urlencoded"
SMALL = 4_096
"""Up to so many bytes a form is small."""

LARGEST = 2**31 - 1
"""The largest number that a column of numbers holds."""


def whole_number(text: str | None) -> int:
    """The number from 0 as it is typed in a form or a query; 0 for anything else and for what fits no column."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > len(str(LARGEST)):
        return 0
    return int(text) if int(text) <= LARGEST else 0


class NumberInAddress(IntegerConverter):
    """A number in an address: plain digits; a larger one than any column holds is no address of ours."""

    regex = "[0-9]{1,15}"

    def __init__(self, map: Map, *args: Any, **kwargs: Any) -> None:
        super().__init__(map, *args, **{**kwargs, "max": LARGEST})


class WithoutNul(ImmutableMultiDict[str, str]):
    """Names and values of a query or form, as typed but for NUL."""

    def __init__(self, values: Any = None) -> None:
        super().__init__(values)
        pairs = list(self.items(multi=True))
        if any(NUL in name or NUL in value for name, value in pairs if isinstance(value, str)):
            dict.clear(self)  # it is not known to anybody yet
            super().__init__([(name.replace(NUL, ""), _without(value)) for name, value in pairs])


class CleanRequest(Request):
    """A request as the views see it. A small form, such as a ballot's, is read at one stroke."""

    parameter_storage_class = WithoutNul

    def _load_form_data(self) -> None:
        """Werkzeug reads forms by this method; what it makes of a small one is made here of the same bytes."""
        length = self.environ.get("CONTENT_LENGTH") or ""
        small = length.isascii() and length.isdigit() and int(length) <= SMALL
        if "form" in self.__dict__ or not small or self.environ.get("CONTENT_TYPE") != FORM:
            super()._load_form_data()
            return
        raw = self.environ["wsgi.input"].read(int(length))
        if len(raw) < int(length):
            raise ClientDisconnected
        try:
            pairs = parse_qsl(raw.decode(), keep_blank_values=True, errors="werkzeug.url_quote")
        except ValueError:
            pairs = []  # as for any form that cannot be read
        read = {"stream": BytesIO(), "form": WithoutNul(pairs), "files": WithoutNul()}
        self.__dict__.update(read)


def _without(value: Any) -> Any:
    return value.replace(NUL, "") if isinstance(value, str) else value


def init_app(app: Flask) -> None:
    """Take NUL out of queries and forms; no address holds one, nor a number beyond all columns."""
    app.request_class = CleanRequest
    app.url_map.converters["int"] = NumberInAddress

    @app.url_value_preprocessor
    def _refuse(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if any(isinstance(value, str) and NUL in value for value in (values or {}).values()):
            raise NotFound
