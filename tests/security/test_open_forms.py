"""Forms that were open for long, or come from elsewhere (security checklist, C6)."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from roadmap.accounts.models import Account
from roadmap.core.db import db
from tests.accounts.people import Visitor, mailed_link
from tests.factories import an_account, an_edition


@pytest.fixture
def browser(app: Flask) -> Visitor:
    return Visitor(app)


@pytest.fixture
def awa(app: Flask) -> Account:
    an_edition()
    return an_account()


class TestForms:
    """C6, C24: a form from before another sign-in keeps its text, and one press sends it."""

    TEXT = "We share what we grow. " * 130

    def test_a_token_of_another_sign_in_is_refused_with_the_text_kept(
        self, app: Flask, awa: Account, browser: Visitor
    ) -> None:
        browser.sign_in(awa)
        stale = browser.get("/en/me/profile")
        browser.sign_in(awa)
        page = browser.press_on(stale, "/en/me/profile", "Save", name="Awa & sœurs", note=self.TEXT)
        assert (page.status_code, "Please send this once more" in page.text) == (403, True)
        kept = BeautifulSoup(page.text, "html.parser").find("textarea")
        assert kept is not None
        assert kept.text.strip() == self.TEXT.strip()
        db.session.refresh(awa)
        assert awa.name == "Awa"
        assert browser.press_on(page, "/en/me/profile", "Send again").status_code == 303
        db.session.refresh(awa)
        assert awa.name == "Awa & sœurs"

    def test_a_form_left_open_until_the_sign_in_ended_keeps_its_text(
        self, app: Flask, awa: Account, browser: Visitor, clock: time_machine.Traveller
    ) -> None:
        browser.sign_in(awa)
        stale = browser.get("/en/me/profile")
        clock.shift(timedelta(hours=13))
        page = browser.press_on(stale, "/en/me/profile", "Save", name="Awa of the market", note=self.TEXT)
        assert (page.status_code, "Your sign-in has ended" in page.text) == (403, True)
        browser.token = ""
        browser.press(mailed_link(app, browser, "awa@example.org"), "Sign in")
        again = browser.press_on(page, "/en/me/profile", "Send again")
        assert (again.status_code, self.TEXT.strip() in again.text) == (403, True)
        assert browser.press_on(again, "/en/me/profile", "Send again").status_code == 303
        db.session.refresh(awa)
        assert awa.name == "Awa of the market"

    def test_a_forged_token_is_refused(self, awa: Account, browser: Visitor) -> None:
        browser.sign_in(awa)
        for token in ("", "0" * 64, "é"):
            assert browser.post("/en/sign-out", {"token": token}).status_code == 403
        assert browser.is_signed_in

    def test_passwords_are_never_repeated(self, awa: Account, browser: Visitor) -> None:
        browser.sign_in(awa)
        page = browser.post(
            "/en/me/security/password", {"token": "old", "secret_password": "seven quiet rivers"}
        )
        assert (page.status_code, "seven quiet rivers" in page.text) == (403, False)
