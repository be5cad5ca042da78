"""Mailed links: one page, one button, once."""

import threading
from contextvars import Context
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask, url_for

from roadmap.accounts import actions
from roadmap.accounts.actions.asking import make_link
from roadmap.accounts.actions.entering import Visit, use_link
from roadmap.accounts.keys import digest, link_path
from roadmap.accounts.models import Account, Link, Membership, SignIn, Voter
from roadmap.accounts.second_factor import Vault
from roadmap.core.db import close_own_connections, db
from roadmap.core.errors import Gone
from roadmap.domain.policy import Role
from tests.accounts.people import Visitor, last_link, mailed_link, mails, sign_ins_of
from tests.factories import NOW, a_role, an_account, an_edition, the_voter

PURPOSES = ("sign-in", "password", "address", "invitation", "first-administrator", "demonstration")


def a_link(purpose: str, account: Account) -> str:
    """A good link of the purpose, as its page's path."""
    fields = {"account_id": account.id} if purpose in ("address", "demonstration") else {}
    data = {"role": "facilitator", "edition": None, "languages": [], "by": None}
    secret = make_link(
        purpose, now=NOW, address="new@example.org", key="new@example.org", language="en",
        data=data if purpose == "invitation" else {}, **fields,
    )  # fmt: skip
    return link_path("en", secret)


def everything() -> dict[str, list[object]]:
    """Every row of every table."""
    tables = db.metadata.sorted_tables
    return {table.name: sorted(map(repr, db.session.execute(table.select()).all())) for table in tables}


def test_the_path_of_a_link_is_the_address_of_its_page(app: Flask) -> None:
    with app.test_request_context("/fr/"):
        assert link_path("fr", "s" * 43) == url_for("accounts.link", language="fr", secret="s" * 43)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_opening_a_link_changes_nothing(app: Flask, browser: Visitor, purpose: str) -> None:
    """C20: scanners open links before people do."""
    path = a_link(purpose, an_account())
    before = everything()
    answers = [browser.head(path).status_code]
    answers += [
        browser.get(path, headers={"User-Agent": agent}).status_code
        for agent in ("curl/8", "Mozilla/5.0 (scanner)", "")
    ]
    page = BeautifulSoup(browser.get(path).text, "html.parser")
    for thing in page.find_all(["link", "script", "img"]):
        browser.get(str(thing.get("href") or thing.get("src") or "/en/sign-in"))
    assert (answers, everything()) == ([200] * 4, before)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_link_works_after_a_scanner_opened_it_and_then_says_that_it_was_used(
    app: Flask, browser: Visitor, other_browser: Visitor, purpose: str
) -> None:
    """C20."""
    path = a_link(purpose, an_account())
    browser.head(path)
    browser.get(path)
    first = other_browser.post(path, {"email": "first@example.org"})
    second = browser.post(path, {"email": "first@example.org"})
    assert (first.status_code, second.status_code) == (303, 410)
    assert "This link was used already" in second.text


def test_a_link_signs_in_and_makes_the_account(app: Flask, browser: Visitor) -> None:
    response = browser.press(mailed_link(app, browser, "awa@example.org"), "Sign in")
    assert (response.status_code, response.location) == (303, "/en/me")
    account = db.session.query(Account).one()
    assert (account.email, account.confirmed) == ("awa@example.org", NOW)
    assert the_voter(account).kind == "account"
    assert browser.is_signed_in


def test_a_link_goes_on_to_where_its_reader_was_going(app: Flask, browser: Visitor) -> None:
    path = mailed_link(app, browser, "awa@example.org", following="/en/me/profile")
    assert browser.press(path, "Sign in").location == "/en/me/profile"


@pytest.mark.parametrize(
    "outside",
    ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/\tx", "evil"],
)
def test_a_link_never_leads_outside(app: Flask, browser: Visitor, outside: str) -> None:
    path = mailed_link(app, browser, "awa@example.org", following=outside)
    assert browser.press(path, "Sign in").location == "/en/me"


def test_eight_presses_at_once_sign_in_once(app: Flask, browser: Visitor) -> None:
    secret = mailed_link(app, browser, "awa@example.org").rsplit("/", 1)[1]
    barrier, answers = threading.Barrier(8), []

    def press() -> None:
        with app.app_context():
            barrier.wait()
            try:
                use_link(secret, now=NOW, visit=Visit(), vault=Vault("x" * 40))
                answers.append("in")
            except Gone:
                answers.append("gone")
            db.session.remove()
        close_own_connections()

    threads = [threading.Thread(target=Context().run, args=(press,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["gone"] * 7 + ["in"]
    assert (db.session.query(Account).count(), db.session.query(SignIn).count()) == (1, 1)


def test_eight_links_of_one_new_address_make_one_account(app: Flask) -> None:
    secrets = [
        make_link("sign-in", now=NOW, address="awa@example.org", key="awa@example.org", language="en",
                  unfinished_id=number)
        for number in range(8)
    ]  # fmt: skip
    barrier, faults = threading.Barrier(8), []

    def press(secret: str) -> None:
        with app.app_context():
            barrier.wait()
            try:
                use_link(secret, now=NOW, visit=Visit(), vault=Vault("x" * 40))
            except Exception as fault:
                faults.append(fault)
            db.session.remove()
        close_own_connections()

    threads = [threading.Thread(target=Context().run, args=(press, secret)) for secret in secrets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (faults, db.session.query(Account).count(), db.session.query(Voter).count()) == ([], 1, 1)


def test_an_expired_link_offers_a_new_one_that_works(
    app: Flask, browser: Visitor, clock: time_machine.Traveller
) -> None:
    """C22: a confirmation that came too late."""
    old = mailed_link(app, browser, "awa@example.org")
    clock.shift(timedelta(hours=2))
    page = browser.post(old)
    assert (page.status_code, "This link no longer works" in page.text) == (410, True)
    assert browser.press_on(page, old, "Send a new link").location == "/en/sign-in/sent"
    new = last_link(app)
    assert new != old
    assert browser.press(new, "Sign in").status_code == 303
    assert Visitor(app).post(old).status_code == 410


def test_signing_up_again_before_confirming_sends_a_link_that_works(app: Flask, browser: Visitor) -> None:
    """C22."""
    browser.press("/en/sign-up", "Send the link", email="awa@example.org")
    first = last_link(app)
    browser.press("/en/sign-up", "Send the link", email="awa@example.org")
    second = last_link(app)
    assert browser.press(second, "Sign in").status_code == 303
    assert browser.get(first).status_code == 410


def test_a_link_that_never_was_answers_as_one_that_is_gone(browser: Visitor) -> None:
    answers = [browser.get(f"/en/links/{secret}").status_code for secret in ("x", "A" * 43, "A" * 400)]
    answers.append(browser.post("/en/links/" + "A" * 43).status_code)
    answers.append(browser.post("/en/links/" + "A" * 43 + "/again").status_code)
    assert answers == [410] * 5


def test_the_secret_is_stored_nowhere(app: Flask, browser: Visitor) -> None:
    secret = mailed_link(app, browser, "awa@example.org").rsplit("/", 1)[1]
    stored = repr(everything())
    assert (digest(secret) in stored, secret in stored) == (True, False)


def test_five_wrong_codes_use_a_link_up(app: Flask, browser: Visitor) -> None:
    an_account(
        totp=Vault("a secret for tests, long enough to be taken").seal("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    )
    path = mailed_link(app, browser, "awa@example.org")
    answers = [browser.post(path, {"code": "000000"}).status_code for _ in range(6)]
    assert answers == [422, 422, 422, 422, 410, 410]
    assert not browser.is_signed_in


def test_a_closed_account_is_not_entered_and_keeps_the_link(app: Flask, browser: Visitor) -> None:
    an_account(active=False)
    path = mailed_link(app, browser, "awa@example.org")
    assert browser.post(path).status_code == 403
    assert db.session.query(Link).one().used is None


def test_the_first_administrator_is_made_once(app: Flask, browser: Visitor, other_browser: Visitor) -> None:
    first = actions.first_administrator_link(now=NOW)
    second = actions.first_administrator_link(now=NOW)
    assert browser.get(first).status_code == 410
    assert browser.post(second, {"email": "not an address"}).status_code == 422
    assert (
        browser.press(second, "Become the first administrator", email="ines@example.org").status_code == 303
    )
    held = db.session.query(Membership).one()
    assert (held.role, held.edition_id) == (Role.ADMINISTRATOR, None)
    assert other_browser.get(second).status_code == 410


def test_the_first_administrators_link_dies_with_the_first_administrator(
    app: Flask, browser: Visitor
) -> None:
    path = actions.first_administrator_link(now=NOW)
    a_role(an_account(), Role.ADMINISTRATOR, None)
    assert browser.post(path, {"email": "late@example.org"}).status_code == 410
    assert db.session.query(Account).count() == 1


def test_a_demonstration_link_signs_in_once(app: Flask, browser: Visitor, other_browser: Visitor) -> None:
    account = an_account()
    path = actions.demonstration_link(account, now=NOW)
    assert browser.press(path, "Sign in").status_code == 303
    assert other_browser.post(path).status_code == 410
    assert sign_ins_of(account) == 1


def test_an_invitation_gives_its_role_to_its_address_alone(app: Flask, browser: Visitor) -> None:
    edition = an_edition()
    granted = actions.grant("tome@example.org", "facilitator", edition_id=edition.id, now=NOW)
    assert granted.account is None
    assert browser.press(granted.invitation, "Accept the invitation").status_code == 303
    held = db.session.query(Membership).one()
    account = db.session.get_one(Account, held.account_id)
    assert (account.email, held.role, held.edition_id) == ("tome@example.org", "facilitator", edition.id)


def test_an_invitation_ends_after_seven_days(
    app: Flask, browser: Visitor, clock: time_machine.Traveller
) -> None:
    """B8: expiry holds on every path."""
    edition = an_edition()
    granted = actions.grant("tome@example.org", "facilitator", edition_id=edition.id, now=NOW)
    clock.shift(timedelta(days=7, seconds=1))
    assert [browser.get(granted.invitation).status_code, browser.post(granted.invitation).status_code] == [
        410,
        410,
    ]
    assert browser.post(granted.invitation + "/again").status_code == 410


def test_mails_reach_the_address_in_its_first_spelling(app: Flask, browser: Visitor) -> None:
    an_account(email="Awa@example.org")
    mailed_link(app, browser, "AWA@EXAMPLE.ORG")
    assert [mail.to for mail in mails(app)] == [["Awa@example.org"]]
