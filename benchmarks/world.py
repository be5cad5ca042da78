"""A database to measure on: an edition with proposals, people who are signed in, and votes."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from roadmap import create_app
from roadmap.accounts.keys import digest, new_token
from roadmap.accounts.models import Account, SignIn, Voter
from roadmap.core import clock
from roadmap.core.db import db, to_microseconds
from roadmap.editions.models import Edition, EditionPhase, GuidingQuestion
from roadmap.proposals.models import Proposal
from roadmap.root import Settings

PROPOSALS, PEOPLE, VOTES_EACH = 400, 500, 400
WORDS = "Neighbours know first what is needed, and small steady transfers outlast campaigns. "


@dataclass(frozen=True)
class World:
    """The application, the token of somebody signed in, and the database file."""

    app: Flask
    token: str
    path: Path


@dataclass(frozen=True)
class EmptyWorld:
    """The application with an edition in which nobody has proposed anything."""

    app: Flask

    def edition(self) -> tuple[Edition, GuidingQuestion]:
        """The edition and its first question."""
        return db.session.query(Edition).one(), db.session.query(GuidingQuestion).filter_by(number=1).one()


def an_empty_world(folder: Path, synchronous: str) -> EmptyWorld:
    """Make it, with a page that is made anew for everybody."""
    app = _an_application(folder, folder / f"empty-{synchronous}.sqlite3", synchronous, page_age=0)
    with app.app_context():
        upgrade()
        _edition()
        db.session.remove()
    return EmptyWorld(app)


def a_world(folder: Path, synchronous: str) -> World:
    """Make it. 200,000 votes; all proposals of the first question but 50 are under the second."""
    path = folder / f"{synchronous}.sqlite3"
    app = _an_application(folder, path, synchronous)
    with app.app_context():
        upgrade()
        edition, questions = _edition()
        _proposals(edition, questions)
        token = _people()
        _votes()
        db.session.remove()
    return World(app, token, path)


def _an_application(folder: Path, path: Path, synchronous: str, page_age: int = 2) -> Flask:
    return create_app(
        Settings(
            instance=folder, secret_key="only for measuring, long enough to be taken",
            database_url=f"sqlite:///{path}", base_url="http://localhost", jobs="none",
            sqlite_synchronous=synchronous, page_age=page_age,
        )
    )  # fmt: skip


def _edition() -> tuple[Edition, list[GuidingQuestion]]:
    now = clock.now()
    edition = Edition(
        slug="2026", title={"en": "Solidarity"}, languages=["en"], time_zone="Europe/Lisbon", is_current=True,
        made=now, opened=now - timedelta(2), texts={},
    )  # fmt: skip
    db.session.add(edition)
    db.session.flush()
    db.session.add(
        EditionPhase(
            edition_id=edition.id, kind="voting", opens=now - timedelta(1), closes=now + timedelta(30)
        )
    )
    questions = [
        GuidingQuestion(
            edition_id=edition.id, number=number, text={"en": f"Question {number}?"}, label={"en": f"Q {number}"},
            note={},
        )
        for number in (1, 2)
    ]  # fmt: skip
    db.session.add_all(questions)
    db.session.commit()
    return edition, questions


def _proposals(edition: Edition, questions: list[GuidingQuestion]) -> None:
    now = clock.now()
    db.session.add_all(
        Proposal(
            edition_id=edition.id, question_id=questions[number > 50].id, number=number,
            title=f"Share it, {number}", text=WORDS * 8, html=f"<p>{WORDS * 8}</p>", language="en",
            author_line="none", made=now, changed=now,
        )
        for number in range(1, PROPOSALS + 1)
    )  # fmt: skip
    db.session.commit()


def _people() -> str:
    now, token = clock.now(), new_token()
    accounts = [
        Account(
            email=f"p{n}@example.org", email_key=f"p{n}@example.org", name=f"P {n}", confirmed=now, made=now
        )
        for n in range(PEOPLE)
    ]
    db.session.add_all(accounts)
    db.session.flush()
    db.session.add_all(Voter(kind="account", account_id=account.id, made=now) for account in accounts)
    db.session.add(
        SignIn(
            key=digest(token),
            account_id=accounts[0].id,
            made=now,
            seen=now,
            proved=now,
            factor=0,
            device="",
            data={},
        )
    )
    db.session.commit()
    return token


def _votes() -> None:
    """Everybody but the one who is signed in votes on everything; that one on ten of the first question."""
    who = "(w.id > 1 OR p.number <= 10)"
    for statement in (
        "INSERT INTO vote_events (voter_id, proposal_id, revision, choice, origin, at) SELECT w.id, p.id, 1,"
        f" (w.id * 7 + p.id * 3) % 3 - 1, 'direct', :now FROM voters w, proposals p WHERE {who}",
        "INSERT INTO votes (voter_id, proposal_id, pool, choice, origin, revision, sequence)"
        " SELECT voter_id, proposal_id, 'account', choice, origin, 1, id FROM vote_events"
        " ORDER BY voter_id, proposal_id",
    ):
        db.session.execute(text(statement), {"now": to_microseconds(clock.now())})
    db.session.commit()
