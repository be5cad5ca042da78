"""The page for organisers, and the files that it offers."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.browsing import Browser
from tests.factories import a_role, an_account, an_edition


@pytest.fixture
def organiser(app: Flask, browser: Browser) -> Browser:
    edition = an_edition("2031", languages=["en", "pt"])
    person = an_account("the organiser")
    a_role(person, "organiser", edition=edition)
    browser.sign_in(person)
    return browser


def page_of(organiser: Browser, query: str = "") -> BeautifulSoup:
    return BeautifulSoup(organiser.get(f"/en/2031/manage/share{query}").text, "html.parser")


def test_the_edition_and_each_question_have_an_address_a_code_and_posters(organiser: Browser) -> None:
    page = page_of(organiser)
    addresses = [str(field["value"]).partition("/2031")[2] for field in page.select("input[readonly]")]
    links = {str(link["href"]).rpartition("/share/")[2] for link in page.select("main a[href*='/share/']")}
    numbers = sorted(int(address.removeprefix("/") or 0) for address in addresses)
    files = ("code.svg", "code.png", "poster-en.pdf", "poster-pt.pdf")
    assert links == {f"{number}/{file}" for number in numbers for file in files}


@pytest.mark.parametrize(("picture", "first"), [("svg", b"<?xml"), ("png", b"\x89PNG\r")])
def test_a_code_comes_as_a_drawing_and_as_a_picture(organiser: Browser, picture: str, first: bytes) -> None:
    answer = organiser.get(f"/en/2031/manage/share/0/code.{picture}")
    assert answer.data[:5] == first
    assert answer.headers["Content-Disposition"] == f'attachment; filename="2031-code.{picture}"'


@pytest.mark.parametrize("path", ["9/code.svg", "9/poster-en.pdf", "1/poster-fr.pdf", "1/poster-xx.pdf"])
def test_what_the_edition_does_not_have_is_not_found(organiser: Browser, path: str) -> None:
    assert organiser.get(f"/en/2031/manage/share/{path}").status_code == 404


def test_texts_come_in_the_language_that_was_chosen(organiser: Browser) -> None:
    texts = page_of(organiser, "?about=1&written=pt").select("textarea")
    assert {str(text["lang"]) for text in texts} == {"pt"}


@pytest.mark.parametrize("query", ["?about=99", "?about=x&written=ar", "?written="])
def test_a_choice_that_is_not_there_falls_back(organiser: Browser, query: str) -> None:
    texts = page_of(organiser, query).select("textarea")
    assert [str(text["lang"]) for text in texts] == ["en"] * 6


def test_the_files_are_for_organisers(app: Flask, browser: Browser) -> None:
    an_edition("2031")
    browser.sign_in(an_account("a reader"))
    paths = ("share", "share/0/code.svg", "share/0/poster-en.pdf")
    assert [browser.get(f"/en/2031/manage/{path}").status_code for path in paths] == [403] * 3
