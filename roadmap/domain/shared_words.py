"""Which words of texts that are read side by side stand in more than one of them.

Words are compared by their beginning, so that "community" meets "communities" and "plan" meets "plans"; short
words and the commonest ones of the five languages say nothing and are never marked.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final

from roadmap.domain.similar import words_of

SHORTEST: Final = 4
STEM: Final = 5
ARTICLE: Final = "ال"
JOINING: Final = (" ", "-")
_COMMON_WORDS: Final = """
about also been between could every from have into more most must only other over same should some such than that
their them then there these they this those through under what when where which while will with would your
aussi autre autres avec cette chaque comme dans deux doit doivent elle elles entre etre faut leur leurs mais meme
nous notre pour plus quand sans sont sous tous tout toute toutes vers votre
cada como cuando debe deben desde donde ellos entre esta este estos hacia hasta mismo nuestra otra otras otro
otros para pero porque puede quien sean sobre solo todas todo todos tambien tiene toda unos
deve devem ainda assim mais mesma mesmo muito nossa onde outra outras outro outros pela pelas pelo pelos
quando quem sera seus suas uma umas
التي الذي هذا هذه ذلك تلك على الى عند بين كما كانت يكون تكون جميع خلال
"""
_COMMON: Final = frozenset(_COMMON_WORDS.split())
_PIECES: Final = re.compile(r"[\w\u0610-\u061a\u064b-\u065f]+|[^\w\u0610-\u061a\u064b-\u065f]+")


@dataclass(frozen=True)
class Piece:
    """A piece of a text; `shared` where its words stand in another text too. Joined, the pieces are the text."""

    text: str
    shared: bool


def marked(texts: Sequence[Sequence[str]]) -> list[list[tuple[Piece, ...]]]:
    """The pieces of each part (title, text) of each of the texts; parts of one text do not mark each other."""
    seen = Counter(stem for parts in texts for stem in {stem for part in parts for stem in _stems(part)})
    shared = {stem for stem, count in seen.items() if count > 1}
    return [[tuple(_pieces(part, shared)) for part in parts] for parts in texts]


def _stems(text: str) -> Iterable[str]:
    return (stem for piece in _PIECES.findall(text) if (stem := _stem(piece)))


def _stem(piece: str) -> str:
    """The beginning by which a word is compared; "" for what says nothing by itself."""
    word = "".join(words_of(piece))
    if word.startswith(ARTICLE) and len(word) > SHORTEST + 1:
        word = word.removeprefix(ARTICLE)
    if len(word) < SHORTEST or word in _COMMON:
        return ""
    return word[:STEM].removesuffix("s") if len(word) > SHORTEST else word


def _pieces(text: str, shared: set[str]) -> Iterable[Piece]:
    """Neighbouring shared words, with a space or hyphen between them, are one piece."""
    pieces = _PIECES.findall(text)
    marks = [_stem(piece) in shared for piece in pieces]
    for place in range(1, len(pieces) - 1):
        if pieces[place] in JOINING and marks[place - 1] and marks[place + 1]:
            marks[place] = True
    for mark, run in groupby(zip(marks, pieces, strict=True), key=itemgetter(0)):
        yield Piece("".join(piece for _, piece in run), mark)
