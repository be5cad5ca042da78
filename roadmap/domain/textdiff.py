"""Word differences between two texts, for people to read.

Lines are compared first, then words inside the lines that changed, each time by longest common
subsequence (rapidfuzz: bit-parallel, so that 40,000 characters take a fraction of a second).
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rapidfuzz.distance import LCSseq

from roadmap.domain.texts import line_feeds

MOST_COMPARISONS: Final = 400_000_000
"""Pairs of words in one changed place; beyond it (50 MB at work) the place is shown as replaced."""
LEAST_IN_COMMON: Final = 0.25
"""Share of the shorter side's letters that must stay, else single words kept by chance would only confuse."""

Block = tuple[bool, list[str], list[str]]
"""Whether both sides are the same, what stood there before, what stands there after."""


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Token:
    """A piece of text and what became of it; never empty."""

    kind: Kind
    text: str


def differences(before: str, after: str) -> tuple[Token, ...]:
    """What must be removed from `before` and added to make `after`, in reading order.

    Same and removed pieces together are `before`, same and added ones are `after`, both with line feeds
    for line ends; neighbours differ in kind, and what was removed stands before what took its place.
    """
    pieces: list[Token] = []
    lines_before, lines_after = _lines(line_feeds(before)), _lines(line_feeds(after))
    for same, old, new in _aligned(lines_before, lines_after):
        pieces.extend([Token(Kind.SAME, "".join(old))] if same else _inside("".join(old), "".join(new)))
    return tuple(_gathered(pieces))


def _inside(before: str, after: str) -> list[Token]:
    """The differences, word by word, between two passages that are not the same."""
    blocks: list[Block] = list(_aligned(_words(before), _words(after)))
    kept = sum(_letters(old) for same, old, _new in blocks if same)
    if kept < LEAST_IN_COMMON * min(_letters([before]), _letters([after])):
        return _replaced(before, after)
    pieces: list[Token] = []
    for position, (same, old, new) in enumerate(blocks):
        text = "".join(old)
        if not same:
            pieces.extend(_replaced(text, "".join(new)))
        elif text.isspace() and "\n" not in text and _rewritten_around(blocks, position):
            pieces.extend(_replaced(text, text))  # so that "one year" becomes "two years" in one piece
        else:
            pieces.append(Token(Kind.SAME, text))
    return pieces


def _rewritten_around(blocks: list[Block], position: int) -> bool:
    """Whether words were taken out as well as put in, beside what stayed on either side."""
    if not 0 < position < len(blocks) - 1:
        return False
    (_same, old, new), (_also, old_next, new_next) = blocks[position - 1], blocks[position + 1]
    return bool((old or old_next) and (new or new_next))


def _replaced(before: str, after: str) -> list[Token]:
    return [Token(kind, text) for kind, text in ((Kind.REMOVED, before), (Kind.ADDED, after)) if text]


def _aligned(before: list[str], after: list[str]) -> Iterator[Block]:
    """Blocks of the two lists in turn: the same in both, or what stands in the place of what."""
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if start:
        yield True, before[:start], after[:start]
    if len(old) * len(new) > MOST_COMPARISONS:
        yield False, old, new
    else:
        yield from _by_subsequence(old, new)
    if end:
        yield True, before[len(before) - end :], after[len(after) - end :]


def _by_subsequence(old: list[str], new: list[str]) -> Iterator[Block]:
    numbers: dict[str, int] = {}
    coded = [[numbers.setdefault(item, len(numbers)) for item in side] for side in (old, new)]
    gap_old = gap_new = 0
    for step in LCSseq.opcodes(coded[0], coded[1]):
        if step.tag != "equal" or step.src_start == step.src_end:
            continue
        if gap_old < step.src_start or gap_new < step.dest_start:
            yield False, old[gap_old : step.src_start], new[gap_new : step.dest_start]
        yield True, old[step.src_start : step.src_end], new[step.dest_start : step.dest_end]
        gap_old, gap_new = step.src_end, step.dest_end
    if gap_old < len(old) or gap_new < len(new):
        yield False, old[gap_old:], new[gap_new:]


def _common(first: list[str], second: list[str]) -> int:
    """How many items the two lists have in common at their beginning."""
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count


def _lines(text: str) -> list[str]:
    """The lines, each with its line feed, if it has one."""
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _words(text: str) -> list[str]:
    """Words, white space, line feeds and everything else, in order; joined they are the text.

    Marks and joiners stay with what they follow: short vowels in Arabic words, parts of an emoji.
    """
    words: list[str] = []
    previous = ""
    for character in text:
        sort = _sort(character)
        if words and (sort == "mark" or (sort == previous and sort != "break")):
            words[-1] += character
        else:
            words.append(character)
            previous = "word" if sort == "mark" else sort
    return words


def _sort(character: str) -> str:
    if character == "\n":
        return "break"
    if character.isalnum():
        return "word"
    if character.isspace():
        return "space"
    category = unicodedata.category(character)
    return "mark" if category[0] == "M" or category == "Cf" else "sign"


def _letters(texts: Iterable[str]) -> int:
    """Number of code points that are not white space."""
    return sum(not character.isspace() for text in texts for character in text)


def _gathered(pieces: Iterable[Token]) -> Iterator[Token]:
    """Neighbours of one kind as one; within a change first all that was removed, then all that was added."""
    held: dict[Kind, list[str]] = {kind: [] for kind in Kind}
    for piece in pieces:
        finished = (Kind.REMOVED, Kind.ADDED) if piece.kind is Kind.SAME else (Kind.SAME,)
        yield from _released(held, finished)
        held[piece.kind].append(piece.text)
    yield from _released(held, tuple(Kind))


def _released(held: dict[Kind, list[str]], kinds: tuple[Kind, ...]) -> Iterator[Token]:
    for kind in kinds:
        if held[kind]:
            yield Token(kind, "".join(held[kind]))
            held[kind].clear()
