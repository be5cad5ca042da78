"""In which of the platform's languages a text seems to be written."""

import re

_WORDS = {
    "en": "the and of to in that is for with are on they who this from have not be their we",
    "fr": "le la les des et en une que pour dans qui est pas sur du au aux par avec nous leur",
    "pt": "o os as uma que e em para com não dos das por mais como ao pela pelo são seus",
    "es": "el los las una que y en para con no por más como del al se su sus son lo",
}
_COMMON = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_ARABIC = re.compile("[\u0620-\u064a]")
_LETTERS = re.compile(r"[^\W\d_]+")
LEAST_WORDS = 12


def seems_written_in(text: str) -> str:
    """The language whose small words are the commonest in the text; "" where that is hard to say."""
    words = [word.lower() for word in _LETTERS.findall(text)]
    if len(words) < LEAST_WORDS:
        return ""
    if sum(bool(_ARABIC.match(word)) for word in words) > len(words) / 2:
        return "ar"
    counts = {code: sum(word in common for word in words) for code, common in _COMMON.items()}
    best, second = sorted(counts, key=lambda code: -counts[code])[:2]
    return best if counts[best] >= 3 and counts[best] >= 1.5 * counts[second] else ""
