"""Cells of tables that people open in spreadsheet programs."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

MARK = "\ufeff"
"""Tells spreadsheet programs that the file is UTF-8; exactly once, before the first name."""
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
CONTROL = ("\t", "\r", "\n")
BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
"""White space of every script, and what is shown as nothing."""


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet program would compute it."""
    blank = BLANK.match(text)
    bare = text[blank.end() :] if blank else text
    return f"'{text}" if bare.startswith(FORMULA) or text.startswith(CONTROL) else text


def cell(value: Any) -> str:
    """A value as a cell: numbers are bare, texts that a program could take for a formula are not."""
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else str(value)


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A table as a file: UTF-8 with its mark, RFC 4180."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return (MARK + out.getvalue()).encode()
