"""A draft of votes up to a moment in the past tells what stood then, also of what does not count."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from roadmap.core.db import db
from roadmap.domain.policy import Actor, Role
from roadmap.drafts.actions import compile_draft
from roadmap.drafts.queries import document_of
from roadmap.editions.models import Edition
from roadmap.merging.actions import merge_proposals
from roadmap.proposals.models import Proposal
from roadmap.votes.actions import cast_vote, claim
from tests.accounts.people import a_guest
from tests.drafts.making import an_organiser
from tests.factories import NOW, a_proposal, a_role, an_account, an_edition, the_actor, the_voter

HOUR = timedelta(hours=1)
LATER = NOW + 4 * HOUR


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def scene(edition: Edition, clock: time_machine.Traveller) -> tuple[Actor, Actor]:
    """In the first hour a guest agrees with No. 1, and Awa answers both proposals in opposite ways; an hour later
    they are merged. After three hours the guest's vote is claimed."""
    a_proposal(edition, title="One")
    a_proposal(edition, title="Two")
    awa = the_actor(an_account("Awa"))
    guest = Actor(voter=a_guest().id)
    cast_vote(guest, edition, 1, "agree", now=NOW)
    cast_vote(awa, edition, 1, "agree", now=NOW)
    cast_vote(awa, edition, 2, "disagree", now=NOW)
    tome = the_actor(a_role(an_account("Tomé"), Role.FACILITATOR, edition))
    merge_proposals(tome, edition, 1, [2], title="One", text="Both.", reason="The same.", now=NOW + HOUR)
    claim(guest.voter or 0, the_voter(an_account("Badr")).id, now=NOW + 3 * HOUR)
    return the_actor(an_organiser(edition)), awa


def items_at(edition: Edition, organiser: Actor, hours: float | None) -> dict[int, dict[str, Any]]:
    as_of = None if hours is None else NOW + hours * HOUR
    document = document_of(compile_draft(organiser, edition, as_of=as_of, now=LATER))
    return {
        item["number"]: item
        for section in document["sections"]
        for item in (*section["items"], *section["not_listed"])
    }


def test_votes_of_guests_stand_apart_as_they_stood_then(edition: Edition, scene: tuple[Actor, Actor]) -> None:
    organiser, _ = scene
    then, now = items_at(edition, organiser, 2), items_at(edition, organiser, None)
    assert then[1]["apart"] == {"guests": {"agree": 1, "disagree": 0, "pass": 0}}
    assert (now[1]["apart"], now[1]["tally"]["agree"]) == ({}, 1)


def test_people_asked_again_are_told_from_the_merge_on(edition: Edition, scene: tuple[Actor, Actor]) -> None:
    organiser, _ = scene
    before, after = items_at(edition, organiser, 0.5), items_at(edition, organiser, 2)
    assert (before[1]["asked_again"], after[1]["asked_again"]) == (0, 1)
    assert (sorted(before), sorted(after)) == ([1, 2], [1])


def test_sources_are_those_of_the_moment(edition: Edition, scene: tuple[Actor, Actor]) -> None:
    organiser, _ = scene
    before, after = items_at(edition, organiser, 0.5), items_at(edition, organiser, 2)
    assert [source["number"] for source in before[1]["sources"]] == [1]
    assert [source["number"] for source in after[1]["sources"]] == [1, 2]


def test_the_last_moment_tells_what_is_told_now(edition: Edition, scene: tuple[Actor, Actor]) -> None:
    organiser, awa = scene
    cast_vote(awa, edition, 1, "pass", now=NOW + 3.5 * HOUR)
    then, now = items_at(edition, organiser, 4), items_at(edition, organiser, None)
    assert {number: item["apart"] for number, item in then.items()} == {
        number: item["apart"] for number, item in now.items()
    }
    assert (then[1]["asked_again"], now[1]["asked_again"]) == (0, 0)
    assert db.session.query(Proposal).count() == 2
