"""What the page of results shows of a question: the kept standing, with the proposals that may be shown now."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from roadmap.domain.results import EVERYWHERE, SELDOM
from roadmap.domain.standing import NEW_VOTERS
from roadmap.editions.choices import Asks, asks_of
from roadmap.editions.models import Edition, GuidingQuestion
from roadmap.proposals.models import Proposal
from roadmap.proposals.queries import open_by_number
from roadmap.standing.queries import Shown, results_wait, standing_of

LISTED = 6
"""Proposals in each list."""
FIRST = 10
"""Places of the order."""
TYPICAL = 3
"""Proposals that set a group apart, in each direction."""

Counts = tuple[int, int, int] | None


@dataclass(frozen=True)
class Entry:
    """A proposal with the answers of each opinion group: (letter, counts), None where withheld."""

    proposal: Proposal
    groups: list[tuple[str, Counts]]
    group: str = ""


@dataclass(frozen=True)
class OpinionGroup:
    """A letter, people in the question (None where withheld), and what sets the group apart."""

    letter: str
    people: int | None
    more: list[Proposal]
    less: list[Proposal]


@dataclass(frozen=True)
class Place:
    """A proposal of the order with what is told about it: shares as fractions."""

    proposal: Proposal
    support: float
    low: float
    high: float
    answers: int


@dataclass(frozen=True)
class Band:
    """Proposals that share the places from `first` to `last`."""

    first: int
    last: int
    places: list[Place]


@dataclass(frozen=True)
class Results:
    """All of it. `kept` is None before the first computation and while results wait for the close (`wait`)."""

    wait: bool = False
    kept: Shown | None = None
    groups: list[OpinionGroup] = field(default_factory=list)
    agree: list[Entry] = field(default_factory=list)
    part: list[Entry] = field(default_factory=list)
    backed: list[Entry] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    asks: Asks | None = None
    needed_people: int = NEW_VOTERS
    share_needed: float = EVERYWHERE
    share_few: float = SELDOM


def results_of(edition: Edition, question: GuidingQuestion, now: datetime) -> Results:
    """The results of a question as everybody may see them now."""
    if results_wait(edition, now):
        return Results(wait=True)
    kept = standing_of(edition, question.number)
    if kept is None:
        return Results()
    told = kept.breakdown or {"apart": {}, "agree": [], "part": [], "backed": [], "groups": {}}
    rows = kept.order["order"]
    known = open_by_number(edition, _numbers(told, rows))
    return Results(
        kept=kept,
        groups=[_group(letter, people, told["apart"], known) for letter, people in told["groups"].items()],
        agree=_entries(told["agree"], known),
        part=_entries(told["part"], known),
        backed=_entries(told["backed"], known),
        bands=_bands(rows, known),
        asks=asks_of(edition),
    )


def _numbers(told: dict[str, Any], rows: list[list[Any]]) -> set[int]:
    """Everything that may come onto the page, and as much again as may have been hidden meanwhile."""
    lists = [row["number"] for name in ("agree", "part", "backed") for row in told[name]]
    apart = [number for each in told["apart"].values() for number in (*each["more"], *each["less"])]
    return {*lists, *apart, *(row[0] for row in rows[: 2 * FIRST])}


def _entries(rows: Iterable[dict[str, Any]], known: dict[int, Proposal]) -> list[Entry]:
    found = [
        Entry(
            known[row["number"]],
            [(letter, None if counts is None else tuple(counts)) for letter, counts in row["groups"].items()],
            row.get("group", ""),
        )
        for row in rows
        if row["number"] in known
    ]
    return found[:LISTED]


def _group(
    letter: str, people: int | None, apart: dict[str, Any], known: dict[int, Proposal]
) -> OpinionGroup:
    told = apart.get(letter, {"more": (), "less": ()})
    more, less = (
        [known[number] for number in told[way] if number in known][:TYPICAL] for way in ("more", "less")
    )
    return OpinionGroup(letter, people, more, less)


def _bands(rows: list[list[Any]], known: dict[int, Proposal]) -> list[Band]:
    first = [row for row in rows if row[0] in known][:FIRST]
    return [
        Band(low, high, [Place(known[row[0]], *row[3:]) for row in group])
        for (low, high), group in groupby(first, key=lambda row: (row[1], row[2]))
    ]
