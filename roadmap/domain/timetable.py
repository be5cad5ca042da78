"""The dates of an edition looked at as a whole: what cannot be, what is odd, what moves, and their picture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from roadmap.domain.phases import Period, Phase

OPEN_END = timedelta(days=30)
"""How much longer than everything else a phase without an end is drawn."""
NARROWEST = 0.8
"""Width of the shortest bar, in per cent, so that an hour among months can be seen."""


class Fault(StrEnum):
    """What cannot be."""

    ENDS_BEFORE_IT_BEGINS = "ends-before-it-begins"
    VOTING_ENDS_BEFORE_PROPOSING = "voting-ends-before-proposing"


class Oddity(StrEnum):
    """What can be, and what organisers should have thought of."""

    NO_PROPOSING = "no-proposing"
    NO_VOTING = "no-voting"
    VOTING_FIRST = "voting-first"
    PROPOSING_LAST = "proposing-last"
    DRAFTING_EARLY = "drafting-early"
    DRAFTING_OVER = "drafting-over"
    NOTHING_OPEN = "nothing-open"


def faults(periods: Iterable[Period]) -> dict[Phase, Fault]:
    """What cannot be, by the phase whose dates have to change."""
    found = {}
    dated = by_phase(periods)
    for phase, period in dated.items():
        if period.closes is not None and period.closes <= period.opens:
            found[phase] = Fault.ENDS_BEFORE_IT_BEGINS
    voting, proposing = dated.get(Phase.VOTING), dated.get(Phase.PROPOSING)
    if (
        voting is not None
        and proposing is not None
        and voting.closes is not None
        and voting.closes <= proposing.opens
    ):
        found.setdefault(Phase.VOTING, Fault.VOTING_ENDS_BEFORE_PROPOSING)
    return found


def oddities(periods: Iterable[Period]) -> tuple[Oddity, ...]:
    """What is odd about dates that can be."""
    dated = by_phase(periods)
    proposing, voting, drafting = (
        dated.get(each) for each in (Phase.PROPOSING, Phase.VOTING, Phase.DRAFTING)
    )
    found = {
        Oddity.NO_PROPOSING: proposing is None,
        Oddity.NO_VOTING: voting is None,
        Oddity.VOTING_FIRST: bool(proposing and voting and voting.opens < proposing.opens),
        Oddity.PROPOSING_LAST: bool(proposing and voting and _ends_before(voting, proposing)),
        Oddity.DRAFTING_EARLY: bool(drafting and voting and _begins_within(drafting, voting)),
        Oddity.DRAFTING_OVER: bool(drafting and voting and _ends_before(drafting, voting)),
        Oddity.NOTHING_OPEN: bool(_pauses(dated.values())),
    }
    return tuple(oddity for oddity in Oddity if found[oddity])


def by_phase(periods: Iterable[Period]) -> dict[Phase, Period]:
    """The periods by phase, in the usual order of the phases."""
    dated = {period.phase: period for period in periods}
    return {phase: dated[phase] for phase in Phase if phase in dated}


def mark(periods: Iterable[Period]) -> str:
    """The dates as one word, another one wherever any of them differs."""
    told = sorted(
        f"{period.phase}/{period.opens.timestamp():.6f}/{period.closes.timestamp() if period.closes else 0:.6f}"
        for period in periods
    )
    return sha256("|".join(told).encode()).hexdigest()[:16]


def _ends_before(first: Period, second: Period) -> bool:
    return first.closes is not None and (second.closes is None or first.closes < second.closes)


def _begins_within(inner: Period, outer: Period) -> bool:
    return outer.closes is None or inner.opens < outer.closes


def _pauses(periods: Iterable[Period]) -> list[tuple[datetime, datetime]]:
    """The times between the first beginning and the last end in which nothing is open."""
    found = []
    reached: datetime | None = None
    for period in sorted(periods, key=lambda each: each.opens):
        if reached is not None and period.opens > reached:
            found.append((reached, period.opens))
        if period.closes is None:
            break
        reached = period.closes if reached is None else max(reached, period.closes)
    return found


def overlaps(periods: Iterable[Period]) -> dict[Phase, tuple[Phase, ...]]:
    """For each phase the others that are open at some moment of it."""
    dated = by_phase(periods)
    return {
        phase: tuple(other for other in dated if other is not phase and _meet(dated[phase], dated[other]))
        for phase in dated
    }


def _meet(one: Period, other: Period) -> bool:
    return (one.closes is None or other.opens < one.closes) and (
        other.closes is None or one.opens < other.closes
    )


@dataclass(frozen=True)
class Move:
    """An end that moves after its phase has begun; None is no end. `resumes`: until then the phase stops."""

    phase: Phase
    before: datetime | None
    after: datetime | None
    resumes: datetime | None = None


def moved_ends(before: Iterable[Period], after: Iterable[Period], now: datetime) -> tuple[Move, ...]:
    """What people who have planned by the old dates must be told. A phase taken away while open ends now."""
    wanted = by_phase(after)
    found = []
    for phase, old in by_phase(before).items():
        new = wanted.get(phase)
        if old.opens > now:
            continue
        if new is None:
            if old.holds(now):
                found.append(Move(phase, old.closes, now))
            continue
        stops = new.opens > now
        if new.closes != old.closes or (stops and old.holds(now)):
            found.append(Move(phase, old.closes, new.closes, new.opens if stops else None))
    return tuple(found)


@dataclass(frozen=True)
class Bar:
    """A phase on the picture: where it begins and how long it is, in per cent of the whole."""

    phase: Phase
    start: float
    width: float
    open_ended: bool


@dataclass(frozen=True)
class Picture:
    """All phases on one line of time. `now` is where this moment lies in per cent, None where it is outside."""

    begins: datetime
    ends: datetime
    bars: tuple[Bar, ...]
    now: float | None


def picture(periods: Sequence[Period], now: datetime) -> Picture | None:
    """The phases as bars; None where there are no dates, or dates that cannot be."""
    dated = by_phase(periods)
    if not dated or Fault.ENDS_BEFORE_IT_BEGINS in faults(periods).values():
        return None
    begins = min(period.opens for period in dated.values())
    ends = max(period.closes or period.opens + OPEN_END for period in dated.values())
    if any(period.closes is None for period in dated.values()):
        ends += OPEN_END
    whole = (ends - begins).total_seconds()

    def place(moment: datetime) -> float:
        return round(100 * (moment - begins).total_seconds() / whole, 2)

    bars = tuple(_bar(period, place(period.opens), place(period.closes or ends)) for period in dated.values())
    return Picture(begins, ends, bars, place(now) if begins <= now <= ends else None)


def _bar(period: Period, start: float, end: float) -> Bar:
    width = max(NARROWEST, round(end - start, 2))
    return Bar(period.phase, min(start, round(100 - width, 2)), width, period.closes is None)
