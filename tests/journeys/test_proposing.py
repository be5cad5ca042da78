"""Proposing as people do it: errors, check, e-mail, the link in another browser, publish."""

import re
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.factories import a_proposal, an_edition
from tests.journeys import keyboard
from tests.journeys.campaign import open_now
from tests.journeys.conftest import IN_BROWSER, Open, violations

pytestmark = IN_BROWSER

WRITTEN = {
    "en": ("Pay interpreters", "So that small movements can speak for themselves."),
    "ar": ("دفع أجر المترجمين", "كي تتكلم الحركات الصغيرة بنفسها."),
}
CONTINUE = "main form.card .row .btn"
SEND = "main form[action$='/propose/check'] button"


def mailed_link(app: Flask) -> str:
    """The address in the newest mail."""
    body = app.extensions["mailman"].outbox[-1].body
    return str(re.findall(r"http://127\.0\.0\.1:\d+/\w+/links/[\w-]+", body)[-1])


def focus(page: Page) -> Any:
    return page.evaluate("document.activeElement.className")


@pytest.mark.parametrize("language", WRITTEN)
def test_proposing_without_script_and_opening_the_link_in_another_browser(
    site: tuple[Flask, str], window: Open, language: str
) -> None:
    app, address = site
    an_edition(phases=open_now())
    title, text = WRITTEN[language]
    page = window(f"{address}/{language}/2026/propose?question=1", script=False, language=language)
    page.fill("#text", text)
    page.locator(CONTINUE).first.click()
    expect(page.locator(".error-summary li")).to_have_count(3)
    expect(page.locator("#text")).to_have_value(text)
    page.fill("#title", title)
    page.fill("#author_name", "Salma")
    page.check("#charter")
    page.locator(CONTINUE).first.click()
    expect(page.locator("#preview")).to_have_text(title)
    page.fill("#email", "salma@example.org")
    page.locator(SEND).click()
    expect(page.locator(".note-good")).to_be_visible()
    other = window(mailed_link(app), script=False, language=language)
    other.locator("main form button").first.click()
    expect(other.locator("#preview")).to_have_text(title)
    other.locator(SEND).click()
    expect(other.locator("#proposal-title")).to_have_text(title)
    expect(other.locator(".note-good")).to_be_visible()


@pytest.mark.parametrize("language", WRITTEN)
def test_proposing_by_keyboard_alone(site: tuple[Flask, str], window: Open, language: str) -> None:
    app, address = site
    title, text = WRITTEN[language]
    a_proposal(an_edition(phases=open_now()), title=f"{title} 2", text=text, language=language)
    page = window(f"{address}/{language}/2026/propose?question=1", language=language)
    keyboard.go_to(page, "#text")
    page.keyboard.insert_text(text)
    keyboard.press(page, CONTINUE)
    page.wait_for_selector(".error-summary")
    assert focus(page) == "error-summary", "the focus is not on the summary of errors"
    assert page.title().startswith(("Error:", "خطأ"))
    assert violations(page) == []
    keyboard.press(page, ".error-summary a[href='#title']")
    assert keyboard.hold(page)["id"] == "title"
    page.keyboard.insert_text(title)
    keyboard.go_to(page, "#text")
    assert keyboard.hold(page)["value"] == text, "what was typed is lost"
    keyboard.go_to(page, "#author_name")
    page.keyboard.insert_text("Salma")
    keyboard.press(page, "#charter", "Space")
    keyboard.press(page, CONTINUE)
    page.wait_for_url("**/propose/check**")
    keyboard.go_to(page, "#email")
    page.keyboard.insert_text("salma@example.org")
    page.keyboard.press("Enter")
    page.wait_for_selector(".note-good")
    other = window(mailed_link(app), language=language)
    assert violations(other) == []
    keyboard.press(other, "main form button")
    other.wait_for_url("**/propose/check**")
    expect(other.locator("aside .note-sun h3")).to_have_count(1)
    assert violations(other) == []
    keyboard.press(other, SEND, "Space")
    other.wait_for_selector("#proposal-title")
    assert violations(other) == []
    assert other.inner_text("#proposal-title") == title


def test_an_address_that_is_none_is_asked_for_again_and_the_text_is_kept(
    site: tuple[Flask, str], window: Open
) -> None:
    _app, address = site
    an_edition(phases=open_now())
    page = window(f"{address}/en/2026/propose?question=1", width=390)
    for name, words in (("title", "Lend rooms"), ("text", "To those who have none."), ("author_name", "Awa")):
        page.fill(f"#{name}", words)
    page.check("#charter")
    page.locator(CONTINUE).first.click()
    page.fill("#email", "nowhere")
    page.locator(SEND).evaluate("button => button.form.noValidate = true")
    page.locator(SEND).click()
    page.wait_for_selector(".error-summary")
    assert focus(page) == "error-summary"
    assert page.inner_text("#preview") == "Lend rooms"
    assert violations(page) == []


def test_the_length_that_is_left_is_counted_while_typing_and_nothing_is_cut_off(
    site: tuple[Flask, str], window: Open
) -> None:
    _app, address = site
    an_edition(phases=open_now())
    page = window(f"{address}/en/2026/propose?question=1")
    page.fill("#title", "a" * 125)
    assert page.inner_text("#title-length") == "Characters too many: 5"
    page.fill("#title", "a" * 100)
    assert page.inner_text("#title-length") == "Characters left: 20"


@pytest.mark.parametrize("language", WRITTEN)
def test_what_says_the_same_is_shown_while_typing_and_voted_for_instead(
    site: tuple[Flask, str], window: Open, language: str
) -> None:
    _app, address = site
    title, text = WRITTEN[language]
    a_proposal(an_edition(phases=open_now()), title=f"{title} 2", text=text, language=language)
    page = window(f"{address}/{language}/2026/propose?question=1", language=language)
    page.fill("#text", text)
    page.fill("#title", title)
    expect(page.locator("aside #similar")).to_be_visible()
    expect(page.locator("[data-live]")).to_have_text(page.inner_text("#similar"))
    assert violations(page) == []
    keyboard.press(page, "aside button[name=instead]")
    page.wait_for_url("**/proposals/1-*")
    expect(page.locator("#vote-1")).to_be_visible()
    page.locator(".note-good a").click()
    expect(page.locator("#title")).to_have_value(title)


def test_where_similar_ones_cannot_be_looked_up_typing_goes_on_undisturbed(
    site: tuple[Flask, str], window: Open
) -> None:
    _app, address = site
    a_proposal(an_edition(phases=open_now()), title="Lend rooms to those who have none")
    page = window(f"{address}/en/2026/propose?question=1", width=390)
    asked: list[str] = []
    page.route(
        "**/propose/similar", lambda route: (asked.append(route.request.url), route.fulfill(body="Busy"))
    )
    page.fill("#title", "Lend rooms to those who have none")
    page.wait_for_timeout(900)
    page.fill("#text", "Because it rains.")
    expect(page.locator("[data-similar] > *")).to_have_count(0)
    assert (len(asked), page.input_value("#title")) == (1, "Lend rooms to those who have none")
