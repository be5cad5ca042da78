"""The demonstration as it stands in the database, and what its frozen draft shows."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from roadmap.accounts.models import Account, Declaration
from roadmap.cli.checks import RECOUNTS
from roadmap.comments.models import Comment
from roadmap.core.db import db
from roadmap.core.errors import Conflict
from roadmap.demo import fill
from roadmap.domain.phases import Phase, open_phases
from roadmap.drafts.models import Draft
from roadmap.editions.queries import periods_of
from roadmap.proposals.models import LineageEdge, Proposal
from roadmap.similarity.queries import groups_of
from roadmap.votes.models import Impression, Vote
from tests.factories import NOW, an_edition

PEOPLE = 120
"""Fewer than the default, so that tests about rows are quick."""


def demonstration(participants: int = PEOPLE) -> fill.Filled:
    """Fill the database."""
    return fill.fill(now=NOW, participants=participants)


def test_it_fills_an_empty_database(app: Flask) -> None:
    done = demonstration()
    counted = tuple(db.session.query(model).count() for model in (Proposal, Comment, Vote))
    assert counted == (done.proposals, done.comments, done.votes)


def test_it_leaves_a_database_alone_that_holds_anything(app: Flask) -> None:
    an_edition("2025")
    with pytest.raises(Conflict):
        demonstration()
    assert db.session.query(Account).count() == 0


def test_it_leaves_nothing_behind_when_it_is_stopped(app: Flask) -> None:
    def stop(_kind: str, done: int, _whole: int) -> None:
        if done > 50:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill.fill(now=NOW, participants=PEOPLE, progress=stop)
    assert fill.is_empty()


def test_proposing_and_voting_are_open(app: Flask) -> None:
    done = demonstration()
    assert open_phases(periods_of(done.edition), NOW) == [Phase.PROPOSING, Phase.VOTING]


def test_all_tallies_equal_a_recount(app: Flask) -> None:
    demonstration()
    wrong = {about: db.session.execute(text(statement)).scalar_one() for about, statement in RECOUNTS.items()}
    assert wrong == dict.fromkeys(RECOUNTS, 0)


def test_nobody_voted_before_the_proposal_was_there(app: Flask) -> None:
    demonstration()
    early = db.session.execute(
        text(
            "SELECT count(*) FROM vote_events e JOIN proposals p ON p.id = e.proposal_id WHERE e.at < p.made"
        )
    ).scalar_one()
    assert early == 0


def test_events_stand_in_the_order_of_time(app: Flask) -> None:
    demonstration()
    moments = [at for (at,) in db.session.execute(text("SELECT at FROM vote_events ORDER BY id"))]
    assert moments == sorted(moments)


def test_every_drawn_vote_has_its_impression(app: Flask) -> None:
    demonstration()
    drawn = db.session.execute(
        text("SELECT count(*) FROM vote_events WHERE (origin = 'routed') <> (impression_id IS NOT NULL)")
    ).scalar_one()
    assert (drawn, db.session.query(Impression).count() > 0) == (0, True)


def test_merges_are_in_force_with_their_effective_votes(app: Flask) -> None:
    demonstration()
    leads = set(db.session.scalars(select(LineageEdge.lead_id).where(LineageEdge.ended.is_(None))))
    held = {lead for (lead,) in db.session.execute(text("SELECT DISTINCT lead_id FROM effective_votes"))}
    assert (len(leads), held) == (4, leads)


def test_countries_are_known_ones(app: Flask) -> None:
    demonstration()
    unknown = db.session.scalar(
        select(func.count()).select_from(Declaration).where(func.length(Declaration.country).not_in((0, 2)))
    )
    assert unknown == 0


def test_each_role_gets_a_link_and_another_one_next_time(app: Flask) -> None:
    demonstration()
    first, second = fill.sign_in_links(now=NOW), fill.sign_in_links(now=NOW)
    assert list(first) == ["participant", "facilitator", "translator", "organiser", "administrator"]
    assert set(first.values()) & set(second.values()) == set()


def test_draft_one_is_frozen_once(app: Flask) -> None:
    done = demonstration()
    draft = fill.freeze_first_draft(done.edition, site="", now=NOW)
    again = fill.freeze_first_draft(done.edition, site="", now=NOW)
    assert draft is not None
    assert (draft.version, draft.frozen, again, db.session.query(Draft).count()) == (1, NOW, None, 1)


@pytest.fixture
def document(app: Flask) -> dict[str, Any]:
    """The frozen draft of the whole demonstration."""
    done = fill.fill(now=NOW)
    draft = fill.freeze_first_draft(done.edition, site="", now=NOW)
    assert draft is not None
    read: dict[str, Any] = json.loads(draft.document)
    return read


def test_the_draft_shows_what_the_demonstration_is_made_of(document: dict[str, Any]) -> None:
    """Three opinion groups, a small one; contested proposals; some loved by one group alone; some unread."""
    people = [group["people"] for group in document["groups"]]
    items = [item for section in document["sections"] for item in section["items"]]
    contested = [item for item in items if "contested" in item["flags"]]
    one_sided = [
        item for item in items if sum(claim >= 0.2 for claim in item["claims"].values()) == 1
    ]  # fmt: skip
    unread = [
        item
        for section in document["sections"]
        for item in section["not_listed"]
        if item["reason"] == "too-few-votes"
    ]
    assert (len(people), 0.08 <= min(people) / sum(people) <= 0.16) == (3, True)
    assert (len(contested) >= 2, len(one_sided) >= 2, len(unread) >= 5) == (True, True, True)


def test_what_says_the_same_waits_on_the_desk(app: Flask) -> None:
    """The same words twice, and two pairs across languages, though words alone are compared."""
    done = demonstration()
    found = {
        tuple(each.language for each in group.proposals): group.strongest for group in groups_of(done.edition)
    }
    assert set(found) == {("en", "en"), ("ar", "en"), ("fr", "pt")}
    assert (found["en", "en"] > 0.9, found["ar", "en"], found["fr", "pt"]) == (True, 0.74, 0.79)
