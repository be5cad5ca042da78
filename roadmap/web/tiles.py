"""Drawings made of tiles, as markup for templates, and the two picture files made of them.

Colours stand as attributes and are overridden by the style sheet, so that the drawings hold up without it.
"""

from functools import lru_cache

from markupsafe import Markup

from roadmap.domain.tiles import Wall, steered_wall, thread_path, wall_path, wandering_wall
from roadmap.web.charts import bar_segments

HERO_SIZE = (10, 8)
MARK_SEED = "solidarity"
STRIP_SIZE = (80, 3)


def _svg(wall: Wall, kind: str, arcs: str, thread: str, attributes: str = "") -> Markup:
    return Markup(  # noqa: S704 - every part is made here, from numbers and fixed words
        f'<svg class="{kind}" viewBox="0 0 {2 * wall.columns} {2 * wall.rows}"{attributes} '
        f'aria-hidden="true" focusable="false"><g fill="none">{arcs.format(wall_path(wall))}'
        f"{thread.format(thread_path(wall))}</g></svg>"
    )


@lru_cache(maxsize=256)
def tile_wall(seed: str | int, columns: int = 8, rows: int = 5) -> Markup:
    """A wall that fills its box: the picture of a video without a still, or a cover."""
    return _svg(
        wandering_wall(seed, columns, rows),
        "tiles",
        '<path class="tile-wide" stroke="#24308A" stroke-width=".55" d="{0}"/>'
        '<path class="tile-gap" stroke="#161D56" stroke-width=".18" d="{0}"/>',
        '<path class="tile-thread" stroke="#F6B42C" stroke-width=".32" stroke-linecap="round" d="{0}"/>',
        ' preserveAspectRatio="xMidYMid slice"',
    )


def hero_wall(seed: str | int = "lisbon") -> Markup:
    """The large wall beside the first ballot and on a draft's cover."""
    return tile_wall(seed, *HERO_SIZE)


@lru_cache(maxsize=256)
def emblem(seed: str | int) -> Markup:
    """The sign of a guiding question: three by three tiles, 60 pixels wide."""
    return _svg(
        wandering_wall(f"sign {seed}", 3, 3),
        "emblem",
        '<path class="tile-line" stroke="#AEBBEA" stroke-width=".26" d="{0}"/>',
        '<path class="tile-path" stroke="#2A43AD" stroke-width=".6" d="{0}"/>',
        ' width="60" height="60"',
    )


@lru_cache(maxsize=1)
def mark() -> Markup:
    """The campaign's mark, for the header."""
    return _svg(
        wandering_wall(MARK_SEED, 3, 3),
        "mark-tiles",
        '<path stroke="#8EA2F2" stroke-width=".34" d="{0}"/>',
        '<path stroke="#F6B42C" stroke-width=".62" d="{0}"/>',
        ' width="34" height="34"',
    )


def icon_file() -> str:
    """`static/img/icon.svg`: the mark as a picture of its own."""
    wall = wandering_wall(MARK_SEED, 3, 3)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 6 6"><rect width="6" height="6" rx="1" '
        f'fill="#161D56"/><g fill="none"><path stroke="#8EA2F2" stroke-width=".34" d="{wall_path(wall)}"/>'
        f'<path stroke="#F6B42C" stroke-width=".62" d="{thread_path(wall)}"/></g></svg>\n'
    )


def strip_file() -> str:
    """`static/img/strip.svg`: the strip under the header, repeated across the page."""
    columns, rows = STRIP_SIZE
    wall = steered_wall("strip", columns, rows)
    thread = thread_path(wall)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * columns} {2 * rows}" '
        f'width="{8 * columns}" height="{8 * rows}">'
        f'<rect width="{2 * columns}" height="{2 * rows}" fill="#161D56"/><g fill="none">'
        f'<path stroke="#4A5FC4" stroke-width=".26" d="{wall_path(wall)}"/>'
        f'<path stroke="#161D56" stroke-width=".9" d="{thread}"/>'
        f'<path stroke="#F6B42C" stroke-width=".46" d="{thread}"/></g></svg>\n'
    )


DRAWINGS = {
    "tile_wall": tile_wall,
    "hero_wall": hero_wall,
    "emblem": emblem,
    "mark": mark,
    "bar_segments": bar_segments,
}
"""What the component templates draw with: the application adds these to its template globals."""
