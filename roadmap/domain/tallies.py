"""Counts of answers, and which parts of a breakdown may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

SMALLEST_SHOWN = 10

Part = TypeVar("Part", bound=str)


@dataclass(frozen=True)
class Tally:
    """How many agree, disagree, pass."""

    agree: int = 0
    disagree: int = 0
    passed: int = 0

    @property
    def answers(self) -> int:
        return self.agree + self.disagree + self.passed

    @property
    def share(self) -> float | None:
        """Agree ÷ all answers, a pass being an answer; None without any."""
        return self.agree / self.answers if self.answers else None

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.agree + other.agree, self.disagree + other.disagree, self.passed + other.passed)

    def printed(self) -> dict[str, int]:
        """The tally under the names that files use."""
        return {"agree": self.agree, "disagree": self.disagree, "pass": self.passed}


def shown_parts(people: Mapping[Part, int], smallest: int = SMALLEST_SHOWN) -> frozenset[Part]:
    """Which parts of a public total may be shown.

    Only parts of at least `smallest` people; and where those withheld come to fewer than that, but
    to somebody, the smallest shown one is withheld too (of equal ones the last by name).
    """
    shown = {part for part, number in people.items() if number >= max(smallest, 1)}
    remainder = sum(number for part, number in people.items() if part not in shown)
    if shown and 0 < remainder < smallest:
        fewest = min(people[part] for part in shown)
        shown.remove(max(part for part in shown if people[part] == fewest))
    return frozenset(shown)


def shown_people(people: Mapping[Part, int], smallest: int = SMALLEST_SHOWN) -> dict[Part, int | None]:
    """Numbers of people by part, None where withheld."""
    shown = shown_parts(people, smallest)
    return {part: number if part in shown else None for part, number in people.items()}


def shown_tallies(tallies: Mapping[Part, Tally], smallest: int = SMALLEST_SHOWN) -> dict[Part, Tally | None]:
    """Tallies of one item by part, None where withheld."""
    shown = shown_parts({part: tally.answers for part, tally in tallies.items()}, smallest)
    return {part: tally if part in shown else None for part, tally in tallies.items()}
