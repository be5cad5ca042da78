"""Every real conversation at hand comes in with exactly the figures of its reference file."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from roadmap.accounts.models import Voter
from roadmap.core.db import db
from roadmap.domain.policy import GUEST
from roadmap.imports.actions import import_conversation
from roadmap.imports.models import ImportSource
from roadmap.imports.polis import Conversation, read_folder
from roadmap.proposals.models import Proposal
from roadmap.votes.models import Tally, Vote
from tests.factories import NOW
from tests.imports.conftest import conversations

pytestmark = pytest.mark.real_data
Real = Callable[[str], Path]


def reference(folder: Path) -> dict[str, Any]:
    """The figures counted straight from the files."""
    figures: dict[str, Any] = json.loads((folder / "reference.json").read_text())
    return figures


def store(conversation: Conversation, question: int = 1) -> None:
    """Put the conversation into the seed edition."""
    import_conversation(GUEST, conversation, edition="2026", question=question, language="en", now=NOW)


def tallies(name: str) -> dict[int, tuple[int, int, int]]:
    """(agree, disagree, pass) of every comment, counted by the database's own tallies."""
    rows = db.session.execute(
        select(Proposal.origin_id, Tally.agree, Tally.disagree, Tally.passed)
        .join(ImportSource, ImportSource.id == Proposal.import_source_id)
        .outerjoin(Tally, Tally.proposal_id == Proposal.id)
        .where(ImportSource.name == name)
    )
    return {int(origin): (agree or 0, disagree or 0, passed or 0) for origin, agree, disagree, passed in rows}


def expected(figures: dict[str, Any]) -> dict[int, tuple[int, int, int]]:
    """The same from the reference file."""
    return {row["id"]: (row["agree"], row["disagree"], row["pass"]) for row in figures["per_comment"]}


def states() -> dict[str, int]:
    """How many proposals are in each state."""
    return dict(db.session.execute(select(Proposal.state, func.count()).group_by(Proposal.state)).all())


@pytest.mark.parametrize("name", conversations())
def test_voters_proposals_votes_and_tallies_equal_the_reference(app: Flask, real: Real, name: str) -> None:
    figures = reference(real(name))
    store(read_folder(real(name)))
    found = (
        db.session.query(Voter).count(), db.session.query(Proposal).count(), db.session.query(Vote).count(),
    )  # fmt: skip
    wanted = tuple(figures["figures"][key] for key in ("voters", "comments", "votes"))
    assert (found, tallies(name)) == (wanted, expected(figures))


@pytest.mark.parametrize("name", conversations())
def test_what_was_rejected_there_is_hidden_here(app: Flask, real: Real, name: str) -> None:
    rejected = reference(real(name))["comments_csv"]["moderated"].get("-1", 0)
    store(read_folder(real(name)))
    assert states().get("hidden", 0) == rejected


@pytest.mark.parametrize("name", conversations())
def test_the_matrix_alone_gives_the_same_figures(app: Flask, real: Real, name: str, tmp_path: Path) -> None:
    alone = tmp_path / name
    alone.mkdir()
    for file in ("comments.csv", "participants-votes.csv"):
        (alone / file).symlink_to(real(name) / file)
    store(read_folder(alone))
    figures = reference(real(name))
    assert (db.session.query(Voter).count(), tallies(name)) == (
        figures["figures"]["voters"],
        expected(figures),
    )


def test_several_conversations_in_one_edition_keep_their_figures(app: Flask, real: Real) -> None:
    names = ("london.youth.policing", "brexit-consensus", "15-per-hour-seattle")
    for question, name in enumerate(names, 1):
        store(read_folder(real(name)), question)
    found = {name: tallies(name) for name in names}
    assert found == {name: expected(reference(real(name))) for name in names}


def test_sixty_thousand_votes_are_imported_in_under_twenty_seconds(app: Flask, real: Real) -> None:
    began = time.process_time()
    store(read_folder(real("austria-climate.5twd2jsnkf.2022-08-08")))
    assert time.process_time() - began < 20
