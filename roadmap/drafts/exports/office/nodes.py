"""The nodes of pandoc's tree that we build, and no others: none of them reads or fetches anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from roadmap.core.i18n import direction_of
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
    Paragraph,
    Quote,
    Rule,
    Text,
    Words,
)

Node = dict[str, Any]

MARKS = {"strong": "Strong", "emphasis": "Emph", "deleted": "Strikeout"}
NO_ATTRIBUTES: list[Any] = ["", [], []]
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML file may hold."""


def string(text: str) -> Node:
    """Plain text on one line."""
    return {"t": "Str", "c": ILLEGAL.sub("", " ".join(text.split("\n")))}


def strong(text: str) -> Node:
    return {"t": "Strong", "c": [string(text)]}


def paragraph(*inlines: Node) -> Node:
    return {"t": "Para", "c": list(inlines)}


def plain(*inlines: Node) -> Node:
    """A paragraph without space around it: in lists and cells."""
    return {"t": "Plain", "c": list(inlines)}


def heading(level: int, name: str, *inlines: Node) -> Node:
    return {"t": "Header", "c": [level, [name, [], []], list(inlines)]}


def link(address: str, *inlines: Node) -> Node:
    return {"t": "Link", "c": [NO_ATTRIBUTES, list(inlines), [ILLEGAL.sub("", address), ""]]}


def bullets(items: Iterable[Sequence[Node]]) -> Node:
    """A list; each item is a line of inlines."""
    return {"t": "BulletList", "c": [[plain(*inlines)] for inlines in items]}


def left_to_right(text: str) -> Node:
    """Figures that would be turned round in an Arabic line, such as 2–4."""
    return {"t": "Span", "c": [["", [], [["dir", "ltr"]]], [string(text)]]}


def inline_words(words: Words) -> Node:
    """Words within a line, in their own language."""
    return {"t": "Span", "c": [["", [], _spoken(words.language)], [string(words.text)]]}


def words(given: Words) -> list[Node]:
    """Words as a paragraph, in their own language; nothing where there are none."""
    return [_part(given.language, [paragraph(string(given.text))])] if given.text else []


def rows(pairs: Sequence[tuple[str, str]]) -> Node:
    """Terms with their values: a table where there are several short ones."""
    if len(pairs) > 1 and all(len(value) < 40 for _term, value in pairs):
        return _table(None, [[[string(term)], [string(value)]] for term, value in pairs], titled_rows=True)
    return {"t": "DefinitionList", "c": [[[string(term)], [[plain(string(value))]]] for term, value in pairs]}


def body(given: Body | None) -> list[Node]:
    """Somebody's text, in its own language."""
    return [_part(given.language, _blocks(given.blocks))] if given is not None and given.blocks else []


def _part(language: str, blocks: list[Node]) -> Node:
    return {"t": "Div", "c": [["", [], _spoken(language)], blocks]}


def _spoken(language: str) -> list[list[str]]:
    return [["lang", language], ["dir", direction_of(language)]]


def _blocks(blocks: Sequence[Block]) -> list[Node]:
    return [_block(block) for block in blocks]


def _block(block: Block) -> Node:
    if isinstance(block, Paragraph):
        return paragraph(*_inlines(block.inlines))
    if isinstance(block, Heading):
        return paragraph({"t": "Strong", "c": _inlines(block.inlines)})
    if isinstance(block, Rule):
        return {"t": "HorizontalRule"}
    if isinstance(block, Quote):
        return {"t": "BlockQuote", "c": _blocks(block.blocks)}
    if isinstance(block, CodeBlock):
        return {"t": "CodeBlock", "c": [NO_ATTRIBUTES, ILLEGAL.sub("", block.text)]}
    if isinstance(block, Listing):
        items = [_item(item) for item in block.items]
        if block.start is None:
            return {"t": "BulletList", "c": items}
        return {"t": "OrderedList", "c": [[block.start, {"t": "Decimal"}, {"t": "Period"}], items]}
    return _grid(block)


def _item(blocks: Sequence[Block]) -> list[Node]:
    """An item of one line stands close to its neighbours."""
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        return [plain(*_inlines(blocks[0].inlines))]
    return _blocks(blocks) or [plain()]


def _grid(grid: Grid) -> Node:
    width = max(len(row) for row in grid.rows)
    cells = [[_inlines(cell) for cell in row] + [[]] * (width - len(row)) for row in grid.rows]
    return _table(cells[0], cells[1:])


def _table(
    head: list[list[Node]] | None, lines: list[list[list[Node]]], *, titled_rows: bool = False
) -> Node:
    width = len(head if head is not None else lines[0])
    column = [{"t": "AlignDefault"}, {"t": "ColWidth", "c": 1 / width}]
    return {
        "t": "Table",
        "c": [
            NO_ATTRIBUTES,
            [None, []],
            [column] * width,
            [NO_ATTRIBUTES, [_row(head)] if head is not None else []],
            [[NO_ATTRIBUTES, int(titled_rows), [], [_row(line) for line in lines]]],
            [NO_ATTRIBUTES, []],
        ],
    }


def _row(cells: list[list[Node]]) -> list[Any]:
    return [NO_ATTRIBUTES, [[NO_ATTRIBUTES, {"t": "AlignDefault"}, 1, 1, [plain(*cell)]] for cell in cells]]


def _inlines(inlines: Sequence[Inline]) -> list[Node]:
    return [_inline(inline) for inline in inlines]


def _inline(inline: Inline) -> Node:
    if isinstance(inline, Text):
        return string(inline.text)
    if isinstance(inline, Break):
        return {"t": "LineBreak"}
    if isinstance(inline, Code):
        return {"t": "Code", "c": [NO_ATTRIBUTES, ILLEGAL.sub("", inline.text)]}
    if isinstance(inline, Link):
        return link(inline.address, *_inlines(inline.inlines))
    return {"t": MARKS[inline.kind], "c": _inlines(inline.inlines)}
