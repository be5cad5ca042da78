"""Proposals with their comments and supports, as other platforms export them, before anything is stored.

A reader hands over what the rows say; here threads are made of it, and what does not fit together is refused.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from roadmap.imports.tables import Row
from roadmap.proposals.tongues import LEAST_WORDS, seems_written_in

UNKNOWN_LANGUAGE = "und"
"""The code for texts in a language that nobody has told."""
GUESSED_FROM = 200
"""By so many texts at most it is guessed in which language all are written."""
SURE = 0.6
"""So much of them has to seem written in it."""
STANCES = {1: "for", 0: "neutral", -1: "against"}


@dataclass(frozen=True)
class Item:
    """A proposal: its number there, its texts as Markdown, and how it stood there.

    `supports` is empty where the file does not tell; `outcome` is `accepted`, `rejected` or empty; `answer` what
    the platform answered. A moment without a zone is the edition's own time.
    """

    number: int
    title: str
    text: str
    language: str
    made: datetime
    supports: int | None = None
    declared: int | None = None
    url: str = ""
    outcome: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Remark:
    """A comment: its number there, the proposal and the comment it answers, its text as Markdown."""

    number: int
    proposal: int
    parent: int | None
    stance: str
    language: str
    text: str
    made: datetime
    depth: int = 0


@dataclass
class Discussion:
    """Everything of one folder. Comments stand in the order of storing: none before the one it answers."""

    platform: str
    name: str
    digest: str
    language: str
    items: list[Item]
    remarks: list[Remark]
    notes: list[str] = field(default_factory=list)

    @property
    def supports(self) -> int:
        """All supports together: a figure, never votes."""
        return sum(item.supports or 0 for item in self.items)

    @property
    def local_times(self) -> bool:
        """Whether any moment names no zone."""
        moments = [*(item.made for item in self.items), *(remark.made for remark in self.remarks)]
        return any(moment.tzinfo is None for moment in moments)


Found = tuple[Row, Remark]
"""A comment with the row that tells it, for faults."""


def digest_of(contents: Iterable[bytes]) -> str:
    """What tells the contents of these files from any other."""
    parts = b"".join(hashlib.sha256(content).digest() for content in contents)
    return hashlib.sha256(parts).hexdigest()


def guessed(texts: Sequence[str], notes: list[str]) -> str:
    """The language that most of the texts seem to be written in; unknown where that is hard to say. It is told."""
    long_enough = [text for text in texts if len(text.split()) >= LEAST_WORDS][:GUESSED_FROM]
    found = Counter(filter(None, map(seems_written_in, long_enough)))
    language, count = found.most_common(1)[0] if found else (UNKNOWN_LANGUAGE, 0)
    if count < SURE * len(long_enough):
        language = UNKNOWN_LANGUAGE
    if language == UNKNOWN_LANGUAGE:
        notes.append("In which language the texts are is not clear, so none is told; --language tells it.")
    else:
        notes.append(f"The texts are taken to be in “{language}”; --language says otherwise.")
    return language


def numbered(rows: Sequence[tuple[Row, int]], what: str) -> None:
    """Raises BrokenFile where a number stands twice."""
    lines: dict[int, Row] = {}
    for row, number in rows:
        first = lines.setdefault(number, row)
        if first is not row:
            place = f"line {first.line}" if first.file == row.file else f"line {first.line} of {first.file}"
            raise row.broken(f"{what} {number} stands on {place} already.")


def threads(found: Sequence[Found], notes: list[str]) -> list[Remark]:
    """The comments as they are stored, each with its depth and after the one it answers, else by number.

    One whose parent is not there begins a thread of its own, and that is told. Raises BrokenFile for a circle,
    and for an answer that stands under another proposal than what it answers.
    """
    by_number = {remark.number: (row, remark) for row, remark in found}
    roots = {
        number: replace(remark, parent=None)
        for number, (_row, remark) in by_number.items()
        if remark.parent is not None and remark.parent not in by_number
    }
    if roots:
        notes.append(
            f"{found[0][0].file}: {len(roots)} comments answer one that is not in the file; "
            "each begins a thread of its own under its proposal."
        )
    placed: dict[int, Remark] = {}
    for number in sorted(by_number):
        for each in _way_to(number, by_number, placed):
            row, remark = by_number[each]
            remark = roots.get(each, remark)
            above = placed[remark.parent] if remark.parent is not None else None
            if above is not None and above.proposal != remark.proposal:
                raise row.broken(f"comment {each} answers comment {above.number} of another proposal.")
            placed[each] = remark if above is None else replace(remark, depth=above.depth + 1)
    return list(placed.values())


def _way_to(number: int, by_number: Mapping[int, Found], placed: Mapping[int, Remark]) -> list[int]:
    """What is not placed yet on the way from the top of a thread down to this comment."""
    way: dict[int, None] = {}
    at: int | None = number
    while at is not None and at in by_number and at not in placed:
        row, remark = by_number[at]
        if at in way:
            raise row.broken(f"comment {at} answers itself, by way of {len(way)} comments.")
        way[at] = None
        at = remark.parent
    return list(reversed(way))


def note_declared(file: str, items: Sequence[Item], remarks: Sequence[Remark], notes: list[str]) -> None:
    """Tell how many proposals say they have another number of comments than came."""
    came = Counter(remark.proposal for remark in remarks)
    differ = sum(item.declared is not None and item.declared != came[item.number] for item in items)
    if differ:
        notes.append(
            f"{file}: {differ} proposals declare another number of comments than came; what came counts."
        )


def note_empty(file: str, remarks: Sequence[Remark], notes: list[str]) -> None:
    """Tell how many comments have no text; they stay, so that no thread falls apart."""
    empty = sum(not remark.text for remark in remarks)
    if empty:
        notes.append(
            f"{file}: {empty} comments have no text; they are kept empty, so that threads stay whole."
        )
