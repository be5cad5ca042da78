"""Storing imported conversations: exact figures, once, in portions, without mixing anybody."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from roadmap.accounts.models import Voter
from roadmap.core.db import db
from roadmap.core.errors import Conflict
from roadmap.domain import ledger
from roadmap.domain.policy import GUEST
from roadmap.editions.queries import find_edition, questions_of
from roadmap.imports import actions
from roadmap.imports.actions import Imported, import_conversation
from roadmap.imports.models import ImportSource
from roadmap.imports.polis import read_folder
from roadmap.log.queries import chain
from roadmap.proposals.models import Proposal, Revision
from roadmap.votes.models import Tally, Vote, VoteEvent
from tests.factories import NOW
from tests.imports.conftest import COMMENTS, VOTES, Folder

COUNTED = (Proposal, Revision, Voter, VoteEvent, Vote, Tally, ImportSource)


def imported(folder: Path, *, edition: str = "2026", question: int = 1, agree_sign: int = 1) -> Imported:
    """Import a folder as the command does."""
    return import_conversation(
        GUEST, read_folder(folder, agree_sign=agree_sign), edition=edition, question=question,
        language="en", now=NOW,
    )  # fmt: skip


def stored() -> dict[str, int]:
    """How many rows there are of each kind."""
    return {model.__tablename__: db.session.query(model).count() for model in COUNTED}


def tallies() -> dict[tuple[str, str], tuple[int, int, int]]:
    """(agree, disagree, pass) by conversation and its own number of the comment."""
    rows = db.session.execute(
        select(ImportSource.name, Proposal.origin_id, Tally.agree, Tally.disagree, Tally.passed)
        .join(Proposal, Proposal.id == Tally.proposal_id)
        .join(ImportSource, ImportSource.id == Proposal.import_source_id)
    )
    return {(name, str(origin)): (agree, disagree, passed) for name, origin, agree, disagree, passed in rows}


def test_a_conversation_is_stored_with_its_tallies(app: Flask, folder: Folder) -> None:
    done = imported(folder())
    assert (done, tallies()) == (
        Imported(fresh=True, resumed=False, proposals=3, hidden=1, voters=3, votes=4),
        {("conversation", "0"): (2, 0, 0), ("conversation", "1"): (0, 1, 1)},
    )


def test_the_seed_edition_is_made_where_it_is_missing(app: Flask, folder: Folder) -> None:
    imported(folder())
    edition = find_edition("2026")
    assert edition is not None
    assert [question.number for question in questions_of(edition)] == [1, 2, 3, 4]


def test_another_edition_and_its_question_are_made_from_the_topic(app: Flask, folder: Folder) -> None:
    made = folder()
    (made / "summary.csv").write_text("topic,Who shares?\n")
    imported(made, edition="shared", question=3)
    edition = find_edition("shared")
    assert edition is not None
    found = (edition.title, [(question.number, question.text) for question in questions_of(edition)])
    assert found == ({"en": "Who shares?"}, [(3, {"en": "Who shares?"})])


def test_a_missing_question_is_added_to_an_edition(app: Flask, folder: Folder) -> None:
    imported(folder(), question=7)
    edition = find_edition("2026")
    assert edition is not None
    assert [question.number for question in questions_of(edition)] == [1, 2, 3, 4, 7]


def test_rejected_comments_come_in_hidden(app: Flask, folder: Folder) -> None:
    imported(folder())
    states = {row.origin_id: row.state for row in db.session.query(Proposal)}
    assert states == {"0": "published", "1": "hidden", "2": "published"}


def test_numbers_follow_those_that_are_there(app: Flask, folder: Folder) -> None:
    imported(folder("first"))
    imported(folder("second", comments_csv=COMMENTS.replace("Share", "Give"), votes_csv=VOTES))
    assert sorted(row.number for row in db.session.query(Proposal)) == [1, 2, 3, 4, 5, 6]


def test_two_conversations_never_mix_their_voters(app: Flask, folder: Folder) -> None:
    imported(folder("first"))
    imported(folder("second", comments_csv=COMMENTS.replace("Share", "Give"), votes_csv=VOTES), question=2)
    sources = dict(
        db.session.execute(
            select(Voter.import_source_id, func.count()).group_by(Voter.import_source_id)
        ).all()
    )
    crossing = db.session.execute(
        text(
            "SELECT count(*) FROM votes v JOIN voters w ON w.id = v.voter_id"
            " JOIN proposals p ON p.id = v.proposal_id WHERE w.import_source_id <> p.import_source_id"
        )
    ).scalar_one()
    assert (sorted(sources.values()), crossing) == ([3, 3], 0)


def test_imported_twice_nothing_changes(app: Flask, folder: Folder) -> None:
    made = folder()
    imported(made)
    before = stored()
    again = imported(made)
    assert (again.fresh, stored()) == (False, before)


def test_under_another_question_the_same_conversation_is_refused(app: Flask, folder: Folder) -> None:
    made = folder()
    imported(made)
    with pytest.raises(Conflict):
        imported(made, question=2)


def test_with_another_sign_the_same_conversation_is_refused(app: Flask, folder: Folder) -> None:
    made = folder()
    imported(made)
    with pytest.raises(Conflict):
        imported(made, agree_sign=-1)


@pytest.mark.parametrize("stop_after", range(1, 8))
def test_a_stopped_import_goes_on_to_the_same_end(
    app: Flask, folder: Folder, monkeypatch: pytest.MonkeyPatch, stop_after: int
) -> None:
    made = folder()
    monkeypatch.setattr(actions, "PORTION", 2)
    steps = iter(range(stop_after))

    def stop(_kind: str, _done: int, _whole: int) -> None:
        if next(steps, None) is None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_conversation(
            GUEST, read_folder(made), edition="2026", question=1, language="en", now=NOW, progress=stop
        )
    done = imported(made)
    assert (done.fresh, done.votes, tallies(), stored()["votes"], stored()["voters"]) == (
        True, 4, {("conversation", "0"): (2, 0, 0), ("conversation", "1"): (0, 1, 1)}, 4, 3,
    )  # fmt: skip


def test_every_answer_is_kept_as_an_event_in_its_order(app: Flask, folder: Folder) -> None:
    imported(folder())
    choices = [row.choice for row in db.session.query(VoteEvent).order_by(VoteEvent.id)]
    assert choices == [1, -1, -1, 1, 0]


def test_a_current_vote_points_to_its_newest_event(app: Flask, folder: Folder) -> None:
    imported(folder())
    unequal = db.session.execute(
        text(
            "SELECT count(*) FROM votes v JOIN vote_events e ON e.id = v.sequence WHERE e.choice <> v.choice"
        )
    ).scalar_one()
    assert (unequal, db.session.query(Vote).count()) == (0, 4)


def test_an_import_stands_in_the_public_log(app: Flask, folder: Folder) -> None:
    imported(folder())
    entries = chain()
    assert ([entry.fields["kind"] for entry in entries], ledger.first_break(entries)) == (["import"], None)
