"""What a person typed, made safe to store and fair to count."""

import re
import unicodedata
from typing import Final

_NON_CHARACTERS: Final = "".join(
    chr(plane * 0x10000 + low) for plane in range(17) for low in (0xFFFE, 0xFFFF)
)
_UNWANTED: Final = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls but tab, line feed and carriage return
    "\u202a-\u202e\u2066-\u2069"  # overrides, embeddings and isolates: they reorder what stands around them
    "\ud800-\udfff"  # half a character: no encoder takes it
    "\ufeff"  # the byte order mark, left inside by spreadsheet programs
    "\ufdd0-\ufdef" + _NON_CHARACTERS + "]"
)
_LINE_ENDS: Final = re.compile("\r\n|[\r\u2028\u2029]")
_FOLDED_SPACE: Final = re.compile(r"[^\S\u00a0\u202f]+")
"""White space but the no-break spaces: French writes one before ! and ?, and a title keeps each character."""

_BLANKS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Shown as nothing although their category says letter, mark or symbol."""
_ZERO_WIDTH_JOINER: Final = "\u200d"

LONGEST_REASON = 1_000
"""Code points in the reason of a deed."""


def line_feeds(text: str) -> str:
    """The text with every line end (CR LF, CR, line and paragraph separator) as one line feed."""
    return _LINE_ENDS.sub("\n", text)


def clean(text: str) -> str:
    """The text as it is stored: NFC, line feeds only, nothing that is invisible and harmful.

    Removed: control characters but tab and line feed, bidi overrides and isolates, non-characters,
    lone surrogates, byte order marks. Cleaning twice changes nothing.
    """
    return unicodedata.normalize("NFC", line_feeds(_UNWANTED.sub("", text)))


def clean_line(text: str) -> str:
    """The text cleaned and on one line: white space folded to single spaces, none at the ends."""
    return _FOLDED_SPACE.sub(" ", clean(text)).strip()


def as_reason(text: str) -> str:
    """A reason as it is kept and told in public: cleaned, nothing at its ends, at most LONGEST_REASON long."""
    return clean(text).strip()[:LONGEST_REASON]


def length(text: str) -> int:
    """Number of code points once cleaned; a line break counts once."""
    return len(clean(text))


def too_long_by(text: str, limit: int) -> int:
    """By how many code points the cleaned text exceeds the limit; 0 when it does not."""
    return max(0, length(text) - limit)


def cut_at_word(text: str, limit: int) -> str:
    """The beginning of the text, at most `limit` code points (at least 1), ending at the end of a word.

    Where the first word alone is longer it is cut inside, between two written characters if it can be.
    """
    if len(text) <= limit:
        return text
    for position in range(limit, 0, -1):
        if text[position].isspace():
            shortened = text[:position].rstrip()
            if shortened:
                return shortened
    return text[: _character_end(text, limit)]


def _character_end(text: str, limit: int) -> int:
    """The last place up to `limit` that does not split a written character; `limit` if there is none."""
    for position in range(limit, 0, -1):
        if not _joined(text, position):
            return position
    return limit


def _joined(text: str, position: int) -> bool:
    """Whether the code points before and after the position are parts of one written character."""
    before, after = text[position - 1], text[position]
    if _ZERO_WIDTH_JOINER in (before, after) or unicodedata.category(after)[0] == "M":
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True  # shades of skin, and the letters inside a regional flag
    if _half_flag(before) and _half_flag(after):
        start = position
        while start > 0 and _half_flag(text[start - 1]):
            start -= 1
        return (position - start) % 2 == 1
    return False


def _half_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def identity_key(name: str) -> str:
    """What two names that look the same have in common; names are unique by it.

    NFKC case folding (Unicode Standard, section 3.13, D146) without invisible characters, white space folded.
    """
    folded = unicodedata.normalize("NFD", _visible(clean(name)))
    for _round in range(2):
        folded = unicodedata.normalize("NFKC", folded.casefold())
    return " ".join(unicodedata.normalize("NFKC", _visible(folded)).split())


def _visible(text: str) -> str:
    return "".join(character for character in text if not _invisible(character))


def _invisible(character: str) -> bool:
    if character.isspace():
        return False
    if character in _BLANKS or "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return True
    return unicodedata.category(character) in {"Cc", "Cf"} or "\u180b" <= character <= "\u180f"
