"""The public log as readers and feed readers meet it."""

from xml.etree import ElementTree

import pytest
from flask import Flask

from roadmap.core.db import use_case
from roadmap.editions.models import Edition
from roadmap.log.actions import record
from roadmap.log.phrases import doer
from tests.browsing import Browser
from tests.factories import NOW, an_account, an_edition, the_actor

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def edition(app: Flask) -> Edition:
    """An edition whose facilitator Awa merged two proposals, and whose dates were changed."""
    edition = an_edition()
    actor = the_actor(an_account("Awa"))
    deed = use_case(record)
    deed(actor, "phase-change", edition_id=edition.id, role="organiser", now=NOW, reason="The hall was moved")
    deed(
        actor,
        "merge",
        edition_id=edition.id,
        role="facilitator",
        now=NOW,
        facts={"lead": 3, "sources": [5, 8]},
    )
    return edition


def test_everybody_reads_what_was_done_newest_first(edition: Edition, browser: Browser) -> None:
    headings = [heading.text for heading in browser.page("/en/2026/log").select("ol.timeline h3")]
    assert headings == [
        "Proposals were merged into No. 3: No. 5, 8.",
        "The dates of the phases were changed.",
    ]


def test_an_entry_says_who_and_why(edition: Edition, browser: Browser) -> None:
    entry = browser.page("/en/2026/log").select("ol.timeline > li")[1]
    assert [part.text for part in entry.select(".stack-s > p")[:2]] == [
        "Organisers: Awa",
        "The hall was moved",
    ]


def test_an_entry_leads_to_the_proposals_it_is_about(edition: Edition, browser: Browser) -> None:
    links = browser.page("/en/2026/log").select("ol.timeline > li")[0].select(".meta a")
    assert [link["href"] for link in links] == [f"/en/2026/proposals/{number}" for number in (3, 5, 8)]


def test_one_part_of_the_log_is_shown_alone(edition: Edition, browser: Browser) -> None:
    headings = [
        heading.text for heading in browser.page("/en/2026/log?part=merging").select("ol.timeline h3")
    ]
    assert headings == ["Proposals were merged into No. 3: No. 5, 8."]


def test_another_editions_deeds_are_not_in_it(edition: Edition, browser: Browser) -> None:
    an_edition("2025", is_current=False)
    assert browser.page("/en/2025/log").select("ol.timeline") == []


def test_a_long_log_has_pages(edition: Edition, browser: Browser) -> None:
    for number in range(50):
        use_case(record)(
            the_actor(an_account(f"P{number}")), "withdrawal", edition_id=edition.id, role="participant",
            now=NOW, facts={"number": number},
        )  # fmt: skip
    assert len(browser.page("/en/2026/log").select("ol.timeline > li")) == 50
    assert len(browser.page("/en/2026/log?page=2").select("ol.timeline > li")) == 2
    assert browser.get("/en/2026/log?page=3").status_code == 404


def test_the_feed_tells_the_same(edition: Edition, browser: Browser) -> None:
    feed = ElementTree.fromstring(browser.get("/en/2026/log/feed.atom").text)
    entries = [
        (entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}author/{ATOM}name"))
        for entry in feed.iter(f"{ATOM}entry")
    ]
    assert entries == [
        ("Proposals were merged into No. 3: No. 5, 8.", "Facilitators: Awa"),
        ("The dates of the phases were changed.", "Organisers: Awa"),
    ]


def test_an_erased_name_is_said_to_be_erased(app: Flask) -> None:
    assert doer("participant", None) == "Participants (the name was erased)"


def test_whoever_gave_no_name_is_named_by_the_role_alone(app: Flask) -> None:
    assert doer("participant", "") == "Participants"
