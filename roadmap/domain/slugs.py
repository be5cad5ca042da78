"""Titles to address parts, for five languages: `128-mutual-aid-seat`."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 60
"""Most characters of the words in an address."""

_LETTERS: Final = str.maketrans(
    {
        # Arabic, after decomposition: hamza and short vowels are marks then, and are dropped
        "ا": "a", "ٱ": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d",
        "ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z",
        "ع": "a", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h",
        "و": "w", "ي": "y", "ى": "a", "ة": "a", "ء": "", "ـ": "",
        # letters of other languages in Arabic script
        "پ": "p", "چ": "ch", "ژ": "zh", "ڤ": "v", "ک": "k", "گ": "g", "ڭ": "g", "ی": "y", "ے": "y",
        "ہ": "h", "ں": "n",
        # Latin letters that do not decompose
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    }
)  # fmt: skip
_ENGLISH_ENDINGS: Final = re.compile(r"(?<=[a-z])['’](?=(?:s|t|d|m|re|ve|ll)\b)")
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SEPARATORS: Final = re.compile(r"[^a-z0-9]+")


def slug(title: str) -> str:
    """The title in ASCII small letters, digits and single hyphens, at most 60; empty when nothing is left."""
    decomposed = unicodedata.normalize("NFKD", title.lower()).lower()
    spelled = "".join(_spelled(character) for character in decomposed).translate(_LETTERS)
    words = _SEPARATORS.sub("-", _ENGLISH_ENDINGS.sub("", spelled)).strip("-")
    if len(words) <= LONGEST:
        return words
    whole_words, hyphen, _rest = words[: LONGEST + 1].rpartition("-")
    return whole_words if hyphen else words[:LONGEST]


def is_slug(text: str) -> bool:
    """Whether the text is a slug: small letters, digits and single hyphens between them, at most 60."""
    return len(text) <= LONGEST and _SLUG.fullmatch(text) is not None


def address_part(number: int, title: str) -> str:
    """Number and title of a thing as they stand in its address; the number alone where the slug is empty."""
    words = slug(title)
    return f"{number}-{words}" if words else str(number)


def _spelled(character: str) -> str:
    """Marks and joiners go without a gap, any script's digits become ASCII ones."""
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Cf"}:
        return ""
    return str(unicodedata.decimal(character)) if category == "Nd" else character
