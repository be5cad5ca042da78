"""The draft as CommonMark with tables and strikethrough. Every text is escaped, every block closed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from roadmap.domain.outline import (
    Block,
    Body,
    Break,
    Chapter,
    Code,
    CodeBlock,
    Entry,
    Grid,
    Heading,
    Inline,
    Link,
    Listing,
    Marked,
    Outline,
    Paragraph,
    Passage,
    Quote,
    Rule,
    Text,
    Words,
    plain,
)

SPECIAL = re.compile(r"[\\`*_\[\]<>&~|#!$^=]")
"""Whatever may mean something anywhere in a line, to some reader."""
LINE_START = re.compile(r"(?m)^([ \t]*)([-+>])")
NUMBERED = re.compile(r"(?m)^([ \t]*\d{1,9})([.)])")
ADDRESS = {"<": "%3C", ">": "%3E", "(": "%28", ")": "%29", " ": "%20", "\\": "%5C", "\n": ""}
MARKS = {"strong": "**", "emphasis": "*", "deleted": "~~"}


def write(outline: Outline) -> bytes:
    """The file, UTF-8, one line feed at the end."""
    parts = [f"# {escaped(outline.title)}", f"**{escaped(outline.kicker)}**", escaped(outline.edition.text)]
    if outline.ribbon:
        parts.append(f"> {escaped(outline.ribbon)}")
    parts.append(_bullets(f"{escaped(term)}: {escaped(value)}" for term, value in outline.facts))
    parts.append(escaped(outline.lede))
    parts += _body(outline.introduction)
    parts.append(f"## {escaped(outline.contents_heading)}")
    parts.append(
        "\n".join(f"{chapter.number}. {escaped(chapter.title.text)}" for chapter in outline.chapters)
    )
    for chapter in outline.chapters:
        parts += _chapter(chapter)
    for passage in outline.passages:
        parts += _passage(passage)
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def escaped(text: str) -> str:
    """Plain text that reads back as itself, wherever in a line it stands."""
    text = " ".join(text.split("\n"))
    text = SPECIAL.sub(r"\\\g<0>", text)
    text = LINE_START.sub(r"\1\\\2", text)
    return NUMBERED.sub(r"\1\\\2", text)


def _chapter(chapter: Chapter) -> list[str]:
    parts = [f"## {chapter.number}\\. {escaped(chapter.title.text)}", escaped(" · ".join(chapter.about))]
    parts += _body(chapter.note)
    if chapter.empty:
        parts.append(escaped(chapter.empty))
    for span in chapter.ranges:
        if span.sentence:
            parts.append(f"**{escaped(span.sentence)}**")
        for entry in span.entries:
            parts += _entry(entry)
    if chapter.closing:
        parts.append(_joined(chapter.closing))
    if chapter.minority:
        parts.append(f"### {escaped(chapter.minority_heading)}")
        parts += [escaped(words.text) for words in chapter.minority]
    if chapter.unplaced:
        parts.append(f"### {escaped(chapter.unplaced_heading)}")
        for entry in chapter.unplaced:
            parts += _entry(entry, level=4)
    return parts


def _entry(entry: Entry, level: int = 3) -> list[str]:
    label = f"{escaped(entry.label)} · " if entry.label else ""
    parts = [f"{'#' * level} {label}{escaped(entry.title.text)}"]
    about = [escaped(part) for part in entry.about]
    about += [f"**{escaped(words)}**" for _look, words in entry.tags]
    parts.append(" · ".join(about))
    parts += _body(entry.body)
    if entry.figures:
        parts.append(_bullets(escaped(sentence) for sentence in entry.figures))
    if entry.notes:
        parts.append(_joined(entry.notes))
    if entry.sources:
        parts.append(_bullets(escaped(source.text) for source in entry.sources))
    if entry.address:
        parts.append(f"<{_address(entry.address)}>")
    return parts


def _passage(passage: Passage) -> list[str]:
    parts = [f"## {escaped(passage.heading)}"]
    parts.append(_bullets(f"{escaped(term)}: {escaped(value)}" for term, value in passage.rows))
    return parts + [escaped(paragraph) for paragraph in passage.paragraphs]


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _joined(notes: Sequence[Words]) -> str:
    return escaped(" ".join(words.text for words in notes))


def _body(body: Body | None) -> list[str]:
    return [] if body is None else [_blocks(body.blocks)]


def _blocks(blocks: Sequence[Block]) -> str:
    """Blocks one below the other; a comment parts two lists that would otherwise become one."""
    parts: list[str] = []
    for at, block in enumerate(blocks):
        if at and isinstance(block, Listing) and isinstance(blocks[at - 1], Listing):
            parts.append("<!-- -->")
        parts.append(_block(block))
    return "\n\n".join(part for part in parts if part)


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return _inlines(block.inlines)
    if isinstance(block, Heading):
        return f"**{escaped(plain(block.inlines))}**"
    if isinstance(block, Rule):
        return "* * *"
    if isinstance(block, Quote):
        return _indented(_blocks(block.blocks), "> ", "> ")
    if isinstance(block, CodeBlock):
        fence = "`" * (max([2, *(len(run) for run in re.findall("`+", block.text))]) + 1)
        return f"{fence}\n{block.text}\n{fence}"
    if isinstance(block, Listing):
        return _listing(block)
    return _grid(block)


def _listing(listing: Listing) -> str:
    lines = []
    for at, item in enumerate(listing.items):
        mark = "- " if listing.start is None else f"{listing.start + at}. "
        lines.append(_indented(_blocks(item), mark, " " * len(mark)))
    return "\n".join(lines)


def _grid(grid: Grid) -> str:
    width = max(len(row) for row in grid.rows)
    rows = [
        "| " + " | ".join([_inlines(cell) for cell in row] + [""] * (width - len(row))) + " |"
        for row in grid.rows
    ]
    return "\n".join([rows[0], "|" + " --- |" * width, *rows[1:]])


def _indented(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join((first if at == 0 else rest) + line for at, line in enumerate(lines)).rstrip()


def _inlines(inlines: Sequence[Inline], *, start: bool = True) -> str:
    """Inline marks are balanced by construction; only the first text can stand at the start of a line."""
    parts = []
    for at, inline in enumerate(inlines):
        if isinstance(inline, Text):
            at_start = (start and at == 0) or (at > 0 and isinstance(inlines[at - 1], Break))
            parts.append(escaped(inline.text) if at_start else SPECIAL.sub(r"\\\g<0>", inline.text))
        elif isinstance(inline, Break):
            parts.append("\\\n")
        elif isinstance(inline, Code):
            parts.append(_code(inline.text))
        elif isinstance(inline, Link):
            parts.append(f"[{_inlines(inline.inlines, start=False)}](<{_address(inline.address)}>)")
        else:
            parts.append(_marked(inline))
    return "".join(parts)


def _marked(marked: Marked) -> str:
    """Marks stand close to the words, or they would not be read as marks."""
    inner = _inlines(marked.inlines, start=False)
    words = inner.strip(" ")
    if not words:
        return inner
    before, after = inner[: len(inner) - len(inner.lstrip(" "))], inner[len(inner.rstrip(" ")) :]
    mark = MARKS[marked.kind]
    return f"{before}{mark}{words}{mark}{after}"


def _code(text: str) -> str:
    text = " ".join(text.split("\n"))
    fence = "`" * (max([0, *(len(run) for run in re.findall("`+", text))]) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") or not text.strip() else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _address(address: str) -> str:
    return "".join(ADDRESS.get(character, character) for character in address)
