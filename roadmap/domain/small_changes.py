"""Whether a new wording of a short text is a correction, or says something else."""

import re
import unicodedata
from typing import Final

from rapidfuzz.distance import Levenshtein

LARGEST_SHARE: Final = 0.1
"""Share of the longer text's characters that may be changed, added or removed."""
ALWAYS_FREE: Final = 3
"""Characters that may change in any text, however short."""
MOST_WORDS: Final = 1
"""How many words more or fewer there may be: an article that was missing, a word typed twice."""

_WORDS: Final = re.compile(r"\w+")


def is_correction(before: str, after: str) -> bool:
    """Whether `after` differs from `before` by no more than a slip of the pen.

    Small and large letters, and how many spaces stand where some do, make no difference. Nobody can tell by
    counting letters that a meaning stayed: a correction also needs its reason, and is shown to everybody.
    """
    old, new = _bare(before), _bare(after)
    if not old or not new:
        return old == new
    words = abs(len(_WORDS.findall(old)) - len(_WORDS.findall(new)))
    allowed = max(ALWAYS_FREE, LARGEST_SHARE * max(len(old), len(new)))
    return words <= MOST_WORDS and Levenshtein.distance(old, new) <= allowed


def _bare(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
