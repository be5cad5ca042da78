"""The organiser's day before an edition opens, and after its voting."""

import pytest
from bs4 import Tag
from flask import Flask

from roadmap.accounts.models import Account
from roadmap.core.db import db
from roadmap.domain.policy import Role
from roadmap.drafts.models import Draft
from roadmap.editions.models import Edition
from roadmap.editions.queries import phases_of, questions_of
from tests.accounts.people import Visitor
from tests.factories import DAY, NOW, a_role, an_account, an_edition, saved

PAGE = "/en/2026/manage"


@pytest.fixture
def browser(app: Flask) -> Visitor:
    return Visitor(app)


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition(languages=["en"])


@pytest.fixture
def ines(edition: Edition) -> Account:
    return a_role(an_account("Ines"), Role.ORGANISER, edition)


@pytest.fixture
def organiser(edition: Edition, ines: Account, browser: Visitor) -> Visitor:
    browser.sign_in(ines)
    return browser


def block(browser: Visitor, name: str) -> Tag:
    found = browser.page(PAGE).select_one(f"section[aria-labelledby={name}]")
    assert found is not None
    return found


def needs(browser: Visitor) -> list[tuple[str, str]]:
    return [(link.text, str(link["href"])) for link in block(browser, "needs").select("li a")]


class TestPreparation:
    """An edition that is not open yet."""

    def test_what_is_missing_needs_a_hand(self, edition: Edition, organiser: Visitor) -> None:
        edition.opened = None
        for row in [*phases_of(edition), *questions_of(edition)]:
            db.session.delete(row)
        db.session.commit()
        assert needs(organiser) == [
            ("Write at least one guiding question.", "/en/2026/manage/questions"),
            ("Give proposing or voting dates that are not over yet.", "/en/2026/manage/phases"),
        ]

    def test_that_nothing_is_missing_leads_to_opening(self, edition: Edition, organiser: Visitor) -> None:
        edition.opened = None
        db.session.commit()
        assert needs(organiser) == [
            ("Nothing is missing: the edition can be opened when you want", "/en/2026/manage/open")
        ]


class TestLastDraft:
    """After voting."""

    NOT_FROZEN = "Voting has ended, and no draft that counts every vote is frozen yet"

    @pytest.fixture
    def over(self, edition: Edition) -> Edition:
        for row in phases_of(edition):
            row.opens, row.closes = {
                "drafting": (NOW - DAY, NOW + DAY),
                "forum": (NOW + 2 * DAY, NOW + 3 * DAY),
            }.get(row.kind, (NOW - 9 * DAY, NOW - 2 * DAY))
        db.session.commit()
        return edition

    def test_it_needs_a_hand_until_one_counts_every_vote(self, over: Edition, organiser: Visitor) -> None:
        assert (self.NOT_FROZEN, "/en/2026/manage/roadmap") in needs(organiser)
        for version, counted, told in ((1, NOW - 3 * DAY, True), (2, NOW - DAY, False)):
            saved(
                Draft(
                    edition_id=over.id, version=version, method="equal-persons", as_of=counted, made=counted,
                    frozen=NOW, fingerprint="sha256:0", document="{}",
                )
            )  # fmt: skip
            assert (self.NOT_FROZEN in [sentence for sentence, _ in needs(organiser)]) is told

    def test_a_phase_for_it_is_asked_for_where_none_lies_ahead(
        self, over: Edition, organiser: Visitor
    ) -> None:
        for row in phases_of(over):
            row.closes = min(row.closes or NOW, NOW - DAY)
            row.opens = min(row.opens, NOW - 2 * DAY)
        db.session.commit()
        assert needs(organiser) == [
            (
                "Voting has ended, and no phase lies ahead in which a draft can be frozen",
                "/en/2026/manage/phases",
            )
        ]

    def test_nothing_is_said_while_people_vote(self, edition: Edition, organiser: Visitor) -> None:
        assert needs(organiser) == []
