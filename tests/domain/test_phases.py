"""Which verbs are open when, exact to the microsecond."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.phases import (
    OPENED_BY,
    Period,
    Phase,
    Verb,
    closed_at,
    closes_at,
    is_open,
    open_phases,
    opens_at,
)

NOON = datetime(2026, 9, 30, 12, tzinfo=UTC)
TICK = timedelta(microseconds=1)
VOTING = Period(Phase.VOTING, NOON - timedelta(days=10), NOON)
MOMENTS = st.datetimes(timezones=st.just(UTC))


def test_a_deadline_is_exact() -> None:
    """C01."""
    assert is_open(Verb.VOTE, [VOTING], NOON - TICK)
    assert not is_open(Verb.VOTE, [VOTING], NOON)


def test_phases_may_overlap_and_are_named_in_their_usual_order() -> None:
    proposing = Period(Phase.PROPOSING, NOON - timedelta(days=20))
    assert open_phases([VOTING, proposing], NOON - TICK) == [Phase.PROPOSING, Phase.VOTING]


def test_without_dates_only_what_needs_no_phase_is_open() -> None:
    assert {verb for verb in Verb if is_open(verb, [], NOON)} == {
        Verb.MODERATE,
        Verb.TRANSLATE,
        *(set(Verb) - set(OPENED_BY)),
    }


def test_the_last_end_and_the_next_beginning_are_told() -> None:
    later = Period(Phase.VOTING, NOON + timedelta(days=1), NOON + timedelta(days=2))
    assert closed_at(Verb.VOTE, [VOTING, later], NOON) == NOON
    assert opens_at(Verb.VOTE, [VOTING, later], NOON) == NOON + timedelta(days=1)


def test_an_open_verb_tells_when_it_will_close() -> None:
    assert closes_at(Verb.VOTE, [VOTING], NOON - TICK) == NOON


def test_a_phase_without_an_end_never_closes() -> None:
    assert closes_at(Verb.VOTE, [Period(Phase.VOTING, NOON)], NOON + timedelta(days=900)) is None


@given(MOMENTS, MOMENTS, MOMENTS)
def test_a_phase_is_never_open_before_it_opens_nor_from_its_end_on(
    opens: datetime, closes: datetime, now: datetime
) -> None:
    held = Period(Phase.VOTING, opens, closes).holds(now)
    assert held == (opens <= now < closes)
