"""Which languages somebody reads, and which proposals the deck may therefore draw for them.

A choice is a tuple of language codes in alphabetical order. It is empty as long as nothing was said: then every
language counts as read, so that nobody misses a proposal without knowing.
"""

import re
from collections.abc import Iterable

_CODE = re.compile("[a-z]{2,3}")
MOST = 20
"""So many languages are read back from a browser; more than that nobody has ticked."""


def base(language: str) -> str:
    """The language without its region: who reads Portuguese reads that of Brazil."""
    return language.replace("_", "-").partition("-")[0].lower()


def is_read(language: str, choice: Iterable[str]) -> bool:
    """Whether somebody with this choice reads what is written in the language."""
    chosen = frozenset(choice)
    return not chosen or base(language) in chosen


def offered(spoken: Iterable[str], written: Iterable[str], order: Iterable[str]) -> tuple[str, ...]:
    """The languages to choose from: those that an edition speaks and those in which something is written there.

    In the given order, others after it by their codes.
    """
    every = {base(code) for code in (*spoken, *written)}
    first = tuple(code for code in order if code in every)
    return (*first, *sorted(every - set(first)))


def chosen(ticked: Iterable[str], on_offer: Iterable[str], before: Iterable[str]) -> tuple[str, ...]:
    """The choice that follows from ticking these of the languages on offer; empty where none of them was ticked.

    Languages that were chosen before and are not on offer here stay.
    """
    offer = set(on_offer)
    now = offer & set(ticked)
    return tuple(sorted(now | (set(before) - offer))) if now else ()


def as_text(choice: Iterable[str]) -> str:
    """The choice as a browser keeps it."""
    return ".".join(choice)


def from_text(text: str) -> tuple[str, ...]:
    """The choice that a browser brings back; what is no language code is left out."""
    return tuple(sorted({code for code in text.split(".")[:MOST] if _CODE.fullmatch(code)}))
