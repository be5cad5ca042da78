"""The draft as a Word, OpenDocument or EPUB file: one tree of the outline, written by pandoc."""

from __future__ import annotations

import json
from datetime import datetime

from roadmap.core.errors import Busy
from roadmap.core.i18n import _
from roadmap.domain.outline import Outline
from roadmap.drafts.exports.office.finishing import finished
from roadmap.drafts.exports.office.program import run
from roadmap.drafts.exports.office.tree import tree

LARGEST = 50_000_000
"""Characters of the tree that pandoc is given; a draft of 2,000 items of full length has 25 million."""


def write(outline: Outline, format: str, *, fingerprint: str, frozen_at: str) -> bytes:
    """The file as `docx`, `odt` or `epub`; the same bytes for the same outline.

    Raises Busy where there is too much to write or it takes too long.
    """
    data = json.dumps(tree(outline, fingerprint, format), ensure_ascii=False)
    if len(data) > LARGEST:
        raise Busy(_("This draft is too large for this format. Choose another one."))
    written = run(data, format, dated=datetime.fromisoformat(frozen_at))
    return finished(written, format, outline.language)
