"""Why an item stands where it stands: figures and flags, no words (ranking rule 8)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from roadmap.domain.ranking.arrays import printed
from roadmap.domain.ranking.bands import Standing
from roadmap.domain.ranking.method import Method
from roadmap.domain.ranking.methods import named_order
from roadmap.domain.ranking.placing import Placing
from roadmap.domain.ranking.table import Table

NEAR, FAR = 2, 5
CONTESTED_WEIGHT, CONTESTED_CLAIM = 0.1, 0.2
ALONE = 0.6
STRONG, MILD = 0.5, 0.2
EVIDENCE = ((10, "too-early"), (30, "provisional"), (80, None))
INCLUSION = ((0.97, "secure"), (0.6, "likely"), (0.2, "borderline"))


@dataclass(frozen=True)
class Why:
    """Figures of the sentence that explains a place.

    `place`: as computed, before anything was moved by hand; `by_support`: the place by support alone;
    `reason`: "widely-supported", "opinion-group" (then `group` and its weight) or None; `margin`:
    half the interval of support; `evidence`: "too-early", "provisional", "firm" or None;
    `inclusion`: "secure", "likely", "borderline", "unlikely", or None where there are no draws.
    """

    place: int
    by_support: int
    reason: str | None
    group: str | None
    weight: float | None
    margin: float
    evidence: str | None
    inclusion: str | None


@dataclass(frozen=True)
class Minority:
    """An item that one opinion group wants strongly and no other does, beyond the first places."""

    number: int
    group: str
    claim: float
    place: int


def places_by_support(table: Table, placing: Placing, method: Method) -> dict[int, int]:
    """Place by support alone of each item that may be placed, by its position in the table."""
    order = named_order("support", table, placing.eligible, method)
    return {int(row): place for place, row in enumerate(order, 1)}


def why(table: Table, placing: Placing, place: int, by_support: int, letters: str) -> Why:
    """The figures about the item at `place` (from 1) of the computed order."""
    row = int(placing.order[place - 1])
    standing: Standing | None = None if placing.standings is None else placing.standings[place - 1]
    reason, group = None, None
    if by_support <= place + NEAR:
        # "Widely" would be untrue of an item that less than half agree with.
        reason = "widely-supported" if table.support[row] >= 0.5 else None
    elif len(placing.parts) and table.groups > 1:
        reason, group = "opinion-group", int(placing.parts[place - 1].argmax())
    return Why(
        place=place,
        by_support=by_support,
        reason=reason,
        group=None if group is None else letters[group],
        weight=None if group is None else float(table.weights[group]),
        margin=float(printed(max(table.support[row] - table.low[row], table.high[row] - table.support[row]))),
        evidence=evidence(int(table.answers[row])),
        inclusion=None if standing is None else inclusion(standing.stays),
    )


def evidence(answers: int) -> str | None:
    """How much the answers can carry, as a word; None from 30 to 79."""
    return next((word for below, word in EVIDENCE if answers < below), "firm")


def inclusion(stays: float) -> str:
    """How surely an item stays within the first places, as a word."""
    return next((word for least, word in INCLUSION if stays >= least), "unlikely")


def flags(table: Table, placing: Placing, place: int, by_support: int) -> list[str]:
    """Flags that follow from the printed table: `contested`, `group-priority`, `set-aside`."""
    row = int(placing.order[place - 1])
    found = ["set-aside"] if table.tally[:, row].sum() > table.answers[row] else []
    heavy = table.claims[table.weights >= CONTESTED_WEIGHT, row]
    if (heavy >= CONTESTED_CLAIM).any() and (heavy <= -CONTESTED_CLAIM).any():
        found.append("contested")
    if len(placing.parts) and table.groups > 1 and by_support > place + FAR:
        parts = placing.parts[place - 1]
        if parts.max() >= ALONE * parts.sum():
            found.append("group-priority")
    return found


def flags_from_votes(everywhere: bool, *, makers_answers: int, makers: int, method: Method) -> list[str]:
    """Flags that need counts which are not printed: `common-ground`, `few-decision-makers`.

    The second is left out where fewer decision makers than a shown cell needs took part at all:
    it would then stand at every item and tell nothing.
    """
    found = ["common-ground"] if everywhere else []
    if makers >= method.min_cell and makers_answers < method.min_cell:
        found.append("few-decision-makers")
    return found


def minorities(table: Table, placing: Placing, method: Method, letters: str) -> tuple[Minority, ...]:
    """For each opinion group at most one item that it alone wants strongly, beyond the first k places."""
    if table.groups < 2:
        return ()
    found = []
    for group in range(table.groups):
        others = np.delete(np.arange(table.groups), group)
        best: Minority | None = None
        for place, row in enumerate(placing.order, 1):
            claim = float(table.claims[group, row])
            alone = claim >= STRONG and (table.claims[others, row] <= MILD).all()
            if place > method.k and alone and (best is None or claim > best.claim):
                best = Minority(int(table.number[row]), letters[group], claim, place)
        found += [best] if best else []
    return tuple(found)
