"""The draft as a tagged PDF, set by typst from the outline as data."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from roadmap.core.errors import Busy
from roadmap.core.i18n import _
from roadmap.core.strip import strip_svg
from roadmap.core.typesetting import PUBLISHER, typeset
from roadmap.domain.outline import (
    Block,
    Body,
    Break,
    Code,
    CodeBlock,
    Grid,
    Heading,
    Inline,
    Link,
    Listing,
    Marked,
    Outline,
    Paragraph,
    Quote,
    Rule,
    Text,
)

TEMPLATE = Path(__file__).parent / "draft.typ"
LARGEST = 50_000_000
"""Bytes of data that are set; a draft of 2,000 items of full length has 20 million."""


def write(outline: Outline, *, fingerprint: str, frozen_at: str) -> tuple[bytes, bool]:
    """The PDF, and whether it holds to PDF/UA-1; the same bytes for the same outline.

    Raises Busy where there is too much to set or it takes too long.
    """
    data = json.dumps(as_data(outline, fingerprint), ensure_ascii=False)
    if len(data) > LARGEST:
        raise Busy(_("This draft is too large for a PDF. Choose another format."))
    return typeset(TEMPLATE, data, dated=frozen_at)


def as_data(outline: Outline, fingerprint: str) -> dict[str, Any]:
    """The outline as the template takes it: plain values only."""
    data = asdict(outline)
    data["introduction"] = _body(outline.introduction)
    for chapter, given in zip(data["chapters"], outline.chapters, strict=True):
        chapter["note"] = _body(given.note)
        spans = zip(chapter["ranges"], given.ranges, strict=True)
        pairs = [pair for span, one in spans for pair in zip(span["entries"], one.entries, strict=True)]
        for entry, one in [*pairs, *zip(chapter["unplaced"], given.unplaced, strict=True)]:
            entry["body"] = _body(one.body)
    return data | {"fingerprint": fingerprint, "strip": strip_svg(), "publisher": PUBLISHER}


def _body(body: Body | None) -> dict[str, Any] | None:
    if body is None:
        return None
    return {"language": body.language, "blocks": [_block(block) for block in body.blocks]}


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph | Heading):
        kind = "heading" if isinstance(block, Heading) else "paragraph"
        return {"kind": kind, "inlines": [_inline(inline) for inline in block.inlines]}
    if isinstance(block, Listing):
        items = [[_block(inner) for inner in item] for item in block.items]
        return {"kind": "list", "start": block.start, "items": items}
    if isinstance(block, Quote):
        return {"kind": "quote", "blocks": [_block(inner) for inner in block.blocks]}
    if isinstance(block, CodeBlock):
        return {"kind": "code", "text": block.text}
    if isinstance(block, Rule):
        return {"kind": "rule"}
    return _grid(block)


def _grid(grid: Grid) -> dict[str, Any]:
    return {
        "kind": "grid",
        "rows": [[[_inline(inline) for inline in cell] for cell in row] for row in grid.rows],
    }


def _inline(inline: Inline) -> dict[str, Any]:
    if isinstance(inline, Text):
        return {"kind": "text", "text": inline.text}
    if isinstance(inline, Break):
        return {"kind": "break"}
    if isinstance(inline, Code):
        return {"kind": "code", "text": inline.text}
    inlines = [_inline(inner) for inner in inline.inlines]
    if isinstance(inline, Link):
        return {"kind": "link", "address": inline.address, "inlines": inlines}
    assert isinstance(inline, Marked)
    return {"kind": inline.kind, "inlines": inlines}
