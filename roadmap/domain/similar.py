"""What says the same thing: pairs of texts by their likeness, and the groups that strong pairs make.

A likeness is a number from 0 to 1, rounded to three places before it is compared: the sums behind it differ in
the seventh place from one machine to another.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

Likenesses = NDArray[np.float32]

PLACES: Final = 3
NEAR_IDENTICAL: Final = 0.95
"""From here on two texts are taken for the same text, give or take a word."""
MOST_IN_A_GROUP: Final = 8
"""More candidates than these cannot be read side by side; the rest make the next group."""
LONGEST_SAID: Final = 600
SHORTEST_COPIED: Final = 40
"""Letters that a text needs before its being the same word for word says anything."""


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text: small letters without accents, stretching and punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = (
        character if character.isalnum() else " "
        for character in plain
        if unicodedata.category(character) not in {"Mn", "Cf", "Lm"}
    )
    return tuple("".join(kept).split())


def said(title: str, text: str) -> str:
    """What a proposal says in short: its title, or its text where the title is only the text's beginning."""
    opening = title.rstrip("…. ")
    return text[:LONGEST_SAID] if opening and text.startswith(opening) else title


def copied_by(text: str) -> str:
    """What two texts that are the same word for word have in common; "" for a short one, which says too little."""
    words = words_of(text)
    whole = " ".join(words)
    return blake2b(whole.encode(), digest_size=16).hexdigest() if len(whole) >= SHORTEST_COPIED else ""


@dataclass(frozen=True, order=True)
class Pair:
    """Two things by their keys, `a` before `b`, and how alike they are."""

    a: int
    b: int
    likeness: float

    def __post_init__(self) -> None:
        if self.a >= self.b:
            raise ValueError("a pair names two things, the smaller key first")


@dataclass(frozen=True)
class Group:
    """Keys in rising order, and the pairs among them, strongest first."""

    members: tuple[int, ...]
    pairs: tuple[Pair, ...]

    @property
    def strongest(self) -> float:
        return self.pairs[0].likeness


def groups(pairs: Iterable[Pair], *, most: int = MOST_IN_A_GROUP) -> list[Group]:
    """The groups that the pairs make, strongest first; nothing is in two of them.

    Pairs are taken strongest first. Two groups become one where at least half of all pairs between them are
    there, so that a chain of neighbours (1 like 2, 2 like 3, 3 like 4) is not taken for one thing. A pair left
    between two groups waits until they are decided. The order in which pairs come does not matter.
    """
    ordered = sorted(set(pairs), key=lambda pair: (-pair.likeness, pair.a, pair.b))
    near: dict[int, set[int]] = {}
    for pair in ordered:
        near.setdefault(pair.a, set()).add(pair.b)
        near.setdefault(pair.b, set()).add(pair.a)
    group_of = {key: frozenset([key]) for key in near}
    for pair in ordered:
        one, other = group_of[pair.a], group_of[pair.b]
        if one is other or len(one) + len(other) > most:
            continue
        if 2 * sum(len(near[key] & other) for key in one) >= len(one) * len(other):
            joined = one | other
            group_of.update(dict.fromkeys(joined, joined))
    inside: dict[frozenset[int], list[Pair]] = {}
    for pair in ordered:
        if group_of[pair.a] is group_of[pair.b]:
            inside.setdefault(group_of[pair.a], []).append(pair)
    return [Group(tuple(sorted(members)), tuple(found)) for members, found in inside.items()]


def least_of(languages: Sequence[str], others: Sequence[str], *, same: float, across: float) -> Likenesses:
    """The least likeness that counts for each of (languages × others); pt-BR and pt are one language."""
    rows = np.array([code.partition("-")[0] for code in languages])
    columns = np.array([code.partition("-")[0] for code in others])
    return np.where(rows[:, None] == columns[None, :], same, across).astype(np.float32)


def likely(
    likeness: Likenesses, least: Likenesses, *, most_each: int = 10
) -> Iterator[tuple[int, int, float]]:
    """(row, column, likeness to three places) of a matrix where the least is reached: at most so many a row,
    strongest first."""
    rounded = np.round(likeness.astype(np.float64), PLACES)
    for row in range(len(rounded)):
        found = np.flatnonzero(rounded[row] >= np.round(least[row].astype(np.float64), PLACES))
        strongest = found[np.lexsort((found, -rounded[row][found]))][:most_each]
        for column in strongest:
            yield row, int(column), float(min(1.0, rounded[row][column]))
