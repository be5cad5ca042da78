"""Who may do what, row by row."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from roadmap.domain.phases import OPENED_BY, Period, Phase, Verb
from roadmap.domain.policy import (
    GUEST,
    POLICY,
    Actor,
    Facts,
    Role,
    could_ever,
    permits,
    stands_still,
    who_may,
)

NOW = datetime(2026, 9, 1, tzinfo=UTC)
ALL_OPEN = tuple(Period(phase, NOW - timedelta(days=1)) for phase in Phase)
FACTS = Facts(now=NOW, edition=1, periods=ALL_OPEN, author=7)
AUTHOR = Actor(account=7)
OTHER = Actor(account=8)
PEOPLE = {
    "guest": GUEST,
    "participant": OTHER,
    "author": AUTHOR,
    "translator": Actor(account=9, roles=frozenset({(1, Role.TRANSLATOR)})),
    "facilitator": Actor(account=10, roles=frozenset({(1, Role.FACILITATOR)})),
    "organiser": Actor(account=11, roles=frozenset({(1, Role.ORGANISER)})),
    "administrator": Actor(account=12, roles=frozenset({(None, Role.ADMINISTRATOR)})),
}
STAFF = {"facilitator", "organiser", "administrator"}
EXPECTED = {
    Verb.READ: set(PEOPLE),
    Verb.REPORT: set(PEOPLE),
    Verb.WRITE: set(PEOPLE),
    Verb.VOTE: set(PEOPLE),
    Verb.ASK: set(PEOPLE),
    Verb.PROPOSE: set(PEOPLE) - {"guest"},
    Verb.COMMENT: set(PEOPLE) - {"guest"},
    Verb.OWN: set(PEOPLE) - {"guest"},
    Verb.EDIT_PROPOSAL: {"author"},
    Verb.DESK: STAFF | {"translator"},
    Verb.TRANSLATE: STAFF | {"translator"},
    Verb.MERGE: STAFF,
    Verb.MODERATE: STAFF,
    Verb.MANAGE: {"organiser", "administrator"},
    Verb.WRITE_TEXTS: {"translator", "organiser", "administrator"},
    Verb.OVERSEE: {"organiser", "administrator"},
    Verb.CREATE_EDITION: {"organiser", "administrator"},
    Verb.EDIT_DRAFT: {"organiser", "administrator"},
    Verb.FREEZE: {"organiser", "administrator"},
    Verb.PUBLISH: {"organiser", "administrator"},
    Verb.TRACK: {"organiser", "administrator"},
    Verb.ADMINISTER: {"administrator"},
}


@pytest.mark.parametrize("verb", list(Verb))
def test_each_verb_is_for_exactly_these_people(verb: Verb) -> None:
    assert {name for name, actor in PEOPLE.items() if permits(actor, verb, FACTS)} == EXPECTED[verb]


@pytest.mark.parametrize("verb", [verb for verb in OPENED_BY if OPENED_BY[verb] != frozenset(Phase)])
def test_a_verb_that_needs_a_phase_is_refused_to_everybody_outside_it(verb: Verb) -> None:
    closed = replace(FACTS, periods=())
    assert [name for name, actor in PEOPLE.items() if permits(actor, verb, closed)] == []


CHANGES = sorted(set(OPENED_BY) | {Verb.REPORT, Verb.WRITE, Verb.OWN, Verb.MANAGE})
BEFORE_OPENING = {Verb.MODERATE, Verb.TRANSLATE, Verb.MANAGE}


@pytest.mark.parametrize("verb", CHANGES)
def test_nothing_changes_in_a_past_edition(verb: Verb) -> None:
    past = replace(FACTS, archived=True)
    assert [name for name, actor in PEOPLE.items() if permits(actor, verb, past)] == []
    assert stands_still(verb, past)


@pytest.mark.parametrize("verb", sorted(set(CHANGES) - BEFORE_OPENING))
def test_nobody_takes_part_in_an_edition_in_preparation(verb: Verb) -> None:
    preparing = replace(FACTS, opened=False)
    assert [name for name, actor in PEOPLE.items() if permits(actor, verb, preparing)] == []
    assert stands_still(verb, preparing)


@pytest.mark.parametrize("verb", sorted(BEFORE_OPENING))
def test_an_edition_in_preparation_can_be_prepared(verb: Verb) -> None:
    assert permits(PEOPLE["organiser"], verb, replace(FACTS, opened=False))


def test_an_edition_in_preparation_is_read_by_its_organisers_and_administrators_alone() -> None:
    preparing = replace(FACTS, opened=False)
    assert {name for name, actor in PEOPLE.items() if permits(actor, Verb.READ, preparing)} == {
        "organiser",
        "administrator",
    }


def test_an_organiser_of_another_edition_may_make_one() -> None:
    elsewhere = Actor(account=3, roles=frozenset({(2, Role.ORGANISER)}))
    assert permits(elsewhere, Verb.CREATE_EDITION, Facts(now=NOW))


def test_a_role_of_another_edition_opens_nothing() -> None:
    elsewhere = Actor(account=3, roles=frozenset({(2, Role.ORGANISER)}))
    assert not permits(elsewhere, Verb.MANAGE, FACTS)


def test_a_role_that_waits_for_its_second_factor_opens_nothing() -> None:
    sleeping = Actor(account=3, asleep=frozenset({(1, Role.ORGANISER)}))
    assert not permits(sleeping, Verb.MANAGE, FACTS)


def test_an_author_edits_only_until_others_have_voted() -> None:
    assert not permits(AUTHOR, Verb.EDIT_PROPOSAL, replace(FACTS, others_voted=True))


def test_a_hidden_proposal_takes_no_vote() -> None:
    assert not permits(OTHER, Verb.VOTE, replace(FACTS, live=False))


def test_every_verb_has_a_row() -> None:
    assert set(POLICY) == set(Verb)


@pytest.mark.parametrize("verb", list(Verb))
def test_whoever_is_permitted_could_have_been_let_in(verb: Verb) -> None:
    assert all(could_ever(actor, verb, FACTS) for actor in PEOPLE.values() if permits(actor, verb, FACTS))


def test_the_people_of_a_verb_are_named_for_the_list_of_doors() -> None:
    assert who_may(Verb.DESK) == ["facilitator", "translator"]
