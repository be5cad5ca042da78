"""The likely pairs among what is kept of proposals."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from roadmap.domain.similar import least_of, likely
from roadmap.similarity.encoders import Encoder


@dataclass(frozen=True)
class Kept:
    """All of an edition that can be compared: proposals, their revisions, languages, copies, what was encoded."""

    ids: list[int]
    revisions: list[int]
    languages: list[str]
    copied: list[str]
    content: list[bytes]


def likely_pairs(using: Encoder, kept: Kept, block: Sequence[int]) -> Iterator[tuple[int, int, float]]:
    """(place, place, likeness to three places) of the block with all others, the older proposal first.

    A text that is the same word for word is alike by 1, whatever its title.
    """
    likeness = using.likeness([kept.content[place] for place in block], kept.content)
    copied = np.array(kept.copied)
    for row, place in enumerate(block):
        if kept.copied[place]:
            likeness[row][copied == kept.copied[place]] = 1
        likeness[row][place] = -1
    least = least_of(
        [kept.languages[place] for place in block], kept.languages, same=using.same, across=using.across
    )
    for row, column, value in likely(likeness, least):
        yield min(block[row], column), max(block[row], column), value
