"""My data: taking it along, and erasing the account (security checklist, K1 and K2)."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event

from roadmap.accounts import actions
from roadmap.accounts.listeners import forget_names
from roadmap.accounts.models import Account, Voter
from roadmap.core import jobs
from roadmap.core.db import db
from roadmap.core.errors import Conflict
from roadmap.domain.ledger import first_break
from roadmap.domain.policy import Role
from roadmap.log.actions import record
from roadmap.log.models import LogEntry
from roadmap.log.queries import chain
from roadmap.proposals.models import Proposal
from roadmap.votes.models import Tally
from tests.accounts.people import Visitor, a_guest, mailed_link
from tests.accounts.votes import a_vote
from tests.factories import NOW, a_proposal, a_role, an_account, an_edition, the_actor, the_voter


@pytest.fixture
def awa(app: Flask) -> Account:
    """A person with a proposal and a vote."""
    edition = an_edition()
    awa = an_account("Awa Diallo", email="awa@example.org", password="a hash", totp="a seal")
    a_proposal(edition, awa, title="Share seeds")
    a_vote(the_voter(awa), a_proposal(edition, title="Plant trees"), -1)
    return awa


def test_a_person_takes_everything_along(awa: Account, browser: Visitor) -> None:
    browser.sign_in(awa)
    answer = browser.get("/en/me/data/download")
    data = answer.json
    assert data is not None
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert (data["profile"]["email"], data["profile"]["name"]) == ("awa@example.org", "Awa Diallo")
    assert [(text["proposal"], text["title"]) for text in data["proposals"]] == [(1, "Share seeds")]
    assert [(vote["proposal"], vote["vote"]) for vote in data["votes"]] == [(2, "disagree")]
    assert [row["device"] for row in data["sign_ins"]] == ["a test"]


def test_no_secret_leaves_with_it(awa: Account, browser: Visitor) -> None:
    browser.sign_in(awa)
    text = browser.get("/en/me/data/download").text
    assert [secret for secret in ("a hash", "a seal") if secret in text] == []


def test_nobody_else_takes_it(awa: Account, browser: Visitor) -> None:
    """D13."""
    assert browser.get("/en/me/data/download").location == "/en/sign-in?next=/en/me/data/download"


def everything() -> str:
    """Every row of every table, as text."""
    return repr([db.session.execute(table.select()).all() for table in db.metadata.sorted_tables])


def test_an_erased_person_is_gone_from_every_table(app: Flask, awa: Account, browser: Visitor) -> None:
    mailed_link(app, Visitor(app), "awa@example.org")
    browser.sign_in(awa)
    answer = browser.press("/en/me/data/erase", "Erase my account", sure="y")
    assert (answer.status_code, answer.location, browser.is_signed_in) == (303, "/en/", False)
    assert [word for word in ("awa@example.org", "Awa", "a hash", "a seal") if word in everything()] == []


def test_the_tallies_and_texts_stay(awa: Account) -> None:
    voter = the_voter(awa).id
    before = [(row.proposal_id, row.pool, row.disagree) for row in db.session.query(Tally)]
    actions.erase(the_actor(awa), now=NOW)
    after = [(row.proposal_id, row.pool, row.disagree) for row in db.session.query(Tally)]
    proposal = db.session.query(Proposal).filter_by(number=1).one()
    assert (after, db.session.get_one(Voter, voter).account_id) == (before, None)
    assert (proposal.title, proposal.author_id, proposal.author_name) == ("Share seeds", None, "")


def test_keys_that_were_claimed_lead_nowhere(awa: Account) -> None:
    guest = a_guest()
    guest.claimed_by, guest.claimed = the_voter(awa).id, NOW
    db.session.commit()
    actions.erase(the_actor(awa), now=NOW)
    db.session.refresh(guest)
    assert (guest.key_hash, guest.device) == (None, "")


def test_names_leave_the_log_after_ninety_days(awa: Account) -> None:
    for days in (91, 89):
        record(the_actor(awa), "merge", edition_id=None, role="facilitator", now=NOW - timedelta(days=days))
    actions.erase(the_actor(awa), now=NOW)
    assert [entry.personal for entry in db.session.query(LogEntry).order_by(LogEntry.id)] == [
        None,
        "Awa Diallo",
    ]


def names_in_log() -> list[str | None]:
    db.session.rollback()
    return [entry.personal for entry in db.session.query(LogEntry).order_by(LogEntry.id)]


def test_a_name_leaves_the_log_by_itself_once_its_ninety_days_are_over(
    app: Flask, awa: Account, tmp_path: Path, clock: time_machine.Traveller
) -> None:
    """Whoever is erased later, or nobody: the queue looks each minute."""
    tome = an_account("Tomé")
    for actor in (awa, tome):
        for days in (60, 10):
            record(
                the_actor(actor), "merge", edition_id=None, role="facilitator", now=NOW - timedelta(days=days)
            )
    actions.erase(the_actor(awa), now=NOW)
    found = []
    for later in (29, 31, 81):
        clock.move_to(NOW + timedelta(days=later))
        each_minute(app, tmp_path)
        found.append(names_in_log())
    assert found == [
        ["Awa Diallo", "Awa Diallo", "Tomé", "Tomé"],
        [None, "Awa Diallo", "Tomé", "Tomé"],
        [None, None, "Tomé", "Tomé"],
    ]
    assert first_break(chain()) is None


def each_minute(app: Flask, folder: Path) -> None:
    """What the worker does once a minute."""
    jobs.set_up(app, folder, immediate=False)
    queue = jobs._queue[-1]
    for task in queue.read_periodic(None):
        queue.enqueue(task)
        queue.execute(queue.dequeue())
    assert jobs.failures() == 0
    jobs.set_up(app, folder, immediate=True)


def test_as_long_as_no_name_is_due_nothing_is_written(awa: Account) -> None:
    record(the_actor(awa), "merge", edition_id=None, role="facilitator", now=NOW - timedelta(days=60))
    actions.erase(the_actor(awa), now=NOW)
    said: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *told: said.append(told[2]))
    forget_names()
    assert [each for each in said if "log_entries" in each and not each.startswith("SELECT")] == []
    assert any("log_entries" in each for each in said)


def test_the_log_still_holds_together_once_names_have_left_it(awa: Account) -> None:
    for days in (92, 91, 89):
        record(the_actor(awa), "merge", edition_id=None, role="facilitator", now=NOW - timedelta(days=days))
    actions.erase(the_actor(awa), now=NOW)
    assert [entry.personal for entry in chain()] == [None, None, "Awa Diallo"]
    assert first_break(chain()) is None


def test_the_last_administrator_cannot_leave(awa: Account) -> None:
    """D12."""
    a_role(awa, Role.ADMINISTRATOR, None)
    with pytest.raises(Conflict):
        actions.erase(the_actor(awa), now=NOW)


def test_erasing_needs_a_tick_and_a_recent_proof(
    awa: Account, browser: Visitor, clock: time_machine.Traveller
) -> None:
    browser.sign_in(awa)
    assert browser.press("/en/me/data/erase", "Erase my account").status_code == 422
    clock.shift(timedelta(minutes=16))
    assert (
        browser.post("/en/me/data/erase", {"sure": "y"}).location
        == "/en/me/security/prove?next=/en/me/security"
    )
    assert db.session.query(Account).count() == 1


def test_the_address_is_free_again(app: Flask, awa: Account, browser: Visitor) -> None:
    actions.erase(the_actor(awa), now=NOW)
    browser.press(mailed_link(app, browser, "awa@example.org"), "Sign in")
    assert db.session.query(Account).one().name == ""
