"""What the pages for everybody offer while nobody can vote: before voting opens, and after it has closed."""

from datetime import datetime

import pytest
import time_machine
from flask import Flask

from tests.browsing import Browser
from tests.factories import DAY, NOW, a_proposal, an_account, an_edition

Phases = dict[str, tuple[datetime, datetime | None]]
OVER: Phases = {"proposing": (NOW - 30 * DAY, NOW - 9 * DAY), "voting": (NOW - 30 * DAY, NOW)}
BEFORE: Phases = {"proposing": (NOW - 9 * DAY, NOW + DAY), "voting": (NOW + 2 * DAY, NOW + 9 * DAY)}
PLACES = (
    "/en/",
    "/en/2026/questions",
    "/en/2026/questions/1-question-1",
    "/en/2026/questions/1-question-1/results",
)
DECK = "main a[href$='/vote'], main a[href*='/vote?']"


def stage(phases: Phases) -> None:
    a_proposal(an_edition(phases=phases), an_account(), title="Open the archives")


@pytest.mark.parametrize("phases", [OVER, BEFORE], ids=["over", "before"])
@pytest.mark.parametrize("address", PLACES)
def test_nothing_leads_to_the_deck_while_nobody_can_vote(
    app: Flask, browser: Browser, phases: Phases, address: str
) -> None:
    stage(phases)
    page = browser.page(address)
    assert [link["href"] for link in page.select(DECK)] == []
    assert page.select("button[name=choice]") == []


@pytest.mark.parametrize("address", PLACES[:3])
def test_while_voting_is_open_they_do(app: Flask, browser: Browser, address: str) -> None:
    stage({"voting": (NOW - DAY, NOW + DAY)})
    assert len(browser.page(address).select(DECK)) == 1


def test_an_edition_without_proposals_has_nothing_to_vote_on(app: Flask, browser: Browser) -> None:
    an_edition()
    for address in PLACES[:3]:
        assert browser.page(address).select(DECK) == [], address


@pytest.mark.parametrize("address", ["/en/", "/en/2026/vote", "/en/2026/vote/done"])
def test_after_the_close_the_way_on_is_the_roadmap(app: Flask, browser: Browser, address: str) -> None:
    stage(OVER)
    page = browser.page(address)
    assert "Voting closed on 1 September 2026, 13:00 (Lisbon time)." in page.main.text
    assert page.select_one("main a.btn")["href"] == "/en/2026/roadmap"
    assert "until voting closes" not in page.main.text


@pytest.mark.parametrize("address", ["/en/", "/en/2026/vote"])
def test_before_voting_opens_one_can_propose(app: Flask, browser: Browser, address: str) -> None:
    stage(BEFORE)
    page = browser.page(address)
    assert "Voting opens on 3 September 2026, 13:00 (Lisbon time)." in page.main.text
    assert page.select_one("main a.btn")["href"] == "/en/2026/propose"


def test_a_closed_card_shows_the_shares_and_the_readers_own_vote(
    app: Flask, browser: Browser, clock: time_machine.Traveller
) -> None:
    stage({"voting": (NOW - DAY, NOW + DAY)})
    browser.post("/en/2026/proposals/1/vote", {"choice": "agree"})
    clock.move_to(NOW + 2 * DAY)
    for address in ("/en/2026/questions/1-question-1", "/en/2026/proposals/1-open-the-archives"):
        page = browser.page(address)
        box = page.select_one("#vote-1")
        assert box.select_one(".tag-agree").text == "You agree", address
        assert "Voting closed on 2 September 2026" in box.text, address
        assert page.select("button[name=choice]") == [], address
