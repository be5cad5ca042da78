"""What authors can say against a merge, for how long, and what follows when it is to be made again.

An objection parts a group in two: what left the merge, and what stayed together. Bringing a part of the one
together with a part of the other again needs an answer; where that was tried and objected to again, it has ended.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as Group
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

TIME_TO_OBJECT: Final = timedelta(days=5)


@dataclass(frozen=True)
class Objection:
    """`merge` was objected to; `left` and `stayed` hold proposals. `answered_by`: the merge that was made again."""

    identifier: int
    merge: int
    left: frozenset[int]
    stayed: frozenset[int]
    answered_by: int | None = None

    def stands_between(self, trees: Sequence[Group[int]]) -> bool:
        """Whether joining these trees brings together what the objection parted.

        What stands in one tree is together already, so it is not brought together.
        """
        leaving = {place for place, tree in enumerate(trees) if not self.left.isdisjoint(tree)}
        staying = {place for place, tree in enumerate(trees) if not self.stayed.isdisjoint(tree)}
        return bool(leaving and staying) and not (leaving == staying and len(leaving) == 1)


class Ruling(StrEnum):
    """Whether a merge may be made, as far as objections go."""

    FREE = "free"
    ANSWER = "answer"
    ENDED = "ended"


def closes(made: datetime) -> datetime:
    """Until when authors may object to a merge made at that moment; not at the moment itself."""
    return made + TIME_TO_OBJECT


def is_open(made: datetime, now: datetime) -> bool:
    """Whether authors may still object."""
    return made <= now < closes(made)


def to_answer(trees: Sequence[Group[int]], objections: Iterable[Objection]) -> tuple[Objection, ...]:
    """The objections that stand between these trees, oldest first."""
    met = [objection for objection in objections if objection.stands_between(trees)]
    return tuple(sorted(met, key=lambda objection: objection.identifier))


def ruling(trees: Sequence[Group[int]], objections: Iterable[Objection]) -> Ruling:
    """What making one of these trees needs: nothing, an answer, or it has ended by a second objection."""
    met = to_answer(trees, objections)
    if not met:
        return Ruling.FREE
    made_again = {objection.answered_by for objection in met} - {None}
    if any(objection.merge in made_again for objection in met):
        return Ruling.ENDED
    return Ruling.ANSWER
