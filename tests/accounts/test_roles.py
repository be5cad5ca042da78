"""Roles: granted by a command, dated, in the public log."""

import pytest
from flask import Flask

from roadmap.accounts import actions
from roadmap.accounts.models import Account, Membership
from roadmap.accounts.queries import count_administrators, has_accounts, people_count, roles_of
from roadmap.core.db import db
from roadmap.core.errors import Conflict, Invalid
from roadmap.domain.policy import Role
from roadmap.editions.models import Edition
from roadmap.log.models import LogEntry
from tests.accounts.people import Visitor
from tests.factories import NOW, a_role, an_account, an_edition, the_actor


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


def test_a_role_is_granted_to_any_spelling_of_an_address(edition: Edition) -> None:
    tome = an_account("Tomé", email="tome@example.org")
    granted = actions.grant("TOME@example.org", "facilitator", edition_id=edition.id, now=NOW)
    assert granted.account is not None
    assert granted.account.id == tome.id
    assert [(account.id, held.role) for account, held in roles_of(edition.id, NOW)] == [
        (tome.id, "facilitator")
    ]


def test_granting_twice_is_granting_once(edition: Edition) -> None:
    an_account()
    for _ in range(2):
        actions.grant("awa@example.org", "translator", edition_id=edition.id, languages=("fr", "ar"), now=NOW)
    assert [held.languages for held in db.session.query(Membership)] == [["fr", "ar"]]


def test_other_languages_replace_those_of_a_translator(edition: Edition) -> None:
    an_account()
    for languages in (("fr",), ("fr", "ar")):
        actions.grant("awa@example.org", "translator", edition_id=edition.id, languages=languages, now=NOW)
    rows = [(held.languages, held.until) for held in db.session.query(Membership).order_by(Membership.id)]
    assert rows == [(["fr"], NOW), (["fr", "ar"], None)]


@pytest.mark.parametrize(
    ("role", "in_edition", "languages"),
    [("queen", True, ()), ("administrator", True, ()), ("organiser", False, ()), ("translator", True, ()),
     ("translator", True, ("xx",))],
)  # fmt: skip
def test_a_role_that_makes_no_sense_is_refused(
    edition: Edition, role: str, in_edition: bool, languages: tuple[str, ...]
) -> None:
    an_account()
    with pytest.raises(Invalid):
        actions.grant(
            "awa@example.org",
            role,
            edition_id=edition.id if in_edition else None,
            languages=languages,
            now=NOW,
        )


def test_nobody_raises_their_own_role(edition: Edition) -> None:
    """D12."""
    ines = a_role(an_account("Inês", email="ines@example.org"), Role.ORGANISER, edition)
    with pytest.raises(Conflict):
        actions.grant("ines@example.org", "administrator", edition_id=None, now=NOW, actor=the_actor(ines))


def test_the_last_administrator_stays(app: Flask) -> None:
    """D12."""
    first = a_role(an_account(), Role.ADMINISTRATOR, None)
    held = db.session.query(Membership).one()
    with pytest.raises(Conflict):
        actions.end_role(the_actor(first), held.id, now=NOW)
    a_role(an_account("Tomé", email="tome@example.org"), Role.ADMINISTRATOR, None)
    actions.end_role(the_actor(first), held.id, now=NOW)
    assert count_administrators() == 1


def test_each_change_of_a_role_stands_in_the_log_without_a_name(edition: Edition) -> None:
    an_account()
    actions.grant("awa@example.org", "facilitator", edition_id=edition.id, now=NOW)
    entry = db.session.query(LogEntry).one()
    assert (entry.kind, entry.facts) == ("role-change", {"granted": "facilitator", "languages": []})


def test_a_role_acts_on_the_next_request(edition: Edition, browser: Visitor) -> None:
    """B11."""
    awa = an_account()
    browser.sign_in(awa)
    before = browser.get("/en/2026/manage/phases").status_code
    actions.grant("awa@example.org", "organiser", edition_id=edition.id, now=NOW)
    assert (before, browser.get("/en/2026/manage/phases").status_code) == (403, 200)


def test_a_role_that_ended_ends_its_sign_ins(edition: Edition, browser: Visitor) -> None:
    awa = a_role(an_account(), Role.ORGANISER, edition)
    browser.sign_in(awa)
    held = db.session.query(Membership).one()
    actions.end_role(
        the_actor(an_account("Inês", email="ines@example.org")), held.id, now=NOW, reason="asked to"
    )
    assert browser.get("/en/2026/manage/phases").location == "/en/sign-in?next=/en/2026/manage/phases"


def test_people_are_counted(app: Flask) -> None:
    nobody = (has_accounts(), people_count())
    an_account()
    an_account("Tomé", email="tome@example.org", active=False)
    assert (nobody, has_accounts(), people_count(), db.session.query(Account).count()) == (
        (False, 0),
        True,
        1,
        2,
    )
