"""From an empty database to a first vote by a stranger, in a new edition of two languages."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from roadmap.accounts.actions import first_administrator_link
from roadmap.core import clock
from roadmap.core.db import db
from roadmap.votes.models import Vote
from tests.journeys import keyboard
from tests.journeys.conftest import IN_BROWSER, Open

pytestmark = IN_BROWSER

SLUG = "wells"
TITLES = {"fr": "L’eau de tous", "ar": "ماء للجميع"}
QUESTIONS = [
    {"fr": "Qui garde les puits ?", "ar": "من يحرس الآبار؟"},
    {"fr": "Qui paie les pompes ?", "ar": "من يدفع ثمن المضخات؟"},
]
PROPOSAL = ("Donner une clé à chaque quartier", "Ceux qui puisent savent quand une pompe cède.")
SEND = "main form button[type=submit]"
BACK = ".demonstration a"
"""In the banner of an edition in preparation: back to its set-up."""
LEFT_OUT = ("en", "pt", "es")


class Pointer:
    """Somebody with a pointer, in a browser that runs no script."""

    script = False

    def __init__(self, page: Page) -> None:
        self.page = page

    def write(self, selector: str, text: str) -> None:
        self.page.fill(selector, text)

    def press(self, selector: str) -> None:
        self.page.locator(selector).first.click()

    def tick(self, selector: str) -> None:
        self.page.locator(selector).click()

    def set(self, selector: str, moment: datetime) -> None:
        self.page.fill(selector, moment.strftime("%Y-%m-%dT%H:%M"))


class Keys(Pointer):
    """Somebody with a keyboard alone; the focus can be seen at every stop."""

    script = True

    def write(self, selector: str, text: str) -> None:
        keyboard.go_to(self.page, selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def press(self, selector: str) -> None:
        with self.page.expect_navigation():
            keyboard.press(self.page, selector)

    def tick(self, selector: str) -> None:
        keyboard.press(self.page, selector, "Space")

    def set(self, selector: str, moment: datetime) -> None:
        keyboard.go_to(self.page, selector)
        self.page.keyboard.type(moment.strftime("%m%d%Y"))
        self.page.keyboard.press("ArrowRight")
        self.page.keyboard.type(moment.strftime("%I%M%p"))


@pytest.mark.parametrize("driver", [Keys, Pointer])
def test_a_stranger_votes_in_an_edition_that_was_made_from_nothing(
    site: tuple[Flask, str], window: Open, driver: Callable[[Page], Pointer]
) -> None:
    _app, address = site
    script = driver is Keys
    hand = driver(window(address + first_administrator_link(now=clock.now()), script=script))
    _become_administrator(hand)
    _make_edition(hand)
    _set_up(hand)
    _look_at_preview(hand)
    stranger = driver(window(f"{address}/{SLUG}/", script=script, language="fr"))
    expect(stranger.page.locator("h1")).to_have_text("Page introuvable")
    _open(hand)
    _propose(hand)
    stranger = driver(window(address, script=script, language="fr"))
    assert stranger.page.url == f"{address}/fr/"
    expect(stranger.page.locator("h2.ask")).to_have_text(PROPOSAL[0])
    for question in QUESTIONS:
        expect(stranger.page.get_by_text(question["fr"], exact=True)).to_be_visible()
    agree = "main button[name=choice][value=agree]"
    if script:
        keyboard.press(stranger.page, agree)
    else:
        stranger.press(agree)
    expect(stranger.page.locator(f"{agree}[aria-pressed=true]")).to_be_visible()
    assert [(vote.choice, vote.pool) for vote in db.session.query(Vote)] == [(1, "guest")]


def _become_administrator(hand: Pointer) -> None:
    hand.write("#email", "zohra@example.org")
    hand.press(SEND)
    expect(hand.page).to_have_url(at("/en/manage/new"))


def at(path: str) -> re.Pattern[str]:
    """Addresses that end with the path, whatever is asked of them."""
    return re.compile(rf"{re.escape(path)}(\?.*)?$")


def _make_edition(hand: Pointer) -> None:
    for place, code in enumerate(("en", "fr", "pt", "es", "ar")):
        if code in LEFT_OUT:
            hand.tick(f"#languages-{place}")
    for code, title in TITLES.items():
        hand.write(f"#title_{code}", title)
    hand.write("#slug", SLUG)
    hand.press(SEND)
    expect(hand.page).to_have_url(at(f"/en/{SLUG}/manage/setup"))


def _set_up(hand: Pointer) -> None:
    page = hand.page
    expect(page.locator("#step-phases .tag")).to_have_text("Missing")
    hand.press("#step-phases a")
    began = clock.now().replace(second=0) - timedelta(hours=1)
    hand.set("#proposing-opens", began)
    hand.set("#voting-opens", began)
    hand.press("main form button:not([name])")
    expect(page.locator(".note-good")).to_be_visible()
    hand.press(BACK)
    hand.press("#step-questions a")
    for question in QUESTIONS:
        hand.press("main a[href$='/questions/new']")
        for code, text in question.items():
            hand.write(f"#text_{code}", text)
        hand.press(SEND)
        expect(page.locator(".note-good")).to_be_visible()
    hand.press(BACK)
    expect(page.locator("#step-phases .tag")).to_have_text("Done")
    expect(page.locator("#step-questions .tag")).to_have_text("Done")


def _look_at_preview(hand: Pointer) -> None:
    hand.press("[aria-labelledby=preview] button")
    expect(hand.page.locator(".demonstration")).to_contain_text("Preview: only organisers see this.")
    hand.press(BACK)


def _open(hand: Pointer) -> None:
    hand.press("[aria-labelledby=open] a")
    expect(hand.page.locator("#current")).to_be_checked()
    hand.press(SEND)
    expect(hand.page.locator(".note-good")).to_be_visible()


def _propose(hand: Pointer) -> None:
    page = hand.page
    page.goto(page.url.partition("/en/")[0] + f"/fr/{SLUG}/propose?question=1")
    hand.write("#title", PROPOSAL[0])
    hand.write("#text", PROPOSAL[1])
    hand.write("#author_name", "Zohra")
    hand.tick("#charter")
    hand.press("main form.card .row .btn")
    hand.press("main form[action$='/propose/check'] button")
    expect(page.locator("#proposal-title")).to_have_text(PROPOSAL[0])
