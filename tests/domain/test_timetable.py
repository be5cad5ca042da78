"""The dates of an edition as a whole."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.phases import Period, Phase
from roadmap.domain.timetable import Fault, Move, Oddity, faults, moved_ends, oddities, overlaps, picture

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def period(phase: Phase, opens: int, closes: int | None = None) -> Period:
    """A period in days from now."""
    return Period(phase, NOW + opens * DAY, None if closes is None else NOW + closes * DAY)


def dated() -> st.SearchStrategy[list[Period]]:
    """Periods that can be, of some of the phases."""
    one = st.tuples(st.integers(-500, 500), st.none() | st.integers(1, 500))
    return st.dictionaries(st.sampled_from(Phase), one, min_size=1).map(
        lambda found: [
            period(phase, opens, None if days is None else opens + days)
            for phase, (opens, days) in found.items()
        ]
    )


def test_a_phase_ends_after_it_begins() -> None:
    assert faults([period(Phase.FORUM, 3, 3)]) == {Phase.FORUM: Fault.ENDS_BEFORE_IT_BEGINS}


def test_voting_does_not_end_before_proposing_begins() -> None:
    dates = [period(Phase.VOTING, 0, 5), period(Phase.PROPOSING, 5, 9)]
    assert faults(dates) == {Phase.VOTING: Fault.VOTING_ENDS_BEFORE_PROPOSING}


def test_voting_alone_can_be() -> None:
    assert faults([period(Phase.VOTING, 0, 5)]) == {}


def test_what_is_odd_is_told() -> None:
    assert oddities([period(Phase.DRAFTING, 0, 5)]) == (Oddity.NO_PROPOSING, Oddity.NO_VOTING)
    assert oddities(
        [period(Phase.PROPOSING, 2, 9), period(Phase.VOTING, 0, 6), period(Phase.DRAFTING, 4, 5)]
    ) == (Oddity.VOTING_FIRST, Oddity.PROPOSING_LAST, Oddity.DRAFTING_EARLY, Oddity.DRAFTING_OVER)


def test_one_after_the_other_is_not_odd() -> None:
    dates = [period(Phase.PROPOSING, 0, 5), period(Phase.VOTING, 0, 6), period(Phase.DRAFTING, 6, 9)]
    assert oddities(dates) == ()


def test_a_pause_is_told() -> None:
    dates = [period(Phase.PROPOSING, 0, 5), period(Phase.VOTING, 6, 8)]
    assert oddities(dates) == (Oddity.NOTHING_OPEN,)


def test_phases_that_touch_do_not_overlap() -> None:
    dates = [period(Phase.PROPOSING, 0, 5), period(Phase.VOTING, 5, 8), period(Phase.FORUM, 7)]
    assert overlaps(dates) == {
        Phase.PROPOSING: (),
        Phase.VOTING: (Phase.FORUM,),
        Phase.FORUM: (Phase.VOTING,),
    }


@given(dated())
def test_overlapping_is_mutual(dates: list[Period]) -> None:
    found = overlaps(dates)
    assert all(one in found[other] for one, others in found.items() for other in others)


@given(dated())
def test_every_bar_lies_within_the_picture(dates: list[Period]) -> None:
    drawn = picture(dates, NOW)
    assert drawn is not None
    assert [bar.phase for bar in drawn.bars] == [
        one for one in Phase if one in {each.phase for each in dates}
    ]
    assert all(bar.start >= 0 and bar.width > 0 and bar.start + bar.width <= 100.02 for bar in drawn.bars)


def test_there_is_no_picture_of_dates_that_cannot_be() -> None:
    assert picture([], NOW) is None
    assert picture([period(Phase.FORUM, 3, 2)], NOW) is None


def test_the_moved_end_of_a_phase_that_has_begun_is_told() -> None:
    before = [period(Phase.PROPOSING, -9, 5), period(Phase.VOTING, 2, 8)]
    after = [period(Phase.PROPOSING, -9, 6), period(Phase.VOTING, 2, 9)]
    assert moved_ends(before, after, NOW) == (Move(Phase.PROPOSING, NOW + 5 * DAY, NOW + 6 * DAY),)


def test_opening_again_what_had_ended_is_told() -> None:
    before, after = [period(Phase.VOTING, -9, -1)], [period(Phase.VOTING, -9, 3)]
    assert moved_ends(before, after, NOW) == (Move(Phase.VOTING, NOW - DAY, NOW + 3 * DAY),)


def test_a_phase_taken_away_while_it_is_open_ends_now() -> None:
    assert moved_ends([period(Phase.VOTING, -9)], [], NOW) == (Move(Phase.VOTING, None, NOW),)


def test_a_phase_taken_away_after_its_end_moves_no_end() -> None:
    assert moved_ends([period(Phase.LISTENING, -9, -2)], [], NOW) == ()


def test_a_phase_that_is_put_off_stops_until_then() -> None:
    before, after = [period(Phase.VOTING, -1, 5)], [period(Phase.VOTING, 1, 5)]
    assert moved_ends(before, after, NOW) == (
        Move(Phase.VOTING, NOW + 5 * DAY, NOW + 5 * DAY, resumes=NOW + DAY),
    )


@given(dated())
def test_dates_that_stay_move_no_end(dates: list[Period]) -> None:
    assert moved_ends(dates, dates, NOW) == ()
