"""Home, guiding questions and the platform's texts as people meet them."""

import pytest
from flask import Flask

from roadmap.editions.actions import create_edition
from roadmap.editions.seed_file import read_seed
from tests.browsing import Browser
from tests.factories import DAY, NOW, a_proposal, an_account, an_edition

LANGUAGES = ("en", "fr", "pt", "es", "ar")
TEXTS = ("about", "how-it-works", "charter", "privacy", "accessibility", "contact")


def test_before_there_is_an_edition_home_says_so(app: Flask, browser: Browser) -> None:
    assert "No edition is open yet" in browser.page("/en/").text


def test_a_stranger_finds_a_ballot_on_the_home_page_and_gets_no_cookie(app: Flask, browser: Browser) -> None:
    edition = an_edition()
    a_proposal(edition, an_account(), title="Pay interpreters")
    page = browser.page("/en/")
    assert [button["value"] for button in page.select("form.ballot button[name=choice]")] == [
        "agree",
        "disagree",
        "pass",
    ]
    assert "Set-Cookie" not in browser.get("/en/").headers


def test_the_first_proposal_can_be_read_in_full_from_the_home_page(app: Flask, browser: Browser) -> None:
    a_proposal(an_edition(), an_account(), title="Pay interpreters")
    assert browser.page("/en/").select_one("main a[href='/en/2026/proposals/1-pay-interpreters']") is not None


def test_home_says_before_the_first_press_what_a_vote_counts_for(app: Flask, browser: Browser) -> None:
    a_proposal(an_edition(), an_account())
    assert "it counts in the ranking once you confirm an e-mail" in browser.page("/en/").text


def test_home_without_a_proposal_calls_for_the_first(app: Flask, browser: Browser) -> None:
    an_edition()
    page = browser.page("/en/")
    assert page.select_one("a[href='/en/2026/propose']") is not None
    assert page.select("form.ballot") == []


def test_home_shows_each_phase_with_its_state(app: Flask, browser: Browser) -> None:
    an_edition()
    steps = browser.page("/en/").select("ol.steps > li")
    assert [step.b.text for step in steps] == ["Listening", "Proposing", "Voting", "Drafting", "Forum"]
    assert [step.b.text for step in steps if step.get("aria-current")] == ["Proposing", "Voting"]


def test_an_edition_has_its_own_home_for_ever(app: Flask, browser: Browser) -> None:
    an_edition("2025", is_current=False, title={"en": "An older one"})
    an_edition("2026")
    assert browser.get("/en/2025/").status_code == 200


def test_an_unknown_edition_is_not_found(app: Flask, browser: Browser) -> None:
    an_edition()
    response = browser.get("/en/1999/questions")
    assert response.status_code == 404
    assert "This page does not exist, or it has moved" in response.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_guiding_questions_stand_in_their_exact_words_beside_any_translation(
    app: Flask, browser: Browser, language: str
) -> None:
    create_edition(read_seed("2026"), now=NOW)
    text = browser.page(f"/{language}/2026/questions").text
    assert all(question.text["en"] in text for question in read_seed("2026").questions)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TEXTS)
def test_every_text_has_one_heading_and_no_open_placeholder(
    app: Flask, browser: Browser, language: str, name: str
) -> None:
    create_edition(read_seed("2026"), now=NOW)
    page = browser.page(f"/{language}/{name}")
    assert len(page.select("h1")) == 1
    assert "{" not in page.select_one("main").text
    assert page.html["dir"] == ("rtl" if language == "ar" else "ltr")


def test_a_wrong_slug_leads_to_the_question_and_keeps_the_query(app: Flask, browser: Browser) -> None:
    an_edition()
    response = browser.get("/en/2026/questions/1-anything?sort=new")
    assert (response.status_code, response.location) == (301, "/en/2026/questions/1-question-1?sort=new")


def test_whoever_said_what_they_read_can_list_just_that(app: Flask, browser: Browser) -> None:
    edition = an_edition()
    for code in ("en", "fr", "ar"):
        a_proposal(edition, language=code)
    address = "/en/2026/questions/1-question-1?written=read"
    assert len(browser.page(address).select("ol.items > li")) == 3
    assert browser.page(address).select("option[value=read]") == []
    browser.post("/en/2026/vote/languages", {"reads": ["ar", "fr"]})
    page = browser.page(address)
    assert len(page.select("ol.items > li")) == 2
    assert page.select_one("option[value=read][selected]") is not None


def test_the_question_page_names_its_filter_when_nothing_matches(app: Flask, browser: Browser) -> None:
    a_proposal(an_edition(), an_account())
    page = browser.page("/en/2026/questions/1-question-1?q=zanzarello")
    assert "No proposal matches this order and filter." in page.text
    assert page.select_one("input[name=q]")["value"] == "zanzarello"


def test_each_card_carries_the_language_and_direction_of_its_text(app: Flask, browser: Browser) -> None:
    a_proposal(an_edition(), an_account(), title="التضامن أولًا", language="ar")
    heading = browser.page("/fr/2026/questions/1-question-1").select_one("ol.items h3")
    assert (heading["lang"], heading["dir"]) == ("ar", "rtl")


def test_a_closed_vote_leaves_no_enabled_button(app: Flask, browser: Browser) -> None:
    """C01."""
    edition = an_edition(phases={"voting": (NOW - 9 * DAY, NOW)})
    a_proposal(edition, an_account())
    page = browser.page("/en/2026/questions/1-question-1")
    assert [button for button in page.select("button[name=choice]") if not button.has_attr("disabled")] == []
    assert "Voting closed on" in page.text


def test_a_language_link_keeps_the_page_and_its_query(app: Flask, browser: Browser) -> None:
    a_proposal(an_edition(), an_account())
    page = browser.page("/en/2026/questions/1-question-1?sort=new")
    assert page.select_one("header a[hreflang=ar]")["href"] == "/ar/2026/questions/1-question-1?sort=new"
