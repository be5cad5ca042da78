"""Two facilitators at one group: nobody decides over a colleague's decision that they have not read."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from roadmap.domain.policy import Role
from roadmap.editions.models import Edition
from roadmap.merging.models import Merge
from roadmap.similarity.actions import compare_edition
from roadmap.similarity.models import LikelyPair
from tests.accounts.people import Visitor
from tests.factories import NOW, a_proposal, a_role, an_account

BENCH = "/en/2026/desk/duplicates/1-2"
NEAR = "/en/2026/desk/duplicates?near=1"


@pytest.fixture
def facilitators(app: Flask, edition: Edition) -> tuple[Visitor, Visitor]:
    """Two of them, and a pair of proposals that are all but the same."""
    a_proposal(edition, title="Give mutual-aid networks a seat at the table")
    a_proposal(edition, title="Give the mutual-aid networks a seat at the table")
    compare_edition(edition, now=NOW)
    found = []
    for name in ("Fatou", "Tomé"):
        browser = Visitor(app)
        browser.sign_in(a_role(an_account(name), Role.FACILITATOR, edition), factor=1)
        found.append(browser)
    return found[0], found[1]


def said(answer: TestResponse) -> str:
    notice = BeautifulSoup(answer.text, "html.parser").select_one(".note-bad")
    assert notice is not None
    return notice.get_text(" ", strip=True)


@pytest.mark.parametrize(
    ("first", "then"),
    [("Not the same", "Merge"), ("Link as related", "Merge"), ("Not the same", "Link as related")],
)
def test_a_decision_that_was_not_read_is_told_before_another_one_is_made(
    facilitators: tuple[Visitor, Visitor], first: str, then: str
) -> None:
    fatou, tome = facilitators
    open_before = tome.get(BENCH)
    fatou.press(BENCH, first)
    refused = tome.press_on(open_before, BENCH, then, reason="Word for word.")
    assert (refused.status_code, "A colleague has meanwhile" in said(refused)) == (409, True)
    assert "Word for word." in refused.text
    assert Merge.query.count() == 0 and {pair.decided_by for pair in LikelyPair.query} != {None}


def test_whoever_has_read_it_can_decide_otherwise(facilitators: tuple[Visitor, Visitor]) -> None:
    fatou, tome = facilitators
    open_before = tome.get(BENCH)
    fatou.press(BENCH, "Not the same")
    refused = tome.press_on(open_before, BENCH, "Merge")
    assert tome.press_on(refused, BENCH, "Merge").status_code == 303
    assert Merge.query.count() == 1


def test_a_pair_that_a_colleague_found_different_is_not_merged_from_the_list(
    facilitators: tuple[Visitor, Visitor],
) -> None:
    fatou, tome = facilitators
    open_before = tome.get(NEAR)
    fatou.press(BENCH, "Not the same")
    refused = tome.press_on(open_before, NEAR, "Merge what is ticked", pair="1-2")
    assert "do not say the same" in said(refused)
    assert Merge.query.count() == 0
