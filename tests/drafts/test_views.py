"""The pages of a draft."""

from bs4 import BeautifulSoup
from flask import Flask

from roadmap.accounts.models import Account
from roadmap.core.db import db
from tests.browsing import Browser
from tests.drafts.making import an_organiser, by_hand, frozen
from tests.factories import an_edition


def test_every_page_of_a_frozen_draft_opens(app: Flask, browser: Browser) -> None:
    edition, organiser = by_hand()
    frozen(edition, organiser)
    frozen(edition, organiser)
    for address in ("", "/2", "/1", "/2/items/1", "/2/items/4", "/2/method", "/2/compare/1"):
        browser.page(f"/en/2026/roadmap{address}")


def test_an_organiser_compiles_changes_and_freezes_in_the_browser(app: Flask, browser: Browser) -> None:
    by_hand()
    browser.sign_in(db.session.query(Account).filter_by(name="Ines").one())
    manage = "/en/2026/manage/roadmap"
    browser.page(manage)
    browser.page(f"{manage}/new")
    sent = browser.post(f"{manage}/new", {"method": "equal-persons"})
    assert sent.status_code == 303, sent.text
    browser.page(f"{manage}/1/edit")
    refused = browser.post(f"{manage}/1/edit", {"do": "up", "number": "2"})
    assert refused.status_code == 422
    done = browser.post(f"{manage}/1/edit", {"do": "up", "number": "2", "reason": "First things first."})
    assert done.status_code == 303, BeautifulSoup(done.text, "html.parser").select_one(".error-summary")
    assert done.headers["Location"].endswith("/en/2026/manage/roadmap/1/edit?saved=2#about-2")
    browser.page(f"{manage}/1/edit/2")
    browser.post(f"{manage}/1/edit/2", {"title": "Another title", "text": ""})
    browser.page(f"{manage}/1/freeze")
    assert browser.post(f"{manage}/1/freeze", {}).status_code == 422
    assert browser.post(f"{manage}/1/freeze", {"sure": "y"}).status_code == 303
    browser.page(f"{manage}/1/ballots")
    assert browser.post(f"{manage}/1/ballots").data.startswith(b"ballot,proposal")
    page = Browser(app).page("/en/2026/roadmap/1")
    assert "Another title" in page.text
    assert "First things first." in page.text


def test_an_edition_without_a_proposal_is_told_so_where_one_compiles(app: Flask, browser: Browser) -> None:
    browser.sign_in(an_organiser(an_edition()))
    answer = browser.post("/en/2026/manage/roadmap/new", {"method": "equal-persons"})
    page = BeautifulSoup(answer.text, "html.parser")
    said = page.select_one("[role=status]")
    assert (answer.status_code, page.h1 and page.h1.get_text()) == (409, "Compile a new version")
    assert said is not None and "nothing to compile" in said.get_text()
