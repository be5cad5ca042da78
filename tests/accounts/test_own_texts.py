"""My data: tables beside the JSON file, and what becomes of one's texts (security checklist, K1 and K2)."""

import csv
import io
import zipfile

import pytest
from flask import Flask

from roadmap.accounts import actions
from roadmap.accounts.models import Account
from roadmap.comments.models import Comment
from roadmap.core.db import db
from roadmap.editions.models import Edition
from roadmap.log.models import LogEntry
from roadmap.notices.models import Notice
from roadmap.proposals import unfinished
from roadmap.proposals.fields import Fields
from roadmap.proposals.models import Proposal
from roadmap.votes.actions import cast_vote
from tests.accounts.people import Visitor
from tests.factories import NOW, a_comment, a_proposal, an_account, an_edition, saved, the_actor
from tests.votes.counting import tallies
from tests.votes.pressing import merged


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def awa(edition: Edition) -> Account:
    """She has written a proposal, a comment and half a text, and has been told something."""
    awa, omar = an_account("Awa Diallo", email="awa@example.org"), an_account("Omar")
    own = a_proposal(edition, awa, title="=Share seeds", text="Zebra words.")
    other = a_proposal(edition, omar, title="Plant trees")
    a_comment(other, awa, text="Zebra answer.")
    other.comment_count = 1
    db.session.commit()
    cast_vote(the_actor(omar), edition, own.number, "agree", now=NOW)
    cast_vote(the_actor(awa), edition, other.number, "pass", now=NOW)
    unfinished.keep(the_actor(awa), "", edition, Fields(title="Half", text="Zebra half"), now=NOW)
    saved(Notice(account_id=awa.id, edition_id=edition.id, kind="changed", proposal_id=other.id, made=NOW))
    return awa


def test_the_tables_hold_what_the_file_holds(awa: Account, browser: Visitor) -> None:
    """K1."""
    browser.sign_in(awa)
    answer = browser.get("/en/me/data/tables")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data.zip"'
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("application/zip", "private, no-store")
    data = browser.get("/en/me/data/download").json
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        read = {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
            for name in archive.namelist()
        }
    assert data is not None
    assert {name: len(rows) for name, rows in read.items()} == {
        f"{kind.replace('_', '-')}.csv": len(value) if isinstance(value, list) else 1
        for kind, value in data.items() if kind not in ("format", "made")
    }  # fmt: skip
    assert (read["profile.csv"][0]["email"], read["votes.csv"][0]["vote"]) == ("awa@example.org", "pass")
    assert read["proposals.csv"][0]["title"] == "'=Share seeds"
    assert (read["notices.csv"][0]["kind"], read["unfinished.csv"][0]["title"]) == ("changed", "Half")


def test_texts_stay_without_the_name_unless_it_is_asked_for(awa: Account, browser: Visitor) -> None:
    """K2."""
    browser.sign_in(awa)
    browser.press("/en/me/data/erase", "Erase my account", sure="y")
    own = db.session.query(Proposal).filter_by(number=1).one()
    assert (own.state, own.text, own.author_name) == ("published", "Zebra words.", "")
    assert db.session.query(Comment).one().text == "Zebra answer."


def test_words_go_from_every_table_where_it_is_asked_for(
    edition: Edition, awa: Account, browser: Visitor
) -> None:
    """K2."""
    browser.sign_in(awa)
    answer = browser.press("/en/me/data/erase", "Erase my account", sure="y", texts="remove")
    assert answer.status_code == 303
    rows = repr([db.session.execute(table.select()).all() for table in db.metadata.sorted_tables])
    assert [word for word in ("Zebra", "Share seeds", "Awa", "Half") if word in rows] == []
    own, other = db.session.query(Proposal).order_by(Proposal.number)
    assert (own.state, tallies(own), other.comment_count) == ("withdrawn", {"account": (1, 0, 0)}, 0)
    assert "Its author withdrew this proposal" in browser.get("/en/2026/proposals/1").text
    assert "Zebra" not in browser.get("/en/2026/proposals/2-plant-trees").text
    entry = db.session.query(LogEntry).filter_by(kind="withdrawal").one()
    assert (entry.facts, entry.personal) == ({"number": 1}, "")


def test_words_that_a_merge_rests_on_stay_without_the_name(edition: Edition, awa: Account) -> None:
    lead, source = db.session.query(Proposal).order_by(Proposal.number.desc())
    merged(edition, lead, source)
    actions.erase(the_actor(awa), texts=True, now=NOW)
    db.session.refresh(source)
    assert (source.text, source.author_id, source.author_name) == ("Zebra words.", None, "")


def test_words_that_were_hidden_go_and_stay_hidden(edition: Edition, awa: Account) -> None:
    own = db.session.query(Proposal).filter_by(number=1).one()
    own.state = "hidden"
    db.session.commit()
    actions.erase(the_actor(awa), texts=True, now=NOW)
    db.session.refresh(own)
    assert (own.state, own.text) == ("hidden", "")
