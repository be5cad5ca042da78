"""PDFs by typst: a template of ours, data as JSON, and a process of its own for each document."""

import json
import sys
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

from roadmap.core import programs
from roadmap.core.errors import Busy
from roadmap.core.i18n import _

PROGRAM = Path(__file__).parent / "typesetter.py"
LONGEST = 30.0
"""Seconds that setting may take."""
ACCESSIBLE = ["ua-1"]
PUBLISHER = "#SolidAction"
_room = threading.BoundedSemaphore(2)
"""How many PDFs are set at once in this process; the others wait."""


def typeset(template: Path, data: Any, *, dated: datetime | str) -> tuple[bytes, bool]:
    """The PDF, and whether it holds to PDF/UA-1; the same bytes for the same template, data and date.

    `data` is plain values, or JSON text; the template reads it from `sys.inputs.data`. Where a text keeps the
    standard from being held to, the document is set without it. Raises Busy where setting takes too long.
    """
    written = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    for standards in (ACCESSIBLE, []):
        made = _set(template, written, standards, dated if isinstance(dated, str) else dated.isoformat())
        if made is not None:
            return made, standards == ACCESSIBLE
    raise Busy(_("The PDF could not be made. Choose another format, and tell the organisers."))


def _set(template: Path, data: str, standards: list[str], dated: str) -> bytes | None:
    job = {
        "source": template.read_text(encoding="utf-8"),
        "data": data,
        "standards": standards,
        "timestamp": dated,
    }
    return programs.run(
        [sys.executable, "-I", str(PROGRAM)],
        json.dumps(job).encode(),
        room=_room,
        longest=LONGEST,
        crowded=_("Many PDFs are being made. Try again in a minute, or choose another format."),
        late=_("Making the PDF took too long. Choose another format."),
    )
