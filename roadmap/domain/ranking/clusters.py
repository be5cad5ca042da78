"""Clusters of points in the plane: k-means from fixed starts, free of the order of the points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from roadmap.domain.ranking.arrays import Floats, Integers

ROUNDS = 100
STILL = 1e-9
# Coordinates that differ by less are the same to every rule that sorts or compares points.
SAME = 9


@dataclass(frozen=True, eq=False)
class Clusters:
    """Centres (clusters, 2) and the sum of squared distances to them."""

    centres: Floats
    inertia: float


def distances(points: Floats, centres: Floats) -> Floats:
    """Distance of each point to each centre: shape (points, clusters)."""
    return np.asarray(np.sqrt(_squares(points, centres)))


def _squares(points: Floats, centres: Floats) -> Floats:
    """Squared distances: for who is nearest and for sums of squares the root is not needed."""
    columns = [(points[:, 0] - x) ** 2 + (points[:, 1] - y) ** 2 for x, y in centres]
    return np.stack(columns, axis=1)


def clusters(points: Floats, number: int) -> Clusters:
    """The best of four fixed starts; an earlier start on ties. Needs at least `number` points."""
    best: Clusters | None = None
    for start in _starts(points, number):
        found = _lloyd(points, points[start])
        if best is None or found.inertia < best.inertia * (1 - STILL):
            best = found
    if best is None:
        raise ValueError("no points")
    return best


def silhouette(points: Floats, centres: Floats) -> float:
    """Mean simplified silhouette: (b - a) / max(a, b) with the distances to own and next centre."""
    nearest = np.sort(distances(points, centres), axis=1)[:, :2]
    own, other = nearest[:, 0], nearest[:, 1]
    return float(np.where(other > 0, (other - own) / np.maximum(other, 1e-300), 0.0).mean())


def in_fixed_order(points: Floats) -> Integers:
    """An order of the points that depends on where they lie alone."""
    rounded = np.round(points, SAME)
    return np.lexsort((rounded[:, 1], rounded[:, 0]))


def _starts(points: Floats, number: int) -> Iterator[Integers]:
    """Indices of starting points: ranks along both coordinates and the angle, then farthest first."""
    fixed = in_fixed_order(points)
    ranks = np.array([(2 * place + 1) * len(points) // (2 * number) for place in range(number)])
    middle = points.mean(axis=0)
    centred = points - middle
    angle = np.arctan2(centred[:, 1], centred[:, 0])
    for key in (points[:, 0], points[:, 1], angle):
        along = fixed[np.argsort(np.round(key[fixed], SAME), kind="stable")]
        yield along[ranks]
    chosen: list[int] = []
    reach = np.hypot(centred[:, 0], centred[:, 1])
    for _ in range(number):
        farthest = int(fixed[np.argmax(np.round(reach[fixed], SAME))])
        away = distances(points, points[[farthest]])[:, 0]
        reach = np.minimum(reach, away) if chosen else away
        chosen.append(farthest)
    yield np.array(chosen)


def _lloyd(points: Floats, centres: Floats) -> Clusters:
    for _ in range(ROUNDS):
        own = _squares(points, centres).argmin(axis=1)
        size = np.bincount(own, minlength=len(centres))
        sums = [np.bincount(own, weights=points[:, axis], minlength=len(centres)) for axis in (0, 1)]
        means = np.stack(sums, axis=1) / np.maximum(size, 1)[:, None]
        # A centre that nobody is nearest to stays where it is.
        moved = np.where(size[:, None] > 0, means, centres)
        change = float(np.abs(moved - centres).max())
        centres = moved
        if change < STILL:
            break
    return Clusters(centres, float(_squares(points, centres).min(axis=1).sum()))
