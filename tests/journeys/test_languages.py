"""Saying which languages one reads, on the deck: without script, and by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import keyboard
from tests.journeys.campaign import ARABIC_TITLE, Campaign
from tests.journeys.conftest import IN_BROWSER, Open, violations

pytestmark = IN_BROWSER

ASIDE = ".deck-aside"
SPOKEN = ("en", "fr", "pt", "es", "ar")


def box(language: str) -> str:
    return f"input[name=reads][value={language}]"


def sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_without_script_a_reader_narrows_the_deck_and_widens_it_again(
    campaign: Campaign, window: Open, language: str
) -> None:
    page = window(campaign.at("/2026/vote?question=1", language), width=390, script=False, language=language)
    page.locator(f"{ASIDE} summary").click()
    for each in ("en", "fr", "pt", "es"):
        page.uncheck(box(each))
    page.locator(f"{ASIDE} button").click()
    page.wait_for_url(f"**/{language}/2026/vote?question=1")
    expect(page.locator("#ask")).to_have_text(ARABIC_TITLE)
    expect(page.locator(f"{ASIDE} summary")).to_contain_text("العربية")
    page.locator("main button[value=agree]").click()
    page.wait_for_url("**/vote/done?question=1")
    expect(page.locator(box("ar"))).to_be_checked()
    expect(page.locator(box("en"))).not_to_be_checked()
    assert not sideways(page)
    page.check(box("en"))
    page.locator("form:has(input[name=reads]) button").click()
    expect(page.locator("#ask")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_by_keyboard_and_accessible_at_every_stop(campaign: Campaign, window: Open, language: str) -> None:
    page = window(campaign.at("/2026/vote?question=1", language), language=language)
    keyboard.press(page, f"{ASIDE} summary")
    assert violations(page) == []
    for each in SPOKEN:
        keyboard.press(page, box(each), "Space")
    keyboard.press(page, f"{ASIDE} form button")
    page.wait_for_url("**/vote/languages")
    expect(page.locator(".error-summary")).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert keyboard.hold(page)["id"] == "reads-0"
    keyboard.press(page, box("ar"), "Space")
    keyboard.press(page, f"{ASIDE} form button")
    page.wait_for_url("**/vote?question=1")
    expect(page.locator("#ask")).to_have_text(ARABIC_TITLE)
    keyboard.press(page, "button[value=disagree]")
    page.wait_for_url("**/vote/done?question=1")
    assert violations(page) == []
