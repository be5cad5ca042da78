"""A draft as a tree of words, without any format: what every exporter renders.

Plain text is kept apart from marked-up text all the way: a `Words` is never parsed again, and the blocks of a
`Body` are a tree, so that no text can reach into what follows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Words:
    """Plain text in a language."""

    text: str
    language: str


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class Break:
    """A line break inside a paragraph."""


@dataclass(frozen=True)
class Marked:
    """`kind`: strong, emphasis, deleted."""

    kind: str
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Code:
    text: str


@dataclass(frozen=True)
class Link:
    """`address` is absolute: http, https or mailto."""

    address: str
    inlines: tuple[Inline, ...]


Inline = Text | Break | Marked | Code | Link


@dataclass(frozen=True)
class Paragraph:
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Heading:
    """A heading inside a text: it is set as a bold paragraph, so that it never enters the outline."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Listing:
    """`start` is the first number, None for a list without numbers."""

    start: int | None
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class Quote:
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class CodeBlock:
    text: str


@dataclass(frozen=True)
class Rule:
    """A line across."""


@dataclass(frozen=True)
class Grid:
    """A table; the first row holds the headings."""

    rows: tuple[tuple[tuple[Inline, ...], ...], ...]


Block = Paragraph | Heading | Listing | Quote | CodeBlock | Rule | Grid


@dataclass(frozen=True)
class Body:
    """Somebody's marked-up text in its language."""

    blocks: tuple[Block, ...]
    language: str


@dataclass(frozen=True)
class Source:
    """A proposal behind an item, in a line of its own; `address` may be empty."""

    text: str
    address: str


@dataclass(frozen=True)
class Entry:
    """An item: `label` its place or places ("" without one), `interval` low, estimate, high in [0, 1]."""

    number: int
    label: str
    title: Words
    body: Body | None
    about: tuple[str, ...]
    tags: tuple[tuple[str, str], ...] = ()
    figures: tuple[str, ...] = ()
    notes: tuple[Words, ...] = ()
    interval: tuple[float, float, float] | None = None
    address: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Range:
    """Entries that share their places; `sentence` says so, "" where one stands alone."""

    first: int
    last: int
    sentence: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Chapter:
    """A guiding question. `minority` and `unplaced` come with their headings."""

    number: int
    title: Words
    about: tuple[str, ...]
    note: Body | None
    ranges: tuple[Range, ...]
    empty: str
    closing: tuple[Words, ...]
    minority_heading: str
    minority: tuple[Words, ...]
    unplaced_heading: str
    unplaced: tuple[Entry, ...]


@dataclass(frozen=True)
class Passage:
    """A heading with paragraphs and rows of (term, value): participation, method."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Outline:
    """The whole draft in one language. `facts` state time, rule and fingerprint; `ribbon` may be empty."""

    language: str
    title: str
    kicker: str
    edition: Words
    ribbon: str
    lede: str
    facts: tuple[tuple[str, str], ...]
    introduction: Body | None
    contents_heading: str
    chapters: tuple[Chapter, ...]
    passages: tuple[Passage, ...]
    page_of: str = field(default="")

    @property
    def languages(self) -> list[str]:
        """Every language that occurs, sorted."""
        return sorted({self.language, *self._own_languages()})

    def _own_languages(self) -> Iterator[str]:
        for chapter in self.chapters:
            for entry in entries_of(chapter):
                yield entry.title.language


def entries_of(chapter: Chapter) -> Iterator[Entry]:
    """All entries of a chapter, placed or not."""
    for span in chapter.ranges:
        yield from span.entries
    yield from chapter.unplaced


def plain(inlines: Sequence[Inline]) -> str:
    """The words of inlines alone."""
    parts = []
    for inline in inlines:
        if isinstance(inline, Text | Code):
            parts.append(inline.text)
        elif isinstance(inline, Break):
            parts.append("\n")
        else:
            parts.append(plain(inline.inlines))
    return "".join(parts)
