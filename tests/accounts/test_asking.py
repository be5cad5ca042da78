"""Asking for a link: the same answer for everybody, and not without end."""

import csv
import os
from datetime import timedelta
from email import message_from_string
from pathlib import Path

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from roadmap import create_app
from roadmap.accounts import actions
from roadmap.accounts.actions import asking, limits
from roadmap.accounts.addresses import read_address
from roadmap.accounts.models import Account, Attempt
from roadmap.core.db import db
from roadmap.core.errors import Invalid
from roadmap.root import Settings
from tests.accounts.people import Visitor, mailed_link, mails
from tests.factories import NOW, an_account, an_edition

SPELLINGS = [
    ("Ana.Silva@Example.org", "ana.silva@example.org", True),
    ("ana.silva@example.org", "ANA.SILVA@EXAMPLE.ORG", True),
    ("ana.silva@example.org", "  ana.silva@example.org ", True),
    ("ana+forum@example.org", "ana+forum@example.org", True),
    ("ana+forum@example.org", "ana forum@example.org", False),
    ("ana.silva@example.org", "anasilva@example.org", False),
]


@pytest.mark.parametrize(("first", "second", "same"), SPELLINGS)
def test_one_person_has_one_account_in_every_spelling(
    app: Flask, browser: Visitor, first: str, second: str, same: bool
) -> None:
    """C21."""
    browser.press(mailed_link(app, browser, first), "Sign in")
    other = Visitor(app)
    before = len(mails(app))
    answer = other.post("/en/sign-in", {"email": second})
    new = mails(app)[before:]
    if same:
        assert [mail.to for mail in new] == [[first]]
        other.press(mailed_link(app, other, second), "Sign in")
        assert db.session.query(Account).count() == 1
    else:
        assert all(mail.to != [first] for mail in new)
        assert answer.status_code in (303, 422)


def test_the_same_answer_comes_for_known_and_unknown_addresses(app: Flask, browser: Visitor) -> None:
    """B3."""
    an_account()
    known = browser.post("/en/sign-up", {"email": "awa@example.org"})
    unknown = browser.post("/en/sign-up", {"email": "nobody@example.org"})
    assert (known.status_code, known.location, known.text) == (
        unknown.status_code,
        unknown.location,
        unknown.text,
    )


def test_the_seventh_mail_to_an_address_in_an_hour_is_not_sent(
    app: Flask, browser: Visitor, clock: time_machine.Traveller
) -> None:
    """B6."""
    answers = [
        browser.post("/en/sign-in", {"email": f"{'A' * (n % 2)}wa@example.org"}) for n in range(0, 14, 2)
    ]
    assert [answer.status_code for answer in answers] == [303] * 6 + [429]
    assert "Look in your mail, also among spam." in answers[-1].text
    assert len(mails(app)) == 6
    assert browser.post("/en/sign-in", {"email": "tome@example.org"}).status_code == 303
    clock.shift(timedelta(hours=1))
    assert browser.post("/en/sign-in", {"email": "wa@example.org"}).status_code == 303


def test_one_network_cannot_ask_for_links_without_end(
    app: Flask, browser: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAILS_A_CLIENT", 3)
    headers = [{"X-Forwarded-For": f"10.0.0.{n}"} for n in range(4)]
    answers = [
        browser.post("/en/sign-in", {"email": f"p{n}@example.org"}, headers=headers[n]).status_code
        for n in range(4)
    ]
    assert answers == [303, 303, 303, 429]


def test_behind_a_proxy_the_address_that_it_saw_is_limited(
    settings: Settings, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A5: what a sender wrote before the proxy's own entry is not believed."""
    monkeypatch.setattr(limits, "MAILS_A_CLIENT", 1)
    app = create_app(Settings(**{**vars(settings), "proxies": 1}))
    with app.app_context():
        visitor = Visitor(app)
        answers = [
            visitor.post(
                "/en/sign-in", {"email": f"p{n}@example.org"},
                headers={"X-Forwarded-For": f"1.1.1.{n}, {seen}"},
            ).status_code
            for n, seen in enumerate(("9.9.9.9", "9.9.9.9", "8.8.8.8"))
        ]  # fmt: skip
        db.session.remove()
        db.engine.dispose()
    assert answers == [303, 429, 303]


def test_a_line_with_many_addresses_is_one_network(
    app: Flask, browser: Visitor, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A5: whoever has IPv6 has as many addresses as they like."""
    monkeypatch.setattr(limits, "MAILS_A_CLIENT", 1)
    answers = [
        browser.post(
            "/en/sign-in", {"email": f"p{n}@example.org"}, environ_overrides={"REMOTE_ADDR": address}
        ).status_code
        for n, address in enumerate(("2001:db8::1", "2001:db8::beef", "2001:db8:0:1::1"))
    ]
    assert answers == [303, 429, 303]


def test_limits_forget_within_two_hours(app: Flask, browser: Visitor, clock: time_machine.Traveller) -> None:
    browser.post("/en/sign-in", {"email": "awa@example.org"})
    clock.shift(timedelta(hours=2))
    browser.post("/en/sign-in", {"email": "tome@example.org"})
    assert db.session.query(Attempt).count() == 2


def test_a_mail_is_written_where_no_request_is(app: Flask) -> None:
    """The queue is worked off by a thread of its own; an edition makes pages show more around their content."""
    an_edition()
    actions.ask_for_link("awa@example.org", "fr", now=NOW)
    asking.mail_notice("password", "awa@example.org", "ar")
    assert [mail.to for mail in mails(app)] == [["awa@example.org"]] * 2


@pytest.mark.parametrize("language", ["en", "fr", "pt", "es", "ar"])
def test_a_mail_speaks_its_readers_language_in_both_parts(
    app: Flask, browser: Visitor, language: str
) -> None:
    browser.post(f"/{language}/sign-in", {"email": "awa@example.org"})
    mail = mails(app)[-1]
    [(html, kind)] = mail.alternatives
    page = BeautifulSoup(html, "html.parser")
    link = page.find("a")["href"]
    assert kind == "text/html"
    assert (page.html["lang"], page.html["dir"]) == (language, "rtl" if language == "ar" else "ltr")
    assert link.startswith(f"http://localhost/{language}/links/")
    assert link in mail.body
    assert mail.to == ["awa@example.org"]
    assert ("\u2066#SolidAction\u2069" in mail.subject) == (language == "ar")


@pytest.mark.parametrize(
    "typed",
    ["awa@example.org\nBcc: eve@example.org", "awa@example.org, eve@example.org", "awa", "", "a@b@example.org",
     "awa@exa\u200bmple.org", "x" * 400 + "@example.org", "awa@localhost"],
)  # fmt: skip
def test_what_is_no_single_address_is_refused(app: Flask, browser: Visitor, typed: str) -> None:
    """F3: nothing that is typed reaches the head of a mail."""
    assert browser.post("/en/sign-in", {"email": typed}).status_code == 422
    assert mails(app) == []


def test_nothing_in_the_mails_head_comes_from_outside(app: Flask, browser: Visitor) -> None:
    browser.post(
        "/en/sign-in",
        {"email": "awa@example.org"},
        headers={"User-Agent": "Firefox evil", "Host": "evil.example"},
    )
    message = message_from_string(mails(app)[-1].message().as_string())
    assert "evil" not in str(message.items())
    assert "http://localhost/" in mails(app)[-1].body


def test_the_right_answer_names_the_field(app: Flask) -> None:
    with app.test_request_context("/en/"), pytest.raises(Invalid) as refusal:
        read_address("nobody")
    assert refusal.value.errors == {"email": "Write an e-mail address, such as name@example.org."}


def test_the_spellings_are_those_of_the_case(app: Flask) -> None:
    """C21, read from the case's own file where it is there."""
    folder = os.environ.get("ROADMAP_TEST_DATA")
    path = Path(folder or ".").parent / "cases" / "inputs" / "C21.tsv"
    if folder is None or not path.exists():
        pytest.skip("set ROADMAP_TEST_DATA to the folder of real data")
    with path.open(encoding="utf-8") as file:
        rows = list(csv.reader(file, delimiter="\t"))[1:]
    assert [(a, b, yes == "yes") for a, b, yes in rows] == SPELLINGS
