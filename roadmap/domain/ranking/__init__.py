"""How votes become an order: a pure function of a snapshot of effective votes and a method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from roadmap.domain.ranking import explain, scores
from roadmap.domain.ranking.arrays import AGREE, Integers, Truths, printed
from roadmap.domain.ranking.counting import Count
from roadmap.domain.ranking.groups import LETTERS
from roadmap.domain.ranking.method import METHODS, PROPORTIONAL, Method
from roadmap.domain.ranking.methods import named_order
from roadmap.domain.ranking.placing import Placing, eligible, place_all
from roadmap.domain.ranking.result import Counted, Group, NamedOrder, Placed, Ranking, Section, Unlisted
from roadmap.domain.ranking.scores import Estimate, Voice
from roadmap.domain.ranking.snapshot import ORIGINS, STAKEHOLDERS, Snapshot
from roadmap.domain.ranking.table import Table

__all__ = ["METHODS", "ORIGINS", "STAKEHOLDERS", "Method", "Ranking", "Snapshot", "rank"]

TYPICAL = 3


def rank(snapshot: Snapshot, method: Method | None = None) -> Ranking:
    """Rank every question of the snapshot. Same input and seed, same result."""
    method = method or Method()
    count = Count.of(snapshot, method)
    rows = scores.voices(count.counted.stakeholder_people, method)
    table, asked, everywhere = count.table(rows), count.asked(), count.everywhere(rows)
    placings = place_all(table, asked, method)
    return Ranking(
        method=method,
        estimated=_printed_estimate(count.average),
        voices=tuple(replace(row, weight=float(printed(row.weight))) for row in rows),
        groups=_groups(count.counted, table, method),
        table=table,
        counted=count.counted,
        sections=tuple(_section(table, placing, count.counted, everywhere, method) for placing in placings),
        orders=named_orders(table, placings, method, other=_other_tables(count, rows, method)),
        opinions=count.opinions,
        guard=count.guard,
        asked=asked,
    )


def named_orders(
    table: Table,
    placings: tuple[Placing, ...],
    method: Method,
    *,
    other: Mapping[str, Table],
    names: tuple[str, ...] = METHODS,
) -> tuple[NamedOrder, ...]:
    """The order of each question under each name, with its overlap with the chosen one."""
    found = []
    for name in names:
        source = other.get(name, table)
        for placing in placings:
            rows = eligible(source, placing.asked)
            order = source.number[named_order(name, source, rows, method)]
            chosen = table.number[placing.order][: method.k]
            shared = len(set(order[: method.k].tolist()) & set(chosen.tolist()))
            found.append(NamedOrder(name, placing.asked.question, tuple(order.tolist()), shared))
    return tuple(found)


def _other_tables(count: Count, rows: tuple[Voice, ...], method: Method) -> dict[str, Table]:
    """Tables of the methods whose stakeholder weights differ from those of the chosen one."""
    weighed = "equal-groups"
    names = tuple(name for name in METHODS if (name == weighed) != (method.name == weighed))
    others = scores.voices(count.counted.stakeholder_people, replace(method, name=names[0]))
    if len(rows) == len(others) == 1:
        return {}
    return dict.fromkeys(names, count.table(others))


def _section(table: Table, placing: Placing, counted: Counted, everywhere: Truths, method: Method) -> Section:
    by_support = explain.places_by_support(table, placing, method)
    maker = STAKEHOLDERS.index("decision-maker")
    makers = int(counted.stakeholder_people[maker])
    placed = []
    for place, row in enumerate(placing.order.tolist(), 1):
        number = int(table.number[row])
        makers_answers = int(counted.by_stakeholder[maker, :, counted.column(number)].sum())
        flags = explain.flags_from_votes(
            bool(everywhere[row]), makers_answers=makers_answers, makers=makers, method=method
        )
        flags += explain.flags(table, placing, place, by_support[row])
        placed.append(
            Placed(
                number,
                place,
                placing.band_of(place),
                None if placing.standings is None else placing.standings[place - 1],
                tuple(sorted(flags)),
                explain.why(table, placing, place, by_support[row], LETTERS),
            )
        )
    return Section(
        question=placing.asked.question,
        people=placing.asked.people,
        needed=placing.asked.needed,
        placed=tuple(placed),
        not_listed=_unlisted(table, placing, counted, method),
        minority=explain.minorities(table, placing, method, LETTERS),
    )


def _unlisted(table: Table, placing: Placing, counted: Counted, method: Method) -> tuple[Unlisted, ...]:
    listed = set(table.number[placing.order].tolist())
    eligible_numbers = set(table.number[placing.eligible].tolist())
    numbers = counted.number[counted.question == placing.asked.question].tolist()
    against = "no-group-in-favour" if method.name in PROPORTIONAL else "too-few-votes"
    return tuple(
        Unlisted(
            number,
            against
            if number in eligible_numbers
            else "waits-for-routed-answers"
            if number in placing.asked.waiting
            else "too-few-votes",
        )
        for number in numbers
        if number not in listed
    )


def _printed_estimate(average: Estimate) -> Estimate:
    values: list[float] = printed([average.k0, average.agree, average.disagree, average.passed]).tolist()
    return Estimate(*values)


def _groups(counted: Counted, table: Table, method: Method) -> tuple[Group, ...]:
    return tuple(
        Group(LETTERS[index], int(table.people[index]), float(table.weights[index]), typical)
        for index, typical in enumerate(_typical(counted.by_opinion, counted.number, method))
    )


def _typical(by_opinion: Integers, number: Integers, method: Method) -> list[tuple[int, ...]]:
    """Numbers of the items whose agree share inside a group lies farthest above that outside."""
    if len(by_opinion) < 2:
        return [()] * len(by_opinion)
    everybody = by_opinion.sum(axis=0)
    found = []
    for inside in by_opinion:
        outside = everybody - inside
        given, others = inside.sum(axis=0), outside.sum(axis=0)
        shown = (given >= method.min_cell) & (others >= method.min_cell)
        lead = inside[AGREE] / np.maximum(given, 1) - outside[AGREE] / np.maximum(others, 1)
        order = np.argsort(-np.round(lead, 9), kind="stable")
        found.append(tuple(int(number[at]) for at in order if shown[at] and lead[at] > 0)[:TYPICAL])
    return found
