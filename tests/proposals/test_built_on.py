"""A proposal can take up several others: named by their numbers, tied both ways, logged once."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from roadmap.core.db import db
from roadmap.editions.models import Edition
from roadmap.log.models import LogEntry
from roadmap.proposals.fields import Fields
from roadmap.proposals.forms import numbers_in
from roadmap.proposals.models import BuiltOn, Proposal
from tests.accounts.people import Visitor, fields_of
from tests.factories import a_proposal, an_account, an_edition

FORM = "/en/2026/propose"


@pytest.fixture
def edition(app: Flask) -> Edition:
    made = an_edition()
    for _number in range(7):
        a_proposal(made)
    return made


@pytest.fixture
def awa(app: Flask, edition: Edition) -> Visitor:
    browser = Visitor(app)
    browser.sign_in(an_account("Awa"))
    return browser


def sent(browser: Visitor, built_on: str) -> dict[str, str]:
    """The form as Awa fills it in."""
    form = browser.page(f"{FORM}?question=1").select_one("form#propose")
    return {
        **fields_of(form), "title": "Open the archives", "text": "They hold what was promised.",
        "author_line": "none", "charter": "y", "built_on": built_on,
    }  # fmt: skip


def publish(browser: Visitor, built_on: str) -> str:
    check = browser.post(FORM, sent(browser, built_on)).headers["Location"]
    return browser.press(check, "Publish").headers["Location"]


def test_several_are_named_by_their_numbers_and_tied_both_ways(
    app: Flask, edition: Edition, awa: Visitor
) -> None:
    page = awa.page(publish(awa, "No. 2, 5; 2")).main
    assert page is not None
    assert "Built on No. 2" in page.text and "Built on No. 5" in page.text
    for number in (2, 5):
        other = Visitor(app).page(f"/en/2026/proposals/{number}-share-what-works-number-{number}").main
        assert other is not None and "No. 8 is built on this one" in other.text


def test_several_make_one_entry_in_the_log(edition: Edition, awa: Visitor) -> None:
    publish(awa, "2, 5")
    entries = db.session.query(LogEntry).filter_by(kind="built-on").all()
    assert [entry.facts for entry in entries] == [{"number": 8, "sources": [2, 5]}]


def test_more_than_five_are_refused_with_everything_kept(edition: Edition, awa: Visitor) -> None:
    answer = awa.post(FORM, sent(awa, "1 2 3 4 5 6"))
    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == 422
    assert "Name 5 proposals at most that yours is built on." in page.text
    assert page.select("input[name=built_on]")[0]["value"] == "1 2 3 4 5 6"


@pytest.mark.parametrize("number", [6, 99])
def test_what_is_hidden_and_what_never_was_are_refused_alike(
    edition: Edition, awa: Visitor, number: int
) -> None:
    db.session.query(Proposal).filter_by(number=6).update({"state": "hidden"})
    db.session.commit()
    answer = awa.post(FORM, sent(awa, f"2, {number}"))
    assert f"There is no proposal to build on under No. {number}." in answer.text


def test_the_way_from_a_proposal_fills_its_number_in_and_keeps_it(edition: Edition, awa: Visitor) -> None:
    page = awa.page(f"{FORM}?question=1&built_on=3&built_on=4")
    assert page.select("input[name=built_on]")[0]["value"] == "3, 4"
    kept = awa.post(FORM, {**sent(awa, "3, 4"), "later": "1"}).headers["Location"]
    assert awa.page(kept).select("input[name=built_on]")[0]["value"] == "3, 4"
    assert db.session.query(BuiltOn).count() == 0


def test_what_was_kept_when_one_could_be_named_is_read_still(app: Flask) -> None:
    assert Fields.read({"built_on": 3}).built_on == (3,)
    assert Fields.read({"built_on": 0}).built_on == ()
    assert Fields.read(Fields(built_on=(3, 4)).stored()).built_on == (3, 4)


def test_numbers_are_found_in_whatever_stands_around_them(app: Flask) -> None:
    assert numbers_in("No. 7, n° 12 and 7; 0") == (7, 12)
    assert numbers_in("1234567890123") == ()
