"""The pages of proposals as a browser without script meets them."""

from flask import Flask

from roadmap.domain.policy import Role
from roadmap.proposals.actions import publish_proposal
from roadmap.proposals.fields import Fields
from tests.browsing import Browser
from tests.factories import NOW, a_proposal, a_role, an_account, an_edition, the_actor


def test_a_proposal_shows_its_title_as_heading_and_its_text(browser: Browser) -> None:
    a_proposal(an_edition(), an_account(), title="Open the records", text="They **help** everybody.")
    page = browser.page("/en/2026/proposals/1-open-the-records")
    assert page.h1.text == "Open the records"
    assert page.select_one("article strong").text == "help"
