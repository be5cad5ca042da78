"""From the computed order to the printed list: what organisers moved, left out, closed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """An item of the list: its rank, its band in ranks, its computed place."""

    number: int
    rank: int
    band: tuple[int, int]
    place: int
    moved: bool


def arrange(
    order: Sequence[int],
    bands: Sequence[int],
    *,
    moves: Mapping[int, int],
    left_out: Collection[int],
) -> list[Line]:
    """The list with items moved to the ranks in `moves` (number to rank) and without `left_out`.

    `order`: numbers in computed order; `bands`: the band of each. A band runs from the first to the
    last rank of its items that were not moved; a moved item is a band of its own.
    Raises ValueError for a move of an item that is not in the order, to no rank of the list, or to
    the rank of another move.
    """
    places = {number: place for place, number in enumerate(order, 1)}
    kept = [number for number in order if number not in left_out]
    for number, rank in moves.items():
        if number not in kept:
            raise ValueError(f"item {number} has no computed place and cannot be moved")
        if not 1 <= rank <= len(kept):
            raise ValueError(f"item {number} cannot be moved to place {rank} of {len(kept)}")
    if len(set(moves.values())) != len(moves):
        raise ValueError("two items are moved to one place")
    final = [number for number in kept if number not in moves]
    for number, rank in sorted(moves.items(), key=lambda move: move[1]):
        final.insert(rank - 1, number)
    band_of = dict(zip(order, bands, strict=True))
    ends: dict[int, list[int]] = {}
    for rank, number in enumerate(final, 1):
        if number not in moves:
            ends.setdefault(band_of[number], []).append(rank)
    return [
        Line(
            number,
            rank,
            (rank, rank) if number in moves else (ends[band_of[number]][0], ends[band_of[number]][-1]),
            places[number],
            number in moves,
        )
        for rank, number in enumerate(final, 1)
    ]
