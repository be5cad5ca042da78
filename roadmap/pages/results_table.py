"""The figures of the page of results as a table for spreadsheet programs: what the page shows, and no more."""

from collections.abc import Iterator
from typing import Any

from roadmap.domain.cells import table
from roadmap.pages.standing_out import Entry, Results

COLUMNS = ("list", "number", "title", "language", "group", "agree", "disagree", "pass", "people", "support",
           "low", "high", "answers", "counted_to")  # fmt: skip
WITHHELD = "fewer than 10"


def write(shown: Results) -> bytes:
    """UTF-8 with its mark, RFC 4180; a withheld cell says so. Empty before anything was computed."""
    return table(COLUMNS, ([row.get(name) for name in COLUMNS] for row in _rows(shown)))


def _rows(shown: Results) -> Iterator[dict[str, Any]]:
    kept = shown.kept
    if kept is None:
        return
    told, at = kept.breakdown or {}, _moment(kept.breakdown_as_of)
    for name, parts in (
        ("opinion-group", told.get("groups", {})),
        ("stakeholder-group", told.get("by_group", {}) if shown.asks and shown.asks.group else {}),
        ("region", told.get("by_region", {}) if shown.asks and shown.asks.country else {}),
    ):
        for part, people in parts.items():
            counted = WITHHELD if people is None else people
            yield {"list": name, "group": part, "people": counted, "counted_to": at}
    for name, entries in (("agree", shown.agree), ("part", shown.part), ("backed", shown.backed)):
        for entry in entries:
            yield from ({**row, "list": name, "counted_to": at} for row in _cells(entry))
    for band in shown.bands:
        for one in band.places:
            yield {
                "list": "order",
                **_named(one.proposal),
                **{name: getattr(one, name) for name in ("support", "low", "high", "answers")},
                "counted_to": _moment(kept.as_of),
            }


def _cells(entry: Entry) -> Iterator[dict[str, Any]]:
    for letter, counts in entry.groups:
        figures = counts or (WITHHELD, WITHHELD, WITHHELD)
        named = dict(zip(("agree", "disagree", "pass"), figures, strict=True))
        yield {**_named(entry.proposal), "group": letter, **named}


def _named(proposal: Any) -> dict[str, Any]:
    return {"number": proposal.number, "title": proposal.title, "language": proposal.language}


def _moment(value: Any) -> str:
    return f"{value:%Y-%m-%dT%H:%M:%SZ}" if value is not None else ""
