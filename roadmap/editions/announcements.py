"""Closing dates that have moved, as the home page announces them until the new date has passed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from roadmap.domain.phases import Phase
from roadmap.domain.timetable import Move
from roadmap.editions.models import Edition

KEY = "announcement"
AT_LEAST = timedelta(days=30)
"""How long a move is announced that leaves no date to come."""


@dataclass(frozen=True)
class Announcement:
    """What everybody is told: which end moved, from when to when (None: no end), and why."""

    phase: Phase
    before: datetime | None
    after: datetime | None
    resumes: datetime | None
    reason: str


def announcements_of(edition: Edition, now: datetime) -> list[Announcement]:
    """The moves that are still told, in the order of the phases."""
    told = [move for move in _kept(edition) if now < _moment(move["until"])]
    return [
        Announcement(
            Phase(move["phase"]),
            before=_date(move["before"]),
            after=_date(move["after"]),
            resumes=_date(move["resumes"]),
            reason=move["reason"],
        )
        for move in told
    ]


def announce(edition: Edition, moves: Sequence[Move], *, reason: str, now: datetime) -> None:
    """Keep these moves; a phase that moves again is announced with the date it had in the beginning."""
    kept = {move["phase"]: move for move in _kept(edition) if now < _moment(move["until"])}
    for move in moves:
        earlier = kept.get(move.phase.value)
        before = (_date(earlier["before"]) if earlier else None) or move.before
        if before == move.after and move.resumes is None:
            kept.pop(move.phase.value, None)
            continue
        dates = [date for date in (before, move.before, move.after, move.resumes) if date and date > now]
        kept[move.phase.value] = {
            "phase": move.phase.value,
            "before": _told(before),
            "after": _told(move.after),
            "resumes": _told(move.resumes),
            "reason": reason,
            "until": _told(max(dates, default=now + AT_LEAST)),
        }
    ordered = [kept[phase.value] for phase in Phase if phase.value in kept]
    edition.texts = {**edition.texts, KEY: {"moves": ordered}}


def _kept(edition: Edition) -> list[dict[str, Any]]:
    return list((edition.texts.get(KEY) or {}).get("moves", []))


def _told(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _date(text: str | None) -> datetime | None:
    return _moment(text) if text else None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
