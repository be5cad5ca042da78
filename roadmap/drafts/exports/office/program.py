"""pandoc, from the extra `office`: a program of its own for each file, with limits and nothing to read.

It is given a tree of our own making, which names no file and no address to fetch. `--sandbox` would be one guard
more, but pandoc then writes 1970 for every date; so it works in an empty folder of its own, knows no home, and the
tree holds no node that reads anything (tests/drafts/test_office_tree.py).
"""

import os
import tempfile
import threading
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from roadmap.core import programs
from roadmap.core.errors import Busy
from roadmap.core.i18n import _

LONGEST = 60.0
"""Seconds that writing may take."""
MOST_MEMORY = "2g"
"""Heap of the program, as its runtime reads it."""
_room = threading.BoundedSemaphore(2)
"""How many files are written at once in this process; the others wait."""


def program() -> Path | None:
    """Where pandoc lies, None without the extra. One that the machine has of its own might write other bytes."""
    found = find_spec("pypandoc")
    if found is None or found.origin is None:
        return None
    path = Path(found.origin).parent / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc")
    return path if path.is_file() else None


def run(tree: str, format: str, *, dated: datetime) -> bytes:
    """The file of a tree (JSON); raises Busy where there is no room, or it takes too long or too much."""
    path = program()
    if path is None:
        raise RuntimeError("pandoc is not installed")
    with tempfile.TemporaryDirectory(prefix="roadmap-") as empty:
        made = programs.run(
            [
                str(path), "+RTS", f"-M{MOST_MEMORY}", "-RTS", "--from=json", f"--to={format}",
                "--standalone", f"--data-dir={empty}", "--output=-",
            ],
            tree.encode(),
            room=_room,
            longest=LONGEST,
            crowded=_("Many files are being made. Try again in a minute, or choose another format."),
            late=_("Making the file took too long. Choose another format."),
            folder=Path(empty),
            environment=_environment(dated),
        )  # fmt: skip
    if made is None:
        raise Busy(_("The file could not be made. Choose another format, and tell the organisers."))
    return made


def _environment(dated: datetime) -> dict[str, str]:
    """What the program knows of the machine: its dates are those of the draft, wherever and whenever it runs."""
    return {"SOURCE_DATE_EPOCH": str(int(dated.timestamp())), "LANG": "C.UTF-8", "TZ": "UTC"}
