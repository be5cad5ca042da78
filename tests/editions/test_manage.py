"""Organisers at their pages."""

from flask import Flask

from roadmap.domain.policy import Role
from roadmap.editions.queries import periods_of
from tests.browsing import Browser
from tests.factories import NOW, a_role, an_account, an_edition


def test_a_stranger_is_led_to_sign_in_and_back(app: Flask, browser: Browser) -> None:
    an_edition()
    response = browser.get("/en/2026/manage/phases")
    assert (response.status_code, response.location) == (303, "/en/sign-in?next=/en/2026/manage/phases")


def test_a_facilitator_may_not_move_phases(app: Flask, browser: Browser) -> None:
    edition = an_edition()
    browser.sign_in(a_role(an_account(), Role.FACILITATOR, edition))
    assert browser.get("/en/2026/manage/phases").status_code == 403


def test_an_organiser_of_another_edition_may_not_either(app: Flask, browser: Browser) -> None:
    an_edition("2026")
    other = an_edition("2027", is_current=False)
    browser.sign_in(a_role(an_account(), Role.ORGANISER, other))
    assert browser.get("/en/2026/manage/phases").status_code == 403


def test_saving_the_form_unchanged_changes_nothing(app: Flask, browser: Browser) -> None:
    """C16."""
    edition = an_edition()
    before = periods_of(edition)
    browser.sign_in(a_role(an_account(), Role.ORGANISER, edition))
    page = browser.page("/en/2026/manage/phases")
    fields = {field["name"]: field["value"] for field in page.select("input[type=datetime-local]")}
    response = browser.post("/en/2026/manage/phases", fields)
    assert response.status_code == 303
    assert periods_of(edition) == before


def test_dates_are_read_in_the_editions_time_zone(app: Flask, browser: Browser) -> None:
    edition = an_edition()
    browser.sign_in(a_role(an_account(), Role.ORGANISER, edition))
    response = browser.post(
        "/en/2026/manage/phases",
        {"voting-opens": "2026-07-01T10:00", "voting-closes": "2026-12-06T18:00", "reason": "More time."},
    )
    assert response.status_code == 303
    (period,) = periods_of(edition)
    assert (period.opens.isoformat(), period.closes.isoformat() if period.closes else "") == (
        "2026-07-01T09:00:00+00:00",
        "2026-12-06T18:00:00+00:00",
    )


def test_a_date_that_cannot_be_read_comes_back_as_typed_with_a_sentence(app: Flask, browser: Browser) -> None:
    edition = an_edition()
    browser.sign_in(a_role(an_account(), Role.ORGANISER, edition))
    response = browser.post("/en/2026/manage/phases", {"voting-opens": "soon", "reason": "Because."})
    assert response.status_code == 422
    assert 'value="soon"' in response.text
    assert "Write the date like this" in response.text
    assert "<title>Error:" in response.text
    assert "Because." in response.text


def test_the_reason_of_a_moved_end_stands_on_the_home_page(app: Flask, browser: Browser) -> None:
    edition = an_edition()
    browser.sign_in(a_role(an_account(), Role.ORGANISER, edition))
    browser.post(
        "/en/2026/manage/phases",
        {"voting-opens": "2026-08-12T13:00", "voting-closes": "2026-12-06T18:00", "reason": "A storm."},
    )
    assert "A storm." in browser.page("/en/").text
    assert periods_of(edition)[0].closes > NOW  # type: ignore[operator]
