"""Short addresses lead each reader to the page in their own language."""

import pytest
from flask import Flask

from roadmap.editions.queries import FIXED_WORDS
from tests.browsing import Browser
from tests.factories import an_edition


@pytest.fixture
def reader(app: Flask, browser: Browser) -> Browser:
    an_edition("spring-2031")
    return browser


def led(browser: Browser, address: str, language: str = "fr") -> tuple[int, str]:
    answer = browser.get(address, headers={"Accept-Language": language})
    return answer.status_code, answer.location or ""


def test_an_editions_address_leads_to_its_home(reader: Browser) -> None:
    assert led(reader, "/spring-2031") == (302, "/fr/spring-2031/")


def test_a_questions_address_leads_to_the_question(reader: Browser) -> None:
    assert led(reader, "/spring-2031/1", "ar") == (302, "/ar/spring-2031/questions/1-question-1")


def test_the_page_is_reached_in_one_step(reader: Browser) -> None:
    assert reader.get(led(reader, "/spring-2031/2")[1]).status_code == 200


def test_the_answer_depends_on_the_readers_choice_and_says_so(reader: Browser) -> None:
    answer = reader.get("/spring-2031/1", headers={"Accept-Language": "pt"})
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)  # type: ignore[arg-type]
    reader.client.set_cookie("lang", "es")
    assert led(reader, "/spring-2031/1", "pt")[1] == "/es/spring-2031/questions/1-question-1"


def test_what_was_added_to_the_address_is_kept(reader: Browser) -> None:
    assert led(reader, "/spring-2031/1?from=poster")[1].endswith("/1-question-1?from=poster")


def test_a_question_that_is_not_there_ends_on_a_page_that_says_so(reader: Browser) -> None:
    status, address = led(reader, "/spring-2031/9")
    assert (status, address) == (302, "/fr/spring-2031/questions/9")
    assert reader.get(address).status_code == 404


def test_an_edition_in_preparation_gives_nothing_away(app: Flask, reader: Browser) -> None:
    an_edition("next", is_current=False, opened=None)
    unknown = [led(reader, address)[1] for address in ("/never", "/never/1")]
    assert [led(reader, address)[1].replace("next", "never") for address in ("/next", "/next/1")] == unknown
    assert reader.get(led(reader, "/next/1")[1]).status_code == 404


@pytest.mark.parametrize("word", sorted(FIXED_WORDS - {"en", "fr", "pt", "es", "ar", "static", "api"}))
def test_no_fixed_word_is_taken_for_an_edition(app: Flask, reader: Browser, word: str) -> None:
    bound = app.url_map.bind("localhost")
    endpoints = [
        bound.match(f"/{word}{rest}", method="HEAD", return_rule=False)[0]
        for rest in ("", "/1")
        if word != "theme"
    ]
    assert [endpoint for endpoint in endpoints if endpoint.startswith("short.")] == []


@pytest.mark.parametrize("language", ["en", "fr", "pt", "es", "ar"])
def test_a_language_is_never_taken_for_an_edition(reader: Browser, language: str) -> None:
    """A number after it is an edition's slug."""
    answers = [
        reader.get(f"/{language}"),
        reader.get(f"/{language}/2031"),
        reader.get(f"/{language}/spring-2031"),
    ]
    assert [answer.location for answer in answers] == [
        f"/{language}/",
        f"/{language}/2031/",
        f"/{language}/spring-2031/",
    ]


def test_a_longer_address_without_a_language_leads_where_it_always_did(reader: Browser) -> None:
    assert led(reader, "/spring-2031/proposals/1") == (302, "/fr/spring-2031/proposals/1")


def test_no_address_changes_anything(reader: Browser) -> None:
    assert reader.post("/spring-2031/1").status_code == 405
