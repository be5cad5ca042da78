"""In words: what stands beside a draft and not in its document, all of it computed when it was compiled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean, median
from typing import Any

from roadmap.core.i18n import _, ngettext, number, percent

Comparison = Mapping[str, Any] | None


@dataclass(frozen=True)
class Drawn:
    """How often the deck showed the items of a question: fewest, median, most; `chance`: mean probability."""

    section: Mapping[str, Any]
    fewest: int
    middle: float
    most: int
    chance: float


@dataclass(frozen=True)
class OtherOrder:
    """The first places of a question under another choice, and how many the draft has in common with them."""

    name: str
    numbers: tuple[int, ...]
    overlap: int


def guard(comparison: Comparison) -> list[str]:
    """Question by question: were votes given at random compared with votes that people chose themselves?"""
    if comparison is None:
        return [
            _(
                "Votes on proposals drawn at random were not compared with votes on proposals that people chose "
                "themselves. All votes count alike."
            )
        ]
    return [_guard(row) for row in comparison["guard"]]


def _guard(row: Mapping[str, Any]) -> str:
    about = {"question": number(row["question"]), "enough": number(row["enough"])}
    if row["acts"]:
        return ngettext(
            "Question %(question)s: votes on proposals drawn at random were compared with votes on proposals "
            "that people chose themselves. %(enough)s of %(num)s proposal has enough of the first.",
            "Question %(question)s: votes on proposals drawn at random were compared with votes on proposals "
            "that people chose themselves. %(enough)s of %(num)s proposals have enough of the first.",
            row["items"],
            **about,
        )
    return ngettext(
        "Question %(question)s: no comparison was possible, since %(enough)s of %(num)s proposal has enough "
        "votes from people for whom it was drawn at random. All votes count alike.",
        "Question %(question)s: no comparison was possible, since %(enough)s of %(num)s proposals have enough "
        "votes from people for whom they were drawn at random. All votes count alike.",
        row["items"],
        **about,
    )


def otherwise(comparison: Comparison, item: Mapping[str, Any]) -> str:
    """The place of an item whose direct votes are set aside, or that waits, if all votes counted alike."""
    row = comparison["aside"].get(str(item["number"])) if comparison else None
    if row is None:
        return ""
    if row["place"] is None:
        return _("It would have no place either if all votes counted alike.")
    return _("If all votes counted alike, its place would be %(place)s.", place=number(row["place"]))


def shown(comparison: Comparison, item: Mapping[str, Any]) -> str:
    """How often the deck showed an item, and with which chance; empty where it was never drawn."""
    row = comparison["shown"].get(str(item["number"])) if comparison else None
    if row is None:
        return ""
    return ngettext(
        "“Vote one at a time” showed it %(num)s time, on average with a chance of %(chance)s; "
        "%(answered)s answered.",
        "“Vote one at a time” showed it %(num)s times, on average with a chance of %(chance)s; "
        "%(answered)s answered.",
        row["times"],
        chance=percent(row["chance"], 1),
        answered=number(row["answered"]),
    )


def drawn(document: Mapping[str, Any], comparison: Comparison) -> list[Drawn]:
    """How evenly the deck showed the items of each question; questions that it never showed are left out."""
    rows = comparison["shown"] if comparison else {}
    found = []
    for section in document["sections"]:
        numbers = [str(item["number"]) for item in (*section["items"], *section["not_listed"])]
        known = [rows[each] for each in numbers if each in rows]
        if known:
            times = [rows[each]["times"] if each in rows else 0 for each in numbers]
            chance = fmean(row["chance"] for row in known)
            found.append(Drawn(section, min(times), median(times), max(times), chance))
    return found


def without_guard(comparison: Comparison, question: int) -> list[OtherOrder]:
    """The order of a question if all votes counted alike; empty where they do."""
    return _orders(comparison["without_guard"] if comparison else [], question, _("All votes alike"))


def variations(comparison: Comparison, question: int) -> list[OtherOrder]:
    """The order of a question under each variation of the rule."""
    rows = comparison["variations"] if comparison else []
    names = {
        "slower-sharing": _("A group that got what it wanted keeps more of its voice (1 instead of 2)"),
        "root-of-weights": _("Groups weigh as the square root of their size"),
        "one-group-fewer": _("One opinion group fewer"),
        "one-group-more": _("One opinion group more"),
        "pass-as-unseen": _("A pass counts as no answer"),
        "no-comparison": _("All votes alike"),
    }
    return [order for row in rows for order in _orders([row], question, names[row["name"]])]


def steady(comparison: Comparison, question: int) -> tuple[int, ...]:
    """Numbers of the items that stand first in the draft and in every variation."""
    rows = comparison["steady"] if comparison else []
    return tuple(number for row in rows if row["question"] == question for number in row["numbers"])


def stability(comparison: Comparison) -> list[str]:
    """Whether most of everybody's votes give the same opinion groups; empty where there is but one group."""
    row = comparison.get("stability") if comparison else None
    if not row:
        return []
    told = [
        _("The groups were looked for again five times, each time without a fifth of each person’s votes.")
    ]
    about = number(row["agreement"], 2)
    if row["clear"]:
        alike = _("They came out alike: %(agreement)s, where 1 is the same and 0 is chance.", agreement=about)
        return [*told, alike]
    apart = _(
        "They came out differently: %(agreement)s, where 1 is the same and 0 is chance.", agreement=about
    )
    return [*told, apart, _("So there are no clear groups. The order stays as it is.")]


def unclear(comparison: Comparison) -> bool:
    """Whether the opinion groups do not hold when most of the votes are looked at."""
    row = comparison.get("stability") if comparison else None
    return row is not None and not row["clear"]


def review(comparison: Comparison) -> list[str]:
    """How many accounts are under review, and how many votes of theirs count; empty where there are none."""
    row = comparison["review"] if comparison else None
    if not row:
        return []
    return [
        ngettext(
            "The organisers are looking into %(num)s account.",
            "The organisers are looking into %(num)s accounts.",
            row["accounts"],
        ),
        ngettext(
            "%(num)s vote of theirs counts here until they decide.",
            "%(num)s votes of theirs count here until they decide.",
            row["votes"],
        ),
    ]


def without_review(comparison: Comparison, question: int) -> list[OtherOrder]:
    """The order of a question without the votes of accounts under review."""
    row = comparison["review"] if comparison else None
    return _orders(row["orders"] if row else [], question, _("Without the votes under review"))


def suspended(comparison: Comparison) -> list[str]:
    """How many accounts are suspended, and how many votes of theirs do not count; empty where there are none."""
    row = comparison.get("suspended") if comparison else None
    if not row:
        return []
    return [
        ngettext(
            "%(num)s account that had voted is suspended.",
            "%(num)s accounts that had voted are suspended.",
            row["accounts"],
        ),
        ngettext(
            "%(num)s vote of theirs does not count here.",
            "%(num)s votes of theirs do not count here.",
            row["votes"],
        ),
    ]


def with_suspended(comparison: Comparison, question: int) -> list[OtherOrder]:
    """The order of a question if the votes of suspended accounts counted."""
    row = comparison.get("suspended") if comparison else None
    return _orders(row["orders"] if row else [], question, _("With the votes of suspended accounts"))


def _orders(rows: list[Mapping[str, Any]], question: int, name: str) -> list[OtherOrder]:
    return [
        OtherOrder(name, tuple(row["numbers"]), row["overlap"]) for row in rows if row["question"] == question
    ]
