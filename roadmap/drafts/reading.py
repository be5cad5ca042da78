"""Finding one's way in a draft's document: bands, items, texts, and what two versions have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from statistics import median
from typing import Any

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Band:
    """Items that stand next to each other and share their places; `told` where an earlier part said so."""

    first: int
    last: int
    items: tuple[dict[str, Any], ...]
    told: bool = False


@dataclass(frozen=True)
class Moved:
    """An item in two versions; a rank of None: it had, or has, no place."""

    item: dict[str, Any]
    before: int | None
    now: int | None


@dataclass(frozen=True)
class Difference:
    """What became of a question's items from one version to another."""

    section: dict[str, Any]
    new: tuple[Moved, ...]
    gone: tuple[Moved, ...]
    moved: tuple[Moved, ...]
    same: int


@dataclass(frozen=True)
class Exposure:
    """How many answers the items of a question got: fewest, median, most."""

    section: dict[str, Any]
    items: int
    fewest: int
    middle: float
    most: int


def bands(section: Document) -> list[Band]:
    """The listed items of a question by band; a moved item may part a band in two."""
    found: list[Band] = []
    seen: set[tuple[int, int]] = set()
    for (first, last), items in groupby(section["items"], key=lambda item: tuple(item["band"])):
        found.append(Band(first, last, tuple(items), (first, last) in seen))
        seen.add((first, last))
    return found


def all_items(document: Document) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """(section, item) of every item, listed or not."""
    for section in document["sections"]:
        for item in (*section["items"], *section["not_listed"]):
            yield section, item


def find_item(document: Document, number: int) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """(section, item) with this number, if the document has it."""
    return next((found for found in all_items(document) if found[1]["number"] == number), None)


def answers_of(item: Document) -> int:
    """How many people answered, of those whose votes count."""
    return int(sum(item["tally"].values()))


def votes_in(section: Document) -> int:
    """All counted answers in a question."""
    return sum(answers_of(item) for item in (*section["items"], *section["not_listed"]))


def items_in(section: Document) -> int:
    return len(section["items"]) + len(section["not_listed"])


def items_in_all(document: Document) -> int:
    return sum(items_in(section) for section in document["sections"])


def moment(document: Document, name: str) -> datetime | None:
    """The moment under this name (`as_of`, `frozen_at`), aware; None where there is none."""
    value = document.get(name)
    return datetime.fromisoformat(value) if value else None


def short_fingerprint(fingerprint: str | None) -> str:
    """The beginning of a fingerprint, for eyes."""
    digits = (fingerprint or "").removeprefix("sha256:")
    return f"{digits[:4]}-{digits[4:8]}" if digits else ""


def history(
    documents: list[tuple[int, Document]], number: int
) -> list[tuple[int, dict[str, Any] | None, dict[str, Any] | None]]:
    """(version, the item there or None, its section) for each document."""
    rows = []
    for version, document in documents:
        found = find_item(document, number)
        rows.append((version, found[1] if found else None, found[0] if found else None))
    return rows


def differences(before: Document, after: Document) -> list[Difference]:
    """What changed from one version to another, question by question."""
    ranks = {item["number"]: item.get("rank") for _, item in all_items(before)}
    old = {section["question"]["number"]: section for section in before["sections"]}
    still = {item["number"] for _, item in all_items(after)}
    found = []
    for section in after["sections"]:
        here = [
            Moved(item, ranks.get(item["number"]), item.get("rank"))
            for item in (*section["items"], *section["not_listed"])
        ]
        earlier = old.get(section["question"]["number"], {"items": (), "not_listed": ()})
        found.append(
            Difference(
                section,
                new=tuple(one for one in here if one.item["number"] not in ranks),
                gone=tuple(
                    Moved(item, item.get("rank"), None)
                    for item in (*earlier["items"], *earlier["not_listed"])
                    if item["number"] not in still
                ),
                moved=tuple(one for one in here if one.item["number"] in ranks and one.before != one.now),
                same=sum(one.item["number"] in ranks and one.before == one.now for one in here),
            )
        )
    return found


def computed_first(document: Document, question: int) -> list[int]:
    """Numbers of a question's items in computed order, before anything was moved by hand."""
    name = document["method"]["name"]
    return next(
        (
            list(order["numbers"])
            for order in document["method"]["orders"]
            if (order["name"], order["question"]) == (name, question)
        ),
        [],
    )


def exposures(document: Document) -> list[Exposure]:
    """How evenly answers are spread over the items of each question that has any."""
    found = []
    for section in document["sections"]:
        answers = [answers_of(item) for item in (*section["items"], *section["not_listed"])]
        if answers:
            found.append(Exposure(section, len(answers), min(answers), median(answers), max(answers)))
    return found
