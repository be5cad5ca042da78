"""Does the printed order follow from the printed table?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from roadmap.domain.document.listing import Line, arrange
from roadmap.domain.ranking import explain, named_orders
from roadmap.domain.ranking.groups import LETTERS
from roadmap.domain.ranking.method import METHODS, PROPORTIONAL
from roadmap.domain.ranking.placing import Asked, Placing, place_all
from roadmap.domain.ranking.table import Table
from roadmap.domain.verification.finding import Finding
from roadmap.domain.verification.reading import WAITS, Item, Printed, PrintedSection, table

PRINTED_FLAGS = ("contested", "group-priority", "set-aside")


def check_order(printed: Printed) -> Iterator[Finding]:
    """Order, then bands and explanations of every question, then the orders of the other methods."""
    figures = table(printed)
    asked = [
        Asked(section.question, section.people, section.needed, section.waiting)
        for section in printed.sections
    ]
    placings = place_all(figures, asked, printed.method)
    for section, placing in zip(printed.sections, placings, strict=True):
        yield from _check_section(printed, section, figures, placing)
    yield from _orders(printed, figures, placings)


def _check_section(
    printed: Printed, section: PrintedSection, figures: Table, placing: Placing
) -> Iterator[Finding]:
    order = figures.number[placing.order].tolist()
    try:
        lines = arrange(
            order,
            placing.bands,
            moves={item.number: item.rank for item in section.items if item.moved_from and item.rank},
            left_out={i.number for i in section.not_listed if i.reason == "left-out-by-organisers"},
        )
    except ValueError as error:
        yield Finding("order", str(error), question=section.question)
        return
    last = len(lines) if section.last_place is None else section.last_place
    wrong = _first_wrong(section, lines[:last]) or _wrongly_absent(printed, section, order, lines[last:])
    if wrong:
        yield wrong
        return
    by_support = explain.places_by_support(figures, placing, printed.method)
    for line, item in zip(lines, section.items, strict=False):
        yield from _check_item(section, item, line, placing)
        why = explain.why(
            figures, placing, line.place, by_support[int(placing.order[line.place - 1])], LETTERS
        )
        flags = explain.flags(figures, placing, line.place, by_support[int(placing.order[line.place - 1])])
        yield from _check_reasons(section, item, asdict(why), flags)
    notes = [asdict(note) for note in explain.minorities(figures, placing, printed.method, LETTERS)]
    if section.body.get("minority") != notes:
        yield Finding("explanation", "the minority notes do not follow", question=section.question)


def _first_wrong(section: PrintedSection, lines: list[Line]) -> Finding | None:
    for place, item in enumerate(section.items, 1):
        if item.rank != place:
            return _at(section, item, place, f"its rank is printed as {item.rank}")
        if place > len(lines):
            return _at(section, item, place, f"the list should end after {len(lines)} places")
        line = lines[place - 1]
        if line.number != item.number:
            return _at(section, item, place, f"the table puts item {line.number} here")
        if line.moved and line.place != item.moved_from:
            return _at(section, item, place, f"it was moved from {line.place}, not {item.moved_from}")
    if len(lines) > len(section.items):
        line = lines[len(section.items)]
        return Finding(
            "order", "the table puts it here, the list ends before", section.question, line.rank, line.number
        )
    return None


def _wrongly_absent(
    printed: Printed, section: PrintedSection, order: list[int], beyond: list[Line]
) -> Finding | None:
    """The first item that is not listed for a reason that is not true."""
    below = {line.number for line in beyond}
    proportional = printed.method.name in PROPORTIONAL
    for item in section.not_listed:
        right = {
            "below-the-last-place": item.number in below,
            "no-group-in-favour": proportional and item.number not in order,
            WAITS: not printed.unguarded,
        }
        if not right.get(str(item.reason), True):
            message = f"it is not listed as {item.reason}, which does not follow from the table"
            return Finding("order", message, section.question, number=item.number)
    return None


def _check_item(section: PrintedSection, item: Item, line: Line, placing: Placing) -> Iterator[Finding]:
    if item.body.get("band") != list(line.band):
        yield _differs("bands", section, item, "band", list(line.band))
        return
    standing = None if placing.standings is None else placing.standings[line.place - 1]
    places = None if standing is None else [standing.first, standing.last]
    stays = None if standing is None else standing.stays
    for name, right in (("places", places), ("stays", stays)):
        if item.body.get(name) != right:
            yield _differs("bands", section, item, name, right)


def _check_reasons(
    section: PrintedSection, item: Item, why: dict[str, Any], flags: list[str]
) -> Iterator[Finding]:
    if item.body.get("why") != why:
        yield _differs("explanation", section, item, "why", why)
    said = item.body.get("flags")
    shown = [flag for flag in said if flag in PRINTED_FLAGS] if isinstance(said, list) else said
    if shown != sorted(flags):
        yield _differs("explanation", section, item, "flags", sorted(flags))


def _orders(printed: Printed, figures: Table, placings: tuple[Placing, ...]) -> Iterator[Finding]:
    """Orders of methods with other stakeholder weights need the votes and are left out."""
    chosen = printed.method.name
    ground = all(item.score is None or item.score.common_ground is not None for item in printed.items)
    names = (chosen,) if printed.stakeholders > 1 else METHODS
    for name in names:
        if (name == "equal-groups") != (chosen == "equal-groups") or (name == "common-ground" and not ground):
            continue
        for right in named_orders(figures, placings, printed.method, other={}, names=(name,)):
            said = printed.orders.get((name, right.question))
            if said is None:
                if right.numbers:
                    yield Finding("orders", f"the order of {name} is missing", right.question)
            elif said != right.numbers:
                place = next(
                    at
                    for at in range(1, max(len(said), len(right.numbers)) + 1)
                    if said[at - 1 : at] != right.numbers[at - 1 : at]
                )
                number = said[place - 1] if place <= len(said) else None
                yield Finding("orders", f"the order of {name} differs", right.question, place, number)


def _at(section: PrintedSection, item: Item, place: int, message: str) -> Finding:
    return Finding("order", message, question=section.question, place=place, number=item.number)


def _differs(about: str, section: PrintedSection, item: Item, name: str, right: object) -> Finding:
    return Finding(
        about,
        f"{name} is printed as {item.body.get(name)}, the table gives {right}",
        question=section.question,
        place=item.rank,
        number=item.number,
    )
