"""The orders of a list of proposals, and the folding by which a list is searched."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from roadmap.domain.texts import clean_line

ORDERS = ("fair", "fewest", "new", "talked", "agreed")
"""The orders a list can be read in; `fair` is random, but stays the same for one reader."""


@dataclass(frozen=True)
class Entry:
    """What an order rests on: public number, when it was made, comments, votes and how many of them agree."""

    id: int
    number: int
    made: datetime
    comments: int = 0
    votes: int = 0
    agreeing: int = 0


def fair_key(seed: str, number: int) -> bytes:
    """A place drawn by lot for this reader; the same as long as the reader's seed is."""
    return blake2b(f"{seed}:{number}".encode(), digest_size=8).digest()


def in_order(entries: list[Entry], order: str, seed: str) -> list[Entry]:
    """The entries in one of the ORDERS, ties by number; an unknown order is the fair one."""
    keys: dict[str, Callable[[Entry], Any]] = {
        "fewest": lambda entry: (entry.votes, entry.number),
        "new": lambda entry: (-entry.made.timestamp(), entry.number),
        "talked": lambda entry: (-entry.comments, entry.number),
        "agreed": lambda entry: (-(entry.agreeing / entry.votes if entry.votes else 0), entry.number),
    }
    return sorted(entries, key=keys.get(order, lambda entry: (fair_key(seed, entry.number), entry.number)))


def folded(text: str) -> str:
    """The text as it is searched: small letters without accents and stretching, white space folded."""
    plain = unicodedata.normalize("NFKD", clean_line(text).casefold())
    return "".join(
        character
        for character in plain
        if unicodedata.category(character) not in {"Mn", "Cf"} and character != "ـ"
    )
