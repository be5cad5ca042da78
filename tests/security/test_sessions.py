"""Sessions and where changes come from (security checklist, C)."""

import re
import threading
from collections.abc import Iterator
from contextvars import Context
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from werkzeug.routing import Rule

from roadmap import create_app
from roadmap.accounts.keys import digest, new_token
from roadmap.accounts.models import Account, SignIn
from roadmap.core.db import close_own_connections, db
from roadmap.domain.policy import Role
from roadmap.root import Settings
from tests.accounts.people import Visitor, mailed_link, sign_ins_of
from tests.factories import NOW, a_role, an_account, an_edition

OTHERS = ("https://evil.example", "null", "http://localhost.evil.example")
FOREIGN = [
    *({"Sec-Fetch-Site": site} for site in ("cross-site", "same-site", "none", "")),
    *({"Sec-Fetch-Site": "", "Origin": origin} for origin in OTHERS),
]


@pytest.fixture
def browser(app: Flask) -> Visitor:
    return Visitor(app)


@pytest.fixture
def awa(app: Flask) -> Account:
    an_edition()
    return an_account()


def without_empty(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if value}


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_change_from_elsewhere_is_refused(awa: Account, browser: Visitor, headers: dict[str, str]) -> None:
    """C6."""
    browser.sign_in(awa)
    answer = browser.request(
        "POST", "/en/sign-out", data={"token": browser.token}, headers=without_empty(headers)
    )
    assert (answer.status_code, browser.is_signed_in) == (403, True)


def test_a_browser_that_sends_only_its_origin_is_let_in(awa: Account, browser: Visitor) -> None:
    browser.sign_in(awa)
    answer = browser.request(
        "POST", "/en/sign-out", data={"token": browser.token}, headers={"Origin": "http://localhost"}
    )
    assert (answer.status_code, browser.is_signed_in) == (303, False)


def test_nobody_has_a_session_before_signing_in(app: Flask, browser: Visitor) -> None:
    """C1."""
    an_edition()
    for path in ("/en/sign-in", "/en/sign-up", "/en/me", "/en/links/" + "A" * 43):
        assert "Set-Cookie" not in browser.get(path).headers
    assert "Set-Cookie" not in browser.post("/en/sign-in", {"email": "awa@example.org"}).headers
    assert db.session.query(SignIn).count() == 0


def test_a_planted_id_is_not_adopted(app: Flask, awa: Account, browser: Visitor) -> None:
    """C1."""
    planted = new_token()
    browser.client.set_cookie("s", planted)
    browser.client.set_cookie("remember_token", "1|x")
    browser.client.set_cookie("session", "eyJfdXNlcl9pZCI6IjEifQ.x.y")
    assert not browser.is_signed_in
    browser.press(mailed_link(app, browser, "awa@example.org"), "Sign in")
    kept = browser.client.get_cookie("s")
    assert kept is not None
    assert kept.value != planted
    assert [row.key for row in db.session.query(SignIn)] == [digest(kept.value)]


def test_signing_in_again_gives_a_new_id_and_ends_the_old_one(
    app: Flask, awa: Account, browser: Visitor
) -> None:
    """C1."""
    browser.sign_in(awa)
    path = mailed_link(app, Visitor(app), "awa@example.org")
    old = browser.client.get_cookie("s")
    browser.press(path, "Sign in")
    new = browser.client.get_cookie("s")
    assert old is not None and new is not None
    assert (old.value != new.value, sign_ins_of(awa)) == (True, 1)


def test_signing_out_kills_the_sign_in_on_the_server(awa: Account, browser: Visitor) -> None:
    """C3."""
    browser.sign_in(awa)
    cookie = browser.client.get_cookie("s")
    assert cookie is not None
    answer = browser.press("/en/me", "Sign out")
    thief = Visitor(browser.app)
    thief.client.set_cookie("s", cookie.value)
    assert (answer.status_code, "s=;" in answer.headers["Set-Cookie"]) == (303, True)
    assert (thief.is_signed_in, sign_ins_of(awa)) == (False, 0)


def test_a_sign_in_ends_after_twelve_idle_hours(
    awa: Account, browser: Visitor, clock: time_machine.Traveller
) -> None:
    """C3."""
    browser.sign_in(awa)
    clock.shift(timedelta(hours=11))
    first = browser.is_signed_in
    clock.shift(timedelta(hours=11))
    second = browser.is_signed_in
    clock.shift(timedelta(hours=12, seconds=1))
    assert (first, second, browser.is_signed_in) == (True, True, False)


def test_a_sign_in_ends_after_thirty_days_however_busy(
    awa: Account, browser: Visitor, clock: time_machine.Traveller
) -> None:
    browser.sign_in(awa)
    days = []
    for _ in range(61):
        clock.shift(timedelta(hours=11, minutes=59))
        days.append(browser.is_signed_in)
    assert (days[:60], days[60]) == ([True] * 60, False)


def test_a_strong_role_ends_after_two_idle_hours(
    awa: Account, browser: Visitor, clock: time_machine.Traveller
) -> None:
    a_role(awa, Role.ADMINISTRATOR, None)
    browser.sign_in(awa)
    clock.shift(timedelta(hours=1, minutes=59))
    before = browser.is_signed_in
    clock.shift(timedelta(hours=2, seconds=1))
    assert (before, browser.is_signed_in) == (True, False)


def test_a_deleted_sign_in_is_not_written_back(
    awa: Account, browser: Visitor, clock: time_machine.Traveller
) -> None:
    """C5: the row is deleted while a request that would touch it is under way."""
    browser.sign_in(awa)
    clock.shift(timedelta(minutes=5))
    page = browser.get("/en/me/profile")

    def end(*_: object) -> None:
        db.session.query(SignIn).delete()
        db.session.commit()

    view = browser.app.view_functions["accounts.change_profile"]
    browser.app.view_functions["accounts.change_profile"] = lambda **values: (view(**values), end())[0]
    browser.press_on(page, "/en/me/profile", "Save", name="Awa D.")
    assert sign_ins_of(awa) == 0


def test_cookies_are_bound_to_https_where_the_site_is(
    settings: Settings, clock: time_machine.Traveller
) -> None:
    """C2."""
    app = create_app(Settings(**{**vars(settings), "base_url": "https://forum.example.org"}))
    with app.app_context():
        browser = Visitor(app)
        an_account()
        browser.post("/en/sign-in", {"email": "awa@example.org"})
        body = app.extensions["mailman"].outbox[-1].body
        [path] = re.findall(r"https://forum\.example\.org(/\S+)", body)
        [cookie] = [
            value
            for value in browser.post(path).headers.getlist("Set-Cookie")
            if value.startswith("__Host-s=")
        ]
        db.session.remove()
        db.engine.dispose()
    parts = {part.split("=")[0].strip() for part in cookie.split(";")}
    assert {"Secure", "HttpOnly", "SameSite", "Path"} <= parts
    assert "Domain" not in parts
    assert "awa" not in cookie


class TestSleepingRoles:
    """B9: in production a strong role waits for a second step."""

    @pytest.fixture
    def production(self, settings: Settings, clock: time_machine.Traveller) -> Iterator[Flask]:
        app = create_app(Settings(**{**vars(settings), "env": "production"}))
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()

    def test_without_the_code_an_organiser_is_a_participant(self, production: Flask) -> None:
        ines = a_role(an_account("Inês", email="ines@example.org"), Role.ORGANISER, an_edition())
        browsers = [Visitor(production).sign_in(ines, factor=factor) for factor in (0, 1)]
        asked = [browser.get("/en/2026/manage/phases") for browser in browsers]
        assert [answer.status_code for answer in asked] == [303, 200]
        assert asked[0].location == "/en/me/security"

    def test_a_change_is_refused_meanwhile(self, production: Flask) -> None:
        ines = a_role(an_account("Inês", email="ines@example.org"), Role.ORGANISER, an_edition())
        assert Visitor(production).sign_in(ines).post("/en/2026/manage/phases").status_code == 403

    def test_an_edition_in_preparation_leads_its_organiser_to_the_second_step(
        self, production: Flask
    ) -> None:
        ines = a_role(an_account("Inês", email="ines@example.org"), Role.ORGANISER, an_edition(opened=None))
        answer = Visitor(production).sign_in(ines).get("/en/2026/manage/setup")
        assert (answer.status_code, answer.location) == (303, "/en/me/security")

    def test_the_page_says_what_to_do(self, production: Flask) -> None:
        ines = a_role(an_account("Inês", email="ines@example.org"), Role.ORGANISER, an_edition())
        browser = Visitor(production)
        browser.sign_in(ines)
        assert "waits for a second step" in browser.get("/en/me/security").text

    def test_a_translator_needs_none(self, production: Flask) -> None:
        ana = a_role(an_account("Ana", email="ana@example.org"), Role.TRANSLATOR, an_edition())
        browser = Visitor(production)
        browser.sign_in(ana)
        assert "waits for a second step" not in browser.get("/en/me/security").text


def test_a_suspended_person_is_out_at_once(awa: Account, browser: Visitor) -> None:
    """B11."""
    browser.sign_in(awa)
    awa.active = False
    db.session.commit()
    assert not browser.is_signed_in


@pytest.mark.parametrize(
    "outside", ["//evil.example", "https://evil.example", "/\\evil.example", "\\evil", "/%0aevil\n"]
)
def test_nothing_leads_outside(awa: Account, browser: Visitor, outside: str) -> None:
    """F7."""
    browser.sign_in(awa)
    answers = {"group": "public", "country": ""}
    places = [
        browser.get("/en/sign-in", query_string={"next": outside}).location,
        browser.post("/en/me/profile/declaration", {**answers, "following": outside}).location,
    ]
    assert places == ["/en/me", "/en/me/profile"]


def plain_rules(app: Flask) -> list[Rule]:
    """Every route but the one whose duty it is to try whether the database can be written."""
    return [rule for rule in app.url_map.iter_rules() if rule.rule != "/readyz"]


def test_a_head_request_changes_nothing_on_any_route(app: Flask, awa: Account, browser: Visitor) -> None:
    """C8."""
    browser.sign_in(awa)
    path = mailed_link(app, Visitor(app), "awa@example.org")
    values = {"language": "en", "edition": "2026", "secret": path.rsplit("/", 1)[1]}
    before = {table.name: db.session.execute(table.select()).all() for table in db.metadata.sorted_tables}
    answers = {}
    for rule in plain_rules(app):
        if rule.arguments <= set(values):
            with app.test_request_context("/en/"):
                address = app.url_map.bind("localhost").build(
                    rule.endpoint, {name: values[name] for name in rule.arguments}, force_external=False
                )
            answers[address] = browser.head(address).status_code
    after = {table.name: db.session.execute(table.select()).all() for table in db.metadata.sorted_tables}
    assert after == before
    assert {address for address, status in answers.items() if status >= 500} == set()
    assert len(answers) > 20


def test_eight_requests_at_once_keep_one_sign_in(
    awa: Account, browser: Visitor, clock: time_machine.Traveller
) -> None:
    browser.sign_in(awa)
    cookie = browser.client.get_cookie("s")
    assert cookie is not None
    clock.shift(timedelta(minutes=5))
    barrier, answers = threading.Barrier(8), []

    def look() -> None:
        client = browser.app.test_client()
        client.set_cookie("s", cookie.value)
        barrier.wait()
        answers.append(client.get("/en/me").status_code)
        close_own_connections()

    threads = [threading.Thread(target=Context().run, args=(look,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert (answers, db.session.query(SignIn).one().seen) == ([200] * 8, NOW + timedelta(minutes=5))
