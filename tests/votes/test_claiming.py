"""A guest turns out to have an account: nobody counts twice, and the newer answer stays."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select

from roadmap.core.db import db, is_sqlite, use_case
from roadmap.core.errors import Conflict
from roadmap.domain.policy import GUEST, Actor, Role
from roadmap.editions.models import Edition
from roadmap.merging.actions import merge_proposals
from roadmap.proposals.models import Proposal
from roadmap.votes.actions import cast_vote, claim
from roadmap.votes.claiming import Taken
from roadmap.votes.counts import participation_of
from roadmap.votes.models import Vote
from roadmap.votes.queries import recount
from tests.factories import NOW, a_proposal, a_role, an_account, an_edition, the_actor
from tests.votes.counting import effective_of, tallies

MINUTE = timedelta(minutes=1)


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def dora(app: Flask) -> Actor:
    return the_actor(an_account("Dora"))


def a_guest(edition: Edition, *votes: tuple[Proposal, str], key: str = "g" * 64) -> Actor:
    """A browser that voted like this, in this order."""
    guest = GUEST
    for minute, (proposal, choice) in enumerate(votes):
        cast = cast_vote(
            guest, edition, proposal.number, choice, new_key=key, now=NOW + (5 + minute) * MINUTE
        )
        guest = replace(GUEST, voter=cast.voter)
    return guest


def claimed(guest: Actor, account: Actor) -> list[Taken]:
    assert guest.voter is not None
    assert account.voter is not None
    return claim(guest.voter, account.voter, now=NOW + 10 * MINUTE)


def test_the_newer_answer_counts_and_nobody_counts_twice(edition: Edition, dora: Actor) -> None:
    """C03."""
    a, b = a_proposal(edition, title="A"), a_proposal(edition, title="B")
    cast_vote(dora, edition, a.number, "disagree", now=NOW)
    guest = a_guest(edition, (a, "agree"), (b, "agree"))
    assert claimed(guest, dora) == [Taken(1, "A", "agree"), Taken(2, "B", "agree")]
    assert [tallies(each) for each in (a, b)] == [{"account": (1, 0, 0)}, {"account": (1, 0, 0)}]
    assert participation_of(edition, NOW).people == 1
    assert participation_of(edition, NOW).votes == 2


def test_claiming_again_changes_nothing(edition: Edition, dora: Actor) -> None:
    """C03."""
    a = a_proposal(edition)
    guest = a_guest(edition, (a, "agree"))
    claimed(guest, dora)
    badr = the_actor(an_account("Badr"))
    assert (claimed(guest, dora), claimed(guest, badr)) == ([], [])
    assert tallies(a) == {"account": (1, 0, 0)}


def test_an_answer_given_with_the_account_later_stays(edition: Edition, dora: Actor) -> None:
    a = a_proposal(edition)
    guest = a_guest(edition, (a, "agree"))
    cast_vote(dora, edition, a.number, "disagree", now=NOW)
    assert claimed(guest, dora) == []
    assert tallies(a) == {"account": (0, 1, 0)}


def test_a_claimed_key_votes_no_more(edition: Edition, dora: Actor) -> None:
    a = a_proposal(edition)
    guest = a_guest(edition, (a, "agree"))
    claimed(guest, dora)
    with pytest.raises(Conflict):
        cast_vote(guest, edition, a.number, "disagree", now=NOW)


@pytest.mark.parametrize("account_first", [True, False])
def test_the_origin_of_the_first_answer_stays(edition: Edition, dora: Actor, account_first: bool) -> None:
    a = a_proposal(edition)

    def by_account() -> None:
        cast_vote(dora, edition, a.number, "agree", now=NOW)
        db.session.execute(Vote.__table__.update().values(origin="routed"))
        db.session.execute(db.text("UPDATE vote_events SET origin = 'routed'"))
        db.session.commit()

    if account_first:
        by_account()
        guest = a_guest(edition, (a, "disagree"))
    else:
        guest = a_guest(edition, (a, "disagree"))
        cast_vote(dora, edition, a.number, "agree", now=NOW)
    claimed(guest, dora)
    assert db.session.scalars(select(Vote.origin)).all() == ["routed" if account_first else "direct"]


def test_what_was_answered_before_a_merge_stays_before_it(edition: Edition, dora: Actor) -> None:
    facilitator = the_actor(a_role(an_account("Tomé"), Role.FACILITATOR, edition))
    lead, source = a_proposal(edition), a_proposal(edition)
    guest = a_guest(edition, (lead, "pass"), (source, "agree"))
    merge_proposals(
        facilitator, edition, lead.number, [source.number], title="T", text="t", reason="", now=NOW
    )
    claimed(guest, dora)
    assert effective_of(lead) == {dora.voter: 1}
    assert recount(edition) == []


def test_opposite_answers_of_guest_and_account_are_asked_again(edition: Edition, dora: Actor) -> None:
    facilitator = the_actor(a_role(an_account("Tomé"), Role.FACILITATOR, edition))
    lead, source = a_proposal(edition), a_proposal(edition)
    guest = a_guest(edition, (source, "agree"))
    cast_vote(dora, edition, lead.number, "disagree", now=NOW)
    merge_proposals(
        facilitator, edition, lead.number, [source.number], title="T", text="t", reason="", now=NOW
    )
    claimed(guest, dora)
    assert effective_of(lead) == {dora.voter: "conflict"}


def test_a_claim_joins_the_deed_that_runs(edition: Edition, dora: Actor) -> None:
    a = a_proposal(edition)
    guest = a_guest(edition, (a, "agree"))

    @use_case
    def claim_and_fail() -> None:
        claimed(guest, dora)
        raise Conflict("No.")

    with pytest.raises(Conflict):
        claim_and_fail()
    assert tallies(a) == {"guest": (1, 0, 0)}


def test_fifteen_hundred_votes_go_over(edition: Edition, dora: Actor) -> None:
    """C39."""
    if is_sqlite():

        @event.listens_for(db.engine, "connect")
        def _lower(connection: sqlite3.Connection, _record: object) -> None:
            connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 999)

        db.session.commit()  # gives its connection back, so that it is closed
        db.engine.dispose()
    first = a_proposal(edition)
    guest = a_guest(edition, (first, "agree"))
    db.session.execute(
        db.text(
            "INSERT INTO proposals (edition_id, question_id, number, state, title, text, html, links, language,"
            " region, author_line, author_name, author_contact, revision, comment_count, state_reason, state_rule,"
            " made, changed) SELECT edition_id, question_id, number + :n, state, title, text, html, links,"
            " language, region, author_line, author_name, author_contact, revision, comment_count, state_reason,"
            " state_rule, made, changed FROM proposals WHERE id = :id"
        ),
        [{"n": n, "id": first.id} for n in range(1, 1500)],
    )
    db.session.execute(
        db.text(
            "INSERT INTO vote_events (voter_id, proposal_id, revision, choice, origin, at)"
            " SELECT :guest, id, 1, 1, 'direct', 0 FROM proposals WHERE id <> :id"
        ),
        {"guest": guest.voter, "id": first.id},
    )
    db.session.execute(
        db.text(
            "INSERT INTO votes (voter_id, proposal_id, pool, choice, origin, revision, sequence)"
            " SELECT voter_id, proposal_id, 'guest', choice, origin, 1, id FROM vote_events"
            " WHERE proposal_id <> :id"
        ),
        {"id": first.id},
    )
    db.session.commit()
    assert len(claimed(guest, dora)) == 1500
    sums = db.session.execute(db.text("SELECT pool, sum(agree) FROM tallies GROUP BY pool ORDER BY pool"))
    assert sums.all() == [("account", 1500), ("guest", 0)]
    assert recount(edition) == []
