"""The languages that an account reads: said in the profile, brought along from a browser, taken along with one's data."""

import pytest
from flask import Flask

from roadmap.accounts import passwords
from roadmap.accounts.models import Account
from roadmap.accounts.own_data import own_data
from roadmap.core.db import db
from tests.accounts.people import Visitor, a_guest, last_link, mailed_link
from tests.accounts.votes import a_vote
from tests.factories import NOW, a_proposal, an_account, an_edition

CHOOSE = "/en/2026/vote/languages"
ALL = ["en", "fr", "pt", "es", "ar"]


@pytest.fixture(autouse=True)
def _edition(app: Flask) -> None:
    a_proposal(an_edition())


def reads_of(email: str = "awa@example.org") -> list[str]:
    db.session.rollback()
    return db.session.query(Account).filter_by(email=email).one().reads


class TestProfile:
    def test_all_are_ticked_as_long_as_nothing_was_said_and_saving_a_name_says_nothing(
        self, browser: Visitor
    ) -> None:
        browser.sign_in(an_account())
        assert browser.press("/en/me/profile", "Save", name="Awa Diallo").status_code == 303
        assert reads_of() == []

    def test_a_choice_is_kept_and_shown(self, browser: Visitor) -> None:
        browser.sign_in(an_account())
        assert browser.press("/en/me/profile", "Save", reads=["fr", "ar"]).status_code == 303
        assert reads_of() == ["ar", "fr"]
        again = browser.press("/en/me/profile", "Save", name="Awa Diallo")
        assert (again.status_code, reads_of()) == (303, ["ar", "fr"])

    def test_all_can_be_said_as_well(self, browser: Visitor) -> None:
        browser.sign_in(an_account(reads=["fr"]))
        browser.press("/en/me/profile", "Save", reads=ALL)
        assert reads_of() == sorted(ALL)

    def test_one_that_the_platform_does_not_speak_can_be_kept_and_left(self, browser: Visitor) -> None:
        browser.sign_in(an_account(reads=["bg", "fr"]))
        browser.press("/en/me/profile", "Save", name="Awa Diallo")
        assert reads_of() == ["bg", "fr"]
        browser.press("/en/me/profile", "Save", reads=["fr"])
        assert reads_of() == ["fr"]

    @pytest.mark.parametrize("reads", [[], ["xx"], [""]])
    def test_one_at_least_has_to_be_ticked_and_nothing_else_is_kept_without(
        self, browser: Visitor, reads: list[str]
    ) -> None:
        browser.sign_in(an_account(reads=["fr"]))
        answer = browser.press("/en/me/profile", "Save", name="Another", reads=reads)
        assert (answer.status_code, answer.text.count("Choose at least one language.")) == (422, 2)
        assert 'value="Another"' in answer.text
        assert (reads_of(), db.session.query(Account).one().name) == (["fr"], "Awa")


class TestComingIn:
    """A browser's choice goes over to an account that has none."""

    def test_it_goes_over_to_a_new_account(self, app: Flask, browser: Visitor) -> None:
        browser.post(CHOOSE, {"reads": ["ar"]})
        answer = browser.press(mailed_link(app, browser, "awa@example.org"), "Sign in")
        assert reads_of() == ["ar"]
        assert "reads=;" in "".join(answer.headers.getlist("Set-Cookie"))

    def test_the_accounts_own_choice_stands(self, app: Flask, browser: Visitor) -> None:
        an_account(reads=["fr"])
        browser.post(CHOOSE, {"reads": ["ar"]})
        answer = browser.press(mailed_link(app, browser, "awa@example.org"), "Sign in")
        assert reads_of() == ["fr"]
        assert "reads=;" in "".join(answer.headers.getlist("Set-Cookie"))
        assert "Languages you read: Français" in browser.get("/en/2026/vote").text.replace(
            '<bdi lang="fr" dir="ltr">', ""
        )

    def test_a_sign_in_by_password_brings_it_along(self, app: Flask, browser: Visitor) -> None:
        an_account(password=passwords.hash_password("four words in a row"))
        browser.post(CHOOSE, {"reads": ["ar"]})
        sent = {"email": "awa@example.org", "secret_password": "four words in a row"}
        assert browser.post("/en/sign-in/password", sent).status_code == 303
        assert reads_of() == ["ar"]

    def test_it_comes_along_where_the_link_is_opened_elsewhere(
        self, app: Flask, browser: Visitor, other_browser: Visitor
    ) -> None:
        browser.post(CHOOSE, {"reads": ["ar"]})
        other_browser.press(mailed_link(app, browser, "awa@example.org"), "Sign in")
        assert reads_of() == ["ar"]

    def test_a_new_link_for_one_that_was_used_brings_it_as_well(
        self, app: Flask, browser: Visitor, other_browser: Visitor
    ) -> None:
        browser.post(CHOOSE, {"reads": ["ar"]})
        path = mailed_link(app, browser, "awa@example.org")
        assert browser.post(f"{path}/again").status_code == 303
        other_browser.press(last_link(app), "Sign in")
        assert reads_of() == ["ar"]

    def test_whoever_leaves_anothers_votes_behind_leaves_the_languages_too(
        self, app: Flask, browser: Visitor, other_browser: Visitor
    ) -> None:
        a_vote(a_guest(browser), a_proposal(an_edition("2027", is_current=False)), 1)
        browser.post(CHOOSE, {"reads": ["ar"]})
        other_browser.press(mailed_link(app, browser, "awa@example.org"), "Sign in without these votes")
        assert reads_of() == []


def test_they_are_among_ones_own_data() -> None:
    assert own_data(an_account(reads=["ar", "fr"]).id, NOW)["profile"]["reads"] == ["ar", "fr"]
