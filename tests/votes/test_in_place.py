"""A vote without script leads back to the same ballot; with script the figures beside it follow."""

from bs4 import BeautifulSoup
from flask import Flask

from tests.browsing import Browser
from tests.factories import a_proposal, an_account, an_edition


def test_home_shows_the_ballot_that_was_pressed_with_the_choice(app: Flask, browser: Browser) -> None:
    edition, author = an_edition(), an_account()
    for title in ("Pay interpreters", "Open the archives"):
        a_proposal(edition, author, title=title)
    address, fields = browser.fill(browser.page("/en/"), "form.ballot", choice="agree")
    answer = browser.post(address, fields)
    assert (answer.status_code, answer.location) == (303, "/en/?voted=1#vote-1")
    page = browser.page("/en/?voted=1")
    assert page.select_one("#vote-1 button[value=agree]")["aria-pressed"] == "true"


def test_home_takes_no_number_that_cannot_be_voted_on(app: Flask, browser: Browser) -> None:
    edition = an_edition()
    a_proposal(edition, title="Pay interpreters")
    a_proposal(edition, title="A hidden one", state="hidden")
    for number in ("2", "99", "x", "9" * 40):
        assert "Pay interpreters" in browser.page(f"/en/?voted={number}").text


def test_the_answer_to_a_script_brings_the_shares_of_a_proposals_page(app: Flask, browser: Browser) -> None:
    a_proposal(an_edition(), an_account(), title="Pay interpreters")
    answer = browser.sign_in(an_account("Ravi")).post(
        "/en/2026/proposals/1/vote", {"choice": "agree", "look": "panel"}, headers={"X-Fragment": "ballot"}
    )
    regions = BeautifulSoup(answer.text, "html.parser").select("[data-region]")
    assert [region["data-region"] for region in regions] == ["ballot", "shares"]
    assert "100%" in regions[1].text
