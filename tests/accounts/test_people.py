"""Inviting people to roles, and ending roles, as organisers do it in the browser."""

import io
import re

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from roadmap.accounts.actions.inviting import invite
from roadmap.accounts.address_lists import read_list
from roadmap.accounts.models import Account, Membership
from roadmap.core.db import db
from roadmap.core.errors import Refused
from roadmap.domain.policy import Role
from roadmap.editions.models import Edition
from roadmap.log.queries import newest_of
from tests.browsing import Browser
from tests.factories import (
    NOW,
    a_role,
    an_account,
    an_edition,
    the_actor,
)

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


def roles(account: Account) -> list[str]:
    return [held.role for held in db.session.query(Membership).filter_by(account_id=account.id, until=None)]


def test_the_preview_says_what_will_happen_to_each_and_sends_nothing(
    app: Flask, edition: Edition, ines: Account, organiser: Browser
) -> None:
    an_account("Awa")
    a_role(an_account("Rita"), Role.FACILITATOR, edition)
    typed = "new@example.org\nawa@example.org, rita@example.org\nnobody\nnew@example.org\nines@example.org"
    answer = organiser.post(
        f"{PEOPLE}/preview", {"addresses": typed, "role": "facilitator", "language": "en"}
    )
    assert [[cell.text for cell in row.select("td, th")] for row in rows_of(answer.text)] == [
        ["1", "new@example.org", "Will be invited"],
        ["2", "awa@example.org", "Has an account: will be asked"],
        ["2", "rita@example.org", "Holds this role already"],
        ["3", "nobody", "Not an e-mail address"],
        ["4", "new@example.org", "Stands in the list twice"],
        ["5", "ines@example.org", "This is you"],
    ]
    assert outbox(app) == []


def rows_of(html: str) -> list[Tag]:
    return list(BeautifulSoup(html, "html.parser").select("table tbody tr"))


def test_pressing_on_does_exactly_that(app: Flask, edition: Edition, organiser: Browser) -> None:
    an_account("Awa")
    page = organiser.post(
        f"{PEOPLE}/preview",
        {
            "addresses": "new@example.org; awa@example.org",
            "role": "translator",
            "languages": "fr",
            "language": "en",
        },
    )
    action, fields = organiser.fill(BeautifulSoup(page.text, "html.parser"), "main form")
    assert organiser.post(action, fields).location.endswith("?sent=2")
    assert sorted(message.to[0] for message in outbox(app)) == ["awa@example.org", "new@example.org"]  # type: ignore[attr-defined]


def test_a_translators_languages_stand_beside_the_role(
    app: Flask, edition: Edition, organiser: Browser
) -> None:
    a_role(an_account("Tara"), Role.TRANSLATOR, edition, languages=["fr", "ar"])
    send(organiser, "new@example.org", "translator", languages="pt")
    page = organiser.page(PEOPLE).text
    assert "(Français and العربية)" in page and "(Português)" in page


def test_a_stranger_accepts_by_the_link_and_holds_the_role(
    app: Flask, edition: Edition, organiser: Browser, browser: Browser
) -> None:
    send(organiser, "new@example.org")
    link = link_in(outbox(app)[0])
    assert "Facilitators merge proposals" in browser.page(link).text
    assert browser.post(link).status_code == 303
    [account] = db.session.query(Account).filter_by(email_key="new@example.org").all()
    assert roles(account) == ["facilitator"]


def test_somebody_with_an_account_is_asked_and_holds_nothing_before_they_say_yes(
    app: Flask, edition: Edition, organiser: Browser
) -> None:
    awa = an_account("Awa")
    send(organiser, "awa@example.org")
    assert roles(awa) == []
    hers = Browser(app).sign_in(awa)
    page = hers.page("/en/me")
    assert "You are invited: Facilitators" in page.text
    action, fields = hers.fill(page, "form[action='/en/me/invitations']")
    hers.post(action, {**fields, "do": "accept"})
    assert roles(awa) == ["facilitator"]


def test_declining_is_shown_to_the_organisers_and_gives_nothing(
    app: Flask, edition: Edition, organiser: Browser, browser: Browser
) -> None:
    send(organiser, "new@example.org")
    link = link_in(outbox(app)[0])
    assert browser.post(f"{link}/decline").status_code == 200
    assert browser.post(link).status_code == 410
    assert "Declined" in organiser.page(PEOPLE).text


def test_an_invitation_of_somebody_else_is_not_answered(
    app: Flask, edition: Edition, organiser: Browser
) -> None:
    send(organiser, "awa@example.org")
    key = organiser.page(PEOPLE).select_one("input[name=invitation]")["value"]  # type: ignore[index]
    bo = an_account("Bo")
    answer = Browser(app).sign_in(bo).post("/en/me/invitations", {"invitation": key, "do": "accept"})
    assert (answer.status_code, roles(bo)) == (404, [])


def test_a_withdrawn_invitation_leads_nowhere(
    app: Flask, edition: Edition, organiser: Browser, browser: Browser
) -> None:
    send(organiser, "new@example.org")
    action, fields = organiser.fill(organiser.page(PEOPLE), f"form[action='{PEOPLE}/invitation']")
    organiser.post(action, {**fields, "do": "withdraw"})
    assert browser.post(link_in(outbox(app)[0])).status_code == 410


def test_sent_again_the_new_link_works_and_the_old_one_does_not(
    app: Flask, edition: Edition, organiser: Browser, browser: Browser
) -> None:
    send(organiser, "new@example.org")
    action, fields = organiser.fill(organiser.page(PEOPLE), f"form[action='{PEOPLE}/invitation']")
    organiser.post(action, {**fields, "do": "again"})
    old, new = (link_in(message) for message in outbox(app))
    assert (browser.get(old).status_code, browser.get(new).status_code) == (410, 200)


def test_a_file_joins_what_was_typed(app: Flask, edition: Edition, organiser: Browser) -> None:
    file = (io.BytesIO("name;mail\nBo;bo@example.org\n".encode("utf-16")), "list.csv")
    answer = organiser.post(
        f"{PEOPLE}/preview",
        {"addresses": "new@example.org", "role": "facilitator", "language": "en", "file": file},
        content_type="multipart/form-data",
    )
    assert [row.th.text for row in rows_of(answer.text)] == ["new@example.org", "bo@example.org"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"addresses": ""}, "Write at least one e-mail address."),
        ({"role": "administrator"}, "Choose a role."),
        ({"role": "translator"}, "Choose the languages that they translate into."),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_the_list_is_kept(
    edition: Edition, organiser: Browser, fields: dict[str, str], sentence: str
) -> None:
    given = {"addresses": "new@example.org", "role": "facilitator", "language": "en", **fields}
    answer = organiser.post(f"{PEOPLE}/preview", given)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert given["addresses"] in answer.text


def test_a_forged_role_is_refused_when_sending(edition: Edition, organiser: Browser) -> None:
    answer = organiser.post(f"{PEOPLE}/invite", {"addresses": "new@example.org", "role": "administrator"})
    assert answer.status_code == 422


def test_nobody_but_organisers_invites(app: Flask, edition: Edition) -> None:
    rita = the_actor(a_role(an_account("Rita"), Role.FACILITATOR, edition))
    with pytest.raises(Refused):
        invite(
            rita,
            edition,
            read_list("new@example.org"),
            role="organiser",
            languages=[],
            language="en",
            now=NOW,
        )


def test_the_last_organiser_stays(app: Flask, edition: Edition, ines: Account, organiser: Browser) -> None:
    held = db.session.query(Membership).filter_by(account_id=ines.id).one()
    answer = organiser.post(f"{PEOPLE}/{held.id}/end", {"reason": ""})
    assert (answer.status_code, "This is the last organiser" in answer.text) == (409, True)
    assert roles(ines) == ["organiser"]


def test_a_role_ends_with_its_date_and_its_holder_is_signed_out(
    app: Flask, edition: Edition, organiser: Browser
) -> None:
    rita = a_role(an_account("Rita"), Role.FACILITATOR, edition)
    hers = Browser(app).sign_in(rita, factor=2)
    held = db.session.query(Membership).filter_by(account_id=rita.id).one()
    organiser.post(f"{PEOPLE}/{held.id}/end", {"reason": "The edition is over"})
    db.session.refresh(held)
    assert held.until == NOW
    assert hers.get("/en/2026/desk").status_code == 303
    assert newest_of(edition.id, 1)[0].reason == "The edition is over"


def test_a_role_of_another_edition_is_not_ended_here(
    app: Flask, edition: Edition, organiser: Browser
) -> None:
    other = an_edition("2025", is_current=False)
    rita = a_role(an_account("Rita"), Role.FACILITATOR, other)
    held = db.session.query(Membership).filter_by(account_id=rita.id).one()
    assert organiser.post(f"{PEOPLE}/{held.id}/end").status_code == 404


def test_invitations_are_in_the_public_log_by_role_alone(
    edition: Edition, organiser: Browser, browser: Browser
) -> None:
    send(organiser, "new@example.org")
    page = browser.page("/en/2026/log").text
    assert "Somebody was invited to a role: Facilitators." in page and "new@example.org" not in page
