"""Draws from the printed table: which places can be told apart (ranking rule 8)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import RandomState

from roadmap.domain.ranking.arrays import Floats, Integers
from roadmap.domain.ranking.intervals import NORMAL_90
from roadmap.domain.ranking.method import Method
from roadmap.domain.ranking.table import Table

NARROWEST = 0.0001645
THINNEST_SHAPE = 1e-6
LOWER, HIGHER = 0.05, 0.95


@dataclass(frozen=True, eq=False)
class Draws:
    """Redrawn claims (draws, groups, items) cut to [0, 1], and redrawn support (draws, items)."""

    claims: Floats
    support: Floats


@dataclass(frozen=True)
class Standing:
    """What the draws tell about a listed item.

    `first` and `last`: 5 and 95 per cent quantile of its place, None "to the end"; `stays`: share of
    the draws in which it stands within the first k.
    """

    first: int
    last: int | None
    stays: float


def draw(table: Table, method: Method) -> Draws:
    """Redraw the whole table, one stream for the edition, items by ascending number.

    The stream of numpy's RandomState is frozen, so that the same table gives the same draws for ever.
    """
    items, groups = len(table.number), table.groups
    rest = 1 - table.support - table.opposition
    net = table.support - table.opposition
    half = np.maximum(np.maximum(table.support - table.low, table.high - table.support), NARROWEST)
    strength = np.maximum(2, table.support * (1 - table.support) / (half / NORMAL_90) ** 2 - 1)
    shapes = np.maximum(strength * np.stack([table.support, table.opposition, rest]), THINNEST_SHAPE)
    spread = _spread(table, method)
    # noise with a mean of zero over the groups keeps the mean of the claims at the net support
    stream = RandomState(method.seed)
    claims = np.empty((method.draws, groups, items))
    shares = np.empty((method.draws, items))
    for replicate in range(method.draws):
        gamma = stream.standard_gamma(shapes)
        gamma /= gamma.sum(axis=0)
        shares[replicate] = gamma[0]
        drawn = table.claims + ((gamma[0] - gamma[1]) - net)
        if groups > 1:
            noise = stream.standard_normal((groups, items)) * spread
            drawn = drawn + noise - table.weights @ noise
        claims[replicate] = np.clip(drawn, 0, 1)
    return Draws(claims, shares)


def _spread(table: Table, method: Method) -> Floats:
    """Standard deviation of a group's claim beside the common part: (groups, items)."""
    net = table.support - table.opposition
    share = table.people / max(table.people.sum(), 1)
    answers = np.outer(share, table.answers)
    variance = np.maximum(table.support + table.opposition - net**2, 0)
    return np.asarray(np.sqrt(variance / (answers + method.kappa_g + 1)))


def band_numbers(ranks: Integers, conf: float) -> list[int]:
    """Band (from 0) of each place; `ranks` (draws, listed items in order), beyond the items = not listed.

    A new band begins where the leader of the band stood before the item in at least `conf` of the draws.
    """
    bands: list[int] = []
    leader = 0
    for place in range(ranks.shape[1]):
        ahead = int(np.count_nonzero(ranks[:, leader] < ranks[:, place]))
        if place and ahead >= conf * len(ranks) - 1e-9:
            leader = place
            bands.append(bands[-1] + 1)
        else:
            bands.append(bands[-1] if bands else 0)
    return bands


def standings(ranks: Integers, items: int, k: int) -> list[Standing]:
    """What `ranks` (draws, listed items in order) tell about each item; above `items` = not listed."""
    draws, listed = ranks.shape
    if not listed:
        return []
    lower = np.quantile(ranks, LOWER, axis=0, method="lower")
    higher = np.quantile(ranks, HIGHER, axis=0, method="higher")
    stays = np.count_nonzero(ranks <= min(k, items), axis=0) / draws
    return [
        Standing(min(int(low), listed), None if high > items else int(high), round(float(share), 4))
        for low, high, share in zip(lower, higher, stays, strict=True)
    ]
