"""What stands in single cells of an exported discussion: texts, moments, addresses, figures."""

import re
from collections.abc import Sequence
from datetime import datetime

from roadmap.domain.texts import clean_line
from roadmap.imports.markup import as_line, as_markdown, from_html
from roadmap.imports.tables import Row, Table, shown

LONGEST_TITLE = 500
LONGEST_TEXT = 100_000
LONGEST_ADDRESS = 2_000
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
_UTC = re.compile(r" ?UTC\Z")
_OFFSET = re.compile(r" (?=[+-][0-9]{2}:?[0-9]{2}\Z)")
_TIME = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
_MOMENT = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?:[T ]{_TIME}(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?)?\Z")


def title_in(row: Row, place: int, name: str) -> str:
    """A title on one line; raises BrokenFile for one that is absurdly long."""
    return clean_line(as_line(_of_length(row, place, name, LONGEST_TITLE)))


def text_in(row: Row, place: int, name: str, *, html: bool = False) -> str:
    """A text as Markdown, whether it is plain or HTML; raises BrokenFile for one that is absurdly long."""
    text = _of_length(row, place, name, LONGEST_TEXT)
    return from_html(text) if html else as_markdown(text)


def _of_length(row: Row, place: int, name: str, most: int) -> str:
    text = row.cells[place]
    if len(text) > most:
        raise row.broken(f"“{name}” has {len(text)} characters; {most} are the most.")
    return text


def moment_in(row: Row, places: Sequence[int], name: str) -> datetime:
    """A moment in one cell, or a day and a time in two; without a zone where the file tells none.

    Raises BrokenFile.
    """
    text = " ".join(row.cells[place].strip() for place in places).strip()
    written = _OFFSET.sub("", _UTC.sub("+00:00", text))
    try:
        if not _MOMENT.match(written):
            raise ValueError
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise row.broken(f"“{name}” should be a date such as 2019-02-28, not “{shown(text)}”.") from None
    if not EARLIEST_YEAR <= moment.year < LATEST_YEAR:
        raise row.broken(f"“{name}” should be a date after {EARLIEST_YEAR}, not “{shown(text)}”.")
    return moment


def address_in(row: Row, place: int | None) -> str:
    """A web address; empty where the cell holds anything else."""
    text = clean_line(row.cells[place]) if place is not None else ""
    good = text.startswith(("https://", "http://")) and " " not in text and len(text) <= LONGEST_ADDRESS
    return text if good else ""


def count_in(row: Row, table: Table, name: str) -> int | None:
    """A figure of 0 or more; None where the column is missing or the cell empty. Raises BrokenFile."""
    place = table.find(name)
    return None if place is None or not row.cells[place].strip() else row.natural(place, name)


def reference_in(row: Row, place: int, name: str) -> int | None:
    """The number of another row, None where there is none. Raises BrokenFile."""
    return row.natural(place, name) if row.cells[place].strip() else None


def alignment_in(row: Row, place: int | None, name: str) -> int:
    """1, 0 or -1; 0 where the cell is empty. Raises BrokenFile."""
    if place is None or not row.cells[place].strip():
        return 0
    value = row.whole(place, name)
    if value not in (-1, 0, 1):
        raise row.broken(f"“{name}” should be 1, 0 or -1, not “{value}”.")
    return value


def not_taken(table: Table, taken: Sequence[str]) -> list[str]:
    """What is to be told of the columns that nothing was taken from, and that hold anything at all."""
    full = [
        name
        for place, name in enumerate(table.columns)
        if name and name not in taken and any(row.cells[place].strip() for row in table.rows)
    ]
    return [f"{table.file}: not taken: {', '.join(map(shown, full))}."] if full else []
