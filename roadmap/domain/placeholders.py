"""Plain placeholders such as {link} in texts that people write: found, checked and filled."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Final

_PLACEHOLDER: Final = re.compile(r"\{([^{}\n]{1,60})\}")
"""Whatever stands in braces on one line; a brace without its partner is an ordinary character."""

LATIN_ISOLATE: Final = "\u2066"
FIRST_ISOLATE: Final = "\u2068"
END_ISOLATE: Final = "\u2069"
LATIN: Final = frozenset({"site_name", "contact_address"})
"""Names whose values are Latin in every language; others run as their first letter does."""


def names_in(text: str) -> list[str]:
    """What stands in braces, each once, in the order of the text."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(text)))


def unknown_in(text: str, allowed: Collection[str]) -> list[str]:
    """What stands in braces and is none of the allowed names."""
    return [name for name in names_in(text) if name not in allowed]


def missing_in(text: str, needed: Collection[str]) -> list[str]:
    """The needed names that the text does not hold."""
    held = names_in(text)
    return [name for name in needed if name not in held]


def filled(text: str, value_of: Callable[[str], str | None]) -> str:
    """The text with each placeholder's value in its place, in one pass: values are never filled themselves.

    A name without a value (None) stays as it was written.
    """

    def value(found: re.Match[str]) -> str:
        given = value_of(found[1])
        return found[0] if given is None else given

    return _PLACEHOLDER.sub(value, text)


def filled_plain(text: str, values: Mapping[str, str], *, isolated: bool) -> str:
    """The text with plain values; `isolated` keeps them apart from a text that runs from right to left."""

    def value(name: str) -> str | None:
        given = values.get(name)
        if not given or not isolated or name in ("link", "stop"):
            return given
        return f"{LATIN_ISOLATE if name in LATIN else FIRST_ISOLATE}{given}{END_ISOLATE}"

    return filled(text, value)


def paragraphs_of(text: str, values: Mapping[str, str], needed: Collection[str] = ()) -> list[str]:
    """The paragraphs, without those that speak of something there is no value for.

    One that holds a needed placeholder stays, whatever else it speaks of.
    """
    parts = (part.strip("\n") for part in re.split(r"\n[ \t]*\n", text))
    return [part for part in parts if part.strip() and _says_something(names_in(part), values, needed)]


def _says_something(names: list[str], values: Mapping[str, str], needed: Collection[str]) -> bool:
    return any(name in needed for name in names) or not any(values.get(name) == "" for name in names)
