"""Confirming what people declared: decision makers, and the names of organisations."""

import pytest
from flask import Flask

from roadmap.accounts.actions.inviting import confirm_decision_maker
from roadmap.accounts.models import Account, Declaration
from roadmap.core.db import db
from roadmap.core.errors import NotFound
from roadmap.domain.policy import Role
from roadmap.editions.models import Edition
from tests.browsing import Browser
from tests.factories import (
    DAY,
    NOW,
    a_proposal,
    a_role,
    an_account,
    an_edition,
    saved,
    the_actor,
    the_voter,
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


def declared(edition: Edition) -> Declaration:
    return saved(
        Declaration(
            voter_id=the_voter(an_account("Dora")).id, edition_id=edition.id,
            stakeholder_group="decision-maker", made=NOW - DAY,
        )
    )  # fmt: skip


def test_a_declared_decision_maker_is_confirmed(edition: Edition, organiser: Browser) -> None:
    declaration = declared(edition)
    action, _fields = organiser.fill(organiser.page(PEOPLE), "section[aria-labelledby=decision-makers] form")
    organiser.post(action, {"decision": "confirm"})
    db.session.refresh(declaration)
    assert declaration.confirmed == NOW
    assert "Dora" not in organiser.page(PEOPLE).text


def test_one_who_cannot_be_confirmed_waits_no_longer(edition: Edition, ines: Account) -> None:
    declaration = declared(edition)
    confirm_decision_maker(the_actor(ines), edition, declaration.voter_id, confirmed=False, now=NOW)
    assert (declaration.confirmed, declaration.confirmed_by) == (None, ines.id)


def test_nobody_else_is_confirmed_as_a_decision_maker(edition: Edition, ines: Account) -> None:
    bo = the_voter(an_account("Bo")).id
    saved(Declaration(voter_id=bo, edition_id=edition.id, stakeholder_group="public", made=NOW))
    with pytest.raises(NotFound):
        confirm_decision_maker(the_actor(ines), edition, bo, confirmed=True, now=NOW)


def test_an_organisations_name_is_confirmed_and_shown_so(
    edition: Edition, organiser: Browser, browser: Browser
) -> None:
    proposal = a_proposal(
        edition, an_account("Network"), author_line="organisation", author_contact="n@example.org"
    )
    address = "/en/2026/proposals/1-share-what-works-number-1"
    assert "have not confirmed this name" in browser.page(address).text
    action, fields = organiser.fill(organiser.page(PEOPLE), "section[aria-labelledby=authors] form")
    assert organiser.post(action, {**fields, "decision": "confirm"}).location == f"{PEOPLE}#authors"
    db.session.refresh(proposal)
    assert proposal.author_confirmed == NOW
    assert "have not confirmed this name" not in browser.page(address).text
