"""The pages of proposals as a browser without script meets them."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from roadmap.core.db import db
from roadmap.domain.policy import Role
from roadmap.editions.models import Edition
from roadmap.proposals.actions import edit_proposal
from tests.browsing import Browser
from tests.factories import NOW, a_proposal, a_role, an_account, an_edition, the_actor
from tests.proposals.writing import merged, written

TITLES = {
    1: ("ar", "التضامن الدولي اليوم"), 2: ("en", "🌍🤝"), 4: ("en", "???"),
    3: ("fr", "L’égalité, c’est maintenant !"),
    5: ("pt", "new"), 6: ("es", "2026"), 7: ("en", "edit"), 8: ("ar", "١٢٣"),
}  # fmt: skip
AMPERSANDS = 'Rights & duties: "we" <now> don\'t wait; AT&amp;T'
LIKE_MARKDOWN = (
    "1. Open the archives", "1986) the year it began", "# Solidarity now", "- not a list", "> said by many",
    "| a | b |", "*star", "__init__ of a movement", "[x](y)", "<b>bold?</b>", "R&D &copy; rights", "`tick",
)  # fmt: skip


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


def test_a_proposal_shows_its_title_as_the_one_heading_and_its_text(
    browser: Browser, edition: Edition
) -> None:
    a_proposal(edition, an_account(), title="Open the records", text="They **help** everybody.")
    page = browser.page("/en/2026/proposals/1-open-the-records")
    assert [heading.text for heading in page.find_all("h1")] == ["Open the records"]
    assert page.select_one("article strong").text == "help"


def test_every_title_has_one_address_that_answers(browser: Browser, edition: Edition) -> None:
    """C18."""
    for number, (language, title) in TITLES.items():
        a_proposal(edition, title=title, language=language, number=number)
    addresses = {}
    for number in TITLES:
        response = browser.get(f"/en/2026/proposals/{number}-anything")
        addresses[number] = response.location if response.status_code == 301 else "no"
        assert browser.get(addresses[number]).status_code == 200, number
    assert {
        address
        for address in addresses.values()
        if "None" in address or "--" in address or address.endswith("-")
    } == set()
    assert addresses[2] == "/en/2026/proposals/2"


@pytest.mark.parametrize("given", ["1", "1-", "1-anything", "1-?x=1"])
def test_other_forms_of_an_address_lead_to_the_one(browser: Browser, edition: Edition, given: str) -> None:
    """C18."""
    a_proposal(edition, title="Open it")
    response = browser.get(f"/en/2026/proposals/{given}")
    query = "?x=1" if "?" in given else ""
    assert (response.status_code, response.location) == (301, f"/en/2026/proposals/1-open-it{query}")


@pytest.mark.parametrize("given", ["0", "01", "x", "-1", "1.5", "99", "1" * 30, "١-x"])
def test_what_is_no_number_is_not_found(browser: Browser, edition: Edition, given: str) -> None:
    a_proposal(edition)
    assert browser.get(f"/en/2026/proposals/{given}").status_code == 404


def test_a_title_called_edit_is_a_proposal_and_its_edit_page_another(
    browser: Browser, edition: Edition
) -> None:
    """C18."""
    awa = an_account()
    a_proposal(edition, awa, title="edit", number=7)
    browser.sign_in(awa)
    assert browser.page("/en/2026/proposals/7-edit").h1.text == "edit"
    assert browser.page("/en/2026/proposals/7-edit/edit").h1.text == "Edit No. 7"


def test_a_title_is_escaped_once_everywhere_on_its_page(browser: Browser, edition: Edition) -> None:
    """C42."""
    a_proposal(edition, title=AMPERSANDS)
    page = browser.page("/en/2026/proposals/1-rights-duties-we-now-dont-wait-at-amp-t")
    assert page.h1.text == AMPERSANDS
    assert page.title.text == f"{AMPERSANDS} – #SolidAction"
    history = browser.page("/en/2026/proposals/1-rights-duties-we-now-dont-wait-at-amp-t/history")
    assert AMPERSANDS in history.main.text


@pytest.mark.parametrize("title", LIKE_MARKDOWN)
def test_a_title_that_looks_like_markdown_stays_what_it_is(
    browser: Browser, edition: Edition, title: str
) -> None:
    """C10."""
    a_proposal(edition, title=title)
    page = BeautifulSoup(browser.get("/en/2026/proposals/1", follow_redirects=True).text, "html.parser")
    assert (page.h1.text, len(page.h1.find_all())) == (title, 0)


def test_a_text_that_begins_with_a_year_keeps_it(browser: Browser, edition: Edition) -> None:
    """C10."""
    a_proposal(
        edition, title="Years", text="1986. A year nobody forgets.\n\n1987\\. A year with a backslash."
    )
    text = browser.page("/en/2026/proposals/1-years").article
    assert text.find("ol", start="1986") is not None
    assert "1987. A year with a backslash." in text.text


def test_headings_in_a_text_take_over_no_anchor(browser: Browser, edition: Edition) -> None:
    """C41."""
    awa = an_account()
    text = "# main\n\n## vote\n\n## comments\n\n## content\n\nA note.[^1]\n\n[^1]: The note.\n"
    a_proposal(edition, awa, title="Anchors", text=text)
    browser.sign_in(awa)
    for _each in range(2):
        browser.post(
            "/en/2026/proposals/1/comments",
            {"text": text, "stance": "for", "language": "en", "nonce": str(_each)},
        )
    page = browser.page("/en/2026/proposals/1-anchors")
    ids = [found["id"] for found in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    named = [
        name
        for attribute in ("for", "aria-labelledby", "aria-describedby")
        for found in page.find_all(attrs={attribute: True})
        for name in (
            found[attribute] if isinstance(found[attribute], str) else " ".join(found[attribute])
        ).split()
    ]
    assert [name for name in named if name not in ids] == []
    assert len(page.find_all("h1")) == 1


def test_text_and_title_carry_their_language_and_direction(browser: Browser, edition: Edition) -> None:
    a_proposal(edition, title="التضامن", text="نص", language="ar")
    page = BeautifulSoup(browser.get("/en/2026/proposals/1", follow_redirects=True).text, "html.parser")
    assert (page.h1["lang"], page.h1["dir"]) == ("ar", "rtl")
    prose = page.select_one("article .prose")
    assert (prose["lang"], prose["dir"]) == ("ar", "rtl")


def test_a_merged_proposal_leads_to_its_lead_and_is_not_cached(browser: Browser, edition: Edition) -> None:
    lead, source = a_proposal(edition, title="Lead"), a_proposal(edition, title="Source")
    merged(edition, lead, source)
    response = browser.get("/en/2026/proposals/2-source")
    assert (response.status_code, response.location) == (302, "/en/2026/proposals/1-lead?from=2")
    assert response.headers["Cache-Control"] == "no-store"


def test_the_lead_says_which_link_was_followed(browser: Browser, edition: Edition) -> None:
    lead, source = a_proposal(edition, title="Lead"), a_proposal(edition, title="Source")
    merged(edition, lead, source)
    text = browser.page("/en/2026/proposals/1-lead?from=2").main.text
    assert "You followed a link to No. 2, which was merged into this proposal on 1 September 2026." in text


def test_a_made_up_origin_is_not_repeated(browser: Browser, edition: Edition) -> None:
    a_proposal(edition, title="Lead")
    assert "You followed" not in browser.page("/en/2026/proposals/1-lead?from=7").main.text


def test_origins_list_the_sources_with_their_authors_and_the_rule(browser: Browser, edition: Edition) -> None:
    lead, source = a_proposal(edition, title="Lead"), a_proposal(edition, an_account("Badr"), title="Source")
    merged(edition, lead, source)
    text = browser.page("/en/2026/proposals/1-lead/origins").main.text
    assert "Badr" in text
    assert "You count once." in text


@pytest.mark.parametrize("page", ["", "/history", "/origins"])
def test_what_waits_is_not_found_by_others(browser: Browser, edition: Edition, page: str) -> None:
    a_proposal(edition, an_account(), title="Wait", state="waiting")
    assert browser.get(f"/en/2026/proposals/1-wait{page}").status_code == 404


def test_what_waits_is_shown_to_its_author_and_to_facilitators(app: Flask, edition: Edition) -> None:
    awa, tome = an_account(), a_role(an_account("Tomé"), Role.FACILITATOR, edition)
    a_proposal(edition, awa, title="Wait", state="waiting")
    for account in (awa, tome):
        page = Browser(app).sign_in(account).page("/en/2026/proposals/1-wait")
        assert "Waiting for a facilitator" in page.main.text


def test_a_facilitator_publishes_what_waits_by_one_press(browser: Browser, edition: Edition) -> None:
    proposal = a_proposal(edition, title="Wait", state="waiting")
    browser.sign_in(a_role(an_account("Tomé"), Role.FACILITATOR, edition))
    assert browser.post("/en/2026/proposals/1-wait/publish").status_code == 303
    db.session.expire_all()
    assert proposal.state == "published"


@pytest.mark.parametrize("page", ["/history", "/origins", "/edit"])
def test_no_other_page_shows_the_text_of_a_stub(browser: Browser, edition: Edition, page: str) -> None:
    awa = an_account()
    a_proposal(edition, awa, title="Hidden words", state="hidden")
    assert browser.sign_in(awa).get(f"/en/2026/proposals/1-hidden-words{page}").status_code == 404


def test_history_says_of_each_wording_how_it_came_about(browser: Browser, edition: Edition) -> None:
    awa = an_account()
    proposal = a_proposal(edition, awa, title="First")
    edit_proposal(the_actor(awa), edition, proposal, written(title="Second"), now=NOW)
    page = browser.page("/en/2026/proposals/1-second/history")
    assert [one.text for one in page.select(".timeline h2")] == ["Edited by the author", "First version"]
