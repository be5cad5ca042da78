"""The page of results: what everybody may see of a question, and when."""

import csv
import re

import pytest
from flask import Flask

from roadmap.core.db import db
from roadmap.editions.models import Edition
from roadmap.proposals.models import Proposal
from roadmap.standing import actions
from tests.browsing import Browser
from tests.drafts.making import with_ballots
from tests.factories import DAY, NOW, an_edition
from tests.standing.making import two_camps

PAGE = "/en/2026/questions/1-question-1/results"


@pytest.fixture
def edition(app: Flask) -> Edition:
    edition = two_camps()[0]
    actions.renew(edition.id, now=NOW)
    return edition


def section(page: str, name: str) -> str:
    """The part of the page under the heading with this id."""
    return re.split(r"<section", page.split(f'id="{name}"')[1])[0]


def test_before_the_first_computation_the_page_says_so(app: Flask, browser: Browser) -> None:
    an_edition()
    assert "The results have not been computed yet" in browser.get(PAGE).text


def test_another_slug_leads_to_the_one_address(edition: Edition, browser: Browser) -> None:
    answer = browser.get("/en/2026/questions/1-x/results?a=b")
    assert (answer.status_code, answer.location) == (301, f"{PAGE}?a=b")


def test_a_question_that_is_not_there_is_not_found(edition: Edition, browser: Browser) -> None:
    assert browser.get("/en/2026/questions/9-x/results").status_code == 404


def test_what_all_agree_on_stands_in_its_list_with_a_figure_for_each_group(
    edition: Edition, browser: Browser
) -> None:
    told = section(browser.get(PAGE).text, "agree")
    assert re.findall(r"<a href[^>]*>([^<]*)</a>", told) == ["Everybody wants it"]
    assert told.count("100% agree, 0% disagree, 0% pass") == 2


def test_where_groups_part_both_are_told(edition: Edition, browser: Browser) -> None:
    told = section(browser.get(PAGE).text, "part")
    assert "The first camp wants it" in told
    assert "36 votes" in told
    assert "24 votes" in told


def test_what_one_group_backs_names_its_letter(edition: Edition, browser: Browser) -> None:
    told = section(browser.get(PAGE).text, "backed")
    assert "The first camp alone" in told
    assert "Group <bdi>A</bdi> wants it strongly." in told


def test_groups_are_letters_with_what_sets_them_apart(edition: Edition, browser: Browser) -> None:
    page = browser.get(PAGE).text
    assert re.findall(r"<h2>Group <bdi>(\w)</bdi></h2>", page) == ["A", "B"]
    assert "36 people voted here" in page


def test_what_was_hidden_since_is_left_out(edition: Edition, browser: Browser) -> None:
    db.session.query(Proposal).filter_by(number=1).one().state = "hidden"
    db.session.commit()
    assert "Everybody wants it" not in browser.get(PAGE).text


def test_with_too_few_voters_the_page_says_how_many_it_takes(app: Flask, browser: Browser) -> None:
    edition, _ = with_ballots({"a": "++-", "b": "+o "}, people=3)
    actions.renew(edition.id, now=NOW)
    page = browser.get(PAGE).text
    assert "It takes 20; so far 3 people have voted." in page
    assert 'id="agree"' not in page


def test_without_groups_everybody_is_shown_together(app: Flask, browser: Browser) -> None:
    edition, _ = with_ballots({"a": "+" * 25, "b": "+-" * 12}, people=25)
    actions.renew(edition.id, now=NOW)
    page = browser.get(PAGE).text
    assert "No opinion groups were found" in page
    assert "Everybody" in section(page, "agree")


def test_an_edition_that_keeps_its_results_shows_none_before_the_close(
    edition: Edition, browser: Browser
) -> None:
    edition.results = "at-close"
    db.session.commit()
    page = browser.get(PAGE).text
    assert "Results show when voting closes." in page
    assert "Everybody wants it" not in page


def test_after_the_close_the_page_says_that_nothing_changes_any_more(app: Flask, browser: Browser) -> None:
    phases = {"voting": (NOW - 20 * DAY, NOW - DAY)}
    edition, _ = two_camps(results="at-close", phases=phases)
    actions.renew(edition.id, now=NOW)
    page = browser.get(PAGE).text
    assert "Voting is closed: no votes come in any more." in page
    assert "Everybody wants it" in page


def test_the_question_leads_to_its_results(edition: Edition, browser: Browser) -> None:
    assert f'href="{PAGE}"' in browser.get("/en/2026/questions/1-question-1").text


def test_the_figures_can_be_downloaded_as_a_table(edition: Edition, browser: Browser) -> None:
    answer = browser.get(f"{PAGE}.csv")
    rows = list(csv.DictReader(answer.data.decode("utf-8-sig").splitlines()))
    told = [(row["group"], row["agree"]) for row in rows if row["list"] == "agree"]
    assert (answer.status_code, told) == (200, [("A", "36"), ("B", "24")])
    assert [row["people"] for row in rows if row["list"] == "opinion-group"] == ["36", "24"]


def test_there_is_no_table_while_results_wait_for_the_close(edition: Edition, browser: Browser) -> None:
    edition.results = "at-close"
    db.session.commit()
    assert browser.get(f"{PAGE}.csv").status_code == 404
