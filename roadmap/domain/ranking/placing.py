"""From the printed table to order and bands, question by question.

Everything here is a function of printed figures, so that whoever holds a draft can repeat it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from roadmap.domain.ranking.arrays import Floats, Integers, printed
from roadmap.domain.ranking.bands import Draws, Standing, band_numbers, draw, standings
from roadmap.domain.ranking.method import BANDED, PROPORTIONAL, Method
from roadmap.domain.ranking.methods import named_order, shared_places
from roadmap.domain.ranking.proportional import ranks_by, ranks_of_draws
from roadmap.domain.ranking.table import Table


@dataclass(frozen=True)
class Asked:
    """A guiding question: people with a counting vote in it, and the answers needed for a place.

    `waiting`: numbers of items that wait for routed answers, although they have enough of others.
    """

    question: int
    people: int
    needed: float
    waiting: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Placing:
    """The computed order of a question over all its items that may be placed.

    `eligible` and `order` are positions in the table; `bands` the band (from 0) of each place;
    `standings` one per place, None where the method has no bands; `parts` (places, groups) what each
    group gave to the gain, empty where the method does not share places among groups.
    """

    asked: Asked
    eligible: Integers
    order: Integers
    bands: tuple[int, ...]
    standings: tuple[Standing, ...] | None
    parts: Floats

    def band_of(self, place: int) -> tuple[int, int]:
        """First and last place of the band that holds `place` (from 1)."""
        band = self.bands[place - 1]
        members = [index + 1 for index, other in enumerate(self.bands) if other == band]
        return members[0], members[-1]


def needed(people: int, answers: Sequence[int] | Integers, min_eff: float) -> float:
    """Answers needed for a place: at least 1, at most `min_eff`, a quarter of the people, the median."""
    given = [int(number) for number in answers if number > 0]
    middle = float(np.median(given)) if given else 0.0
    return float(printed(max(1.0, min(float(min_eff), people / 4, middle))))


def eligible(table: Table, asked: Asked) -> Integers:
    """Positions of the question's items with enough answers that do not wait for routed ones."""
    rows = table.rows(asked.question)
    rows = rows[table.answers[rows] >= asked.needed]
    return rows[~np.isin(table.number[rows], asked.waiting)]


def place_all(table: Table, questions: Sequence[Asked], method: Method) -> tuple[Placing, ...]:
    """Order, bands and intervals of places of every question, under the method's own name."""
    drawn = draw(table, method) if method.name in BANDED and len(table.number) else None
    return tuple(_place(table, asked, method, drawn) for asked in questions)


def _place(table: Table, asked: Asked, method: Method, drawn: Draws | None) -> Placing:
    rows = eligible(table, asked)
    parts = np.empty((0, table.groups))
    if method.name in PROPORTIONAL:
        shared = shared_places(table, rows, method)
        order, parts = rows[shared.order], shared.parts
    else:
        order = named_order(method.name, table, rows, method)
    if drawn is None or not len(order):
        return Placing(asked, rows, order, tuple(range(len(order))), None if drawn is None else (), parts)
    support, number = table.support[rows], table.number[rows]
    if method.name in PROPORTIONAL:
        ranks = ranks_of_draws(drawn.claims[:, :, rows], table.weights, support, number, method.div)
    else:
        ranks = ranks_by(drawn.support[:, rows], support, number)
    listed = ranks[:, np.searchsorted(rows, order)]
    bands = tuple(band_numbers(listed, method.conf))
    return Placing(asked, rows, order, bands, tuple(standings(listed, len(rows), method.k)), parts)
