"""The settings of an edition: what can be chosen, what voting fixes, what the log says."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from roadmap.domain.policy import Role
from roadmap.editions.choices import FIXED, choices_of
from roadmap.editions.models import Edition
from roadmap.editions.queries import periods_of, questions_of
from roadmap.log.phrases import before_and_after, line
from roadmap.log.queries import newest_of
from roadmap.votes.actions import cast_vote
from tests.browsing import Browser
from tests.editions.organising import an_organisers_browser, early, set_up, settings_form, voting_begins
from tests.factories import DAY, NOW, a_comment, a_proposal, a_role, an_account, an_edition, the_actor

OTHERWISE = {
    "method": "support",
    "guest_votes": "counted",
    "paper_votes": "counted",
    "results": "at-close",
    "moderation": "before",
    "ask_group": "not-asked",
    "ask_country": "not-asked",
    "time_zone": "Africa/Dakar",
}
"""Another value than the usual one for each setting that is chosen."""


def changes_told(edition: Edition) -> list[dict[str, Any]]:
    return [entry.facts for entry in newest_of(edition.id, 50) if entry.kind == "settings-change"]


def test_the_page_is_for_organisers(app: Flask, browser: Browser) -> None:
    edition = early()
    browser.sign_in(a_role(an_account(), Role.FACILITATOR, edition))
    assert browser.get("/en/2026/manage/settings").status_code == 403
    assert browser.post("/en/2026/manage/settings", {"method": "support"}).status_code == 403


def test_saving_the_form_unchanged_changes_nothing(app: Flask) -> None:
    """C16."""
    edition = early()
    before, revision = choices_of(edition), edition.revision
    answer = set_up(an_organisers_browser(app, edition), edition)
    assert answer.status_code == 303
    assert (choices_of(edition), edition.revision, newest_of(edition.id, 5)) == (before, revision, [])


@pytest.mark.parametrize(("setting", "value"), OTHERWISE.items())
def test_a_setting_is_kept_and_logged_with_what_stood_before(app: Flask, setting: str, value: str) -> None:
    edition = early()
    before = getattr(choices_of(edition), setting)
    answer = set_up(an_organisers_browser(app, edition), edition, **{setting: value})
    assert answer.status_code == 303
    assert getattr(choices_of(edition), setting) == value
    assert changes_told(edition) == [{"setting": setting, "before": before, "after": value}]


def test_the_name_is_changed_in_one_language(app: Flask) -> None:
    edition = early()
    set_up(an_organisers_browser(app, edition), edition, title_fr="  Une   autre solidarité ")
    assert edition.title["fr"] == "Une autre solidarité"
    assert changes_told(edition) == [
        {"setting": "title", "language": "fr", "before": "La solidarité", "after": "Une autre solidarité"}
    ]


def test_a_name_is_not_taken_away(app: Flask) -> None:
    edition = early()
    answer = set_up(an_organisers_browser(app, edition), edition, title_fr="", moderation="before")
    assert answer.status_code == 422
    assert "Write the name in Français." in answer.text
    assert (edition.title["fr"], edition.moderation) == ("La solidarité", "after")


def test_what_was_typed_comes_back_with_a_refusal(app: Flask) -> None:
    edition = early()
    answer = set_up(an_organisers_browser(app, edition), edition, title_en="x" * 301, moderation="before")
    assert answer.status_code == 422
    assert "<title>Error:" in answer.text
    assert "x" * 301 in answer.text
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.select_one("[name=moderation][checked]")["value"] == "before"


@pytest.mark.parametrize("setting", ["method", "moderation", "results", "guest_votes", "ask_group"])
def test_a_value_that_is_not_offered_is_refused(app: Flask, setting: str) -> None:
    edition = early()
    before = choices_of(edition)
    answer = set_up(an_organisers_browser(app, edition), edition, **{setting: "whatever"})
    assert answer.status_code == 422
    assert choices_of(edition) == before


def test_an_unknown_time_zone_is_refused(app: Flask) -> None:
    edition = early()
    assert set_up(an_organisers_browser(app, edition), edition, time_zone="Moon/Base").status_code == 422
    assert edition.time_zone == "Europe/Lisbon"


def test_a_language_is_added_and_waits_for_its_name(app: Flask) -> None:
    edition = early(languages=["en", "fr"])
    browser = an_organisers_browser(app, edition)
    set_up(browser, edition, languages=["en", "fr", "pt"])
    assert edition.languages == ["en", "fr", "pt"]
    assert settings_form(browser, edition)["title_pt"] == ""
    assert changes_told(edition) == [
        {"setting": "languages", "before": ["en", "fr"], "after": ["en", "fr", "pt"]}
    ]


def test_a_language_in_which_nothing_was_written_is_taken_away(app: Flask) -> None:
    edition = early(languages=["en", "fr"])
    set_up(an_organisers_browser(app, edition), edition, languages=["fr"])
    assert edition.languages == ["fr"]


@pytest.mark.parametrize("state", ["published", "hidden"])
def test_a_language_in_which_a_proposal_is_written_stays(app: Flask, state: str) -> None:
    edition = early(languages=["en", "fr"])
    a_proposal(edition, language="fr", state=state)
    answer = set_up(an_organisers_browser(app, edition), edition, languages=["en"])
    assert answer.status_code == 422
    assert "Français stays: 1 proposal is written in it." in answer.text
    assert edition.languages == ["en", "fr"]


def test_a_language_in_which_a_comment_is_written_stays(app: Flask) -> None:
    edition = early(languages=["en", "fr"])
    a_comment(a_proposal(edition, language="en"), language="fr")
    answer = set_up(an_organisers_browser(app, edition), edition, languages=["en"])
    assert "Français stays: 1 comment is written in it." in answer.text


def test_an_edition_keeps_a_language(app: Flask) -> None:
    edition = early()
    answer = set_up(an_organisers_browser(app, edition), edition, languages=[])
    assert (answer.status_code, len(edition.languages)) == (422, 5)


def test_votes_are_weighed_by_group_only_where_people_are_asked_for_it(app: Flask) -> None:
    edition = early()
    browser = an_organisers_browser(app, edition)
    answer = set_up(browser, edition, method="equal-groups", ask_group="not-asked")
    assert answer.status_code == 422
    assert edition.method == "equal-persons"


def test_a_form_from_before_somebody_elses_change_is_not_saved_over_it(app: Flask) -> None:
    edition = early()
    browser = an_organisers_browser(app, edition)
    old = settings_form(browser, edition)
    set_up(browser, edition, moderation="before")
    answer = browser.post("/en/2026/manage/settings", {**old, "ask_country": "not-asked"})
    assert answer.status_code == 409
    assert "Somebody else has changed this edition meanwhile." in answer.text
    assert (edition.moderation, choices_of(edition).ask_country) == ("before", "asked")


def begun_by_date() -> Edition:
    return an_edition()


def begun_by_a_vote() -> Edition:
    edition = an_edition()
    a_proposal(edition)
    cast_vote(the_actor(an_account("Voter")), edition, 1, "agree", now=NOW)
    voting_begins(edition, NOW + DAY)
    return edition


@pytest.mark.parametrize("begun", [begun_by_date, begun_by_a_vote])
@pytest.mark.parametrize("setting", FIXED)
def test_what_voting_has_fixed_is_refused_also_when_the_form_is_forged(
    app: Flask, setting: str, begun: Any
) -> None:
    edition = begun()
    before, browser = choices_of(edition), an_organisers_browser(app, edition)
    assert setting not in settings_form(browser, edition)
    answer = set_up(browser, edition, **{setting: OTHERWISE[setting], "title_en": "Kept as typed"})
    assert answer.status_code == 422
    assert "Fixed since voting began on " in answer.text
    assert "Kept as typed" in answer.text
    assert choices_of(edition) == before


def test_what_is_fixed_says_since_when(app: Flask) -> None:
    edition = an_edition()
    page = an_organisers_browser(app, edition).page("/en/2026/manage/settings")
    told = page.select_one("#method-0")
    assert told is not None
    assert "Equal persons" in told.text
    assert "Fixed since voting began on 12 August 2026, 13:00 (Lisbon time)" in told.text


def test_the_group_is_fixed_where_votes_are_weighed_by_it(app: Flask) -> None:
    edition = an_edition(method="equal-groups")
    answer = set_up(an_organisers_browser(app, edition), edition, ask_group="not-asked")
    assert answer.status_code == 422
    assert choices_of(edition).ask_group == "asked"


@pytest.mark.parametrize("setting", ["moderation", "ask_group", "ask_country", "time_zone"])
def test_all_else_can_be_changed_while_people_vote(app: Flask, setting: str) -> None:
    edition = an_edition()
    answer = set_up(an_organisers_browser(app, edition), edition, **{setting: OTHERWISE[setting]})
    assert answer.status_code == 303
    assert getattr(choices_of(edition), setting) == OTHERWISE[setting]


def test_nothing_is_fixed_in_an_edition_that_nobody_can_see_yet(app: Flask) -> None:
    edition = an_edition(opened=None)
    answer = set_up(an_organisers_browser(app, edition), edition, method="support")
    assert (answer.status_code, edition.method) == (303, "support")


def test_the_public_log_names_setting_and_values(app: Flask, browser: Browser) -> None:
    edition = early()
    set_up(an_organisers_browser(app, edition), edition, method="support")
    (entry,) = newest_of(edition.id, 5)
    with app.test_request_context("/en/"):
        assert line(entry.kind, entry.facts) == "Setting changed: Ranking method."
        assert before_and_after(entry.kind, entry.facts) == ("Equal persons", "Support", "")
    shown = browser.page("/en/2026/log?part=edition").main.text
    assert "Equal persons" in shown


@pytest.mark.parametrize(
    ("page", "sent"),
    [
        ("settings", {"moderation": "before"}),
        ("questions/new", {"text_en": "Who pays?"}),
        ("questions/1/edit", {"text_en": "Who pays?"}),
        ("questions/1/move", {"do": "down"}),
        ("questions/1/remove", {}),
        ("phases", {"voting-opens": "2026-09-01T10:00", "reason": "Again."}),
    ],
)
def test_nothing_is_changed_in_a_past_edition(app: Flask, page: str, sent: dict[str, str]) -> None:
    edition = early(archived=NOW - DAY)
    before = (choices_of(edition), [question.text for question in questions_of(edition)], periods_of(edition))
    answer = an_organisers_browser(app, edition).post(f"/en/2026/manage/{page}", sent)
    assert answer.status_code in (403, 409)
    assert (
        choices_of(edition), [question.text for question in questions_of(edition)], periods_of(edition)
    ) == before  # fmt: skip
