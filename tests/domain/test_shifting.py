"""Phases of a clone: moved as a whole."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.phases import Period, Phase
from roadmap.domain.shifting import shifted

moments = st.integers(0, 7300 * 24).map(
    lambda hours: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
)


def test_hours_stay_what_they_are_across_a_change_of_clocks_and_of_zone() -> None:
    winter = Period(Phase.VOTING, datetime(2029, 1, 10, 9, tzinfo=UTC), datetime(2029, 1, 20, 18, tzinfo=UTC))
    now = datetime(2030, 7, 1, 15, tzinfo=UTC)
    (moved,) = shifted([winter], now=now, before="Europe/Lisbon", after="Africa/Tunis")
    zone = ZoneInfo("Africa/Tunis")
    assert moved.opens.astimezone(zone) == datetime(2030, 7, 1, 9, tzinfo=zone)
    assert moved.closes is not None and moved.closes.astimezone(zone) == datetime(
        2030, 7, 11, 18, tzinfo=zone
    )


@given(now=moments, starts=st.lists(moments, min_size=1, max_size=6, unique=True))
def test_the_first_begins_today_and_the_distances_stay(now: datetime, starts: list[datetime]) -> None:
    periods = [
        Period(phase, opens, opens + timedelta(days=9)) for phase, opens in zip(Phase, starts, strict=False)
    ]
    moved = shifted(periods, now=now, before="UTC", after="UTC")
    assert min(period.opens for period in moved).date() == now.date()
    assert {after.opens - before.opens for before, after in zip(periods, moved, strict=True)} == {
        moved[0].opens - periods[0].opens
    }
    assert all(period.closes == period.opens + timedelta(days=9) for period in moved)


def test_without_phases_nothing_is_moved() -> None:
    assert shifted([], now=datetime(2030, 1, 1, tzinfo=UTC), before="UTC", after="UTC") == []
