"""What must hold for everybody: names of buttons, lists that wait, narrow screens, few bytes, a focus in sight."""

import gzip
import re
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, Response

from tests.factories import a_proposal, an_account, an_edition
from tests.journeys import keyboard
from tests.journeys.campaign import PROPOSALS, Campaign, a_sign_in, a_talk, compiled, open_now
from tests.journeys.conftest import IN_BROWSER, Open

pytestmark = IN_BROWSER

QUESTION = "/2026/questions/1-question-1"
CHOICES = {"en": ("Agree", "Disagree", "Pass"), "ar": ("أوافق", "لا أوافق", "على الحياد")}
WITH_LISTS = {
    f"{QUESTION}?sort=new": "",
    "/2026/propose?question=1": "",
    "/2026/proposals/2/history": "",
    "/2026/proposals/1": "reader",
    "/me/profile": "reader",
    "/2026/manage/roadmap/new": "organiser",
}
WORD = "https://example.org/" + "a" * 160
TEXT = "\n\n".join(
    (
        f"`{'x' * 400}`",
        "\n".join(("|".join("abcdefghijkl"), "|".join(["---"] * 12), "|".join(["cellcell"] * 12))),
        "ال" + "ـ" * 200 + "م",
    )
)
NARROW = (
    "/",
    "/2026/questions",
    QUESTION,
    "/2026/proposals/1",
    "/2026/proposals/1/history",
    "/2026/propose?question=1",
    "/2026/vote",
    "/2026/roadmap",
    "/2026/roadmap/1",
    "/2026/roadmap/1/items/1",
    "/2026/roadmap/1/method",
    "/me/votes",
    "/me",
)
NEXT = (
    QUESTION,
    "/2026/questions",
    "/2026/vote",
    "/2026/proposals/1",
    "/2026/propose?question=1",
    "/2026/roadmap/2",
)


def named_buttons(page: Page) -> list[tuple[str, str]]:
    """Name and description of every button, as the browser tells them to assistive technology."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    said = [
        (node.get("name", {}).get("value", ""), node.get("description", {}).get("value", ""))
        for node in nodes
        if node.get("role", {}).get("value") == "button" and not node.get("ignored")
    ]
    session.detach()
    return said


@pytest.mark.parametrize("language", CHOICES)
def test_each_of_sixty_ballot_buttons_says_what_it_is(
    campaign: Campaign, window: Open, language: str
) -> None:
    """C25."""
    page = window(campaign.at(QUESTION, language), language=language)
    said = [pair for pair in named_buttons(page) if pair[0] in CHOICES[language]]
    assert len(said) == 3 * PROPOSALS
    assert len(set(said)) == 3 * PROPOSALS
    assert [pair for pair in said if not re.search(r"\d", pair[1])] == [], (
        "a button does not name its proposal"
    )


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("path", WITH_LISTS)
def test_choosing_in_a_list_is_not_yet_going_there(
    campaign: Campaign, window: Open, path: str, script: bool
) -> None:
    """C26."""
    page = window(campaign.at(path), script=script, sign_in=campaign.sign_ins.get(WITH_LISTS[path], ""))
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    shown, sent = page.url, list[str]()
    page.on("request", lambda request: sent.append(request.url) if "/static/" not in request.url else None)
    lists = page.locator("main select:visible")
    assert lists.count() > 0
    for at in range(lists.count()):
        lists.nth(at).focus()
        held = keyboard.hold(page)["id"]
        for _press in range(3):
            page.keyboard.press("ArrowDown")
        assert keyboard.hold(page)["id"] == held
    assert (page.url, sent) == (shown, [])


@pytest.fixture
def endless(site: tuple[Flask, str]) -> tuple[str, str]:
    """A site in which nothing that people wrote can be broken at a blank: its address, and a sign-in."""
    _app, address = site
    edition = an_edition(phases=open_now())
    author = an_account("y" * 80)
    a_talk(a_proposal(edition, author, title=WORD, text=TEXT), 6)
    a_proposal(edition, author, title="م" + "ـ" * 200, language="ar", text=TEXT)
    compiled(edition)
    return address, a_sign_in(author)


@pytest.mark.parametrize("language", CHOICES)
def test_endless_words_widen_no_page(endless: tuple[str, str], window: Open, language: str) -> None:
    """C27."""
    address, sign_in = endless
    page = window(f"{address}/{language}/", width=320, language=language, sign_in=sign_in)
    widths: dict[str, Any] = {}
    for path in NARROW:
        page.goto(f"{address}/{language}{path}")
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    assert {path: width for path, width in widths.items() if width > 320} == {}


def test_what_scrolls_in_its_own_box_can_be_focused(endless: tuple[str, str], window: Open) -> None:
    """C27."""
    address, _sign_in = endless
    page = window(f"{address}/en/2026/proposals/1", width=320)
    unreachable = page.evaluate(
        """[...document.querySelectorAll('main *')].filter((one) => one.scrollWidth > one.clientWidth + 1
        && getComputedStyle(one).overflowX !== 'visible' && getComputedStyle(one).clipPath === 'none' && !one.matches('input')
        && one.tabIndex < 0 && !one.querySelector('a, button')).map((one) => one.outerHTML.slice(0, 80))"""
    )
    assert unreachable == []


def transferred(answers: list[Response]) -> int:
    """Bytes of all bodies, each compressed as the server would."""
    return sum(len(gzip.compress(answer.body(), 6)) for answer in answers if answer.status == 200)


def test_a_deep_answer_stays_wide_enough_to_read(site: tuple[Flask, str], window: Open) -> None:
    """C38."""
    _app, address = site
    last = a_talk(a_proposal(an_edition(phases=open_now())), 30)
    page = window(f"{address}/en/2026/comments/{last}", width=320)
    box = page.locator(f"#comment-{last} .comment-text").bounding_box()
    assert box is not None
    assert box["width"] >= 160


@pytest.mark.parametrize(("language", "budget"), [("en", 60_000), ("ar", 40_000)])
def test_a_first_page_and_the_next_ones_are_light(
    campaign: Campaign, window: Open, language: str, budget: int
) -> None:
    page = window("about:blank", language=language)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - it must be a function
    page.goto(campaign.at("/", language), wait_until="networkidle")
    assert transferred(answers) <= budget
    assert len(answers) <= 7
    heavy = {}
    for path in NEXT:
        answers.clear()
        page.goto(campaign.at(path, language), wait_until="networkidle")
        weight = transferred([answer for answer in answers if "/static/" not in answer.url])
        if weight > 20_000:
            heavy[path] = weight
    assert heavy == {}


@pytest.mark.parametrize("path", ["/", QUESTION, "/2026/proposals/1", "/2026/vote", "/2026/roadmap/2"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_focus_is_in_sight_at_every_stop(campaign: Campaign, window: Open, path: str, width: int) -> None:
    page = window(campaign.at(path), width=width)
    keyboard.go_to(page, "footer li:last-child a", stops=250)
