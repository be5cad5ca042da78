"""Votes kept as files: read again without asking the table of votes, never when anything changed, gone on erasure."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from roadmap.accounts import actions
from roadmap.core.db import db
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.root import Settings
from roadmap.standing.actions import renew
from roadmap.votes import placed, snapshots
from roadmap.votes.actions import cast_vote
from roadmap.votes.queries import snapshot
from tests.factories import NOW, a_proposal, a_role, an_account, an_edition, the_actor


@pytest.fixture
def folder(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the files are, and however few votes there are they are kept."""
    monkeypatch.setattr(placed, "WORTH_KEEPING", 1)
    return settings.instance / "arrays"


@pytest.fixture
def edition(app: Flask, folder: Path) -> Edition:
    return an_edition()


@pytest.fixture
def ana(edition: Edition) -> Actor:
    """Somebody who agreed with the one proposal there is."""
    actor = the_actor(an_account("Ana"))
    cast_vote(actor, edition, a_proposal(edition).number, "agree", now=NOW)
    return actor


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Statements that read packed votes, as they come."""
    seen: list[str] = []
    real = snapshots.read
    monkeypatch.setattr(
        snapshots, "read", lambda statement, values: seen.append(statement) or real(statement, values)
    )
    return seen


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/*"))


def test_votes_that_did_not_change_are_read_once(edition: Edition, ana: Actor, reads: list[str]) -> None:
    first = snapshot(edition)
    before = len(reads)
    second = snapshot(edition)
    assert len(reads) == before > 0
    for column in ("person", "item", "choice", "origin"):
        assert getattr(first, column).tolist() == getattr(second, column).tolist()


def test_of_all_that_was_kept_the_newest_stays(edition: Edition, ana: Actor, folder: Path) -> None:
    snapshot(edition)
    older = files(folder)
    cast_vote(ana, edition, 1, "disagree", now=NOW)
    snapshot(edition)
    newer = files(folder)
    assert (len(older), len(newer)) == (1, 1)
    assert older != newer


def test_few_votes_are_not_kept(
    edition: Edition, ana: Actor, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placed, "WORTH_KEEPING", 2)
    snapshot(edition)
    assert not folder.exists()


def test_who_comes_back_each_minute_writes_nothing_down(
    edition: Edition, ana: Actor, folder: Path, reads: list[str]
) -> None:
    renew(edition.id, now=NOW)
    assert not folder.exists()
    snapshot(edition)
    before = len(reads)
    renew(edition.id, now=NOW, anew=True)
    assert len(reads) == before > 0


def test_who_is_erased_is_in_no_older_file(edition: Edition, ana: Actor, folder: Path) -> None:
    snapshot(edition)
    actions.erase(ana, now=NOW)
    assert not folder.exists()


def test_a_vote_that_comes_in_while_others_are_read_is_not_lost(
    edition: Edition, ana: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    badr, real = the_actor(an_account("Badr")), snapshots.read

    def late(statement: str, values: dict[str, object]) -> object:
        found = real(statement, values)
        cast_vote(badr, edition, 1, "disagree", now=NOW)
        return found

    monkeypatch.setattr(snapshots, "read", late)
    assert snapshot(edition).people == 1
    monkeypatch.undo()
    assert snapshot(edition).people == 2


def cut_off(place: Path) -> None:
    path = place / "person.npy"
    path.write_bytes(path.read_bytes()[:-2])


def emptied(place: Path) -> None:
    (place / "item.npy").write_bytes(b"")


def taken_away(place: Path) -> None:
    (place / "origin.npy").unlink()


@pytest.mark.parametrize("damage", [cut_off, emptied, taken_away])
def test_damaged_files_are_made_again(
    edition: Edition, ana: Actor, folder: Path, reads: list[str], damage: Callable[[Path], None]
) -> None:
    snapshot(edition)
    damage(files(folder)[0])
    assert snapshot(edition).votes == 1
    before = len(reads)
    assert snapshot(edition).votes == 1
    assert len(reads) == before


def test_without_room_votes_are_read_as_ever(edition: Edition, ana: Actor, folder: Path) -> None:
    folder.write_text("a file where the folder should be")
    assert snapshot(edition).votes == 1


def test_another_database_in_the_same_place_is_another_matter(edition: Edition, ana: Actor) -> None:
    snapshot(edition)
    db.session.execute(text("UPDATE vote_events SET at = at + 1"))
    db.session.execute(text("UPDATE votes SET choice = -1"))
    db.session.execute(text("UPDATE tallies SET version = version - 1"))
    db.session.commit()
    assert snapshot(edition).choice.tolist() == [-1]


def test_files_are_for_the_owner_alone(edition: Edition, ana: Actor, folder: Path) -> None:
    snapshot(edition)
    assert files(folder)[0].stat().st_mode & 0o077 == 0


def test_who_is_suspended_counts_no_longer_and_then_again(edition: Edition, ana: Actor) -> None:
    organiser = the_actor(a_role(an_account("Oriol"), Role.ORGANISER, edition))
    seen = [snapshot(edition).votes]
    for deed in (actions.suspend, actions.restore):
        deed(organiser, edition, ana.account or 0, reason="Two accounts of one person.", now=NOW)
        seen.append(snapshot(edition).votes)
    assert seen == [1, 0, 1]
