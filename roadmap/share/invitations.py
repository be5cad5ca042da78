"""What people are invited to, and when: an edition or one of its questions, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from roadmap.core.i18n import in_language
from roadmap.domain.phases import OPENED_BY, Period, Verb
from roadmap.share.addresses import EDITION, short_path

Texts = Mapping[str, str]


class Stage(StrEnum):
    """How the time for something stands. NONE: no phase of the edition allows it."""

    NONE = "none"
    TO_COME = "to come"
    OPEN = "open"
    OVER = "over"


@dataclass(frozen=True)
class Span:
    """From when to when something can be done; None: no date is set."""

    stage: Stage
    opens: datetime | None = None
    closes: datetime | None = None

    @property
    def is_ahead(self) -> bool:
        """Whether it can be done now or later."""
        return self.stage in (Stage.TO_COME, Stage.OPEN)


def span_of(verb: Verb, periods: Sequence[Period], now: datetime) -> Span:
    """The period that counts for the verb: the open one that lasts longest, else the next, else the last."""
    fitting = [period for period in periods if period.phase in OPENED_BY[verb]]
    is_open = [period for period in fitting if period.holds(now)]
    if is_open:
        ends = [period.closes for period in is_open]
        last = None if None in ends else max(end for end in ends if end is not None)
        return Span(Stage.OPEN, min(period.opens for period in is_open), last)
    ahead = min((period for period in fitting if period.opens > now), key=lambda one: one.opens, default=None)
    if ahead is not None:
        return Span(Stage.TO_COME, ahead.opens, ahead.closes)
    over = max((period.closes for period in fitting if period.closes is not None), default=None)
    return Span(Stage.OVER, None, over) if fitting else Span(Stage.NONE)


@dataclass(frozen=True)
class Invitation:
    """An edition (`number` 0) or a question of it, with all that posters and texts say of it.

    Titles and questions are keyed by language; `base` is the site's address without a slash at its end.
    """

    base: str
    slug: str
    number: int
    title: Texts
    short_title: Texts
    question: Texts
    label: Texts
    languages: tuple[str, ...]
    time_zone: str
    demonstration: bool
    made: datetime
    proposing: Span
    voting: Span

    @property
    def address(self) -> str:
        """The short address, whole."""
        return self.base + short_path(self.slug, self.number)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def is_over(self) -> bool:
        """Whether nothing can be proposed or voted on any more."""
        spans = (self.proposing, self.voting)
        return not any(span.is_ahead for span in spans) and any(span.stage is Stage.OVER for span in spans)

    @property
    def file_name(self) -> str:
        """What its files' names begin with: plain letters, digits and hyphens."""
        return self.slug if self.number == EDITION else f"{self.slug}-{self.number}"

    def words(self, language: str) -> tuple[str, str]:
        """The question in its exact words, or the edition's title: (text, its language)."""
        return in_language(self.question or self.title, language)

    def short_words(self, language: str) -> tuple[str, str]:
        """The question, or the edition's short title: (text, its language)."""
        return in_language(self.question or self.short_title or self.title, language)
