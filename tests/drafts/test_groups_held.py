"""Opinion groups that do not hold are called not clear wherever groups are shown; the order stays."""

import pytest
from flask import Flask

from roadmap.domain.ranking import Snapshot, rank
from roadmap.drafts.queries import comparison_of, document_of
from roadmap.standing import actions as standing
from tests.browsing import Browser
from tests.domain.ranking.examples import drawn
from tests.domain.ranking.test_stability import at_random, two_camps
from tests.drafts.making import frozen, numbers, of_snapshot
from tests.factories import NOW

UNCLEAR = "No clear groups: without a fifth of each person’s votes, other groups are found. The order stays as it is."
RESULTS = "/en/2026/questions/1-question-1/results"


@pytest.mark.parametrize(("snapshot", "clear"), [(at_random(1, people=90), False), (two_camps(), True)])
def test_groups_are_called_not_clear_where_they_do_not_hold(
    app: Flask, browser: Browser, snapshot: Snapshot, clear: bool
) -> None:
    edition, organiser = of_snapshot(snapshot)
    draft = frozen(edition, organiser)
    comparison = comparison_of(draft)
    assert comparison is not None
    assert comparison["stability"]["clear"] is clear
    assert "stability" not in document_of(draft)
    assert numbers(document_of(draft)) == [item.number for item in rank(snapshot).sections[0].placed]
    assert (UNCLEAR in browser.page("/en/2026/roadmap/1").main.text) is not clear
    method = browser.page("/en/2026/roadmap/1/method").main.text
    assert ("They came out alike: 1.00, where 1 is the same and 0 is chance." in method) is clear
    assert ("So there are no clear groups. The order stays as it is." in method) is not clear
    standing.renew(edition.id, now=NOW)
    page = browser.page(RESULTS).main.text
    assert "tend to vote alike" in page
    assert (UNCLEAR in page) is not clear


def test_of_one_group_nothing_is_said(app: Flask, browser: Browser) -> None:
    draft = frozen(*of_snapshot(drawn(1, 25, 12, answers=8)))
    comparison = comparison_of(draft)
    assert comparison is not None
    assert comparison["stability"] is None
    assert "looked for again" not in browser.page("/en/2026/roadmap/1/method").main.text
    assert UNCLEAR not in browser.page("/en/2026/roadmap/1").main.text
