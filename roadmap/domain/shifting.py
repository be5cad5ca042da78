"""Phases moved as a whole, so that the first of them begins today."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from roadmap.domain.phases import Period


def shifted(periods: Sequence[Period], *, now: datetime, before: str, after: str) -> list[Period]:
    """The periods, whole days later, the first of them on today's date; hours on the clock stay what they are.

    `before` and `after` are the names of the time zones in which the hours are read and set.
    """
    if not periods:
        return []
    old, new = ZoneInfo(before), ZoneInfo(after)
    first = min(period.opens for period in periods).astimezone(old).date()
    days = timedelta(days=(now.astimezone(new).date() - first).days)

    def moved(moment: datetime) -> datetime:
        return (moment.astimezone(old).replace(tzinfo=None) + days).replace(tzinfo=new).astimezone(UTC)

    return [
        Period(period.phase, moved(period.opens), moved(period.closes) if period.closes else None)
        for period in periods
    ]
