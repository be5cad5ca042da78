"""Bars as SVG: plain, readable in light and dark, without a script."""

from collections.abc import Mapping, Sequence
from html import escape

WIDTH, NAME, LINE = 760, 250, 20
COLOURS = ("#1f5fa8", "#c2571a", "#3f7d3a", "#7a4fa3", "#8a6d00", "#5a6472")


def bars(title: str, rows: Mapping[str, Sequence[float]], series: Sequence[str], most: float) -> str:
    """Horizontal bars: one block per row, one bar per series, from 0 to `most`; figures beside each bar."""
    height = 60 + sum(LINE * len(values) + 10 for values in rows.values()) + LINE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(title)}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="10" y="22" font-size="15" font-weight="bold">{escape(title)}</text>',
    ]
    for at, name in enumerate(series):
        left = 10 + at * (WIDTH - 20) // max(len(series), 1)
        colour = COLOURS[at % len(COLOURS)]
        parts.append(f'<rect x="{left}" y="34" width="10" height="10" fill="{colour}"/>')
        parts.append(f'<text x="{left + 15}" y="43">{escape(name)}</text>')
    top = 60
    for name, values in rows.items():
        parts.append(f'<text x="10" y="{top + 13}">{escape(name)}</text>')
        for at, value in enumerate(values):
            length = max(1, round((WIDTH - NAME - 70) * min(value / most, 1)))
            colour = COLOURS[at % len(COLOURS)]
            parts.append(
                f'<rect x="{NAME}" y="{top}" width="{length}" height="{LINE - 5}" fill="{colour}"/>'
                f'<text x="{NAME + length + 6}" y="{top + 12}">{value:.2f}</text>'
            )
            top += LINE
        top += 10
    return "\n".join([*parts, "</svg>"]) + "\n"
