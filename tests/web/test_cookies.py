"""Over https cookies are this host's alone; what browsers kept under the names of before is not lost."""

from dataclasses import replace

import pytest
import time_machine
from flask import Flask

from roadmap import create_app
from roadmap.core.db import db
from roadmap.editions.models import Edition
from roadmap.proposals.models import Proposal, UnfinishedProposal
from roadmap.root import Settings
from roadmap.web.cookies import PLAIN_NAMES_END
from tests.browsing import Browser
from tests.factories import DAY, a_proposal, an_edition
from tests.votes.counting import tallies
from tests.votes.pressing import vote


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def proposal(edition: Edition) -> Proposal:
    return a_proposal(edition)


@pytest.fixture
def over_https(app: Flask, settings: Settings) -> Browser:
    """A browser on the same site, reached over https."""
    return Browser(create_app(replace(settings, base_url="https://forum.example.org")))


def names(browser: Browser) -> set[str]:
    return {name for name in ("guest", "__Host-guest", "unfinished", "__Host-unfinished", "theme", "__Host-theme")
            if browser.client.get_cookie(name)}  # fmt: skip


def kept(browser: Browser, name: str) -> str:
    cookie = browser.client.get_cookie(name)
    assert cookie is not None, name
    return cookie.value


def test_over_https_every_cookie_is_this_hosts_alone(over_https: Browser, proposal: Proposal) -> None:
    """C2."""
    set_by = [
        vote(over_https, proposal, "agree"),
        over_https.post("/en/2026/propose", {"title": "Mine", "text": "A text", "later": "1"}),
        over_https.post("/theme", {"theme": "dark"}),
        over_https.post("/en/2026/vote/languages", {"reads": ["fr"]}),
    ]
    lines = [line for answer in set_by for line in answer.headers.getlist("Set-Cookie")]
    assert [line.partition("=")[0] for line in lines] == [
        "__Host-guest", "__Host-unfinished", "__Host-theme", "__Host-reads",
    ]  # fmt: skip
    for line in lines:
        parts = {part.strip().partition("=")[0] for part in line.split(";")[1:]}
        assert ({"Secure", "HttpOnly", "SameSite", "Path"} <= parts, "Domain" in parts) == (True, False)


def test_over_http_names_are_plain(browser: Browser, proposal: Proposal) -> None:
    vote(browser, proposal, "agree")
    assert names(browser) == {"guest"}


def test_a_guest_of_before_goes_on_under_the_new_name(
    browser: Browser, over_https: Browser, edition: Edition, proposal: Proposal
) -> None:
    vote(browser, proposal, "agree")
    key = kept(browser, "guest")
    over_https.client.set_cookie("guest", key)
    vote(over_https, proposal, "disagree")
    assert tallies(proposal) == {"guest": (0, 1, 0)}
    assert (names(over_https), kept(over_https, "__Host-guest")) == ({"__Host-guest"}, key)
    vote(over_https, a_proposal(edition), "pass")
    assert db.session.query(Proposal).count() == 2 and names(over_https) == {"__Host-guest"}


def test_looking_is_enough_to_take_the_new_name(
    browser: Browser, over_https: Browser, proposal: Proposal
) -> None:
    vote(browser, proposal, "agree")
    over_https.client.set_cookie("guest", kept(browser, "guest"))
    answer = over_https.get("/en/2026/")
    assert (names(over_https), answer.headers["Cache-Control"]) == ({"__Host-guest"}, "private, no-store")


def test_the_plain_name_never_wins_over_the_bound_one(
    browser: Browser, over_https: Browser, proposal: Proposal
) -> None:
    vote(over_https, proposal, "agree")
    key = kept(over_https, "__Host-guest")
    over_https.client.set_cookie("guest", "x" * 43)
    vote(over_https, proposal, "pass")
    assert tallies(proposal) == {"guest": (0, 0, 1)}
    assert (names(over_https), kept(over_https, "__Host-guest")) == ({"__Host-guest"}, key)


def test_a_browser_that_forgets_its_votes_forgets_both_names(
    browser: Browser, over_https: Browser, proposal: Proposal
) -> None:
    vote(browser, proposal, "agree")
    over_https.client.set_cookie("guest", kept(browser, "guest"))
    over_https.post("/en/me/votes/clear")
    assert names(over_https) == set()


def test_an_unfinished_text_of_before_is_found(
    browser: Browser, over_https: Browser, edition: Edition
) -> None:
    browser.post("/en/2026/propose", {"title": "Mine", "text": "A text", "later": "1"})
    over_https.client.set_cookie("unfinished", kept(browser, "unfinished"))
    title = over_https.page("/en/2026/propose").select_one("textarea#title")
    assert title is not None and title.text.strip() == "Mine"
    assert names(over_https) == {"__Host-unfinished"}
    assert db.session.query(UnfinishedProposal).count() == 1


def test_a_cookie_that_never_had_a_plain_name_is_not_taken_under_one(
    over_https: Browser, edition: Edition
) -> None:
    """So that no neighbouring host decides what a reader is asked about."""
    a_proposal(edition, language="fr")
    over_https.client.set_cookie("reads", "ar")
    assert over_https.page("/en/2026/vote").select_one("#ask") is not None
    assert over_https.client.get_cookie("__Host-reads") is None


def test_names_of_before_end_on_a_fixed_day(
    browser: Browser, over_https: Browser, proposal: Proposal, clock: time_machine.Traveller
) -> None:
    vote(browser, proposal, "agree")
    over_https.client.set_cookie("guest", kept(browser, "guest"))
    clock.move_to(PLAIN_NAMES_END + DAY)
    assert over_https.get("/en/me/votes").text.count("ballot") == 0
    assert names(over_https) == set()
