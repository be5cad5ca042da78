"""The pages of a draft."""

from flask import Flask

from tests.browsing import Browser
from tests.drafts.making import by_hand, frozen


def test_every_page_of_a_frozen_draft_opens(app: Flask, browser: Browser) -> None:
    edition, organiser = by_hand()
    frozen(edition, organiser)
    frozen(edition, organiser)
    for address in ("", "/2", "/1", "/2/items/1", "/2/items/4", "/2/method", "/2/compare/1"):
        browser.page(f"/en/2026/roadmap{address}")
