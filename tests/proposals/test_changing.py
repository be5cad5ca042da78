"""Changing, correcting and withdrawing a proposal in a browser without script."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from roadmap.core.db import db
from roadmap.domain.policy import Role
from roadmap.editions.models import Edition
from roadmap.proposals.corrections import ask_correction, decide_correction
from roadmap.proposals.models import Proposal
from roadmap.votes.actions import cast_vote
from tests.browsing import Browser
from tests.factories import DAY, NOW, a_proposal, a_role, an_account, an_edition, the_actor
from tests.proposals.writing import merged, written


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


def test_a_withdrawn_proposal_is_a_stub_with_reason_and_date(browser: Browser, edition: Edition) -> None:
    awa = an_account()
    a_proposal(edition, awa, title="Take back", text="Secret words")
    browser.sign_in(awa)
    browser.post("/en/2026/proposals/1-take-back/withdraw", {"reason": "Said better elsewhere"})
    text = browser.page("/en/2026/proposals/1-take-back").main.text
    assert ("Said better elsewhere" in text, "1 September 2026" in text, "Secret words" in text) == (
        True,
        True,
        False,
    )


def test_withdrawing_without_a_reason_asks_for_one(browser: Browser, edition: Edition) -> None:
    awa = an_account()
    a_proposal(edition, awa, title="Take back")
    response = browser.sign_in(awa).post("/en/2026/proposals/1-take-back/withdraw", {"reason": ""})
    page = BeautifulSoup(response.text, "html.parser")
    assert response.status_code == 422
    assert page.select_one(".error-summary a")["href"] == "#reason"


def test_an_edit_with_other_line_ends_shows_the_changed_words_alone(
    browser: Browser, edition: Edition
) -> None:
    """C43."""
    awa = an_account()
    text = "We ask for a seat.\n\nThe seat is open to all groups.\nIt lasts one year.\n\nNobody is paid."
    a_proposal(edition, awa, title="A seat", text=text)
    browser.sign_in(awa)
    sent = text.replace("one year", "two years").replace("\n", "\r\n")
    fields = {"title": "A seat", "text": sent, "language": "en", "links": "", "region": ""}
    assert browser.post("/en/2026/proposals/1-a-seat/edit", fields).status_code == 303
    page = browser.page("/en/2026/proposals/1-a-seat/history?before=1&after=2")
    shown = page.select("#compared ~ * .difference, section .difference")[1]
    for hidden in shown.select(".vh"):
        hidden.decompose()
    assert ([one.text for one in shown.find_all("del")], [one.text for one in shown.find_all("ins")]) == (
        ["one year"],
        ["two years"],
    )
    assert "\r" not in db.session.query(Proposal).one().text
    browser.post("/en/2026/proposals/1-a-seat/edit", fields)
    assert len(browser.page("/en/2026/proposals/1-a-seat/history").select(".timeline > li")) == 2


def test_nobody_else_finds_the_form_to_edit(browser: Browser, edition: Edition) -> None:
    a_proposal(edition, an_account(), title="Mine")
    assert browser.sign_in(an_account("Badr")).get("/en/2026/proposals/1-mine/edit").status_code == 404


def test_whoever_voted_sees_what_has_changed_since(app: Flask, browser: Browser, edition: Edition) -> None:
    awa, chen = an_account(), an_account("Chen")
    proposal = a_proposal(edition, awa, title="Open archive")
    tome = the_actor(a_role(an_account("Tomé"), Role.FACILITATOR, edition))
    cast_vote(the_actor(chen), edition, 1, "agree", now=NOW)
    asked = ask_correction(
        the_actor(awa), edition, proposal, written(title="Open archives"), note="", now=NOW
    )
    assert asked is not None
    decide_correction(tome, edition, asked, accept=True, answer="", now=NOW)
    page = browser.sign_in(chen).page("/en/2026/proposals/1-open-archives")
    assert "This proposal has changed since you voted." in page.main.text
    assert "changed since you voted" not in Browser(app).page("/en/2026/proposals/1-open-archives").main.text


def test_a_facilitator_decides_on_a_correction_on_the_page_itself(browser: Browser, edition: Edition) -> None:
    awa = an_account()
    proposal = a_proposal(edition, awa, title="Open archive")
    cast_vote(the_actor(an_account("Chen")), edition, 1, "agree", now=NOW)
    ask_correction(the_actor(awa), edition, proposal, written(title="Open archives"), note="Plural", now=NOW)
    browser.sign_in(a_role(an_account("Tomé"), Role.FACILITATOR, edition))
    form = browser.page("/en/2026/proposals/1-open-archive").select_one("form[action$='/correction']")
    number = form.select_one("[name=correction]")["value"]
    browser.post(form["action"], {"correction": number, "decision": "accept", "answer": "Clearer"})
    assert browser.page("/en/2026/proposals/1-open-archives").h1.text == "Open archives"


def test_an_author_sees_that_a_correction_waits_and_others_do_not(
    app: Flask, browser: Browser, edition: Edition
) -> None:
    awa = an_account()
    proposal = a_proposal(edition, awa, title="Open archive")
    cast_vote(the_actor(an_account("Chen")), edition, 1, "agree", now=NOW)
    ask_correction(the_actor(awa), edition, proposal, written(title="Open archives"), note="", now=NOW)
    waits = "A correction waits for a facilitator"
    assert waits in browser.sign_in(awa).page("/en/2026/proposals/1-open-archive").main.text
    assert waits not in Browser(app).page("/en/2026/proposals/1-open-archive").main.text


def test_a_phase_that_is_over_closes_the_edit_with_a_sentence_and_the_text(
    browser: Browser, app: Flask
) -> None:
    edition = an_edition(phases={"proposing": (NOW - 9 * DAY, NOW - DAY)})
    awa = an_account()
    a_proposal(edition, awa, title="Late")
    fields = {"title": "Later", "text": "Much later", "language": "en"}
    response = browser.sign_in(awa).post("/en/2026/proposals/1-late/edit", fields)
    page = BeautifulSoup(response.text, "html.parser")
    assert response.status_code == 409
    assert page.select_one("#text").text.strip() == "Much later"
    assert "closed on 31 August 2026" in page.main.text


def test_a_merge_that_keeps_the_words_is_no_change_for_voters(browser: Browser, edition: Edition) -> None:
    chen, lead = an_account("Chen"), a_proposal(edition, title="Lead")
    cast_vote(the_actor(chen), edition, 1, "agree", now=NOW)
    merged(edition, lead, a_proposal(edition))
    assert (
        "has changed since you voted" not in browser.sign_in(chen).page("/en/2026/proposals/1-lead").main.text
    )
