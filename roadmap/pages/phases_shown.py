"""The phases of an edition as the home page and the stepper show them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from roadmap.core.i18n import _, date, date_and_time, timezone_name
from roadmap.core.phrases import PHASES
from roadmap.domain.phases import Period
from roadmap.editions.models import Edition


def steps(edition: Edition, periods: tuple[Period, ...], now: datetime) -> list[tuple[str, str, str]]:
    """(name, note, state) for each phase that has a date; state is done, now or next."""
    return [
        (str(PHASES[period.phase]), _note(edition, period, now), _state(period, now)) for period in periods
    ]


def _state(period: Period, now: datetime) -> str:
    if period.holds(now):
        return "now"
    return "next" if period.opens > now else "done"


def _note(edition: Edition, period: Period, now: datetime) -> str:
    zone = ZoneInfo(edition.time_zone)
    if period.holds(now) and period.closes is not None:
        return _(
            "Until %(moment)s (%(zone)s)", moment=date_and_time(period.closes, zone), zone=timezone_name(zone)
        )
    if period.opens > now:
        return _("From %(date)s", date=date(period.opens, zone))
    return _("Until %(date)s", date=date(period.closes, zone)) if period.closes is not None else ""
