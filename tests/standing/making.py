"""Editions in which opinion groups can be told apart."""

from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition
from tests.drafts.making import with_ballots

CAMPS = {
    "Everybody wants it": "+" * 60,
    "The first camp wants it": "+" * 36 + "-" * 24,
    "The second camp wants it": "-" * 36 + "+" * 24,
    "The first camp alone": "+" * 36 + ("+-o" * 8),
    **{f"First {number}": "+" * 36 + "-" * 24 for number in range(4)},
    **{f"Second {number}": "-" * 36 + "+" * 24 for number in range(4)},
}
"""Sixty voters in two camps, one letter each."""


def two_camps(**fields: object) -> tuple[Edition, Actor]:
    """The edition and its organiser."""
    return with_ballots(CAMPS, people=60, **fields)
