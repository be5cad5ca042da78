"""Opinion groups: people who answer alike (ranking rule 3.3). Nobody is ever told their group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from roadmap.domain.ranking.arrays import Floats, Integers, Truths
from roadmap.domain.ranking.clusters import clusters, distances, silhouette
from roadmap.domain.ranking.method import Method
from roadmap.domain.ranking.snapshot import Snapshot

LETTERS = "ABCDE"
FEWEST_PEOPLE = 20
FEWEST_ITEMS = 3
PEOPLE_PER_FURTHER_GROUP = 30
MOST_FITTED = 20_000
# Up to so many items all directions at once are found soonest; beyond it the two leading ones by iteration.
MOST_AT_ONCE = 500
# Beyond this many items the square matrix of items costs more than the iteration.
MOST_SQUARED = 4_000
MOST_ROUNDS = 300


@dataclass(frozen=True, eq=False)
class Plane:
    """Where each person stands (people, 2), who has a vote, and who has enough of them to found a group."""

    points: Floats
    voted: Truths
    enough: Truths


@dataclass(frozen=True, eq=False)
class OpinionGroups:
    """The group of each person (-1 without a vote), and the number of groups (at least 1).

    `plane`: where they stand, from which other divisions of the same people follow; None where there is but one.
    """

    of_person: npt.NDArray[np.int8]
    number: int
    plane: Plane | None = None

    @property
    def letters(self) -> str:
        return LETTERS[: self.number]


def letter(group: int) -> str:
    """The letter of a group; none for whoever is in no group."""
    return LETTERS[group] if group >= 0 else ""


def opinion_groups(snapshot: Snapshot, method: Method) -> OpinionGroups:
    """The groups of the people in the snapshot; one group where no more can be told apart.

    A pure function of the votes: nothing is remembered from an earlier run.
    """
    together = _undivided(snapshot, method)
    if together.plane is None:
        return together
    points = together.plane.points[together.plane.enough]
    return _divided(together.plane, _centres(points, _most(len(points)), method))


def divided_into(snapshot: Snapshot, method: Method, number: int) -> OpinionGroups:
    """The people in the snapshot in so many groups, however unclear or small; fewer where too few have voted."""
    return divided_otherwise(_undivided(snapshot, method), number)


def _undivided(snapshot: Snapshot, method: Method) -> OpinionGroups:
    """Everybody in one group; with a plane where the number of people and of items allows more than one."""
    given = np.bincount(snapshot.person, minlength=snapshot.people)
    answered = int(np.count_nonzero(np.bincount(snapshot.item, minlength=snapshot.items)))
    enough = (given >= min(method.min_votes_group, max(answered, 1))) & (given > 0)
    number = int(enough.sum())
    one = np.where(given > 0, 0, -1).astype(np.int8)
    if number < FEWEST_PEOPLE or answered < FEWEST_ITEMS or _most(number) < 2:
        return OpinionGroups(one, 1)
    return OpinionGroups(one, 1, Plane(_points(snapshot, given, enough, answered), given > 0, enough))


def divided_otherwise(groups: OpinionGroups, number: int) -> OpinionGroups:
    """The same people in so many groups, however unclear or small, to see what hangs on their number."""
    plane = groups.plane
    if plane is None:
        return groups
    points = plane.points[plane.enough]
    number = min(number, _most(len(points)))
    return _divided(plane, None if number < 2 else clusters(_fitted(points), number).centres)


def _most(people: int) -> int:
    """So many groups this number of people allows, whether clear or not."""
    return min(len(LETTERS), 1 + people // PEOPLE_PER_FURTHER_GROUP)


def _fitted(points: Floats) -> Floats:
    """The points to which centres are fitted: of very many every second, third and so on."""
    return points[:: -(-len(points) // MOST_FITTED)]


def _divided(plane: Plane, centres: Floats | None) -> OpinionGroups:
    """Everybody in the group of the nearest centre, groups by number of people with enough votes."""
    if centres is None:
        return OpinionGroups(np.where(plane.voted, 0, -1).astype(np.int8), 1, plane)
    nearest = distances(plane.points, centres).argmin(axis=1)
    size = np.bincount(nearest[plane.enough], minlength=len(centres))
    # Groups of one size: the one farther along the first coordinate comes first.
    order = np.lexsort((-np.round(centres[:, 0], 9), -size))
    place = np.empty(len(centres), dtype=np.int8)
    place[order] = np.arange(len(centres), dtype=np.int8)
    return OpinionGroups(np.where(plane.voted, place[nearest], -1).astype(np.int8), len(centres), plane)


def _points(snapshot: Snapshot, given: Integers, enough: Truths, answered: int) -> Floats:
    """Where each person stands in the plane of the two leading directions: shape (people, 2)."""
    from scipy import sparse  # slow import

    counted = enough[snapshot.person]
    item, choice = snapshot.item, snapshot.choice.astype(np.float64)
    answers = np.bincount(item[counted], minlength=snapshot.items)
    sums = np.bincount(item[counted], weights=choice[counted], minlength=snapshot.items)
    middle = sums / np.maximum(answers, 1)
    matrix = sparse.coo_array(
        (choice - middle[item], (snapshot.person, item)), shape=(snapshot.people, snapshot.items)
    ).tocsr()
    directions = _leading_directions(matrix[np.flatnonzero(enough)])
    stretch = np.sqrt(answered / np.maximum(given, 1))
    return np.asarray(matrix @ directions) * stretch[:, None]


def _leading_directions(rows: object) -> Floats:
    """The two leading right singular vectors as columns; the largest entry of each is positive."""
    from scipy import sparse  # slow import

    matrix = sparse.csr_array(rows)
    if matrix.shape[1] <= MOST_SQUARED:
        vectors = _leading_of_square((matrix.T @ matrix).toarray())
    else:
        start = _a_start(min(matrix.shape))
        _, values, transposed = sparse.linalg.svds(matrix, k=2, v0=start, tol=1e-12)
        vectors = transposed[np.argsort(-values)].T
    largest = np.abs(np.round(vectors, 9)).argmax(axis=0)
    signs = np.where(vectors[largest, [0, 1]] < 0, -1.0, 1.0)
    return np.asarray(vectors * signs)


def _leading_of_square(square: Floats) -> Floats:
    """The two leading eigenvectors of a symmetric matrix as columns, the first one first; exact to rounding."""
    from scipy import linalg, sparse  # slow import

    items = len(square)
    if items > MOST_AT_ONCE:
        start = _a_start(items)
        try:
            values, vectors = sparse.linalg.eigsh(square, k=2, v0=start, tol=0, maxiter=MOST_ROUNDS)
            return np.asarray(vectors[:, np.argsort(-values)], dtype=np.float64)
        except sparse.linalg.ArpackNoConvergence:
            pass  # the second and third direction can hardly be told apart: all at once finds them all the same
    _, found = linalg.eigh(square, subset_by_index=[items - 2, items - 1])
    return np.asarray(found[:, ::-1], dtype=np.float64)


def _a_start(length: int) -> Floats:
    """Where the iteration begins: fixed, and at a right angle to no direction that symmetric votes could have."""
    return np.asarray(np.sqrt(1.0 + np.arange(length)))


def _centres(points: Floats, most: int, method: Method) -> Floats | None:
    """Centres of the clearest division into 2 to `most` groups, none of them too small; or None."""
    fitted = _fitted(points)
    smallest = max(method.min_group, method.min_group_share * len(points))
    best: tuple[float, Floats] | None = None
    for number in range(2, most + 1):
        centres = clusters(fitted, number).centres
        away = distances(points, centres)
        if np.bincount(away.argmin(axis=1), minlength=number).min() < smallest:
            continue
        clearness = silhouette(points, centres)
        if best is None or clearness > best[0] + 1e-12:
            best = (clearness, centres)
    return None if best is None else best[1]
