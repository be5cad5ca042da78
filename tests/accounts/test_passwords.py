"""Passwords and the second step."""

import re
from datetime import timedelta

import pyotp
import pytest
import time_machine
from argon2 import PasswordHasher
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from roadmap.accounts import passwords
from roadmap.accounts.models import Account, Link
from roadmap.accounts.second_factor import Vault
from roadmap.core.db import db
from tests.accounts.people import Visitor, fields_of, last_link, mailed_link, mails, sign_ins_of
from tests.factories import NOW, an_account

GOOD = "seven quiet rivers"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
VAULT = Vault("a secret for tests, long enough to be taken")


@pytest.fixture
def awa(app: Flask) -> Account:
    return an_account(password=passwords.hash_password(GOOD))


def try_password(browser: Visitor, email: str, password: str, **fields: str) -> TestResponse:
    return browser.post("/en/sign-in/password", {"email": email, "secret_password": password, **fields})


def test_a_password_signs_in(awa: Account, browser: Visitor) -> None:
    response = try_password(browser, " AWA@example.org ", GOOD, following="/en/me/profile")
    assert (response.status_code, response.location, browser.is_signed_in) == (303, "/en/me/profile", True)


def test_unknown_address_wrong_password_and_no_password_look_alike(awa: Account, browser: Visitor) -> None:
    """B2."""
    an_account("Tomé", email="tome@example.org")
    answers = [
        try_password(browser, email, "seven loud rivers")
        for email in ("awa@example.org", "nobody@example.org", "tome@example.org")
    ]
    texts = {re.sub(r'value="[^"]*"', "", answer.text) for answer in answers}
    assert ([answer.status_code for answer in answers], len(texts)) == ([422] * 3, 1)
    assert "seven loud rivers" not in answers[0].text


def test_the_twenty_first_wrong_password_shuts_one_persons_door_alone(
    awa: Account, browser: Visitor, clock: time_machine.Traveller
) -> None:
    """B4."""
    an_account("Tomé", email="tome@example.org", password=passwords.hash_password(GOOD))
    answers = [try_password(browser, "awa@example.org", "wrong").status_code for _ in range(21)]
    assert answers == [422] * 20 + [429]
    assert try_password(browser, "awa@example.org", GOOD).status_code == 429
    assert try_password(Visitor(browser.app), "tome@example.org", GOOD).status_code == 303
    clock.shift(timedelta(hours=1))
    assert try_password(browser, "awa@example.org", GOOD).status_code == 303


def test_right_passwords_are_not_counted(awa: Account, browser: Visitor) -> None:
    answers = {try_password(Visitor(browser.app), "awa@example.org", GOOD).status_code for _ in range(25)}
    assert answers == {303}


def test_an_older_hash_is_renewed_at_the_next_sign_in(app: Flask, browser: Visitor) -> None:
    """B1."""
    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(GOOD)
    awa = an_account(password=weak)
    try_password(browser, "awa@example.org", GOOD)
    db.session.refresh(awa)
    assert awa.password is not None
    assert awa.password.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert try_password(Visitor(app), "awa@example.org", GOOD).status_code == 303


@pytest.mark.parametrize(
    ("password", "taken"),
    [
        ("short", False),
        ("1234567890", False),
        ("Qwertyuiop", False),
        ("solidaction2026", False),
        ("awa@example.org", False),
        ("awadiallo-2026", False),
        ("seven quiet rivers", True),
        ("ÉTÉ à Dakar, 34°", True),
        ("x" * 64 + " Y", True),
        ("x" * 201, False),
    ],
)
def test_easy_passwords_are_refused_offline(app: Flask, password: str, taken: bool) -> None:
    with app.test_request_context("/en/"):
        assert (passwords.refusal_of(password, "awadiallo", "awa@example.org") == "") is taken


def test_a_new_password_ends_other_sign_ins_and_open_links_and_tells_the_owner(
    app: Flask, awa: Account, browser: Visitor, other_browser: Visitor
) -> None:
    browser.sign_in(awa)
    other_browser.sign_in(awa)
    open_link = mailed_link(app, Visitor(app), "awa@example.org")
    response = browser.press(
        "/en/me/security/password", "Save the password", secret_password="eight quiet rivers"
    )
    assert (response.status_code, response.location) == (303, "/en/me/security")
    assert (browser.is_signed_in, other_browser.is_signed_in, sign_ins_of(awa)) == (True, False, 1)
    assert Visitor(app).get(open_link).status_code == 410
    assert mails(app)[-1].subject == "Your password for #SolidAction was changed"
    assert try_password(Visitor(app), "awa@example.org", "eight quiet rivers").status_code == 303


def test_a_password_is_not_changed_without_a_recent_proof(
    awa: Account, browser: Visitor, clock: time_machine.Traveller
) -> None:
    """C4."""
    browser.sign_in(awa)
    clock.shift(timedelta(minutes=16))
    refused = browser.post("/en/me/security/password", {"secret_password": "eight quiet rivers"})
    assert refused.location == "/en/me/security/prove?next=/en/me/security"
    proved = browser.press("/en/me/security/prove?next=/en/me/security/password", "Go on with the password",
                           secret_password=GOOD)  # fmt: skip
    assert proved.location == "/en/me/security/password"
    assert browser.get("/en/me/security/password").status_code == 200


def test_a_wrong_proof_is_refused(awa: Account, browser: Visitor, clock: time_machine.Traveller) -> None:
    browser.sign_in(awa)
    clock.shift(timedelta(minutes=16))
    wrong = browser.press(
        "/en/me/security/prove", "Go on with the password", secret_password="wrong one here"
    )
    assert wrong.status_code == 422
    assert browser.get("/en/me/security/password").status_code == 303


def test_a_link_for_a_new_password_leads_there_and_dies_with_a_newer_one(
    app: Flask, awa: Account, browser: Visitor
) -> None:
    """B5."""
    links = []
    for _ in range(2):
        browser.post("/en/sign-in/new-password", {"email": "awa@example.org"})
        links.append(last_link(app))
    assert browser.get(links[0]).status_code == 410
    response = browser.press(links[1], "Choose a new password")
    assert response.location == "/en/me/security/password"
    assert browser.get(response.location).status_code == 200


def test_a_link_for_a_new_password_does_not_pass_a_second_step(app: Flask, browser: Visitor) -> None:
    an_account(totp=VAULT.seal(SECRET))
    browser.post("/en/sign-in/new-password", {"email": "awa@example.org"})
    refused = browser.press(last_link(app), "Choose a new password")
    assert (refused.status_code, browser.is_signed_in) == (422, False)


def test_a_password_may_be_used_as_typed_with_any_sign(app: Flask, browser: Visitor) -> None:
    odd = "  pässwörd ليس سهلا  "
    an_account(password=passwords.hash_password(odd))
    assert try_password(browser, "awa@example.org", odd.strip()).status_code == 422
    assert try_password(browser, "awa@example.org", odd).status_code == 303


class TestSecondStep:
    def test_it_is_switched_on_with_a_code_and_shows_spare_codes_once(
        self, app: Flask, browser: Visitor
    ) -> None:
        awa = an_account()
        browser.sign_in(awa)
        page = BeautifulSoup(browser.get("/en/me/security/second-step").text, "html.parser")
        form = next(form for form in page.find_all("form") if form.find("input", {"name": "sealed"}))
        fields = fields_of(form)
        secret = VAULT.open(fields["sealed"])
        assert page.find("svg", class_=False) is not None
        assert "data:" not in str(page)
        done = browser.post(form["action"], {**fields, "code": pyotp.TOTP(secret).at(NOW)})
        codes = [code.text for code in BeautifulSoup(done.text, "html.parser").find_all("code")]
        assert (done.status_code, len(set(codes))) == (200, 10)
        db.session.refresh(awa)
        assert awa.totp is not None
        assert secret not in awa.totp
        assert "spare codes are left" in browser.get("/en/me/security").text

    @pytest.fixture
    def tome(self, app: Flask) -> Account:
        return an_account("Tomé", email="tome@example.org", password=passwords.hash_password(GOOD),
                          totp=VAULT.seal(SECRET))  # fmt: skip

    def enter(self, app: Flask, code: str) -> tuple[int, bool]:
        browser = Visitor(app)
        page = try_password(browser, "tome@example.org", GOOD)
        answer = browser.press_on(page, "", "Sign in", code=code) if page.status_code == 200 else page
        return answer.status_code, browser.is_signed_in

    def test_a_code_works_once(self, app: Flask, tome: Account) -> None:
        """B9."""
        code = pyotp.TOTP(SECRET).at(NOW)
        assert [self.enter(app, code), self.enter(app, code)] == [(303, True), (422, False)]

    def test_an_older_code_does_not_work_after_a_newer_one(self, app: Flask, tome: Account) -> None:
        newer, older = pyotp.TOTP(SECRET).at(NOW), pyotp.TOTP(SECRET).at(NOW - timedelta(seconds=30))
        assert [self.enter(app, newer), self.enter(app, older)] == [(303, True), (422, False)]

    def test_a_wrong_code_is_refused_and_ten_of_them_shut_the_door(self, app: Flask, tome: Account) -> None:
        answers = [self.enter(app, "000000")[0] for _ in range(11)]
        assert answers == [422] * 10 + [429]

    def test_a_ticket_dies_after_five_minutes_and_with_the_password(
        self, app: Flask, tome: Account, browser: Visitor, clock: time_machine.Traveller
    ) -> None:
        page = try_password(browser, "tome@example.org", GOOD)
        clock.shift(timedelta(minutes=6))
        late = browser.press_on(page, "", "Sign in", code=pyotp.TOTP(SECRET).now())
        assert (late.status_code, "More than five minutes have passed" in late.text) == (422, True)
        page = try_password(browser, "tome@example.org", GOOD)
        tome.password = passwords.hash_password("another quiet river")
        db.session.commit()
        changed = browser.press_on(page, "", "Sign in", code=pyotp.TOTP(SECRET).now())
        assert (changed.status_code, browser.is_signed_in) == (422, False)

    def test_a_forged_ticket_is_refused(self, browser: Visitor) -> None:
        assert browser.post("/en/sign-in/code", {"ticket": "[1]", "code": "000000"}).status_code == 422

    def test_a_link_asks_for_the_code_too(self, app: Flask, tome: Account, browser: Visitor) -> None:
        path = mailed_link(app, browser, "tome@example.org")
        assert browser.press(path, "Sign in", code="000000").status_code == 422
        assert browser.press(path, "Sign in", code=pyotp.TOTP(SECRET).at(NOW)).status_code == 303
        assert db.session.query(Link).one().wrong == 1

    def test_it_is_switched_off_with_a_last_code(self, app: Flask, tome: Account, browser: Visitor) -> None:
        browser.sign_in(tome, factor=1)
        assert browser.press("/en/me/security/second-step", "Switch it off", code="000000").status_code == 422
        code = pyotp.TOTP(SECRET).at(NOW)
        assert browser.press("/en/me/security/second-step", "Switch it off", code=code).status_code == 303
        db.session.refresh(tome)
        assert tome.totp is None
