"""Tile walls: squares with two quarter arcs each, so that neighbours join; one run of arcs is the thread.

A wall is drawn from a seed alone. Its geometry is path data in units of half a tile: a wall of `columns` by
`rows` tiles fills the box (0, 0, 2 * columns, 2 * rows).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

Side = Literal["start", "top", "end", "bottom"]
Step = tuple[int, int, Side, Side]
"""One arc of the thread: column, row, the side it enters by and the side it leaves by."""

MIDDLE: dict[Side, tuple[int, int]] = {"start": (0, 1), "top": (1, 0), "end": (2, 1), "bottom": (1, 2)}
BEYOND: dict[Side, tuple[int, int, Side]] = {
    "start": (-1, 0, "end"),
    "top": (0, -1, "bottom"),
    "end": (1, 0, "start"),
    "bottom": (0, 1, "top"),
}
RISING: dict[Side, Side] = {"start": "top", "top": "start", "end": "bottom", "bottom": "end"}
FALLING: dict[Side, Side] = {"start": "bottom", "bottom": "start", "end": "top", "top": "end"}
ATTEMPTS = 48


@dataclass(frozen=True)
class Wall:
    """`falls[row][column]` says which way a tile is turned; `thread` is empty where no run crosses."""

    columns: int
    rows: int
    falls: tuple[tuple[bool, ...], ...]
    thread: tuple[Step, ...] = ()


def _bits(seed: str) -> Iterator[bool]:
    """An endless row of bits that depends on the seed alone, on every machine."""
    block = 0
    while True:
        for byte in blake2b(f"{seed}/{block}".encode(), digest_size=32).digest():
            for place in range(8):
                yield bool(byte >> place & 1)
        block += 1


def _follow(falls: tuple[tuple[bool, ...], ...], row: int) -> tuple[Step, ...]:
    """The run that enters the wall at its start edge in `row`; empty unless it leaves at the end edge."""
    rows, columns = len(falls), len(falls[0])
    column, side = 0, "start"
    steps: list[Step] = []
    entered: Side = "start"
    while 0 <= row < rows and 0 <= column < columns:
        leaves = (FALLING if falls[row][column] else RISING)[entered]
        steps.append((column, row, entered, leaves))
        across, down, entered = BEYOND[leaves]
        column, row, side = column + across, row + down, leaves
    return tuple(steps) if side == "end" and column == columns else ()


def wandering_wall(seed: str | int, columns: int, rows: int) -> Wall:
    """A wall whose tiles fall at random, with the run nearest to 2.5 arcs a column."""
    wanted = 2.5 * columns
    best = Wall(columns, rows, ())
    for attempt in range(ATTEMPTS):
        bits = _bits(f"{seed}/{columns}x{rows}/{attempt}")
        falls = tuple(tuple(next(bits) for _ in range(columns)) for _ in range(rows))
        for row in range(rows):
            thread = _follow(falls, row)
            if not best.falls or abs(len(thread) - wanted) < abs(len(best.thread) - wanted):
                best = Wall(columns, rows, falls, thread)
    return best


def steered_wall(seed: str | int, columns: int, rows: int) -> Wall:
    """A wall whose thread leaves at the height at which it entered, so that it can be repeated end to end."""
    first = rows // 2
    attempt = 0
    while True:
        bits = _bits(f"{seed}/{columns}x{rows}/steered/{attempt}")
        attempt += 1
        falls = [[next(bits) for _ in range(columns)] for _ in range(rows)]
        row = first
        for column in range(columns):  # each column is entered from the start and left, one row up or down
            down = next(bits) if 0 < row < rows - 1 else row == 0
            falls[row][column] = down
            row += 1 if down else -1
            falls[row][column] = down
        if row == first:
            turned = tuple(map(tuple, falls))
            return Wall(columns, rows, turned, _follow(turned, first))


def wall_path(wall: Wall) -> str:
    """Path data of all arcs."""
    arcs: list[str] = []
    for row, line in enumerate(wall.falls):
        for column, falls in enumerate(line):
            x, y = 2 * column, 2 * row
            if falls:
                arcs.append(f"M{x + 1} {y}a1 1 0 0 0 1 1m-2 0a1 1 0 0 1 1 1")
            else:
                arcs.append(f"M{x} {y + 1}a1 1 0 0 0 1-1m0 2a1 1 0 0 1 1-1")
    return "".join(arcs)


def thread_path(wall: Wall) -> str:
    """Path data of the thread, one unbroken line; empty without a thread."""
    if not wall.thread:
        return ""
    column, row, side, _ = wall.thread[0]
    x, y = 2 * column + MIDDLE[side][0], 2 * row + MIDDLE[side][1]
    parts = [f"M{x} {y}"]
    for column, row, enters, leaves in wall.thread:
        to_x, to_y = 2 * column + MIDDLE[leaves][0], 2 * row + MIDDLE[leaves][1]
        corner_x = 2 * column + (0 if "start" in (enters, leaves) else 2)
        corner_y = 2 * row + (0 if "top" in (enters, leaves) else 2)
        clockwise = (x - corner_x) * (to_y - corner_y) - (y - corner_y) * (to_x - corner_x) > 0
        parts.append(f"a1 1 0 0 {int(clockwise)} {to_x - x} {to_y - y}")
        x, y = to_x, to_y
    return "".join(parts)
