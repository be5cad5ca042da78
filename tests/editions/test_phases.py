"""The page of the phases: what is refused, what is odd, the picture, and what everybody is told."""

from datetime import UTC, datetime

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from roadmap.domain.phases import Period, Phase
from roadmap.editions.forms.phases import PhasesForm
from roadmap.editions.queries import get_edition, periods_of
from roadmap.log.queries import newest_of
from tests.browsing import Browser
from tests.editions.organising import an_organisers_browser
from tests.factories import DAY, NOW, an_edition

HERE = "/en/2026/manage/phases"


def filled(browser: Browser, **changed: str) -> dict[str, str]:
    page = browser.page(HERE)
    stored = {field["name"]: field["value"] for field in page.select("input[type=datetime-local]")}
    return {**stored, **{name.replace("_", "-"): value for name, value in changed.items()}}


def test_a_time_that_the_clocks_leave_out_is_refused(app: Flask) -> None:
    """C16."""
    edition = an_edition()
    before, browser = periods_of(edition), an_organisers_browser(app, edition)
    answer = browser.post(HERE, filled(browser, forum_opens="2027-03-28T01:30"))
    assert answer.status_code == 422
    assert (
        "Forum: This time does not exist: the clocks go forward in that night (Lisbon time)." in answer.text
    )
    assert 'value="2027-03-28T01:30"' in answer.text
    assert periods_of(edition) == before


def test_a_time_that_comes_twice_is_one_definite_moment_and_said_in_utc(app: Flask) -> None:
    """C16."""
    edition = an_edition()
    browser = an_organisers_browser(app, edition)
    answer = browser.post(
        HERE, filled(browser, forum_closes="2026-11-02T10:00", forum_opens="2026-10-25T01:30")
    )
    assert answer.status_code == 303
    (forum,) = (period for period in periods_of(edition) if period.phase is Phase.FORUM)
    assert forum.opens == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    page = browser.page(HERE)
    assert "this time comes twice. 25 October 2026, 00:30 (UTC) is meant." in page.main.text


def test_the_second_of_two_equal_times_stays_when_the_form_is_saved_unchanged() -> None:
    """C16."""
    stored = [Period(Phase.VOTING, NOW, datetime(2026, 10, 25, 1, 30, tzinfo=UTC))]
    values = PhasesForm.filled(stored, "Europe/Lisbon").values
    assert values["voting-closes"] == "2026-10-25T01:30"
    assert PhasesForm(values, "Europe/Lisbon", stored).periods() == stored


def test_seconds_that_the_form_does_not_show_stay(app: Flask) -> None:
    """C16."""
    stored = [Period(Phase.VOTING, NOW.replace(second=7, microsecond=9), NOW + DAY)]
    form = PhasesForm(PhasesForm.filled(stored, "Europe/Lisbon").values, "Europe/Lisbon", stored)
    assert form.periods() == stored


@pytest.mark.parametrize(
    "typed", ["0001-01-01T00:00", "9999-12-31T23:59", "1999-12-31T23:59", "2026-13-01T00:00"]
)
def test_a_date_beyond_reason_is_refused(app: Flask, typed: str) -> None:
    edition = an_edition(time_zone="Asia/Tokyo")
    browser = an_organisers_browser(app, edition)
    assert browser.post(HERE, filled(browser, forum_closes=typed)).status_code == 422


def test_voting_that_ends_before_proposing_begins_is_refused(app: Flask) -> None:
    edition = an_edition()
    browser = an_organisers_browser(app, edition)
    sent = filled(browser, proposing_opens="2026-12-01T10:00", proposing_closes="2026-12-09T10:00")
    answer = browser.post(HERE, {**sent, "reason": "Because."})
    assert answer.status_code == 422
    assert "Voting: Let voting end after proposing begins" in answer.text


def test_what_is_odd_is_said_and_not_refused(app: Flask) -> None:
    edition = an_edition()
    browser = an_organisers_browser(app, edition)
    answer = browser.post(HERE, {"drafting-opens": "2026-10-01T10:00", "reason": "We only draft."})
    assert answer.status_code == 303
    told = browser.page(HERE).main.text
    assert "No phase for voting has dates, so nobody can vote." in told
    assert "No phase for proposing has dates, so nobody can propose anything." in told


def test_showing_draws_the_dates_as_typed_and_saves_nothing(app: Flask) -> None:
    edition = an_edition()
    before, browser = periods_of(edition), an_organisers_browser(app, edition)
    answer = browser.post(HERE, {**filled(browser, forum_closes="2027-06-01T10:00"), "do": "show"})
    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == 200
    assert "Nothing is saved yet." in page.main.text
    assert len(page.select(".timetable rect.fill-plain")) == 5
    assert "1 June 2027" in page.select_one("table").text
    assert (periods_of(edition), newest_of(edition.id, 5)) == (before, [])


def test_the_table_beside_the_picture_says_what_overlaps(app: Flask) -> None:
    edition = an_edition()
    page = an_organisers_browser(app, edition).page(HERE)
    rows = {row.th.text: row.select("td")[-1].text for row in page.select("tbody tr")}
    assert rows == {
        "Listening": "–",
        "Proposing": "Voting",
        "Voting": "Proposing",
        "Drafting": "–",
        "Forum": "–",
    }


def test_the_zone_is_named_for_people(app: Flask) -> None:
    edition = an_edition()
    text = an_organisers_browser(app, edition).page(HERE).main.text
    assert "time zone, Lisbon time." in text
    assert "Europe/Lisbon" not in text


def test_what_a_phase_allows_is_not_called_its_opening(app: Flask) -> None:
    edition = an_edition()
    text = an_organisers_browser(app, edition).page(HERE).select_one("#voting-allows").text
    assert text.startswith("What people can do: edit proposals, comment, vote")


def test_what_takes_a_role_is_not_told_as_open_to_everybody(app: Flask) -> None:
    edition = an_edition()
    page = an_organisers_browser(app, edition).page(HERE)
    told = {phase: page.select_one(f"#{phase}-allows").text for phase in ("proposing", "forum", "follow-up")}
    everybody, roles = told["proposing"].split("What those with a role can do:")
    assert ("merge" in everybody, "merge" in roles, "propose" in everybody) == (False, True, True)
    assert "track progress" in told["forum"].split("What those with a role can do:")[1]
    assert told["follow-up"].startswith("People read; nothing can be added.")


def test_all_that_is_wrong_with_dates_is_said_at_once(app: Flask) -> None:
    edition = an_edition()
    answer = an_organisers_browser(app, edition).post(
        HERE, {"proposing-opens": "2026-09-02T10:00", "proposing-closes": "2026-09-01T10:00",
               "voting-closes": "2026-10-01T10:00"},
    )  # fmt: skip
    page = BeautifulSoup(answer.text, "html.parser")
    assert [line.text for line in page.select(".error-summary li")] == [
        "Voting: Say when this phase begins.", "Proposing: Let the phase end after it begins.",
    ]  # fmt: skip
    assert page.select_one("#overview") is None


def test_dates_that_a_colleague_set_meanwhile_are_not_written_over_unseen(app: Flask) -> None:
    edition = an_edition(opened=None)
    hers = an_organisers_browser(app, edition)
    action, fields = hers.fill(hers.page(HERE), "main form")
    assert hers.post(action, {**fields, "forum-closes": "2026-12-01T12:00"}).status_code == 303
    answer = hers.post(action, {**fields, "voting-closes": "2026-10-02T12:00"})
    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == 409
    assert "Somebody else has changed the dates meanwhile." in page.select_one(".note-bad").text
    assert [hint.text for hint in page.select("form .hint") if hint.text.startswith("Kept now")] == [
        "Kept now: 2026-10-01T13:00", "Kept now: 2026-12-01T12:00",
    ]  # fmt: skip
    action, fields = hers.fill(page, "main form")
    assert hers.post(action, {**fields, "forum-closes": "2026-12-01T12:00"}).status_code == 303
    closes = {period.phase: period.closes for period in periods_of(edition)}
    assert closes[Phase.VOTING] == datetime(2026, 10, 2, 11, 0, tzinfo=UTC)
    assert closes[Phase.FORUM] == datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


def test_the_end_of_any_phase_that_has_begun_moves_only_with_a_reason(app: Flask) -> None:
    edition = an_edition()
    before, browser = periods_of(edition), an_organisers_browser(app, edition)
    sent = filled(browser, proposing_closes="2026-10-05T13:00")
    answer = browser.post(HERE, sent)
    assert answer.status_code == 422
    assert "Say why this end moves: people have planned by it." in answer.text
    assert periods_of(edition) == before
    assert browser.post(HERE, {**sent, "reason": "More time."}).status_code == 303


def test_the_end_of_a_phase_to_come_moves_without(app: Flask) -> None:
    edition = an_edition()
    browser = an_organisers_browser(app, edition)
    assert browser.post(HERE, filled(browser, drafting_closes="2026-11-05T12:00")).status_code == 303


def test_in_an_edition_that_nobody_can_see_no_reason_is_asked(app: Flask) -> None:
    edition = an_edition(opened=None)
    browser = an_organisers_browser(app, edition)
    assert browser.page(HERE).select("[name=reason]") == []
    assert browser.post(HERE, filled(browser, proposing_closes="2026-10-05T13:00")).status_code == 303


def announced(browser: Browser) -> str:
    return " ".join(note.text for note in browser.page("/en/2026/").select(".notices .note"))


def move_end(browser: Browser, to: str, reason: str) -> None:
    answer = browser.post(HERE, {**filled(browser, voting_closes=to), "reason": reason})
    assert answer.status_code == 303


@pytest.fixture
def organiser(app: Flask) -> Browser:
    """Somebody who has moved the end of voting by a week."""
    browser = an_organisers_browser(app, an_edition())
    move_end(browser, "2026-10-08T13:00", "A storm.")
    return browser


def test_a_moved_end_is_announced_with_both_dates_and_the_reason(
    organiser: Browser, browser: Browser
) -> None:
    assert announced(browser) == (
        "Voting: the end has moved from 1 October 2026, 13:00 (Lisbon time) to 8 October 2026, 13:00 (Lisbon time)."
        " The organisers say why: A storm."
    )


def test_it_is_announced_until_the_new_date_has_passed(
    organiser: Browser, browser: Browser, clock: time_machine.Traveller
) -> None:
    clock.move_to(datetime(2026, 10, 8, 11, 59, tzinfo=UTC))
    assert "A storm." in announced(browser)
    clock.move_to(datetime(2026, 10, 8, 12, 0, tzinfo=UTC))
    assert announced(browser) == ""


def test_moved_twice_it_is_announced_from_the_first_date(organiser: Browser, browser: Browser) -> None:
    move_end(organiser, "2026-10-09T13:00", "Another storm.")
    assert announced(browser) == (
        "Voting: the end has moved from 1 October 2026, 13:00 (Lisbon time) to 9 October 2026, 13:00 (Lisbon time)."
        " The organisers say why: Another storm."
    )


def test_moved_back_nothing_is_announced(organiser: Browser, browser: Browser) -> None:
    move_end(organiser, "2026-10-01T13:00", "No storm.")
    assert announced(browser) == ""


def test_a_phase_that_stops_says_when_it_goes_on(app: Flask, browser: Browser) -> None:
    edition = an_edition()
    organiser = an_organisers_browser(app, edition)
    organiser.post(HERE, {**filled(organiser, voting_opens="2026-09-08T13:00"), "reason": "A fault."})
    assert "Voting has stopped and goes on from 8 September 2026, 13:00 (Lisbon time)." in announced(browser)


def test_the_public_log_shows_the_dates_that_changed(organiser: Browser, browser: Browser) -> None:
    shown = browser.page("/en/2026/log").main.text
    assert "Voting: from 12 August 2026, 12:00 to 1 October 2026, 12:00 (UTC)" in shown
    assert "Voting: from 12 August 2026, 12:00 to 8 October 2026, 12:00 (UTC)" in shown
    assert "Proposing:" not in shown


def test_the_move_is_in_the_log_with_all_dates(organiser: Browser) -> None:
    (entry,) = newest_of(get_edition("2026").id, 5)
    assert (entry.kind, entry.reason) == ("phase-change", "A storm.")
    assert (entry.facts["before"]["voting"][1], entry.facts["after"]["voting"][1]) == (
        "2026-10-01T12:00:00+00:00",
        "2026-10-08T12:00:00+00:00",
    )
