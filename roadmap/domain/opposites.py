"""What turns one sentence into its opposite although nearly every word is the same: a negation, a number.

Reads English, French, Portuguese, Spanish and Arabic. Counting words is a caution for people, not a judgement: an
unknown language has no negation, and a text that says a number in an unknown way has none there.
"""

import re
import unicodedata
from collections import Counter
from typing import Final

from roadmap.domain.numerals import numbers_in
from roadmap.domain.similar import said, words_of

NEGATION, NUMBER = "negation", "number"

ALONE: Final = {
    "en": "not no never none nobody nothing neither nor without cannot cant dont doesnt wont isnt arent shouldnt",
    "fr": "ne n sans non ni",
    "pt": "não nao sem nem",
    "es": "no sin ni",
    "ar": "لا لن لم ليس ليست ليسوا غير بدون دون بلا عدم ألا لئلا ولا فلا ولن ولم وليس وغير وبدون ودون وعدم"
    " بعدم لعدم بغير",
}
"""Words that deny by themselves."""
BESIDE: Final = {
    "fr": "pas jamais aucun aucune rien plus personne",
    "pt": "nunca jamais nenhum nenhuma ninguém ninguem nada",
    "es": "nunca jamás jamas ningún ningun ninguna ninguno nadie nada tampoco",
}
"""Words that deny together with one before them (ne … pas, no … nunca), and then count once."""
ONLY_BESIDE: Final = frozenset({"plus", "personne"})
"""French: “plus” and “personne” alone are “more” and “a person”."""
REACH: Final = 5
MOSTLY: Final = 0.8
_WORD: Final = re.compile(r"[^\W\d_]+", re.UNICODE)
_MARKS: Final = re.compile("[\u064b-\u065f\u0670\u0640]")
_SHORT_NOT: Final = re.compile(r"n['’`]t\b", re.IGNORECASE)
"""English: don’t, won’t."""


def differs_by_negation_or_number(a: str, b: str, language_a: str, language_b: str) -> tuple[str, ...]:
    """Of ("negation", "number") those in which the two texts differ. Languages are codes such as pt-BR."""
    marks = []
    if negations_in(a, language_a) != negations_in(b, language_b):
        marks.append(NEGATION)
    if numbers_in(a, language_a) != numbers_in(b, language_b):
        marks.append(NUMBER)
    return tuple(marks)


def cautions(one: tuple[str, str, str], other: tuple[str, str, str]) -> tuple[str, ...]:
    """What to look at in two proposals, each (title, text, language).

    What they say in short is compared, since long texts nearly always differ in a number; texts that have most of
    their words in common are compared whole as well.
    """
    (title_a, text_a, language_a), (title_b, text_b, language_b) = one, other
    found = {
        *differs_by_negation_or_number(said(title_a, text_a), said(title_b, text_b), language_a, language_b)
    }
    if _mostly_the_same(text_a, text_b):
        found.update(differs_by_negation_or_number(text_a, text_b, language_a, language_b))
    return tuple(mark for mark in (NEGATION, NUMBER) if mark in found)


def _mostly_the_same(text: str, other: str) -> bool:
    one, two = Counter(words_of(text)), Counter(words_of(other))
    return (one & two).total() >= MOSTLY * (one | two).total() > 0


def negations_in(text: str, language: str) -> int:
    """How often the text denies something; “ne … pas” once."""
    code = language.partition("-")[0]
    alone = frozenset(ALONE.get(code, "").split())
    beside = frozenset(BESIDE.get(code, "").split())
    plain = unicodedata.normalize("NFC", text).casefold()
    plain = _SHORT_NOT.sub(" not", plain) if code == "en" else _MARKS.sub("", plain)
    count, last = 0, -REACH - 1
    for place, word in enumerate(_WORD.findall(plain)):
        if word in alone:
            count, last = count + 1, place
        elif word in beside:
            if place - last > REACH and word not in ONLY_BESIDE:
                count += 1
            last = place if word not in ONLY_BESIDE else last
    return count
