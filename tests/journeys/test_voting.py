"""Voting as people do it: by pointer, by keyboard alone, and without script."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import keyboard
from tests.journeys.campaign import Campaign
from tests.journeys.conftest import IN_BROWSER, Open

pytestmark = IN_BROWSER

WORDS = {
    "en": {"saved": "Saved: you agree.", "votes": "Your votes (1)"},
    "ar": {"saved": "حُفظ", "votes": "أصواتكم (1)"},
}
ASK = "#ask"
PRESSED = "(key) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}))"
"""Presses a key that the pointer's own keyboard may not have."""


def choice(value: str) -> str:
    """The button of a choice that can be seen."""
    return f"main button[name=choice][value={value}]:visible"


def title(page: Page) -> str:
    return page.inner_text(ASK)


@pytest.mark.parametrize("language", WORDS)
def test_a_first_vote_takes_one_press_on_the_home_page(
    campaign: Campaign, window: Open, language: str
) -> None:
    page = window(campaign.at("/", language), width=390, language=language)
    page.set_viewport_size({"width": 390, "height": 667})
    button = page.locator(choice("agree"))
    box = button.bounding_box()
    assert box is not None and box["y"] + box["height"] <= 667, "the first ballot is below the first screen"
    page.evaluate("window.same = true")
    button.click()
    expect(page.locator(choice("agree"))).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-vote-count]")).to_have_text(WORDS[language]["votes"])
    assert page.evaluate("window.same"), "the page was loaded anew"
    assert keyboard.hold(page)["value"] == "agree", "the focus left the button"


def test_a_vote_is_said_once_in_the_live_region(campaign: Campaign, window: Open) -> None:
    page = window(campaign.at("/2026/proposals/4"))
    page.locator(choice("disagree")).click()
    expect(page.locator("[data-live]")).to_have_text("Saved: you disagree.")


def test_a_vote_is_changed_and_withdrawn_where_it_was_given(campaign: Campaign, window: Open) -> None:
    page = window(campaign.at("/2026/proposals/5"))
    page.locator(choice("agree")).click()
    expect(page.locator(choice("agree"))).to_have_attribute("aria-pressed", "true")
    page.locator(choice("pass")).click()
    expect(page.locator(choice("pass"))).to_have_attribute("aria-pressed", "true")
    page.locator(choice("clear")).click()
    expect(page.locator("main button[aria-pressed=true]")).to_have_count(0)


@pytest.mark.parametrize("language", WORDS)
def test_without_script_a_vote_on_the_home_page_shows_as_saved_there(
    campaign: Campaign, window: Open, language: str
) -> None:
    page = window(campaign.at("/", language), script=False, language=language)
    page.locator(choice("agree")).click()
    assert re.search(rf"/{language}/\?voted=(\d+)#vote-\1$", page.url), page.url
    expect(page.locator("main .hero " + choice("agree").removeprefix("main "))).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(page.locator("[data-vote-count]")).to_have_text(WORDS[language]["votes"])


def test_without_script_a_vote_is_changed_and_withdrawn(campaign: Campaign, window: Open) -> None:
    page = window(campaign.at("/2026/questions/1-question-1"), script=False)
    card = page.locator("li.item", has=page.locator("[href*='/proposals/6-']"))
    card.locator("button[value=agree]").click()
    card.locator("summary").click()
    card.locator("button[value=disagree]").click()
    expect(card.locator(".tag-disagree")).to_be_visible()
    card.locator("summary").click()
    card.locator("button[value=clear]").click()
    expect(card.locator("button[value=agree]")).to_have_attribute("aria-pressed", "false")


def test_a_vote_that_cannot_be_sent_says_so_and_stays_unpressed(campaign: Campaign, window: Open) -> None:
    page = window(campaign.at("/2026/proposals/4"))
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no network')); }")
    page.locator(choice("agree")).click()
    expect(page.locator("main [data-failed]:visible")).to_have_text("Not sent. Try again.")
    expect(page.locator(choice("agree"))).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("language", WORDS)
def test_a_vote_by_keyboard_alone(campaign: Campaign, window: Open, language: str) -> None:
    page = window(campaign.at("/", language), language=language)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert keyboard.hold(page)["value"] == "agree", "the first stop after the skip link is not the ballot"
    page.keyboard.press("Space")
    expect(page.locator(choice("agree"))).to_have_attribute("aria-pressed", "true")
    assert keyboard.hold(page)["value"] == "agree"
    keyboard.press(page, ".hero a[href$='/vote']")
    page.wait_for_url("**/2026/vote")
    first = title(page)
    keyboard.press(page, "button[value=disagree]")
    expect(page.locator(ASK)).not_to_have_text(first)
    assert keyboard.hold(page)["id"] == "ask", "the focus is not on the next proposal"
    assert page.evaluate(keyboard.MARKED) == ""


@pytest.mark.parametrize("language", WORDS)
def test_the_number_keys_answer_the_deck_and_leave_the_focus_on_the_next_proposal(
    campaign: Campaign, window: Open, language: str
) -> None:
    page = window(campaign.at("/2026/vote", language), language=language)
    for key in ("1", "٢", "3"):
        asked = title(page)
        page.evaluate(PRESSED, key)
        expect(page.locator(ASK)).not_to_have_text(asked)
        assert keyboard.hold(page)["id"] == "ask"
    assert page.locator("progress").get_attribute("value") == "3"


def test_on_a_phone_what_was_saved_and_the_next_proposal_are_in_view_after_each_answer(
    campaign: Campaign, window: Open
) -> None:
    page = window(campaign.at("/2026/vote"), width=390)
    for count in range(1, 8):
        asked = title(page)
        page.locator(choice("agree")).click()
        expect(page.locator(ASK)).not_to_have_text(asked)
        for place in ("main .saved-line", ASK):
            expect(page.locator(place), f"{place} after {count}").to_be_in_viewport()


def test_skip_shows_another_and_undo_brings_the_last_one_back(campaign: Campaign, window: Open) -> None:
    page = window(campaign.at("/2026/vote"))
    skipped = title(page)
    page.locator("button[value=skip]").click()
    expect(page.locator(ASK)).not_to_have_text(skipped)
    answered = title(page)
    page.keyboard.press("1")
    expect(page.locator("main .saved-line")).to_contain_text(answered)
    page.locator("button[value=undo]").click()
    expect(page.locator(ASK)).to_have_text(answered)
    expect(page.locator(choice("agree"))).to_have_attribute("aria-pressed", "false")
    assert page.locator("progress").get_attribute("value") == "0"


def test_whoever_only_skips_sees_another_each_time(campaign: Campaign, window: Open) -> None:
    page = window(campaign.at("/2026/vote"), script=False)
    seen = [title(page)]
    for _skip in range(6):
        page.locator("button[value=skip]").click()
        seen.append(title(page))
    assert len(set(seen)) == 7


def test_number_keys_that_are_switched_off_do_nothing_and_stay_off(campaign: Campaign, window: Open) -> None:
    page = window(campaign.at("/2026/vote"))
    page.locator("[data-keys]").click()
    expect(page.locator("[data-keys]")).to_have_attribute("aria-pressed", "false")
    page.reload()
    expect(page.locator("[data-keys]")).to_have_attribute("aria-pressed", "false")
    asked = title(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.keyboard.press("1")
    page.wait_for_timeout(300)
    assert (title(page), sent) == (asked, [])


@pytest.mark.parametrize("language", WORDS)
def test_the_deck_without_script_is_a_page_for_each_proposal(
    campaign: Campaign, window: Open, language: str
) -> None:
    page = window(campaign.at("/2026/vote", language), script=False, language=language)
    assert page.locator("[data-keys]:visible").count() == 0
    seen = [title(page)]
    for button in ("button[value=agree]", "button[value=skip]", "button[value=pass]"):
        page.locator(f"main {button}").click()
        seen.append(title(page))
    assert len(set(seen)) == 4
    expect(page.locator("[data-vote-count]")).to_contain_text("2")
    page.locator("button[value=undo]").click()
    expect(page.locator(ASK)).to_have_text(seen[2])


def test_the_end_of_the_deck_offers_to_keep_the_votes(campaign: Campaign, window: Open) -> None:
    page = window(campaign.at("/2026/vote?question=1"), width=390)
    for _round in range(20):
        asked = title(page)
        page.keyboard.press("1")
        page.wait_for_function(
            "(asked) => !document.querySelector('#ask') || document.querySelector('#ask').innerText !== asked",
            arg=asked,
        )
    page.wait_for_url("**/vote/done**")
    expect(page.locator("h1")).to_have_text("You have voted on 20 proposals")
    expect(page.locator("#keep-email")).to_be_visible()
