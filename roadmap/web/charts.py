"""Geometry of the share bar. All else in our charts is simple enough to stand in the component templates."""

from collections.abc import Sequence

GAP = 0.8
"""Between two segments, in per cent of the bar."""


def bar_segments(counts: Sequence[float]) -> list[tuple[float, float]]:
    """Where each count lies on a bar from 0 to 100: (start, width), none of them negative.

    Counts are 0 or more. An empty count has width 0; gaps stand between drawn segments only. A count that
    would vanish keeps a width of half a gap, so that a lone voice among thousands can be seen.
    """
    total = sum(counts)
    if total <= 0:
        return [(0.0, 0.0) for _ in counts]
    room = 100 - GAP * (sum(count > 0 for count in counts) - 1)
    widths = [max(GAP / 2, room * count / total) if count > 0 else 0.0 for count in counts]
    scale = room / sum(widths)
    segments: list[tuple[float, float]] = []
    start = 0.0
    for width in widths:
        segments.append((round(start, 2), round(width * scale, 2)))
        if width:
            start += width * scale + GAP
    return segments
