"""Reading a pasted or uploaded list of e-mail addresses."""

import csv
import io
import re
from dataclasses import dataclass

from roadmap.accounts.addresses import Address, read_address
from roadmap.core.errors import Invalid
from roadmap.core.i18n import _

MOST = 200
LARGEST_FILE = 200_000
_IN_BRACKETS = re.compile(r"<([^<>]*)>")


@dataclass(frozen=True)
class Entry:
    """One entry of a list, with its line from 1: the address that it holds, None where it holds none."""

    line: int
    typed: str
    address: Address | None


def read_list(text: str) -> list[Entry]:
    """The entries of a list: one a line, or several parted by commas, semicolons or tabs.

    `Name <name@example.org>` and quotation marks are understood; a first line without any address is a heading.
    Raises Invalid for an empty list and for more than 200 entries.
    """
    entries: list[Entry] = []
    for number, line in enumerate(text.splitlines(), 1):
        found = [_entry(number, part) for part in _parts(line)]
        if any(each.address for each in found):
            entries += [each for each in found if each.address or "@" in each.typed]
        elif (found and (entries or "@" in line)) or (found and number > 1):
            entries.append(Entry(number, line.strip()[:200], None))
    if not entries:
        raise Invalid(errors={"addresses": _("Write at least one e-mail address.")})
    if len(entries) > MOST:
        raise Invalid(
            errors={
                "addresses": _(
                    "Invite at most %(max)s people at once; the list has %(n)s.", max=MOST, n=len(entries)
                )
            }
        )
    return entries


def text_of(content: bytes) -> str:
    """An uploaded file as text, without a heading: UTF-8, UTF-16 or Latin-1.

    Raises Invalid for one that is too large or no text.
    """
    if len(content) > LARGEST_FILE:
        raise Invalid(errors={"file": _("This file is too large. Paste the addresses instead.")})
    text = _decoded(content)
    first, _sign, rest = text.partition("\n")
    return text if "@" in first or not rest.strip() else rest


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\0" in content:
        raise Invalid(
            errors={"file": _("This is not a list as text. Save it as CSV, or paste the addresses.")}
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _parts(line: str) -> list[str]:
    bracketed = _IN_BRACKETS.findall(line)
    if bracketed:
        return bracketed
    delimiter = next((sign for sign in ";\t," if sign in line), ",")
    cells = next(csv.reader(io.StringIO(line), delimiter=delimiter), [])
    return [cell.strip().strip("\"'") for cell in cells if cell.strip()]


def _entry(line: int, typed: str) -> Entry:
    typed = typed.strip()[:320]
    try:
        return Entry(line, typed, read_address(typed))
    except Invalid:
        return Entry(line, typed, None)
