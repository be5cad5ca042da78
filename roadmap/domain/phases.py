"""Phases of an edition, and which verbs each of them opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verb(StrEnum):
    """What people do. The first twelve depend on phase and role; the rest on role alone."""

    PROPOSE = "propose"
    EDIT_PROPOSAL = "edit-proposal"
    COMMENT = "comment"
    VOTE = "vote"
    MERGE = "merge"
    MODERATE = "moderate"
    TRANSLATE = "translate"
    EDIT_DRAFT = "edit-draft"
    FREEZE = "freeze"
    PUBLISH = "publish"
    ASK = "ask"
    TRACK = "track"
    READ = "read"
    REPORT = "report"
    WRITE = "write"
    OWN = "own"
    DESK = "desk"
    MANAGE = "manage"
    WRITE_TEXTS = "write-texts"
    OVERSEE = "oversee"
    CREATE_EDITION = "create-edition"
    ADMINISTER = "administer"


class Phase(StrEnum):
    """The stages of an edition, in their usual order; they may overlap."""

    LISTENING = "listening"
    PROPOSING = "proposing"
    VOTING = "voting"
    DRAFTING = "drafting"
    FORUM = "forum"
    FOLLOW_UP = "follow-up"


L, P, V, D, F, U = Phase
EVERY = frozenset(Phase)

OPENED_BY: dict[Verb, frozenset[Phase]] = {
    Verb.PROPOSE: frozenset({P}),
    Verb.EDIT_PROPOSAL: frozenset({P, V}),
    Verb.COMMENT: frozenset({P, V}),
    Verb.VOTE: frozenset({V}),
    Verb.MERGE: frozenset({P, V, D}),
    Verb.MODERATE: EVERY,
    Verb.TRANSLATE: EVERY,
    Verb.EDIT_DRAFT: frozenset({P, V, D, F}),
    Verb.FREEZE: frozenset({P, V, D, F}),
    Verb.PUBLISH: frozenset({P, V, D, F, U}),
    Verb.ASK: frozenset({L, P, V, D, F}),
    Verb.TRACK: frozenset({F, U}),
}
"""Verb x phase. A verb that is not named depends on no phase."""


@dataclass(frozen=True)
class Period:
    """When a phase is open: from `opens`, up to but not including `closes` (None: until further notice)."""

    phase: Phase
    opens: datetime
    closes: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether the phase is open at `now`, exact to the microsecond."""
        return self.opens <= now and (self.closes is None or now < self.closes)

    def cut(self, end: datetime) -> "Period | None":
        """The part of it before `end`; None where it had not begun by then."""
        if self.opens >= end:
            return None
        return self if self.closes is not None and self.closes <= end else Period(self.phase, self.opens, end)


def open_phases(periods: Iterable[Period], now: datetime) -> list[Phase]:
    """The phases open at `now`, in their usual order."""
    held = {period.phase for period in periods if period.holds(now)}
    return [phase for phase in Phase if phase in held]


def is_open(verb: Verb, periods: Iterable[Period], now: datetime) -> bool:
    """Whether some open phase allows the verb at `now`; verbs without a phase are always open.

    Moderating and translating never stop, also between phases.
    """
    phases = OPENED_BY.get(verb, EVERY)
    if phases == EVERY:
        return True
    return any(period.phase in phases and period.holds(now) for period in periods)


def closed_at(verb: Verb, periods: Iterable[Period], now: datetime) -> datetime | None:
    """When the verb last stopped being allowed before `now`; None where it never was."""
    ends = [
        period.closes
        for period in periods
        if period.phase in OPENED_BY.get(verb, EVERY) and period.closes is not None and period.closes <= now
    ]
    return max(ends, default=None)


def opens_at(verb: Verb, periods: Iterable[Period], now: datetime) -> datetime | None:
    """When the verb will next be allowed after `now`; None where no date is set."""
    starts = [
        period.opens
        for period in periods
        if period.phase in OPENED_BY.get(verb, EVERY) and period.opens > now
    ]
    return min(starts, default=None)


def closes_at(verb: Verb, periods: Iterable[Period], now: datetime) -> datetime | None:
    """When the verb, open at `now`, will stop being allowed; None where it is not open or has no end."""
    ends = [
        period.closes
        for period in periods
        if period.phase in OPENED_BY.get(verb, EVERY) and period.holds(now)
    ]
    if not ends or any(end is None for end in ends):
        return None
    return max(end for end in ends if end is not None)
