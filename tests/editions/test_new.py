"""From nothing to an open edition, in the browser."""

from typing import Any

import pytest
from flask import Flask

from roadmap.accounts.actions import first_administrator_link
from roadmap.core.db import db
from roadmap.domain.policy import Role
from roadmap.editions.queries import find_edition, questions_of
from tests.browsing import Browser
from tests.editions.preparing import preparing
from tests.factories import DAY, NOW, a_proposal, a_role, an_account, an_edition

FIELDS: dict[str, Any] = {
    "languages": ["fr", "ar"], "title_fr": "Les ponts", "title_ar": "الجسور", "slug": "bridges",
    "time_zone": "Africa/Tunis", "start": "", "dates": "today",
}  # fmt: skip


@pytest.fixture
def administrator(app: Flask, browser: Browser) -> Browser:
    return browser.sign_in(a_role(an_account("Zohra"), Role.ADMINISTRATOR, None))


class TestFirstStart:
    """A site without an edition."""

    def test_whoever_opens_the_printed_link_is_led_to_the_first_edition(
        self, app: Flask, browser: Browser
    ) -> None:
        link = first_administrator_link(now=NOW)
        answer = browser.post(link, {"email": "zohra@example.org"})
        assert (answer.status_code, answer.location) == (303, "/en/manage/new")
        assert browser.get("/en/manage/new").status_code == 200

    def test_where_there_is_an_edition_they_are_not(self, app: Flask, browser: Browser) -> None:
        an_edition()
        answer = browser.post(first_administrator_link(now=NOW), {"email": "zohra@example.org"})
        assert answer.location == "/en/me"

    def test_the_home_page_says_so(self, app: Flask, browser: Browser) -> None:
        assert "This site has no edition yet." in browser.page("/en/").text

    def test_and_leads_administrators_to_make_one(self, administrator: Browser) -> None:
        page = administrator.page("/en/")
        assert page.select_one("main a[href='/en/manage/new']")
        assert page.select_one("header a[href='/en/manage']")

    def test_other_people_are_not_led_there(self, app: Flask, browser: Browser) -> None:
        browser.sign_in(an_account())
        assert not browser.page("/en/").select("a[href*='/manage']")


class TestNew:
    """The form."""

    def test_the_defaults_need_nothing_but_titles(self, administrator: Browser) -> None:
        _action, sent = administrator.fill(
            administrator.page("/en/manage/new"), "main form", title_en="Bridges"
        )
        answer = administrator.post("/en/manage/new", {**sent, "languages": ["en"]})
        slug = str(NOW.year)
        assert answer.location == f"/en/{slug}/manage/setup?made=1"
        made = find_edition(slug)
        assert made is not None and (made.title, made.time_zone) == ({"en": "Bridges"}, "UTC")

    def test_it_leads_to_the_set_up(self, administrator: Browser) -> None:
        answer = administrator.post("/en/manage/new", FIELDS)
        assert answer.location == "/en/bridges/manage/setup?made=1"
        assert "Until you open it" in administrator.page(answer.location).text

    def test_titles_of_languages_that_were_not_chosen_are_left_out(self, administrator: Browser) -> None:
        administrator.post("/en/manage/new", {**FIELDS, "title_es": "Los puentes"})
        made = find_edition("bridges")
        assert made is not None and made.title == {"fr": "Les ponts", "ar": "الجسور"}

    def test_what_was_typed_comes_back_with_a_sentence_at_each_field(self, administrator: Browser) -> None:
        answer = administrator.post(
            "/en/manage/new", {**FIELDS, "title_ar": "", "slug": "Manage", "time_zone": "x"}
        )
        assert answer.status_code == 422
        for sentence in (
            "Write the title in this language: العربية.",
            "You could take “manage-2”.",
            "Choose a time zone",
        ):
            assert sentence in answer.text
        assert 'value="Les ponts"' in answer.text
        assert find_edition("manage") is None

    def test_the_error_summary_leads_to_the_languages(self, administrator: Browser) -> None:
        answer = administrator.post("/en/manage/new", {**FIELDS, "languages": []})
        assert 'href="#languages-0"' in answer.text
        assert 'id="languages-0"' in answer.text

    def test_only_editions_that_one_organises_can_be_cloned(self, app: Flask, browser: Browser) -> None:
        an_edition("first")
        own = an_edition("own", is_current=False)
        browser.sign_in(a_role(an_account(), Role.ORGANISER, own))
        page = browser.page("/en/manage/new?from=own")
        assert [item["value"] for item in page.select("input[name=start]")] == ["", "own"]
        assert page.select_one("input[name=start][value=own][checked]")

    def test_a_forged_source_is_not_cloned(self, app: Flask, browser: Browser) -> None:
        an_edition("first")
        own = an_edition("own", is_current=False)
        browser.sign_in(a_role(an_account(), Role.ORGANISER, own))
        browser.post("/en/manage/new", {**FIELDS, "start": "first"})
        made = find_edition("bridges")
        assert made is not None and questions_of(made) == []

    def test_a_clone_has_the_questions_of_its_source(self, app: Flask, browser: Browser) -> None:
        own = an_edition("own")
        browser.sign_in(a_role(an_account(), Role.ORGANISER, own))
        browser.post("/en/manage/new", {**FIELDS, "start": "own"})
        made = find_edition("bridges")
        assert made is not None and len(questions_of(made)) == 2

    @pytest.mark.parametrize(
        ("role", "status"), [(None, 403), (Role.FACILITATOR, 403), (Role.ORGANISER, 200)]
    )
    def test_it_is_for_organisers(self, app: Flask, browser: Browser, role: Role | None, status: int) -> None:
        edition, account = an_edition(), an_account()
        browser.sign_in(a_role(account, role, edition) if role else account)
        assert browser.get("/en/manage").status_code == status
        assert browser.get("/en/manage/new").status_code == status

    def test_the_list_holds_what_one_organises(self, app: Flask, browser: Browser) -> None:
        an_edition("first")
        own = an_edition("own", is_current=False, opened=None)
        browser.sign_in(a_role(an_account(), Role.ORGANISER, own))
        page = browser.page("/en/manage")
        assert page.select("a[href='/en/own/manage']") and not page.select("a[href='/en/first/manage']")
        assert "In preparation" in page.text


class TestSetUp:
    """The list of what is still needed, and the preview."""

    def test_each_step_has_its_state_and_a_page_that_is_there(self, administrator: Browser) -> None:
        administrator.post("/en/manage/new", FIELDS)
        page = administrator.page("/en/bridges/manage/setup")
        states = {
            str(item["id"]).removeprefix("step-"): str(item.select_one(".tag").text)  # type: ignore[union-attr]
            for item in page.select("[id^=step-]")
        }
        assert states == {
            "name": "Done", "phases": "Missing", "questions": "Missing", "settings": "Your choice",
            "texts": "Your choice", "people": "Your choice", "share": "Your choice",
        }  # fmt: skip
        hrefs = [str(link["href"]) for link in page.select("[id^=step-] a")]
        assert hrefs
        assert [administrator.get(href).status_code for href in hrefs] == [200] * len(hrefs)

    def test_every_page_says_that_it_is_a_preview_and_leads_back(
        self, app: Flask, administrator: Browser
    ) -> None:
        a_proposal(preparing())
        for path in (
            "",
            "questions",
            "questions/1-question-1",
            "vote",
            "propose",
            "roadmap",
            "log",
            "manage",
        ):
            page = administrator.page(f"/en/bridges/{path}")
            banner = page.select_one(".demonstration")
            assert banner is not None and "Preview: only organisers see this." in banner.text, path
            assert banner.select_one("a[href='/en/bridges/manage/setup']"), path

    def test_other_editions_do_not(self, app: Flask, administrator: Browser) -> None:
        preparing()
        an_edition("first")
        assert "Preview:" not in administrator.page("/en/first/").text
        assert "Preview:" not in administrator.page("/en/").text

    def test_it_is_shown_as_it_will_be_when_voting_opens(self, app: Flask, administrator: Browser) -> None:
        phases = {"proposing": (NOW + DAY, None), "voting": (NOW + 9 * DAY, None)}
        a_proposal(preparing(phases=phases))
        address = "/en/bridges/proposals/1-share-what-works-number-1"
        assert "Voting opens on" in administrator.page(address).text
        answer = administrator.post("/en/bridges/manage/preview", {"phase": "voting"})
        assert (answer.status_code, answer.location) == (303, "/en/bridges/")
        page = administrator.page(address)
        assert page.select("button[name=choice][value=agree]")
        assert "Pages for participants are shown as of 10 September" in page.text

    def test_a_press_in_it_is_refused_and_nothing_is_stored(self, app: Flask, administrator: Browser) -> None:
        edition = preparing()
        a_proposal(edition)
        administrator.post("/en/bridges/manage/preview", {"phase": "voting"})
        answer = administrator.post("/en/bridges/proposals/1/vote", {"choice": "agree"})
        assert answer.status_code == 409
        assert "Nothing was stored." in answer.text
        from roadmap.votes.models import Vote  # thin command

        assert db.session.query(Vote).count() == 0

    def test_today_ends_it(self, app: Flask, administrator: Browser) -> None:
        preparing()
        administrator.post("/en/bridges/manage/preview", {"phase": "voting"})
        administrator.post("/en/bridges/manage/preview", {"phase": ""})
        assert "shown as of" not in administrator.page("/en/bridges/").text

    @pytest.mark.parametrize("phase", ["follow-up", "nonsense", ""])
    def test_a_phase_without_dates_changes_nothing(
        self, app: Flask, administrator: Browser, phase: str
    ) -> None:
        preparing()
        administrator.post("/en/bridges/manage/preview", {"phase": phase})
        assert "shown as of" not in administrator.page("/en/bridges/").text

    def test_deeds_of_organisers_keep_the_real_time(self, app: Flask, administrator: Browser) -> None:
        edition = preparing(phases={"voting": (NOW + 9 * DAY, None)})
        administrator.post("/en/bridges/manage/preview", {"phase": "voting"})
        administrator.post("/en/bridges/manage/open", {"current": "y"})
        db.session.expire_all()
        assert edition.opened == NOW
