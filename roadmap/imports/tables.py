"""Reading tables from files that other programs wrote, whole or not at all.

Every fault is raised as BrokenFile with the file, the line and the reason, before anything is stored.
"""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from roadmap.core.errors import Invalid

MOST_BYTES = 200_000_000
LONGEST_CELL = 1_000_000
SEPARATORS = (",", ";", "\t")
WHOLE = re.compile(r"-?[0-9]{1,18}\Z")


class BrokenFile(Invalid):
    """A file cannot be read; the message names the file, the line where there is one, and the reason."""

    def __init__(self, file: str, reason: str, line: int | None = None) -> None:
        place = file if line is None else f"{file}, line {line}"
        super().__init__(f"{place}: {reason}")


@dataclass(frozen=True)
class Row:
    """One row of a table: the line it begins on, and its cells."""

    file: str
    line: int
    cells: list[str]

    def whole(self, place: int, name: str) -> int:
        """The whole number in a cell; raises BrokenFile."""
        text = self.cells[place].strip()
        if not WHOLE.match(text):
            raise self.broken(f"“{name}” should be a whole number, not “{shown(text)}”.")
        return int(text)

    def natural(self, place: int, name: str) -> int:
        """The whole number of 0 or more in a cell; raises BrokenFile."""
        value = self.whole(place, name)
        if value < 0:
            raise self.broken(f"“{name}” should not be below 0, but is {value}.")
        return value

    def broken(self, reason: str) -> BrokenFile:
        """The fault of this row."""
        return BrokenFile(self.file, reason, self.line)


@dataclass(frozen=True)
class Table:
    """A table with a heading. Column names are in small letters, with hyphens."""

    file: str
    columns: list[str]
    rows: list[Row]

    def place(self, name: str) -> int:
        """Where a column stands; raises BrokenFile where it is missing."""
        if name not in self.columns:
            raise BrokenFile(self.file, f"the column “{name}” is missing.", 1)
        return self.columns.index(name)

    def find(self, name: str) -> int | None:
        """Where a column stands, None where there is none."""
        return self.columns.index(name) if name in self.columns else None


def shown(text: str) -> str:
    """A foreign cell inside a message: short, on one line."""
    return "".join(character if character.isprintable() else "�" for character in text[:40])


def present(folder: Path, name: str) -> Path:
    """The file of that name in the folder; raises BrokenFile."""
    if not folder.is_dir():
        raise BrokenFile(folder.name or str(folder), "there is no such folder.")
    path = folder / name
    if not path.is_file():
        raise BrokenFile(name, f"is missing in {folder.name}.")
    return path


def content_of(path: Path) -> bytes:
    """The bytes of a file, unpacked where it is packed by gzip; raises BrokenFile."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise BrokenFile(path.name, "the packed file is cut off or damaged.") from None
    except OSError as error:
        raise BrokenFile(path.name, f"cannot be read: {error.strerror or error}.") from None
    if len(content) > MOST_BYTES:
        raise BrokenFile(path.name, f"is longer than {MOST_BYTES // 1_000_000} MB.")
    return content


def read_table(file: str, content: bytes, needed: Sequence[str]) -> Table:
    """The table in a file; raises BrokenFile. `needed` names columns that tell the separators apart."""
    text = _decoded(file, content)
    lines = text.split("\n", 1)
    if not text.strip():
        raise BrokenFile(file, "is empty.")
    separator = _separator(file, lines[0], needed)
    rows = _rows(file, text, separator)
    heading = next(rows, None)
    if heading is None:
        raise BrokenFile(file, "is empty.")
    columns = [_named(cell) for cell in heading.cells]
    table = Table(file, columns, list(_even(rows, len(columns))))
    doubled = next((name for name in columns if name and columns.count(name) > 1), None)
    if doubled is not None:
        raise BrokenFile(file, f"the column “{shown(doubled)}” stands there twice.", 1)
    for name in needed:
        table.place(name)
    return table


def _decoded(file: str, content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BrokenFile(file, "is written in UTF-16; save it as UTF-8.", 1)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        raise BrokenFile(
            file, f"is not written in UTF-8 (byte {byte:02X}); save it as UTF-8.", line
        ) from None


def _separator(file: str, heading: str, needed: Sequence[str]) -> str:
    """The separator under which most of the needed columns are found."""
    found = {
        separator: sum(
            name in needed for name in map(_named, next(csv.reader([heading], delimiter=separator)))
        )
        for separator in SEPARATORS
    }
    best = max(SEPARATORS, key=lambda separator: (found[separator], heading.count(separator)))
    if not found[best] and heading.count(best) == 0:
        raise BrokenFile(
            file, "the columns could not be told apart; save it with commas or semicolons between them.", 1
        )
    return best


def _named(cell: str) -> str:
    return cell.strip().lower().replace("_", "-")


def _rows(file: str, text: str, separator: str) -> Iterator[Row]:
    """The rows that hold anything, each with the line on which it begins."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            if cells and any(cell.strip() for cell in cells):
                yield Row(file, line, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        reason = str(error)
        if "unexpected end of data" in reason:
            reason = "a quotation mark is never closed: the file seems to be cut off"
        raise BrokenFile(file, f"{reason}.", line) from None


def _even(rows: Iterator[Row], width: int) -> Iterator[Row]:
    """The rows, each of which must have as many cells as the heading."""
    for row in rows:
        if len(row.cells) != width:
            seems = "; the file seems to be cut off" if len(row.cells) < width else ""
            raise row.broken(f"has {len(row.cells)} cells where the heading has {width}{seems}.")
        yield row
