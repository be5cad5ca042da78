"""Nobody votes faster than people can."""

import pytest
import time_machine
from flask import Flask

from roadmap.core.db import db
from roadmap.core.errors import TooMany
from roadmap.votes import pacing
from roadmap.votes.models import Impression
from roadmap.votes.pace import HOUR, Pace
from tests.browsing import Browser
from tests.factories import a_proposal, an_edition
from tests.votes.counting import tallies


def test_the_limit_is_by_key_and_by_hour(app: Flask) -> None:
    with app.test_request_context("/en/"):
        pace = Pace()
        for _ in range(3):
            pace.check("Ana", 3, 0)
        pace.check("Badr", 3, 0)
        with pytest.raises(TooMany) as refused:
            pace.check("Ana", 3, HOUR - 10)
        assert refused.value.retry_after == 11
        pace.check("Ana", 3, HOUR)


def test_processes_share_a_limit(app: Flask) -> None:
    with app.test_request_context("/en/"):
        pace = Pace()
        pace.check("Ana", 4, 0, share=4)
        with pytest.raises(TooMany):
            pace.check("Ana", 4, 0, share=4)


def test_too_many_votes_are_refused_until_the_hour_is_over(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch, clock: time_machine.Traveller
) -> None:
    monkeypatch.setattr(pacing, "VOTES_AN_HOUR", 2)
    proposal = a_proposal(an_edition())
    answers = ["agree", "disagree", "pass", "agree"]
    seen = [browser.post("/en/2026/proposals/1/vote", {"choice": choice}).status_code for choice in answers]
    assert (seen, tallies(proposal)) == ([303, 303, 303, 429], {"guest": (0, 0, 1)})
    clock.shift(HOUR)
    assert browser.post("/en/2026/proposals/1/vote", {"choice": "agree"}).status_code == 303


def test_skipping_keeps_the_same_pace(app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each skip writes a row, so a program may not skip without end."""
    monkeypatch.setattr(pacing, "VOTES_AN_HOUR", 2)
    edition = an_edition()
    for _ in range(5):
        a_proposal(edition)
    browser.post("/en/2026/proposals/1/vote", {"choice": "agree"})
    seen = []
    for _ in range(3):
        card = browser.page("/en/2026/vote")
        fields = {name: card.select_one(f"[name={name}]")["value"] for name in ("number", "impression")}
        seen.append(browser.post("/en/2026/vote", {**fields, "do": "skip"}).status_code)
    assert (seen, db.session.query(Impression).count()) == ([303, 303, 429], 2)
