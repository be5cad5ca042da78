"""Making an edition, empty or as a clone: the deed."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select

from roadmap.accounts.queries import roles_of
from roadmap.core.db import db
from roadmap.core.errors import Invalid, Refused
from roadmap.domain.policy import Actor, Role
from roadmap.editions.actions import found_edition
from roadmap.editions.models import Edition
from roadmap.editions.queries import find_edition, periods_of, questions_of
from roadmap.editions.seed_file import EditionPlan
from roadmap.log.queries import newest_of
from roadmap.proposals.models import Proposal
from roadmap.texts import organiser_line
from tests.factories import DAY, NOW, a_proposal, a_role, an_account, an_edition, the_actor

PLAN = EditionPlan("bridges", {"fr": "Les ponts", "ar": "الجسور"}, ["fr", "ar"], "Africa/Tunis", [], [])


@pytest.fixture
def administrator(app: Flask) -> Actor:
    return the_actor(a_role(an_account("Zohra"), Role.ADMINISTRATOR, None))


def test_it_begins_in_preparation_and_empty(administrator: Actor) -> None:
    made = found_edition(administrator, PLAN, now=NOW)
    assert (made.opened, made.is_current, questions_of(made), periods_of(made)) == (None, False, [], ())


def test_whoever_makes_it_organises_it_and_the_log_says_so(administrator: Actor) -> None:
    made = found_edition(administrator, PLAN, now=NOW)
    assert [(account.id, held.role) for account, held in roles_of(made.id, NOW)] == [
        (administrator.account, "organiser")
    ]
    assert [(entry.kind, entry.role) for entry in reversed(newest_of(made.id, 5))] == [
        ("edition-creation", "administrator"),
        ("role-change", "administrator"),
    ]


@pytest.mark.parametrize("role", [None, Role.FACILITATOR, Role.TRANSLATOR])
def test_nobody_else_may(app: Flask, role: Role | None) -> None:
    edition, account = an_edition(), an_account()
    if role:
        a_role(account, role, edition)
    with app.test_request_context("/en/"), pytest.raises(Refused):
        found_edition(the_actor(account), PLAN, now=NOW)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"languages": []}, "languages"),
        ({"languages": ["fr", "ar", "xx"]}, "languages"),
        ({"title": {"fr": "Les ponts", "ar": " "}}, "title_ar"),
        ({"title": {"fr": "x" * 301, "ar": "الجسور"}}, "title_fr"),
        ({"time_zone": "Moon/Crater"}, "time_zone"),
        ({"time_zone": ""}, "time_zone"),
        ({"slug": ""}, "slug"),
        ({"slug": "Two Words"}, "slug"),
        ({"slug": "-x"}, "slug"),
        ({"slug": "x" * 61}, "slug"),
        ({"slug": "manage"}, "slug"),
        ({"slug": "fr"}, "slug"),
        ({"slug": "taken"}, "slug"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(
    administrator: Actor, changed: dict[str, Any], field: str
) -> None:
    an_edition("taken", opened=None, is_current=False)
    with pytest.raises(Invalid) as refusal:
        found_edition(administrator, replace(PLAN, **changed), now=NOW)
    assert field in refusal.value.errors
    assert find_edition(PLAN.slug) is None


@pytest.mark.parametrize(
    ("slug", "offered"), [("taken", "taken-2"), ("about", "about-2"), ("Deux  Mots", "deux-mots")]
)
def test_a_refused_address_comes_with_one_that_is_free(administrator: Actor, slug: str, offered: str) -> None:
    an_edition("taken")
    with pytest.raises(Invalid) as refusal:
        found_edition(administrator, replace(PLAN, slug=slug), now=NOW)
    assert f"“{offered}”" in refusal.value.errors["slug"]


def _days(edition: Edition) -> list[tuple[str, int]]:
    """How long each phase lasts, in days on the clock of the place."""
    zone = ZoneInfo(edition.time_zone)
    return [
        (period.phase, (period.closes.astimezone(zone).date() - period.opens.astimezone(zone).date()).days)
        for period in periods_of(edition)
        if period.closes
    ]


class TestClone:
    """What goes over, and what never does."""

    @pytest.fixture
    def source(self, app: Flask) -> Edition:
        edition = an_edition(
            "first", tags=[{"number": 1, "name": {"en": "Climate"}}], guests_count=True, moderation="before", results="at-close", method="equal-groups",
            texts={
                "asks": {"group": False, "country": True}, "kicker": {"en": "Together"},
                "announcement": {"reason": "A storm."}, "events": [{"slug": "x"}],
            },
        )  # fmt: skip
        a_role(an_account("Fatou"), Role.FACILITATOR, edition)
        a_proposal(edition, an_account("Rui"))
        return edition

    def test_settings_and_texts_go_over(self, administrator: Actor, source: Edition) -> None:
        made = found_edition(administrator, PLAN, source=source, now=NOW)
        assert (made.guests_count, made.moderation, made.results, made.method) == (
            True, "before", "at-close", "equal-groups",
        )  # fmt: skip
        assert made.tags == source.tags != []
        chosen = {name: value for name, value in made.texts.items() if name != organiser_line.KEY}
        assert chosen == {"asks": {"group": False, "country": True}, "kicker": {"en": "Together"}}

    def test_questions_go_over(self, administrator: Actor, source: Edition) -> None:
        made = found_edition(administrator, PLAN, source=source, now=NOW)
        assert [(each.number, each.text, each.label) for each in questions_of(made)] == [
            (each.number, each.text, each.label) for each in questions_of(source)
        ]

    def test_what_is_its_own_stays_its_own(self, administrator: Actor, source: Edition) -> None:
        made = found_edition(administrator, PLAN, source=source, now=NOW)
        assert (made.slug, made.title, made.languages, made.time_zone) == (
            PLAN.slug, PLAN.title, PLAN.languages, PLAN.time_zone,
        )  # fmt: skip
        assert (made.opened, made.archived, made.is_current, made.revision) == (None, None, False, 1)

    def test_people_and_what_they_wrote_never_go_over(self, administrator: Actor, source: Edition) -> None:
        made = found_edition(administrator, PLAN, source=source, now=NOW)
        assert [account.id for account, _held in roles_of(made.id, NOW)] == [administrator.account]
        count = select(func.count()).select_from(Proposal).where(Proposal.edition_id == made.id)
        assert db.session.scalar(count) == 0

    def test_its_phases_begin_today_where_that_is_wanted(self, administrator: Actor, source: Edition) -> None:
        made = found_edition(administrator, PLAN, source=source, with_dates=True, now=NOW)
        assert _days(made) == _days(source)
        assert periods_of(made)[0].opens.date() == NOW.date()

    def test_else_it_has_no_dates(self, administrator: Actor, source: Edition) -> None:
        assert periods_of(found_edition(administrator, PLAN, source=source, now=NOW)) == ()

    def test_the_log_names_the_source(self, administrator: Actor, source: Edition) -> None:
        made = found_edition(administrator, PLAN, source=source, now=NOW)
        assert newest_of(made.id, 5)[-1].facts == {"clone_of": "first"}

    def test_an_edition_that_one_does_not_organise_is_not_cloned(self, app: Flask, source: Edition) -> None:
        other = an_edition("other", is_current=False)
        organiser = the_actor(a_role(an_account("Olga"), Role.ORGANISER, other))
        with app.test_request_context("/en/"), pytest.raises(Refused):
            found_edition(organiser, PLAN, source=source, now=NOW)

    def test_a_past_edition_can_be_cloned(self, administrator: Actor, source: Edition) -> None:
        source.archived = NOW - DAY
        db.session.commit()
        made = found_edition(administrator, PLAN, source=source, with_dates=True, now=NOW)
        assert len(periods_of(made)) == 5
