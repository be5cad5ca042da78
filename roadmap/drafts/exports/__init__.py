"""A frozen draft as a file. Each format is a pure function of the document and a language."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from roadmap.core.errors import NotFound
from roadmap.core.i18n import LOCALES, _, force_locale, listed
from roadmap.drafts.exports import csv, html, json, markdown, office, pdf, xlsx
from roadmap.drafts.exports.office.program import program
from roadmap.drafts.exports.telling import outline

Document = Mapping[str, Any]
Key = tuple[str, str, str]

LABELS = {
    "pdf": "PDF",
    "docx": "Word",
    "odt": "OpenDocument",
    "epub": "EPUB",
    "html": "HTML",
    "md": "Markdown",
    "xlsx": "Excel",
    "csv": "CSV",
    "json": "JSON",
}
"""The formats in the order in which they are shown, by their names."""

OFFICE = frozenset({"docx", "odt", "epub"})
"""Those that need the extra `office`."""

TYPES = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "epub": "application/epub+zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Export:
    """A file: its bytes, type, name; `notes` are sentences about how it was made."""

    content: bytes
    content_type: str
    name: str
    notes: tuple[str, ...] = ()

    @property
    def etag(self) -> str:
        """A tag that changes when the bytes do."""
        return sha256(self.content).hexdigest()


def offered() -> dict[str, str]:
    """LABELS without the formats that this installation cannot make."""
    without = OFFICE if program() is None else frozenset[str]()
    return {name: label for name, label in LABELS.items() if name not in without}


def export(document: Document, format: str, language: str) -> Export:
    """The draft in one of LABELS' formats; raises NotFound for another one, or one not offered here.

    Words of the platform are in `language`; titles and texts of items stay in their own.
    """
    if format not in LABELS:
        raise NotFound
    if format not in offered():
        raise NotFound(
            _(
                "This installation makes no %(format)s files. The draft can be downloaded as %(formats)s.",
                format=LABELS[format],
                formats=listed(offered().values()),
            )
        )

    def make() -> Export:
        with force_locale(LOCALES[language]):
            content, notes = _write(document, format, language)
        name = f"roadmap-{document['edition']['slug']}-draft-{document['version']}.{format}"
        return Export(content, TYPES[format], name, notes)

    return _kept.made_once((document["fingerprint"], format, language), make)


def _write(document: Document, format: str, language: str) -> tuple[bytes, tuple[str, ...]]:
    if format == "json":
        return json.write(document), ()
    if format == "csv":
        return csv.write(document), ()
    told = outline(document, language)
    if format == "md":
        return markdown.write(told), ()
    if format == "html":
        return html.write(told), ()
    if format == "xlsx":
        return xlsx.write(document, told), ()
    if format in OFFICE:
        return office.write(
            told, format, fingerprint=document["fingerprint"], frozen_at=document["frozen_at"]
        ), ()
    content, accessible = pdf.write(
        told, fingerprint=document["fingerprint"], frozen_at=document["frozen_at"]
    )
    return content, () if accessible else (
        _("A text in this draft keeps the PDF from meeting PDF/UA-1; it was made without that standard."),
    )


class _Kept:
    """The files asked for last, up to so many bytes: what is frozen is made once, however many ask at once."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.files: OrderedDict[Key, Export] = OrderedDict()
        self.lock = threading.Lock()
        self.making: dict[Key, threading.Lock] = {}

    def made_once(self, key: Key, make: Callable[[], Export]) -> Export:
        """The file, made by the first who asks; the others wait for it."""
        with self.lock:
            if key in self.files:
                self.files.move_to_end(key)
                return self.files[key]
            turn = self.making.setdefault(key, threading.Lock())
        with turn:
            made = self.files.get(key) or make()
            with self.lock:
                self.files[key] = made
                while sum(len(each.content) for each in self.files.values()) > self.most:
                    self.files.popitem(last=False)
                self.making.pop(key, None)
        return made


_kept = _Kept(most=64_000_000)
