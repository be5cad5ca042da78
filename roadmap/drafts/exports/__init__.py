"""A frozen draft as a file. Each format is a pure function of the document and a language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from roadmap.core.errors import NotFound
from roadmap.core.i18n import LOCALES, force_locale
from roadmap.drafts.exports import csv, html, json, markdown
from roadmap.drafts.exports.telling import outline

Document = Mapping[str, Any]
Writer = Callable[[Document, str], bytes]

LABELS = {"pdf": "PDF", "html": "HTML", "md": "Markdown", "csv": "CSV", "json": "JSON"}
"""The formats that are offered, in the order in which they are shown, by their names."""

TYPES = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
}


@dataclass(frozen=True)
class Export:
    """A file: its bytes, type, name, and a tag that changes when the bytes do."""

    content: bytes
    content_type: str
    name: str
    notes: tuple[str, ...] = ()

    @property
    def etag(self) -> str:
        return sha256(self.content).hexdigest()


def export(document: Document, format: str, language: str) -> Export:
    """The draft in one of LABELS' formats; raises NotFound for another one.

    Words of the platform are in `language`; titles and texts of items stay in their own.
    """
    if format not in LABELS:
        raise NotFound
    with force_locale(LOCALES[language]):
        content = _writers()[format](document, language)
    name = f"roadmap-{document['edition']['slug']}-draft-{document['version']}.{format}"
    return Export(content, TYPES[format], name)


def _writers() -> dict[str, Writer]:
    return {
        "json": lambda document, _language: json.write(document),
        "csv": csv.write,
        "html": lambda document, language: html.write(outline(document, language)),
        "md": lambda document, language: markdown.write(outline(document, language)),
    }
