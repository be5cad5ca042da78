"""Opening an edition, and choosing the one on the home page."""

from typing import Any

import pytest
from flask import Flask

from roadmap.core.db import db
from roadmap.domain.policy import Role
from roadmap.editions.queries import find_current_edition, find_edition
from roadmap.log.queries import newest_of
from tests.browsing import Browser
from tests.editions.preparing import preparing
from tests.factories import a_role, an_account, an_edition

FIELDS: dict[str, Any] = {
    "languages": ["fr", "ar"], "title_fr": "Les ponts", "title_ar": "الجسور", "slug": "bridges",
    "time_zone": "Africa/Tunis", "start": "", "dates": "today",
}  # fmt: skip


@pytest.fixture
def administrator(app: Flask, browser: Browser) -> Browser:
    return browser.sign_in(a_role(an_account("Zohra"), Role.ADMINISTRATOR, None))


class TestOpen:
    """Two steps: what will happen, then the press."""

    def test_what_is_missing_is_listed_in_the_place_of_the_button(self, administrator: Browser) -> None:
        administrator.post("/en/manage/new", FIELDS)
        page = administrator.page("/en/bridges/manage/open")
        assert "Write at least one guiding question." in page.text
        assert "Give proposing or voting dates" in page.text
        assert not page.select("main form")

    def test_a_forged_press_is_refused_with_the_same_list(self, administrator: Browser) -> None:
        administrator.post("/en/manage/new", FIELDS)
        answer = administrator.post("/en/bridges/manage/open", {"current": "y"})
        assert answer.status_code == 422
        assert "Write at least one guiding question." in answer.text
        made = find_edition("bridges")
        assert made is not None and made.opened is None

    def test_what_readers_see_instead_of_a_missing_language_is_said(
        self, app: Flask, administrator: Browser
    ) -> None:
        preparing(languages=["en", "ar"])
        text = administrator.page("/en/bridges/manage/open").text
        assert "Questions that have no text in this language (العربية): 1 and 2." in text

    def test_what_is_fixed_at_once_is_said_before(self, app: Flask, administrator: Browser) -> None:
        preparing()
        text = administrator.page("/en/bridges/manage/open").text
        assert "Voting is open by its dates" in text
        assert "Once voting opens" not in text

    def test_the_edition_on_the_home_page_is_named_where_there_is_one(
        self, app: Flask, administrator: Browser
    ) -> None:
        preparing()
        sentence = "It stays at its own address."
        assert sentence not in administrator.page("/en/bridges/manage/open").text
        an_edition("first")
        assert sentence in administrator.page("/en/bridges/manage/open").text

    def test_it_is_there_for_everybody_then_and_logged(self, app: Flask, administrator: Browser) -> None:
        edition = preparing()
        answer = administrator.post("/en/bridges/manage/open", {})
        assert answer.status_code == 303
        assert Browser(app).get("/en/bridges/").status_code == 200
        assert [entry.kind for entry in newest_of(edition.id, 5)] == ["edition-opening"]

    def test_the_home_page_shows_it_where_that_was_chosen(self, app: Flask, administrator: Browser) -> None:
        before, edition = an_edition("first"), preparing()
        administrator.post("/en/bridges/manage/open", {"current": "y"})
        db.session.expire_all()
        assert (find_current_edition(), before.is_current) == (edition, False)

    def test_else_the_home_page_stays_as_it_is(self, app: Flask, administrator: Browser) -> None:
        before = an_edition("first")
        preparing()
        administrator.post("/en/bridges/manage/open", {})
        db.session.expire_all()
        assert find_current_edition() == before

    def test_twice_is_said_to_be_done(self, app: Flask, administrator: Browser) -> None:
        an_edition("first")
        assert administrator.post("/en/first/manage/open", {}).status_code == 409

    def test_a_look_opens_nothing(self, app: Flask, administrator: Browser) -> None:
        edition = preparing()
        administrator.get("/en/bridges/manage/open")
        db.session.expire_all()
        assert edition.opened is None

    def test_another_open_edition_can_become_the_one_on_the_home_page(
        self, app: Flask, administrator: Browser
    ) -> None:
        an_edition("first")
        other = an_edition("other", is_current=False)
        assert "The home page shows now" in administrator.page("/en/other/manage/current").text
        assert administrator.post("/en/other/manage/current").status_code == 303
        db.session.expire_all()
        assert find_current_edition() == other
        assert [entry.kind for entry in newest_of(other.id, 5)] == ["edition-current"]

    def test_one_in_preparation_cannot(self, app: Flask, administrator: Browser) -> None:
        preparing()
        assert administrator.post("/en/bridges/manage/current").status_code == 409
        assert find_current_edition() is None

    def test_facilitators_open_nothing(self, app: Flask, browser: Browser) -> None:
        edition = an_edition("first", is_current=False)
        browser.sign_in(a_role(an_account(), Role.FACILITATOR, edition))
        for path in ("open", "current", "close", "take-back", "preview"):
            assert browser.post(f"/en/first/manage/{path}").status_code == 403, path
