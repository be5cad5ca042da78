"""The deck draws by figures that are a minute or 200 votes old at most."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select

from roadmap.core import clock
from roadmap.core.db import db
from roadmap.editions.models import Edition
from roadmap.votes import pulse
from roadmap.votes.actions import cast_vote
from roadmap.votes.deck import hand_for
from roadmap.votes.models import Impression
from roadmap.votes.routing import VOTES, Board, look_up
from tests.browsing import Browser
from tests.factories import NOW, a_proposal, an_account, an_edition, the_actor
from tests.votes.pressing import press


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


def at_once(function: Callable[[], None]) -> None:
    function()


@contextmanager
def asking() -> Iterator[list[str]]:
    said: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)


def answered(edition: Edition, number: int, times: int) -> None:
    for at in range(times):
        actor = the_actor(an_account(f"Voter {number} {at}"))
        cast_vote(actor, edition, number, "disagree", now=NOW)


def given_at_random(proposal: int, times: int) -> None:
    for at in range(times):
        voter = the_actor(an_account(f"Reader {proposal} {at}")).voter
        db.session.add(
            Impression(
                voter_id=voter, question_id=1, proposal_id=proposal, draw=0, probability=0.5, policy="uniform-1",
                language="en", answered=True, at=NOW,
            )
        )  # fmt: skip
    db.session.commit()


def test_what_has_few_answers_is_likelier(edition: Edition) -> None:
    ids = [a_proposal(edition).id for _ in range(2)]
    answered(edition, 1, 6)
    given_at_random(ids[0], 10)
    chance = look_up(edition, NOW).chances(ids, 1, "")
    assert chance[1] > chance[0]
    assert sum(chance) == pytest.approx(1)


def test_what_people_picked_themselves_still_comes_forward(edition: Edition) -> None:
    """Its answers were not given at random, so it may wait for those: it is drawn as if it had none."""
    ids = [a_proposal(edition).id for _ in range(2)]
    answered(edition, 1, 12)
    figures = look_up(edition, NOW)
    given_at_random(ids[0], 10)
    assert look_up(edition, NOW).chances(ids, 1, "")[0] < figures.chances(ids, 1, "")[0]


def test_the_probability_and_the_policy_are_recorded_and_each_seventh_draw_is_uniform(
    browser: Browser, edition: Edition
) -> None:
    for _ in range(9):
        a_proposal(edition)
    browser.sign_in(an_account("Ana"))
    for _ in range(8):
        press(browser, "agree")
    rows = db.session.execute(
        select(Impression.policy, Impression.probability).order_by(Impression.draw)
    ).all()
    assert [row[0] for row in rows] == ["adaptive-1"] * 6 + ["uniform-1", "adaptive-1"]
    assert rows[6][1] == pytest.approx(1 / 3)
    assert all(0 < row[1] <= 1 for row in rows)


def test_drawn_as_often_as_the_probabilities_say(edition: Edition) -> None:
    """The race of waits, over many readers, against the recorded probability."""
    for _ in range(3):
        a_proposal(edition)
    answered(edition, 1, 12)
    board = Board(at_once)
    drawn: dict[int | None, list[float]] = {}
    people = [the_actor(an_account(f"Reader {at}")) for at in range(2)]
    for secret in range(400):
        hand = hand_for(
            people[secret % 2], edition, None, secret=f"secret {secret}", language="en", board=board, now=NOW
        )
        assert hand.drawn is not None
        drawn.setdefault(hand.proposal, []).append(hand.drawn.probability)
    for chances in drawn.values():
        assert len(chances) / 400 == pytest.approx(chances[0], abs=0.08)


def test_figures_are_kept_for_a_minute_or_two_hundred_votes(edition: Edition) -> None:
    a_proposal(edition)
    board = Board(at_once)
    first = board.figures(edition, NOW)
    assert board.figures(edition, NOW + timedelta(seconds=59)) is first
    second = board.figures(edition, NOW + timedelta(seconds=61))
    assert second is not first
    for _ in range(VOTES):
        pulse.beat(edition.id)
    assert board.figures(edition, NOW + timedelta(seconds=62)) is not second


def test_while_one_looks_the_others_draw_by_the_figures_before(edition: Edition) -> None:
    a_proposal(edition)
    board = Board(at_once)
    first = board.figures(edition, NOW)
    with board._looking, asking() as said:
        assert board.figures(edition, NOW + timedelta(hours=1)) is first
    assert said == []


@pytest.mark.parametrize("method", ["equal-persons", "equal-groups"])
def test_a_deck_page_looks_nothing_up_itself(app: Flask, edition: Edition, method: str) -> None:
    """Old figures, or none, will do until others are there."""
    edition.method = method
    for _ in range(5):
        a_proposal(edition)
    answered(edition, 1, 3)
    waiting: list[Callable[[], None]] = []
    app.extensions["routing"] = Board(waiting.append)
    browser = Browser(app).sign_in(an_account("Ana"))
    with asking() as said:
        browser.page("/en/2026/vote")
    assert not [each for each in said if "LIMIT" in each and "impressions" in each]
    assert len(waiting) == 1
    waiting[0]()
    assert app.extensions["routing"].figures(edition, clock.now()) is not None


def test_a_look_up_in_a_thread_is_there_a_moment_later(app: Flask, edition: Edition) -> None:
    for _ in range(2):
        a_proposal(edition)
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], jobs="thread")
    browser = Browser(app)
    browser.page("/en/2026/vote")
    for _ in range(100):
        if app.extensions["routing"]._figures:
            break
        time.sleep(0.05)
    assert list(app.extensions["routing"]._figures) == [edition.id]
