"""Many entries of the log told in few sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from roadmap.log.models import LogEntry
from roadmap.log.parts import PARTS
from roadmap.log.phrases import line

_PART_OF = {kind: part for part, kinds in PARTS.items() for kind in kinds}


@dataclass(frozen=True)
class Told:
    """A sentence, how many entries it tells of, and when the last of them was made."""

    sentence: str
    times: int
    last: datetime


def by_part(entries: Iterable[LogEntry]) -> dict[str, list[Told]]:
    """The entries, newest first, as sentences under the parts of the log; the same sentence once.

    Parts and sentences stand in the order of their newest entries.
    """
    parts: dict[str, dict[str, Told]] = {}
    for entry in entries:
        sentences = parts.setdefault(_PART_OF.get(entry.kind, "edition"), {})
        sentence = line(entry.kind, entry.facts)
        known = sentences.get(sentence)
        sentences[sentence] = Told(
            sentence, known.times + 1 if known else 1, known.last if known else entry.at
        )
    return {part: list(sentences.values()) for part, sentences in parts.items()}
