"""The vote stays short: few statements, one transaction, and a clear word where the database cannot be written."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from roadmap.core import db as core_db
from roadmap.core.db import close_own_connections, db, is_sqlite, own_connection
from roadmap.core.errors import Busy
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.merging.actions import merge_proposals
from roadmap.proposals.models import Proposal
from roadmap.votes.actions import cast_vote
from tests.browsing import Browser
from tests.factories import NOW, a_proposal, a_role, an_account, an_edition, the_actor
from tests.votes.counting import tallies


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def proposal(edition: Edition) -> Proposal:
    return a_proposal(edition)


@pytest.fixture
def ana(app: Flask) -> Actor:
    return the_actor(an_account("Ana"))


class Listening:
    """A connection that remembers what it was asked."""

    def __init__(self, connection: Any) -> None:
        self.connection, self.said = connection, []  # type: ignore[var-annotated]

    def execute(self, statement: str, *values: Any) -> Any:
        self.said.append(statement.split(maxsplit=1)[0])
        return self.connection.execute(statement, *values)

    def close(self) -> None:
        close = getattr(self.connection, "close", None) or self.connection.connection.close
        close()


@contextmanager
def listening() -> Iterator[list[str]]:
    """What this thread says on its own connection meanwhile."""
    own_connection()
    kept = core_db._local.connections
    key, connection = next(iter(kept.items()))
    kept[key] = ears = Listening(connection)
    yield ears.said
    kept[key] = connection


def test_a_vote_is_at_most_four_statements_in_one_transaction(
    edition: Edition, proposal: Proposal, ana: Actor
) -> None:
    with listening() as said:
        cast_vote(ana, edition, proposal.number, "agree", now=NOW)
    lock = [] if is_sqlite() else ["SELECT"]
    assert said == ["BEGIN", *lock, "SELECT", "INSERT", "INSERT", "COMMIT"]


def test_a_vote_on_a_lead_is_one_statement_more(edition: Edition, proposal: Proposal, ana: Actor) -> None:
    facilitator = the_actor(a_role(an_account("Tomé"), Role.FACILITATOR, edition))
    source = a_proposal(edition)
    merge_proposals(facilitator, edition, 1, [source.number], title="T", text="t", reason="", now=NOW)
    with listening() as said:
        cast_vote(ana, edition, proposal.number, "agree", now=NOW)
    assert said.count("INSERT") == 3


def test_the_same_answer_again_only_reads(edition: Edition, proposal: Proposal, ana: Actor) -> None:
    cast_vote(ana, edition, proposal.number, "agree", now=NOW)
    with listening() as said:
        cast_vote(ana, edition, proposal.number, "agree", now=NOW)
    assert "INSERT" not in said


def test_a_database_that_is_held_is_said_to_be_busy(
    app: Flask, edition: Edition, proposal: Proposal, browser: Browser
) -> None:
    if not is_sqlite():
        pytest.skip("PostgreSQL waits for rows, not for the whole database")
    other = sqlite3.connect(
        app.config["SETTINGS"].database_url.removeprefix("sqlite:///"), isolation_level=None
    )
    own_connection().execute("PRAGMA busy_timeout=50")
    other.execute("BEGIN IMMEDIATE")
    response = browser.post("/en/2026/proposals/1/vote", {"choice": "agree"})
    other.execute("ROLLBACK")
    other.close()
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert tallies(proposal) == {}
    assert browser.post("/en/2026/proposals/1/vote", {"choice": "agree"}).status_code == 303
    assert tallies(proposal) == {"guest": (1, 0, 0)}


def test_a_lost_connection_is_said_and_the_next_vote_finds_a_new_one(
    edition: Edition, proposal: Proposal, ana: Actor
) -> None:
    if is_sqlite():
        pytest.skip("SQLite has no connection to lose")
    number = proposal.number
    own: Any = own_connection()
    ended = {"pid": own.connection.info.backend_pid}
    db.session.execute(text("SELECT pg_terminate_backend(:pid)"), ended)
    db.session.rollback()
    with pytest.raises(Busy):
        cast_vote(ana, edition, number, "agree", now=NOW)
    cast_vote(ana, edition, number, "agree", now=NOW)
    assert tallies(proposal) == {"account": (1, 0, 0)}
    close_own_connections()
