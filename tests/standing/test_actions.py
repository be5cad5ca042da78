"""The standing is computed when something changed, by one at a time, and its breakdowns seldom."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask

from roadmap.core import jobs
from roadmap.core.db import db
from roadmap.editions.models import Edition
from roadmap.proposals.models import Proposal
from roadmap.standing import actions
from roadmap.standing.listeners import renew_standings
from roadmap.standing.models import Standing
from roadmap.standing.queries import standing_of
from roadmap.votes.actions import cast_vote
from tests.drafts.making import cast, compiled, voters
from tests.factories import DAY, NOW, a_proposal, an_account, an_edition, the_actor
from tests.standing.making import two_camps

MINUTE = timedelta(minutes=1)


@pytest.fixture
def edition(app: Flask) -> Edition:
    return two_camps()[0]


def kept() -> Standing:
    db.session.rollback()
    return db.session.query(Standing).one()


def vote(edition: Edition, name: str) -> None:
    cast_vote(the_actor(an_account(name)), edition, 1, "agree", now=NOW)


def votes_of(count: int) -> None:
    """So many new voters who agree with the first proposal."""
    first = db.session.query(Proposal).filter_by(number=1).one()
    cast([(voter, first.id, 1) for voter in voters(count)])


def test_the_standing_has_the_order_that_a_draft_compiled_now_has(app: Flask) -> None:
    edition, organiser = two_camps()
    actions.renew(edition.id, now=NOW)
    shown = standing_of(edition, 1)
    document = json.loads(compiled(edition, organiser).document)
    assert shown is not None
    assert [row[0] for row in shown.order["order"]] == [
        each["number"] for each in document["sections"][0]["items"]
    ]
    assert (shown.voters, shown.votes) == (60, document["participation"]["votes"])


def test_nothing_is_computed_where_nothing_changed(edition: Edition) -> None:
    assert [actions.renew_all(now=NOW), actions.renew_all(now=NOW + MINUTE)] == [1, 0]
    assert kept().as_of == NOW


def test_a_vote_computes_nothing_and_the_next_minute_takes_it_in(edition: Edition) -> None:
    actions.renew_all(now=NOW)
    vote(edition, "Awa")
    assert kept().as_of == NOW
    assert actions.renew_all(now=NOW + MINUTE) == 1
    shown = standing_of(edition, 1)
    assert shown is not None
    assert (shown.as_of, shown.voters) == (NOW + MINUTE, 61)


def test_two_answers_turned_round_on_the_same_proposal_are_noticed(edition: Edition) -> None:
    """The totals are the same afterwards; the count of changes is not."""
    people = [the_actor(an_account(name)) for name in ("Awa", "Ulf")]
    for person, choice in zip(people, ("agree", "disagree"), strict=True):
        cast_vote(person, edition, 1, choice, now=NOW)
    actions.renew_all(now=NOW)
    for person, choice in zip(people, ("disagree", "agree"), strict=True):
        cast_vote(person, edition, 1, choice, now=NOW)
    assert actions.renew_all(now=NOW + MINUTE) == 1


def test_what_is_hidden_leaves_the_order_in_the_next_minute(edition: Edition) -> None:
    actions.renew_all(now=NOW)
    proposal = db.session.query(Proposal).filter_by(number=1).one()
    proposal.state, proposal.state_at = "hidden", NOW
    db.session.commit()
    assert actions.renew_all(now=NOW + MINUTE) == 1
    shown = standing_of(edition, 1)
    assert shown is not None
    assert 1 not in [row[0] for row in shown.order["order"]]


def test_breakdowns_wait_for_a_day_and_for_twenty_new_voters(edition: Edition) -> None:
    made = []
    for moment, new in (
        (NOW, 0),
        (NOW + MINUTE, 25),
        (NOW + DAY, 1),
        (NOW + 2 * DAY, 0),
        (NOW + 2 * DAY, 19),
    ):
        votes_of(new)
        actions.renew_all(now=moment)
        made.append((kept().breakdown_as_of, kept().breakdown_voters))
    assert made == [(NOW, 60), (NOW, 60), (NOW + DAY, 86), (NOW + DAY, 86), (NOW + DAY, 86)]
    votes_of(1)
    actions.renew_all(now=NOW + 2 * DAY + MINUTE)
    assert kept().breakdown_voters == 106


def test_below_twenty_voters_there_is_an_order_and_no_breakdown(app: Flask) -> None:
    from tests.drafts.making import with_ballots  # thin command

    edition, _ = with_ballots({"a": "+" * 19}, people=19)
    actions.renew(edition.id, now=NOW)
    shown = standing_of(edition, 1)
    assert shown is not None
    assert (shown.voters, shown.breakdown) == (19, None)


def test_no_kept_breakdown_holds_a_small_cell(edition: Edition) -> None:
    second = db.session.query(Proposal).filter_by(number=2).one()
    db.session.execute(
        db.text("DELETE FROM votes WHERE proposal_id = :id AND voter_id > 45"), {"id": second.id}
    )
    db.session.commit()
    actions.renew(edition.id, now=NOW)
    cells: list[Any] = [
        counts
        for question in json.loads(kept().breakdown)["questions"].values()
        for name in ("agree", "part", "backed")
        for row in question[name]
        for counts in row["groups"].values()
    ]
    assert [counts for counts in cells if counts is not None and sum(counts) < 10] == []
    assert cells != []


def test_who_comes_while_another_computes_leaves_it_to_them(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    met: list[bool] = []
    compute = actions._compute

    def meeting(*values: Any) -> None:
        met.append(actions.renew(edition.id, now=NOW))
        compute(*values)

    monkeypatch.setattr(actions, "_compute", meeting)
    assert (actions.renew(edition.id, now=NOW), met) == (True, [False])


def test_a_computation_that_fails_leaves_the_way_free(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_values: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(actions, "_compute", failing)
        with pytest.raises(RuntimeError):
            actions.renew(edition.id, now=NOW)
    assert actions.renew(edition.id, now=NOW)


def test_an_edition_that_fails_keeps_no_other_from_being_renewed(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, later = two_camps()[0].id, an_edition("2027", is_current=False)
    second = later.id
    a_proposal(later)
    compute = actions._compute

    def failing(edition_id: int, *values: Any) -> None:
        if edition_id == first:
            raise RuntimeError
        compute(edition_id, *values)

    monkeypatch.setattr(actions, "_compute", failing)
    with pytest.raises(RuntimeError):
        actions.renew_all(now=NOW)
    done = db.session.query(Standing.edition_id).filter(Standing.as_of.is_not(None)).all()
    assert [row.edition_id for row in done] == [second]


def test_what_a_stopped_process_began_is_begun_again_after_ten_minutes(edition: Edition) -> None:
    actions._begin(edition.id, "a process that is no more", NOW)
    assert actions.renew_all(now=NOW + 9 * MINUTE) == 0
    assert actions.renew_all(now=NOW + 11 * MINUTE) == 1


def test_results_that_wait_for_the_close_are_not_kept_before_it(app: Flask) -> None:
    two_camps(results="at-close")
    assert (actions.renew_all(now=NOW), db.session.query(Standing).count()) == (0, 0)
    assert actions.renew_all(now=NOW + 31 * DAY) == 1


def test_the_queue_does_it_each_minute(
    app: Flask, edition: Edition, tmp_path: Path, clock: time_machine.Traveller
) -> None:
    jobs.set_up(app, tmp_path, immediate=False)
    queue = jobs._queue[-1]
    names = []
    for task in queue.read_periodic(None):
        queue.enqueue(task)
        names.append(task.name)
        queue.execute(queue.dequeue())
    jobs.set_up(app, tmp_path, immediate=True)
    assert f"{renew_standings.__module__}.renew_standings" in names
    assert kept().as_of == NOW
