"""Which period counts, and what follows from it."""

import pytest

from roadmap.domain.phases import Period, Phase, Verb
from roadmap.share.addresses import short_path, spoken
from roadmap.share.invitations import Span, Stage, span_of
from tests.factories import DAY, NOW
from tests.share.inviting import AHEAD, OPEN, OVER, an_invitation


def test_the_open_period_counts_before_one_to_come() -> None:
    periods = [Period(Phase.VOTING, *OPEN), Period(Phase.VOTING, *AHEAD)]  # type: ignore[misc]
    assert span_of(Verb.VOTE, periods, NOW) == Span(Stage.OPEN, *OPEN)  # type: ignore[misc]


def test_an_open_period_without_an_end_has_none() -> None:
    periods = [Period(Phase.VOTING, NOW - DAY, None), Period(Phase.VOTING, *OPEN)]  # type: ignore[misc]
    assert span_of(Verb.VOTE, periods, NOW).closes is None


def test_the_next_period_counts_before_one_that_is_over() -> None:
    periods = [Period(Phase.VOTING, *OVER), Period(Phase.VOTING, *AHEAD)]  # type: ignore[misc]
    assert span_of(Verb.VOTE, periods, NOW) == Span(Stage.TO_COME, *AHEAD)  # type: ignore[misc]


def test_what_no_phase_allows_has_no_dates() -> None:
    assert span_of(Verb.VOTE, [Period(Phase.LISTENING, *OPEN)], NOW) == Span(Stage.NONE)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("proposing", "voting", "is_over"),
    [(OPEN, OPEN, False), (OVER, OPEN, False), (OVER, AHEAD, False), (OVER, OVER, True), (None, None, False)],
)
def test_it_is_over_once_nothing_can_be_done_any_more(
    proposing: object, voting: object, is_over: bool
) -> None:
    assert an_invitation(proposing=proposing, voting=voting).is_over == is_over  # type: ignore[arg-type]


def test_the_address_of_an_edition_is_its_slug_and_a_questions_its_number_too() -> None:
    assert (short_path("2031", 0), short_path("2031", 4)) == ("/2031", "/2031/4")


def test_an_address_is_printed_without_what_browsers_add() -> None:
    assert spoken("https://forum.example.org/2031") == "forum.example.org/2031"
