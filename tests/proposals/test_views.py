"""The pages of proposals as a browser without script meets them."""

from tests.browsing import Browser
from tests.factories import a_proposal, an_account, an_edition


def test_a_proposal_shows_its_title_as_heading_and_its_text(browser: Browser) -> None:
    a_proposal(an_edition(), an_account(), title="Open the records", text="They **help** everybody.")
    page = browser.page("/en/2026/proposals/1-open-the-records")
    assert page.h1.text == "Open the records"
    assert page.select_one("article strong").text == "help"
