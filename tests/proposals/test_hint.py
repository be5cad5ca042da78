"""The hint while proposing: what says the same already, beside the form and on the page that checks it."""

import re
from collections.abc import Sequence
from typing import Any, NoReturn

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from roadmap.accounts.models import Account
from roadmap.core.db import db
from roadmap.editions.models import Edition
from roadmap.proposals.models import UnfinishedProposal
from roadmap.similarity import encoders
from roadmap.similarity.encoders import Words
from tests.browsing import Browser
from tests.factories import a_proposal, an_account, an_edition
from tests.proposals.writing import filled, merged


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def awa(app: Flask) -> Account:
    return an_account("Awa")


def similar_fragment(browser: Browser, **fields: Any) -> tuple[int, BeautifulSoup]:
    """What the script beside the form is answered."""
    response = browser.post("/en/2026/propose/similar", filled(**fields), headers={"X-Fragment": "similar"})
    return response.status_code, BeautifulSoup(response.text, "html.parser")


def test_the_script_is_answered_with_those_like_it_alone(browser: Browser, edition: Edition) -> None:
    for title in ("Open all the archives", "Plant trees"):
        a_proposal(edition, title=title)
    status, part = similar_fragment(browser)
    assert (status, [title.text for title in part.select("h3")], part.find("html")) == (
        200,
        ["Open all the archives"],
        None,
    )


def test_each_can_be_voted_for_instead_by_a_button_of_the_form(browser: Browser, edition: Edition) -> None:
    a_proposal(edition, title="Open all the archives")
    _status, part = similar_fragment(browser)
    (button,) = part.select("button")
    form = browser.page("/en/2026/propose?question=1").select_one(f"form#{button['form']}")
    assert (button["name"], button["value"], form["action"]) == ("instead", "1", "/en/2026/propose")


def test_where_nothing_is_like_it_nothing_is_shown(browser: Browser, edition: Edition) -> None:
    a_proposal(edition, title="Plant trees")
    assert similar_fragment(browser)[1].text.strip() == ""


def test_looking_for_similar_ones_keeps_nothing(browser: Browser, edition: Edition) -> None:
    similar_fragment(browser)
    assert db.session.query(UnfinishedProposal).count() == 0


def test_somebody_who_sends_the_form_there_without_script_comes_to_the_form(
    browser: Browser, edition: Edition
) -> None:
    response = browser.post("/en/2026/propose/similar", filled())
    assert (response.status_code, response.location) == (303, "/en/2026/propose")


def test_voting_for_another_one_instead_keeps_the_text_and_leads_to_its_ballot(
    browser: Browser, edition: Edition
) -> None:
    a_proposal(edition, title="Open all the archives")
    response = browser.post("/en/2026/propose", filled(instead="1", charter=""))
    page = browser.page(response.location)
    assert response.location == "/en/2026/proposals/1-open-all-the-archives?kept=1#vote-1"
    assert "Your own text is kept." in page.main.text
    assert page.select_one("#vote-1") is not None
    assert browser.page("/en/2026/propose").select_one("#title").text.strip() == "Open the archives"


def test_the_lead_is_voted_for_instead_of_what_was_merged_into_it(browser: Browser, edition: Edition) -> None:
    lead, source = (a_proposal(edition, title=title) for title in ("Open them", "Open all the archives"))
    merged(edition, lead, source)
    response = browser.post("/en/2026/propose", filled(instead="2"))
    assert re.fullmatch(r"/en/2026/proposals/1-[\w-]+\?kept=1#vote-1", response.location)


@pytest.mark.parametrize("instead", ["99", "1"])
def test_one_that_is_gone_meanwhile_leads_back_to_the_text(
    browser: Browser, edition: Edition, instead: str
) -> None:
    a_proposal(edition, title="Open all the archives", state="hidden")
    response = browser.post("/en/2026/propose", filled(instead=instead))
    assert (response.location, db.session.query(UnfinishedProposal).count()) == ("/en/2026/propose?kept=1", 1)


def test_the_check_page_names_no_hidden_one_and_the_lead_of_a_merged_one(
    browser: Browser, edition: Edition, awa: Account
) -> None:
    lead, source = (a_proposal(edition, title=title) for title in ("Give access", "Open all the archives"))
    a_proposal(edition, title="Open the old archives", state="hidden")
    merged(edition, lead, source)
    page = browser.sign_in(awa).page(browser.post("/en/2026/propose", filled()).location)
    assert [link["href"].partition("#")[2] for link in page.select("aside p a")] == ["vote-1"]


def test_where_similar_ones_cannot_be_found_the_page_is_shown_without_them(
    browser: Browser, edition: Edition, awa: Account
) -> None:
    """The library of meanings fails; nobody who writes is held up by it."""

    class Broken(Words):
        def likeness(self, ones: Sequence[bytes], others: Sequence[bytes]) -> NoReturn:
            raise MemoryError

    a_proposal(edition, title="Open all the archives")
    encoders.WORDS.__class__ = Broken
    try:
        page = browser.sign_in(awa).page(browser.post("/en/2026/propose", filled()).location)
    finally:
        encoders.WORDS.__class__ = Words
    assert ("like yours" in page.text, page.select_one("#preview").text) == (False, "Open the archives")
