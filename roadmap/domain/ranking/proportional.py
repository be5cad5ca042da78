"""The order in which groups share the places (ranking rule 4; with 0/1 claims: Sainte-Laguë)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from roadmap.domain.ranking.arrays import Floats, Integers

TIE = 1e-12


@dataclass(frozen=True, eq=False)
class Places:
    """Listed items in order (positions), with what each gained and from which groups.

    `gains` (listed,) and `parts` (listed, groups): a gain is the sum of its parts.
    """

    order: Integers
    gains: Floats
    parts: Floats


def first_in_ties(support: Floats, number: Integers) -> Integers:
    """Positions by higher support, then lower number: who goes first where gains are equal."""
    return np.lexsort((number, -support))


def places(claims: Floats, weights: Floats, support: Floats, number: Integers, div: float) -> Places:
    """Order the items of one question, until no item with a positive claim is left.

    `claims` (groups, items) are cut to [0, 1]; `weights` (groups,), `support` and `number` (items,).
    """
    before = first_in_ties(support, number)
    wanted = np.clip(claims[:, before], 0, 1)
    served = np.zeros(len(weights))
    order: list[int] = []
    gains: list[float] = []
    parts: list[Floats] = []
    for _ in range(len(before)):
        voice = weights / (1 + div * served)
        gain = voice @ wanted
        largest = gain.max()
        if not largest > 0:
            break
        pick = int(np.argmax((gain >= largest - TIE) & (gain > 0)))
        order.append(int(before[pick]))
        gains.append(float(gain[pick]))
        parts.append(voice * wanted[:, pick])
        served += wanted[:, pick]
        wanted[:, pick] = 0
    return Places(np.array(order, dtype=np.int64), np.array(gains), np.array(parts).reshape(-1, len(weights)))


def ranks_of_draws(drawn: Floats, weights: Floats, support: Floats, number: Integers, div: float) -> Integers:
    """Place of each item in each draw: shape (draws, items), counted from 1.

    `drawn` (draws, groups, items) in [0, 1]. An item that a draw does not list has items + 1.
    """
    draws, _, items = drawn.shape
    before = first_in_ties(support, number)
    wanted = np.ascontiguousarray(drawn[:, :, before])
    served = np.zeros((draws, len(weights)))
    ranks = np.full((draws, items), items + 1, dtype=np.int64)
    every = np.arange(draws)
    for place in range(1, items + 1):
        voice = weights / (1 + div * served)
        gain = np.matmul(voice[:, None, :], wanted)[:, 0, :]
        largest = gain.max(axis=1)
        alive = largest > 0
        if not alive.any():
            break
        pick = np.argmax((gain >= (largest - TIE)[:, None]) & (gain > 0), axis=1)
        rows, pick = every[alive], pick[alive]
        ranks[rows, before[pick]] = place
        served[rows] += wanted[rows, :, pick]
        wanted[rows, :, pick] = 0
    return ranks


def ranks_by(values: Floats, support: Floats, number: Integers) -> Integers:
    """Place of each item in each draw by descending value: shape (draws, items), counted from 1."""
    before = first_in_ties(support, number)
    order = before[np.argsort(-values[:, before], axis=1, kind="stable")]
    ranks = np.empty(values.shape, dtype=np.int64)
    np.put_along_axis(ranks, order, np.arange(1, values.shape[1] + 1)[None, :], axis=1)
    return ranks
