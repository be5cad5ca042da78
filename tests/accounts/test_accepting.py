"""Where somebody arrives who accepts an invitation."""

import re

import pytest
from flask import Flask

from roadmap.accounts.models import Account
from roadmap.core.db import db
from roadmap.domain.policy import Role
from roadmap.editions.models import Edition
from tests.browsing import Browser
from tests.factories import a_role, an_account, an_edition

PEOPLE = "/en/2026/manage/people"


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def ines(edition: Edition) -> Account:
    """The only organiser."""
    return a_role(an_account("Ines"), Role.ORGANISER, edition)


@pytest.fixture
def organiser(app: Flask, ines: Account) -> Browser:
    return Browser(app).sign_in(ines, factor=2)


def send(organiser: Browser, addresses: str, role: str = "facilitator", **fields: str) -> None:
    answer = organiser.post(
        f"{PEOPLE}/invite", {"addresses": addresses, "role": role, "language": "en", **fields}
    )
    assert answer.status_code == 303, answer.text


def outbox(app: Flask) -> list[object]:
    return list(getattr(app.extensions["mailman"], "outbox", []))


def link_in(message: object) -> str:
    found = re.search(r"/en/links/[\w-]+", message.body)  # type: ignore[attr-defined]
    assert found is not None
    return found.group()


@pytest.mark.parametrize(
    ("role", "place", "sentence"),
    [
        ("facilitator", "/en/2026/desk?joined=facilitator", "You facilitate this edition now."),
        ("translator", "/en/2026/desk?joined=translator", "You translate for this edition now."),
        ("organiser", "/en/2026/manage?done=joined", "You organise this edition now."),
    ],
)
def test_whoever_accepts_arrives_where_the_work_is(
    app: Flask, edition: Edition, organiser: Browser, browser: Browser, role: str, place: str, sentence: str
) -> None:
    send(organiser, "new@example.org", role, languages="fr")
    link = link_in(outbox(app)[0])
    assert "Solidarity" in browser.page(link).select_one("main").text
    answer = browser.post(link)
    assert answer.location == place
    account = db.session.query(Account).filter_by(email_key="new@example.org").one()
    hers = Browser(app).sign_in(account, factor=2)
    assert hers.page(place).select_one(".note-good").text.strip() == sentence


def test_whoever_accepts_on_their_own_page_arrives_there_too(
    app: Flask, edition: Edition, organiser: Browser
) -> None:
    awa = an_account("Awa")
    send(organiser, "awa@example.org")
    hers = Browser(app).sign_in(awa)
    action, fields = hers.fill(hers.page("/en/me"), "form[action='/en/me/invitations']")
    assert hers.post(action, {**fields, "do": "accept"}).location == "/en/2026/desk?joined=facilitator"


def test_whoever_accepts_before_the_edition_opens_is_told_so(
    app: Flask, edition: Edition, organiser: Browser
) -> None:
    edition.opened = None
    db.session.commit()
    bo = an_account("Bo")
    send(organiser, "bo@example.org")
    his = Browser(app).sign_in(bo)
    action, fields = his.fill(his.page("/en/me"), "form[action='/en/me/invitations']")
    assert his.post(action, {**fields, "do": "accept"}).location == "/en/me"
    assert "your work begins once it is opened" in his.page("/en/me").text
    assert his.get("/en/2026/desk").status_code == 404
    assert "your work begins" not in his.page("/en/me").text
