"""Which accounts were erased, kept beside the database: a backup that is put in its place does not know of them.

A line holds when it was, the number of the account and whether its words went too; nothing that names a person.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from os import O_APPEND, O_CREAT, O_WRONLY, close, fsync, write
from os import open as open_file
from pathlib import Path

FILE = "erased-accounts.txt"
WORDS, NAME = "with-words", "name-only"
_folder: list[Path] = []


@dataclass(frozen=True)
class Erasure:
    """An account that its owner had erased; `texts`: together with what they wrote."""

    moment: datetime
    account_id: int
    texts: bool


def set_up(folder: Path) -> None:
    """Keep the file in this folder."""
    _folder[:] = [folder]


def note(erasure: Erasure) -> None:
    """Add a line to the file, which is its owner's alone, and see that it reaches the disk."""
    line = f"{erasure.moment.isoformat()} {erasure.account_id} {WORDS if erasure.texts else NAME}\n"
    _folder[0].mkdir(parents=True, exist_ok=True)
    file = open_file(_folder[0] / FILE, O_WRONLY | O_APPEND | O_CREAT, 0o600)
    try:
        write(file, line.encode())
        fsync(file)
    finally:
        close(file)


def noted() -> list[Erasure]:
    """What the file tells, oldest first; a line that was cut off is left out."""
    path = _folder[0] / FILE
    return list(_read(path.read_text("ascii", errors="replace"))) if path.exists() else []


def _read(text: str) -> Iterator[Erasure]:
    for line in text.splitlines():
        parts = line.split()
        if len(parts) == 3 and parts[1].isdigit() and parts[2] in (WORDS, NAME):
            with suppress(ValueError):
                yield Erasure(datetime.fromisoformat(parts[0]), int(parts[1]), parts[2] == WORDS)
