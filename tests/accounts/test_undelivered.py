"""Mail that could not be delivered: organisers are told, and the address is kept no longer than it is of use."""

from datetime import timedelta

import pytest
from flask import Flask
from time_machine import Traveller

from roadmap.accounts import actions, mailing
from roadmap.accounts.actions.delivering import set_aside
from roadmap.accounts.models import Undelivered
from roadmap.accounts.undelivered import KEPT, undelivered_of
from roadmap.core.db import db
from roadmap.core.errors import NotFound, Refused
from roadmap.domain.policy import Role
from roadmap.editions.models import Edition
from tests.accounts.people import Visitor
from tests.core.test_mail import a_mail_server
from tests.factories import NOW, a_role, an_account, an_edition, the_actor

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


def fail(app: Flask, edition: Edition, address: str = "awa@example.org", text: str = "mail-sign-in") -> None:
    with a_mail_server(app, "550 no such person"):
        mailing.send_text(
            edition, text, address, "en", link="https://forum.example.org/x", device="", name=""
        )
    app.extensions["mailman"].backend = "locmem"


def noted(edition: Edition) -> list[tuple[str, int]]:
    return [(each.address, each.times) for each in undelivered_of(edition, NOW)]


def test_a_failed_message_is_noted_once_for_each_address(app: Flask, edition: Edition) -> None:
    for address in ("awa@example.org", "bo@example.org", "awa@example.org"):
        fail(app, edition, address)
    assert sorted(noted(edition)) == [("awa@example.org", 2), ("bo@example.org", 1)]


def test_it_is_forgotten_as_soon_as_a_message_arrives(app: Flask, edition: Edition) -> None:
    fail(app, edition)
    mailing.send_text(edition, "mail-sign-in", "awa@example.org", "en", link="x", device="", name="")
    assert db.session.query(Undelivered).count() == 0


def test_it_is_forgotten_after_a_month(app: Flask, edition: Edition, clock: Traveller) -> None:
    fail(app, edition)
    clock.move_to(NOW + KEPT)
    assert undelivered_of(edition, NOW + KEPT) == []
    fail(app, edition, "bo@example.org")
    assert [each.address for each in db.session.query(Undelivered)] == ["bo@example.org"]


def test_it_goes_with_the_account(app: Flask, edition: Edition) -> None:
    awa = an_account("Awa")
    fail(app, edition)
    actions.erase(the_actor(awa), now=NOW)
    assert db.session.query(Undelivered).count() == 0


def test_an_organiser_sets_it_aside(app: Flask, edition: Edition, browser: Visitor) -> None:
    fail(app, edition)
    browser.sign_in(a_role(an_account("Ines"), Role.ORGANISER, edition))
    answer = browser.press("/en/2026/manage/people", "I have seen this")
    assert answer.location == "/en/2026/manage/people#undelivered"
    assert noted(edition) == []


def test_only_those_who_were_invited_are_shown_with_their_whole_address(
    app: Flask, edition: Edition, browser: Visitor
) -> None:
    fail(app, edition, "invited@example.org", "mail-invitation")
    fail(app, edition, "participant@example.net")
    browser.sign_in(a_role(an_account("Ines"), Role.ORGANISER, edition))
    section = browser.page("/en/2026/manage/people").select_one("section[aria-labelledby=undelivered]")
    assert section is not None
    assert [name.text for name in section.select("li b")] == ["…@example.net", "invited@example.org"]


def test_another_editions_organisers_neither_see_it_nor_set_it_aside(app: Flask, edition: Edition) -> None:
    other = an_edition("2027", is_current=False)
    stranger = a_role(an_account("Ines"), Role.ORGANISER, other)
    fail(app, edition)
    (failed,) = undelivered_of(edition, NOW)
    assert undelivered_of(other, NOW) == []
    with pytest.raises(NotFound):
        set_aside(the_actor(stranger), other, failed.id, now=NOW)
    with pytest.raises(Refused):
        set_aside(the_actor(stranger), edition, failed.id, now=NOW)
