"""The strip of tiles on drafts and posters, as a drawing for any format."""

from roadmap.domain.tiles import steered_wall, thread_path, wall_path

COLUMNS, ROWS = 66, 3
"""22 times as wide as high: a strip across a printed page."""


def strip_svg() -> str:
    """An SVG picture, the same bytes each time."""
    wall = steered_wall("strip", COLUMNS, ROWS)
    width, height = 2 * COLUMNS, 2 * ROWS
    thread = thread_path(wall)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{8 * width}" height="{8 * height}" aria-hidden="true">'
        f'<rect width="{width}" height="{height}" fill="#161D56"/><g fill="none">'
        f'<path stroke="#4A5FC4" stroke-width=".26" d="{wall_path(wall)}"/>'
        f'<path stroke="#161D56" stroke-width=".9" d="{thread}"/>'
        f'<path stroke="#F6B42C" stroke-width=".46" d="{thread}"/></g></svg>'
    )
