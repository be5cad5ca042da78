"""The draft as a workbook: items, items without a place, who took part, and the method."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from roadmap.core.i18n import _, direction_of, in_language, language_name, ngettext, pgettext
from roadmap.core.typesetting import PUBLISHER
from roadmap.domain.outline import Outline
from roadmap.drafts import reading, sentences

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Document = Mapping[str, Any]
Item = dict[str, Any]
Column = tuple[str, str, int]
"""Its name, what its cells are (a key of LOOKS), its width in characters."""

LOOKS: dict[str, dict[str, Any]] = {
    "number": {"num_format": "0"},
    "share": {"num_format": "0.0%"},
    "figure": {"num_format": "0.0000"},
    "text": {"text_wrap": True},
    "link": {"font_color": "#2A43AD", "underline": 1},
    "head": {"bold": True, "text_wrap": True, "bottom": 1},
}
PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""No text of a person becomes a formula, a link or a number."""
LONGEST = 32_767
"""Code units in a cell."""
LONGEST_ADDRESS = 2_000
UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def write(document: Document, outline: Outline) -> bytes:
    """The file, the same bytes for the same draft; call it with the language of the outline in force."""
    from xlsxwriter import Workbook  # slow import

    made = io.BytesIO()
    workbook = Workbook(made, PLAIN)
    workbook.set_properties(
        {
            "title": outline.title,
            "subject": outline.kicker,
            "company": PUBLISHER,
            "comments": outline.ribbon,
            "created": datetime.fromisoformat(document["frozen_at"]).replace(tzinfo=None, microsecond=0),
        }
    )
    sheets = _Sheets(workbook, direction_of(outline.language) == "rtl")
    ribbon = ((pgettext("text", "About this edition"), "text", 30),) if outline.ribbon else ()
    both = list(reading.all_items(document))
    groups = [group["id"] for group in document["groups"]]
    k = document["method"]["parameters"]["k"]
    sheets.add(
        pgettext("spreadsheet", "Items"),
        (*_known(), *_standing(k), *_figures(groups), *_last(), *ribbon),
        (
            (*_words(section, item), *_place(item), *_counts(item, groups), item["url"], outline.ribbon)
            for section, item in both
            if "rank" in item
        ),
    )
    sheets.add(
        _("Without a place"),
        (*_known(), (_("Reason"), "text", 40), *_figures(groups), *_last(), *ribbon),
        (
            (
                *_words(section, item),
                _reason(section, item),
                *_counts(item, groups),
                item["url"],
                outline.ribbon,
            )
            for section, item in both
            if "rank" not in item
        ),
    )
    taking_part, method = outline.passages
    sheets.tell(taking_part.heading, [*_numbers(document, taking_part.rows), *_alone(taking_part.paragraphs)])
    told = [(outline.ribbon, "")] if outline.ribbon else []
    sheets.tell(
        _("Method"), [*told, (outline.title, outline.kicker), *outline.facts, *_alone(method.paragraphs)]
    )
    workbook.close()
    return made.getvalue()


def _known() -> tuple[Column, ...]:
    return (
        (pgettext("table", "Question"), "number", 10),
        (pgettext("spreadsheet", "No."), "number", 8),
        (_("Title"), "text", 50),
        (_("Text"), "text", 80),
        (_("Language"), "text", 12),
        (_("Authors"), "text", 24),
        (pgettext("spreadsheet", "Merged from No."), "text", 16),
    )


def _standing(k: int) -> tuple[Column, ...]:
    return (
        (pgettext("roadmap item", "Place"), "number", 8),
        (pgettext("spreadsheet", "Shares places from"), "number", 10),
        (pgettext("spreadsheet", "Shares places to"), "number", 10),
        (pgettext("spreadsheet", "In nine of ten recalculations, from place"), "number", 14),
        (pgettext("spreadsheet", "In nine of ten recalculations, to place"), "number", 14),
        (ngettext("Stays in the first place", "Stays in the first %(num)s", k), "share", 12),
        (_("Computed place"), "number", 10),
        (pgettext("spreadsheet", "Why it was moved"), "text", 40),
        (pgettext("spreadsheet", "Labels"), "text", 24),
    )


def _figures(groups: Iterable[str]) -> tuple[Column, ...]:
    return (
        (pgettext("vote", "Agree"), "number", 10),
        (pgettext("vote", "Disagree"), "number", 10),
        (pgettext("vote", "Pass"), "number", 10),
        (pgettext("spreadsheet", "Opposite answers, asked again"), "number", 12),
        (pgettext("score", "Support"), "share", 10),
        (pgettext("spreadsheet", "Support, at least likely"), "share", 10),
        (pgettext("spreadsheet", "Support, at most likely"), "share", 10),
        (_("Opposition"), "share", 10),
        (pgettext("spreadsheet", "Answers that decide its place"), "number", 12),
        *(
            (pgettext("spreadsheet", "Claim of group %(group)s", group=group), "figure", 10)
            for group in groups
        ),
    )


def _last() -> tuple[Column, ...]:
    return ((_("Address"), "link", 40),)


def _words(section: Item, item: Item) -> tuple[Any, ...]:
    title, language = sentences.title(item)
    merged = [str(source["number"]) for source in item["sources"]] if len(item["sources"]) > 1 else []
    return (
        section["question"]["number"],
        item["number"],
        title,
        sentences.text(item)[0],
        language_name(language),
        "; ".join(item["authors"]),
        "; ".join(merged),
    )


def _place(item: Item) -> tuple[Any, ...]:
    moved = in_language(item["moved"]["reason"])[0] if item["moved"] else None
    labels = "; ".join(words for _look, words in sentences.flags(item))
    first, last = item["places"] or (None, None)
    return (item["rank"], *item["band"], first, last, item["stays"], item["why"]["place"], moved, labels)


def _counts(item: Item, groups: Iterable[str]) -> tuple[Any, ...]:
    score, claims = item["score"] or {}, item["claims"] or {}
    low, high = score.get("interval", (None, None))
    return (
        *(item["tally"][choice] for choice in ("agree", "disagree", "pass")),
        item["asked_again"],
        score.get("support"),
        low,
        high,
        score.get("opposition"),
        score.get("answers"),
        *(claims.get(group) for group in groups),
    )


def _reason(section: Item, item: Item) -> str:
    note = in_language(item["note"])[0] if item["note"] else ""
    return f"{sentences.not_listed(item, section)} {note}".strip()


def _numbers(document: Document, rows: Sequence[tuple[str, str]]) -> Iterator[tuple[str, Any]]:
    """The rows of who took part, with their figures as numbers; what is withheld stays a word."""
    told = document["participation"]
    not_asked = document["edition"].get("not_asked", [])
    figures = [told["voters"], told["votes"], told["guests"]]
    figures += told["by_group"].values() if "group" not in not_asked else []
    figures += told["by_region"].values() if "country" not in not_asked else []
    for (term, value), figure in zip(rows, figures, strict=True):
        yield term, value if figure is None else figure


def _alone(paragraphs: Iterable[str]) -> list[tuple[str, str]]:
    return [(paragraph, "") for paragraph in paragraphs]


class _Sheets:
    """The workbook while it is filled."""

    def __init__(self, workbook: Workbook, right_to_left: bool) -> None:
        self.workbook = workbook
        self.right_to_left = right_to_left
        self.looks: dict[str, Format] = {
            name: workbook.add_format({"valign": "top", **look}) for name, look in LOOKS.items()
        }

    def add(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> None:
        """A table; cells beyond the columns are left out."""
        sheet = self._sheet(name)
        for at, (heading, _look, width) in enumerate(columns):
            sheet.set_column(at, at, width)
            self._cell(sheet, 0, at, heading, "head")
        last = 0
        for last, row in enumerate(rows, 1):
            for at, (value, (_heading, look, _width)) in enumerate(zip(row, columns, strict=False)):
                self._cell(sheet, last, at, value, look)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        sheet.set_landscape()
        sheet.repeat_rows(0)

    def tell(self, name: str, rows: Sequence[tuple[str, Any]]) -> None:
        """Terms with their values, and sentences."""
        sheet = self._sheet(name)
        sheet.set_column(0, 0, 60)
        sheet.set_column(1, 1, 60)
        for at, (term, value) in enumerate(rows):
            self._cell(sheet, at, 0, term, "text")
            self._cell(sheet, at, 1, value, "number" if isinstance(value, int) else "text")

    def _sheet(self, name: str) -> Worksheet:
        sheet = self.workbook.add_worksheet(NOT_IN_NAMES.sub(" ", name).strip("' ")[:31])
        if self.right_to_left:
            sheet.right_to_left()
        return sheet

    def _cell(self, sheet: Worksheet, row: int, column: int, value: Any, look: str) -> None:
        """Numbers as numbers; every text as a text, whatever it looks like."""
        if value is None or value == "":
            return
        if isinstance(value, int | float):
            sheet.write_number(row, column, value, self.looks[look])
            return
        text = _fitting(UNSAFE.sub("", value))
        if look == "link" and text.startswith(("https://", "http://")) and len(text) <= LONGEST_ADDRESS:
            sheet.write_url(row, column, text, self.looks[look], text)
        else:
            sheet.write_string(row, column, text, self.looks[look])


def _fitting(text: str) -> str:
    """The text, cut where a cell cannot hold it; what lies beyond the first plane takes two code units."""
    units = text.encode("utf-16-le")
    return text if len(units) <= 2 * LONGEST else units[: 2 * LONGEST - 2].decode("utf-16-le", "ignore") + "…"
