"""Texts that try to break files, and files read back by parsers of their formats."""

import csv
import io
import re
import unicodedata
from typing import Any

import pypdfium2
from bs4 import BeautifulSoup, Tag
from markdown_it import MarkdownIt

from roadmap.drafts.exports import export

FIRST = """We follow the report [on aid][1].

Our list of needs:

**water, seeds, transport

[1]: https://example.org/first

```
this block of code is never closed
"""
SECOND = """Another source says [the opposite][1].

This sentence is plain text.

[1]: https://example.net/second
"""
YEARS = """1986. A year nobody forgets.

1987\\. A year with a backslash.
"""
HEADINGS = """# main

## vote

## comments

## content

A note.[^1]

[^1]: The note.
"""
TITLES = [
    "1. Open the archives", "1986) the year it began", "# Solidarity now", "- not a list", "+ plus one",
    "> said by many", "=====", "| a | b |", "*star", "__init__ of a movement", "[x](y)", "<b>bold?</b>",
    "R&D &copy; rights", "`tick", "~~~", "Title \\ with a backslash", "100 % for $5 or #1",
    "Rights & duties: \"we\" <now> don't wait; AT&amp;T", "التضامن: são três ideias",
]  # fmt: skip
ARABIC = "نقترح إنشاء صناديق صغيرة تديرها النساء في المخيمات وتقرر في جلسات مفتوحة خلال سبعة أيام"


def made(document: dict[str, Any], format: str, language: str = "en") -> bytes:
    return export(document, format, language).content


def markdown(document: dict[str, Any]) -> BeautifulSoup:
    """The Markdown file as a CommonMark reader with tables shows it."""
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return BeautifulSoup(reader.render(made(document, "md").decode()), "html.parser")


def html(document: dict[str, Any]) -> BeautifulSoup:
    return BeautifulSoup(made(document, "html").decode(), "html.parser")


def pdf_text(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    return " ".join(unicodedata.normalize("NFKC", text).split())


def pdf_links(content: bytes) -> set[str]:
    return {found.decode() for found in re.findall(rb"/URI ?\(([^)]*)\)", content)}


def rows(document: dict[str, Any]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made(document, "csv").decode("utf-8-sig"), newline="")))


def links(page: BeautifulSoup | Tag) -> list[str]:
    return [str(link["href"]) for link in page.select("a[href^=http]")]


def heading_of(page: BeautifulSoup, title: str) -> Tag:
    (found,) = (heading for heading in page.select("h3, h4") if heading.get_text().endswith(title))
    return found


def part_after(page: BeautifulSoup, title: str) -> list[Tag]:
    """What follows an item's heading up to the next heading of an item."""
    found = []
    for sibling in heading_of(page, title).next_siblings:
        if isinstance(sibling, Tag):
            if sibling.name in ("h2", "h3", "h4"):
                break
            found.append(sibling)
    return found
