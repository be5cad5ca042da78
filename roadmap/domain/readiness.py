"""What an edition still needs before it can be opened, and what readers see where a text is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from roadmap.domain.phases import Period, Phase

Texts = Mapping[str, str]


class Lack(StrEnum):
    """What stands in the way of opening."""

    LANGUAGES = "languages"
    TITLE = "title"
    QUESTIONS = "questions"
    PHASES = "phases"


@dataclass(frozen=True)
class Stand:
    """How far an edition is set up. Languages are codes; questions are numbers.

    `lacks` is what stands in the way. `untitled` are languages without a title. `untold` is, by language, the
    questions that have no text in it: readers there see another language.
    """

    lacks: tuple[Lack, ...]
    untitled: tuple[str, ...]
    untold: Mapping[str, tuple[int, ...]]


def stand_of(
    *,
    languages: Sequence[str],
    title: Texts,
    questions: Iterable[tuple[int, Texts]],
    periods: Iterable[Period],
    now: datetime,
) -> Stand:
    """Look at an edition before it is opened. A question counts where it has a text in any of the languages."""
    asked = [(number, text) for number, text in questions if any(_has(text, code) for code in languages)]
    untitled = tuple(code for code in languages if not _has(title, code))
    found = {code: tuple(number for number, text in asked if not _has(text, code)) for code in languages}
    begins = (
        period.phase in (Phase.PROPOSING, Phase.VOTING) and (period.closes is None or period.closes > now)
        for period in periods
    )
    wrong = {
        Lack.LANGUAGES: not languages,
        Lack.TITLE: bool(untitled),
        Lack.QUESTIONS: not asked,
        Lack.PHASES: not any(begins),
    }
    return Stand(
        tuple(lack for lack in Lack if wrong[lack]),
        untitled,
        {code: numbers for code, numbers in found.items() if numbers},
    )


def _has(text: Texts, language: str) -> bool:
    return bool(text.get(language, "").strip())
