"""Which groups of people hardly take part, judged by those who do."""

from collections.abc import Mapping

from roadmap.domain.tallies import SMALLEST_SHOWN

FAR_BELOW = 4
"""A group hardly takes part where it has less than this part, one in four, of the mean of the others."""
ENOUGH = 30
"""People in all groups together before anything is said of any of them."""


def can_be_compared(people: Mapping[str, int]) -> bool:
    """Whether enough people take part for a comparison to say something."""
    return len(people) > 1 and sum(people.values()) >= ENOUGH


def hardly_taking_part(people: Mapping[str, int]) -> list[str]:
    """The groups far below the mean of the others, in the order given; none while it is too early to tell."""
    if not can_be_compared(people):
        return []
    total, others = sum(people.values()), len(people) - 1
    return [group for group, number in people.items() if FAR_BELOW * number * others < total - number]


def told(number: int, smallest: int = SMALLEST_SHOWN) -> int | None:
    """The number of people; None where so few must not be told one from another."""
    return number if number >= smallest else None
