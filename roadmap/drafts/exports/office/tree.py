"""The outline as a document of pandoc's: headings that make a table of contents, texts in their own languages."""

from __future__ import annotations

from itertools import chain
from typing import Any

from roadmap.core.i18n import direction_of
from roadmap.core.typesetting import PUBLISHER
from roadmap.domain.outline import Chapter, Entry, Outline, Passage, Source
from roadmap.drafts.exports.office.nodes import (
    Node,
    body,
    bullets,
    heading,
    inline_words,
    left_to_right,
    link,
    paragraph,
    rows,
    string,
    strong,
    words,
)

VERSION = [1, 23, 1]
"""Of pandoc's types, whose JSON this is."""
BETWEEN = " · "


def tree(outline: Outline, fingerprint: str, format: str) -> dict[str, Any]:
    """The whole document, with what a file of this format says of itself; `fingerprint` identifies it."""
    meta = _about(outline) | (_about_the_book(outline, fingerprint) if format == "epub" else {})
    return {"pandoc-api-version": VERSION, "meta": meta, "blocks": _all(outline)}


def _about(outline: Outline) -> dict[str, Any]:
    return {
        "title": _meta(outline.title),
        "subtitle": _meta(outline.kicker),
        "description": _meta(outline.ribbon or outline.edition.text),
        "lang": _meta(outline.language),
        "dir": _meta(direction_of(outline.language)),
    }


def _about_the_book(outline: Outline, fingerprint: str) -> dict[str, Any]:
    """What reading systems ask of an EPUB, and what its readers may expect."""
    return {
        "identifier": _meta(f"urn:{fingerprint}"),
        "publisher": _meta(PUBLISHER),
        "page-progression-direction": _meta(direction_of(outline.language)),
        "toc-title": _meta(outline.contents_heading),
        "accessModes": _several("textual"),
        "accessModeSufficient": _several("textual"),
        "accessibilityFeatures": _several("readingOrder", "structuralNavigation", "tableOfContents"),
        "accessibilityHazards": _several("none"),
    }


def _meta(text: str) -> Node:
    return {"t": "MetaInlines", "c": [string(text)]}


def _several(*texts: str) -> Node:
    return {"t": "MetaList", "c": [_meta(text) for text in texts]}


def _all(outline: Outline) -> list[Node]:
    return [
        *([paragraph(strong(outline.ribbon))] if outline.ribbon else []),
        *words(outline.edition),
        paragraph(string(outline.lede)),
        rows(outline.facts),
        *body(outline.introduction),
        paragraph(strong(outline.contents_heading)),
        *(paragraph(link(f"#question-{chapter.number}", *_named(chapter))) for chapter in outline.chapters),
        *chain.from_iterable(_chapter(chapter) for chapter in outline.chapters),
        *chain.from_iterable(_passage(at, passage) for at, passage in enumerate(outline.passages, 1)),
    ]


def _named(chapter: Chapter) -> list[Node]:
    return [string(f"{chapter.number}. "), inline_words(chapter.title)]


def _chapter(chapter: Chapter) -> list[Node]:
    parts = [
        heading(1, f"question-{chapter.number}", *_named(chapter)),
        paragraph(string(BETWEEN.join(chapter.about))),
        *body(chapter.note),
    ]
    if chapter.empty:
        parts.append(paragraph(string(chapter.empty)))
    for span in chapter.ranges:
        if span.sentence:
            parts.append(paragraph(strong(span.sentence)))
        parts += chain.from_iterable(_entry(entry, 2) for entry in span.entries)
    parts += chain.from_iterable(words(each) for each in chapter.closing)
    if chapter.minority:
        parts.append(heading(2, f"minority-{chapter.number}", string(chapter.minority_heading)))
        parts += chain.from_iterable(words(each) for each in chapter.minority)
    if chapter.unplaced:
        parts.append(heading(2, f"unplaced-{chapter.number}", string(chapter.unplaced_heading)))
        parts += chain.from_iterable(_entry(entry, 3) for entry in chapter.unplaced)
    return parts


def _entry(entry: Entry, level: int) -> list[Node]:
    label = [left_to_right(entry.label), string(BETWEEN)] if entry.label else []
    about = [string(BETWEEN.join(entry.about))]
    for _look, tag in entry.tags:
        about += [string(BETWEEN), strong(tag)]
    return [
        heading(level, f"item-{entry.number}", *label, inline_words(entry.title)),
        paragraph(*about),
        *body(entry.body),
        *([bullets([string(sentence)] for sentence in entry.figures)] if entry.figures else []),
        *chain.from_iterable(words(note) for note in entry.notes),
        *([bullets(_source(source) for source in entry.sources)] if entry.sources else []),
        *([paragraph(link(entry.address, string(entry.address)))] if entry.address else []),
    ]


def _source(source: Source) -> list[Node]:
    text = string(source.text)
    return [link(source.address, text)] if source.address else [text]


def _passage(at: int, passage: Passage) -> list[Node]:
    return [
        heading(1, f"passage-{at}", string(passage.heading)),
        *([rows(passage.rows)] if passage.rows else []),
        *(paragraph(string(each)) for each in passage.paragraphs),
    ]
