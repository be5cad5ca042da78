"""Votes of people who picked an item themselves beside votes of those it was given to (ranking rule 11)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from roadmap.domain.ranking import scores
from roadmap.domain.ranking.arrays import AGREE, DISAGREE, Floats, Integers, Truths
from roadmap.domain.ranking.method import PLAIN, Method
from roadmap.domain.ranking.snapshot import ORIGINS, Snapshot

HALF = 0.5
"""The share of a question's open items with enough routed answers from which the guard acts in it."""


@dataclass(frozen=True, eq=False)
class Guard:
    """What the comparison says of each item of a snapshot, one column per item.

    `direct`, `routed` (3, items): agree, disagree, pass by origin. `z` (2, items): how far the agree and the
    disagree share of direct votes lie above those of routed ones, in standard errors; 0 where one of them is
    missing. `acts`: whether the guard acts in the item's question. `set_aside`: whether direct votes are set
    aside from its place. `waits`: whether it has too few routed answers for a place beside its direct votes.
    """

    direct: Integers
    routed: Integers
    z: Floats
    acts: Truths
    set_aside: Truths
    waits: Truths

    def kept(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot without the votes that are set aside; the people stay, with or without a vote."""
        if not self.set_aside.any():
            return snapshot
        return snapshot.where(~(self.set_aside[snapshot.item] & (snapshot.origin == ORIGINS.index("direct"))))


def compare(snapshot: Snapshot, method: Method, *, acting: bool = True) -> Guard:
    """Compare direct with routed votes, item by item. Imported and paper votes are not compared.

    With `acting` False, and under the plain counts, whose order is that of the printed tallies, it acts nowhere.
    """
    by_origin = scores.count(snapshot, snapshot.origin, len(ORIGINS), by_row=True)
    direct, routed = by_origin[ORIGINS.index("direct")], by_origin[ORIGINS.index("routed")]
    chosen, given = direct.sum(axis=0), routed.sum(axis=0)
    z = differences(direct, routed)
    acts = np.zeros(snapshot.items, dtype=bool)
    if acting and method.name not in PLAIN:
        answered = by_origin.sum(axis=(0, 1)) > 0
        acts = _acts(snapshot, answered, given >= method.guard_min_routed)
    many = acts & (chosen >= method.guard_min_direct)
    compared = many & (given >= method.guard_min_routed)
    return Guard(
        direct=direct,
        routed=routed,
        z=z,
        acts=acts,
        set_aside=compared & (np.abs(z) > method.guard_z).any(axis=0),
        waits=many & ~compared,
    )


def differences(direct: Integers, routed: Integers) -> Floats:
    """z of agree and of disagree (2, items) from counts (3, items): two shares, one pooled variance."""
    chosen, given = direct.sum(axis=0), routed.sum(axis=0)
    both = (chosen > 0) & (given > 0)
    x_d, x_r = direct[[AGREE, DISAGREE]], routed[[AGREE, DISAGREE]]
    n_d, n_r = np.maximum(chosen, 1), np.maximum(given, 1)
    pooled = (x_r + x_d + 1) / (n_r + n_d + 2)
    error = np.sqrt(pooled * (1 - pooled) * (1 / n_d + 1 / n_r))
    return np.asarray(np.where(both, (x_d / n_d - x_r / n_r) / error, 0.0))


def _acts(snapshot: Snapshot, answered: Truths, enough: Truths) -> Truths:
    """Per item: have at least half of the open items of its question enough routed answers?

    Items without any answer stand outside, as everywhere.
    """
    _, of_item = np.unique(snapshot.question, return_inverse=True)
    known, given = (np.bincount(of_item, weights=which) for which in (answered, enough))
    return np.asarray(((given > 0) & (given >= HALF * known))[of_item])
