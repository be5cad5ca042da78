"""One's own pages: profile, declaration, sign-ins, address."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from roadmap.accounts.models import Account, Declaration, SignIn
from roadmap.core.db import db
from roadmap.editions.models import Edition
from tests.accounts.people import Visitor, last_link, mailed_link, mails, sign_ins_of
from tests.factories import NOW, an_account, an_edition, the_voter


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def awa(edition: Edition) -> Account:
    return an_account()


PAGES = (
    "me", "me/profile", "me/security", "me/security/prove", "me/security/password", "me/security/address",
    "me/security/second-step", "me/taken-over",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_own_pages_open_for_their_owner_and_are_kept_by_nobody(
    awa: Account, browser: Visitor, page: str
) -> None:
    browser.sign_in(awa)
    response = browser.get(f"/en/{page}")
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "private, no-store")


@pytest.mark.parametrize("page", PAGES)
def test_strangers_are_led_to_sign_in(edition: Edition, browser: Visitor, page: str) -> None:
    response = browser.get(f"/en/{page}")
    assert (response.status_code, response.location) == (303, f"/en/sign-in?next=/en/{page}")


def test_a_profile_is_kept(awa: Account, browser: Visitor) -> None:
    browser.sign_in(awa)
    typed = {"name": "  Awa   Diallo ", "language": "fr", "time_zone": "Africa/Dakar"}
    answer = browser.press("/en/me/profile", "Save", **typed)
    db.session.refresh(awa)
    assert answer.status_code == 303
    assert (awa.name, awa.language, awa.time_zone) == ("Awa Diallo", "fr", "Africa/Dakar")
    assert "Your profile is saved." in browser.get(answer.location).text
    assert "Your profile is saved." not in browser.get(answer.location).text


@pytest.mark.parametrize("name", ["Inês", "INÊS", "Ine\u0302s", " I\u200bnês", "Ｉｎêｓ"])
def test_a_name_that_looks_like_another_persons_is_refused(awa: Account, browser: Visitor, name: str) -> None:
    """B10."""
    an_account("Inês", email="ines@example.org")
    browser.sign_in(awa)
    answer = browser.press("/en/me/profile", "Save", name=name)
    assert (answer.status_code, "Somebody else has this name." in answer.text) == (422, True)


def test_one_may_keep_ones_own_name_and_many_may_have_none(awa: Account, browser: Visitor) -> None:
    an_account("", email="nameless@example.org")
    browser.sign_in(awa)
    answers = [browser.press("/en/me/profile", "Save", name=name).status_code for name in ("Awa", "")]
    assert answers == [303, 303]


def test_a_name_is_not_longer_than_eighty_characters(awa: Account, browser: Visitor) -> None:
    browser.sign_in(awa)
    answers = [browser.press("/en/me/profile", "Save", name="ع" * n).status_code for n in (80, 81)]
    assert answers == [303, 422]


def test_other_fields_never_bind(awa: Account, browser: Visitor) -> None:
    """D7."""
    browser.sign_in(awa)
    browser.press(
        "/en/me/profile", "Save", email="eve@example.org", id="7", active="", role="organiser", totp="x"
    )
    db.session.refresh(awa)
    assert (awa.email, awa.active, awa.totp) == ("awa@example.org", True, None)


def test_a_zone_of_ones_own_is_used_for_times(awa: Account, browser: Visitor) -> None:
    awa.time_zone = "Asia/Tokyo"
    db.session.commit()
    browser.sign_in(awa)
    assert "21:00 (Tokyo time)" in browser.get("/en/me/security").text


def test_a_declaration_is_kept_for_the_edition_and_tells_its_region(
    awa: Account, edition: Edition, browser: Visitor
) -> None:
    browser.sign_in(awa)
    browser.press("/en/me/profile", "Save these answers", group="civil-society", country="SN")
    row = db.session.get_one(Declaration, (the_voter(awa).id, edition.id))
    assert (row.stakeholder_group, row.country, row.confirmed) == ("civil-society", "SN", None)
    assert "Counted under: Western Africa" in browser.get("/en/me/profile").text


def test_a_decision_maker_waits_to_be_confirmed_and_loses_it_by_changing(
    awa: Account, edition: Edition, browser: Visitor
) -> None:
    browser.sign_in(awa)
    browser.press("/en/me/profile", "Save these answers", group="decision-maker")
    assert "once an organiser has confirmed it" in browser.get("/en/me/profile").text
    row = db.session.get_one(Declaration, (the_voter(awa).id, edition.id))
    row.confirmed = NOW
    db.session.commit()
    for group in ("public", "decision-maker"):
        browser.press("/en/me/profile", "Save these answers", group=group)
    db.session.refresh(row)
    assert row.confirmed is None


@pytest.mark.parametrize(("group", "country"), [("everybody", ""), ("public", "ZZ"), ("public", "011")])
def test_what_is_not_on_offer_cannot_be_declared(
    awa: Account, browser: Visitor, group: str, country: str
) -> None:
    browser.sign_in(awa)
    answer = browser.press("/en/me/profile", "Save these answers", group=group, country=country)
    assert (answer.status_code, db.session.query(Declaration).count()) == (422, 0)


@pytest.mark.parametrize(
    ("language", "first", "name"),
    [("en", "Afghanistan", "Senegal"), ("fr", "Afghanistan", "Sénégal"), ("ar", "إثيوبيا", "السنغال")],
)
def test_countries_are_named_and_sorted_in_the_readers_language(
    awa: Account, browser: Visitor, language: str, first: str, name: str
) -> None:
    browser.sign_in(awa)
    page = BeautifulSoup(browser.get(f"/{language}/me/profile").text, "html.parser")
    names = [option.text for option in page.select("select[name=country] option")]
    assert (names[1], name in names) == (first, True)


def test_sign_ins_are_listed_and_ended_one_by_one(
    app: Flask, awa: Account, browser: Visitor, other_browser: Visitor
) -> None:
    """C4."""
    other_browser.press(mailed_link(app, other_browser, "awa@example.org"), "Sign in")
    browser.sign_in(awa)
    page = BeautifulSoup(browser.get("/en/me/security").text, "html.parser")
    assert sorted(title.text for title in page.select("li h3")) == ["Firefox, Android", "a test (this one)"]
    theirs = db.session.query(SignIn).filter_by(device="Firefox, Android").one().key
    browser.get("/en/me")
    fields = {"sign_in": theirs}
    assert browser.post("/en/me/security/end", fields).status_code == 303
    assert (browser.is_signed_in, other_browser.is_signed_in) == (True, False)
    assert browser.post("/en/me/security/end", fields).status_code == 404


def test_nobody_ends_another_persons_sign_in(
    app: Flask, awa: Account, browser: Visitor, other_browser: Visitor
) -> None:
    tome = an_account("Tomé", email="tome@example.org")
    other_browser.sign_in(tome)
    browser.sign_in(awa)
    theirs = db.session.query(SignIn).filter_by(account_id=tome.id).one().key
    assert browser.post("/en/me/security/end", {"sign_in": theirs}).status_code == 404
    assert other_browser.is_signed_in


def test_all_others_end_at_once(app: Flask, awa: Account, browser: Visitor) -> None:
    others = [Visitor(app).sign_in(awa) for _ in range(3)]
    browser.sign_in(awa)
    browser.press("/en/me/security", "End all other sign-ins")
    assert (sign_ins_of(awa), [other.get("/en/me").status_code for other in others]) == (1, [303] * 3)


class TestChangeOfAddress:
    """B7."""

    def ask(self, awa: Account, browser: Visitor, address: str = "new@example.org") -> None:
        browser.sign_in(awa)
        assert browser.press("/en/me/security/address", "Send the link", email=address).status_code == 303

    def test_it_holds_once_the_new_address_has_answered(
        self, app: Flask, awa: Account, browser: Visitor, other_browser: Visitor
    ) -> None:
        self.ask(awa, browser)
        db.session.refresh(awa)
        assert (awa.email, mails(app)[-1].to) == ("awa@example.org", ["new@example.org"])
        answer = other_browser.press(last_link(app), "Confirm this address")
        db.session.refresh(awa)
        assert (awa.email, awa.email_key) == ("new@example.org", "new@example.org")
        assert (answer.location, other_browser.is_signed_in) == ("/en/sign-in?changed=yes", False)
        assert not browser.is_signed_in

    def test_the_old_address_is_told(self, app: Flask, awa: Account, browser: Visitor) -> None:
        self.ask(awa, browser)
        browser.press(last_link(app), "Confirm this address")
        assert (mails(app)[-1].to, mails(app)[-1].subject) == (
            ["awa@example.org"],
            "Your address for #SolidAction was changed",
        )
        assert "new@example.org" not in mails(app)[-1].body
        assert browser.is_signed_in

    def test_an_address_that_belongs_to_somebody_is_refused_and_not_told_before(
        self, app: Flask, awa: Account, browser: Visitor
    ) -> None:
        an_account("Tomé", email="tome@example.org")
        self.ask(awa, browser, "tome@example.org")
        assert browser.press(last_link(app), "Confirm this address").status_code == 409
        db.session.refresh(awa)
        assert awa.email == "awa@example.org"

    def test_it_needs_a_recent_proof(
        self, awa: Account, browser: Visitor, clock: time_machine.Traveller
    ) -> None:
        browser.sign_in(awa)
        clock.shift(timedelta(minutes=16))
        assert browser.post("/en/me/security/address", {"email": "new@example.org"}).location == (
            "/en/me/security/prove?next=/en/me/security"
        )

    def test_a_proof_by_link_leads_back(
        self, app: Flask, awa: Account, browser: Visitor, clock: time_machine.Traveller
    ) -> None:
        browser.sign_in(awa)
        clock.shift(timedelta(minutes=16))
        browser.press("/en/me/security/prove?next=/en/me/security/address", "Send the link")
        assert browser.press(last_link(app), "Sign in").location == "/en/me/security/address"
        assert browser.get("/en/me/security/address").status_code == 200
