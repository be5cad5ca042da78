"""Editions too small to know much make a draft that says so: no crash, no broken figure, no invented group."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from flask import Flask

from roadmap.domain.ranking import METHODS, Method, Snapshot, rank
from roadmap.domain.verification import verify
from roadmap.drafts.queries import ballots_of, comparison_of, document_of
from roadmap.drafts.reading import all_items
from roadmap.standing.actions import renew
from tests import recounting
from tests.browsing import Browser
from tests.domain.ranking.examples import a_snapshot, drawn, frozen, written
from tests.drafts.making import frozen as frozen_draft
from tests.drafts.making import of_snapshot
from tests.factories import NOW

RESULTS = "/en/2026/questions/1-question-1/results"

EDITIONS: dict[str, Callable[[], Snapshot]] = {
    "3 people, 5 proposals": lambda: drawn(1, 3, 5),
    "4 people, 6 proposals": lambda: drawn(1, 4, 6),
    "25 people, 12 proposals": lambda: drawn(1, 25, 12, answers=8),
    "nobody": lambda: a_snapshot([], numbers=range(1, 6), people=0),
    "all pass": lambda: written(dict.fromkeys(range(1, 6), "oooooo")),
    "all disagree": lambda: written(dict.fromkeys(range(1, 6), "------")),
    "one voter with everything": lambda: written(dict.fromkeys(range(1, 6), "+")),
    "one vote": lambda: written({1: "+", 2: " "}),
}


@pytest.mark.parametrize("name", EDITIONS)
@pytest.mark.parametrize("method", METHODS)
def test_a_small_edition_is_ranked_without_groups_and_holds(name: str, method: str) -> None:
    document, ballots, ranking = frozen(EDITIONS[name](), Method(name=method))
    json.dumps(document, allow_nan=False)
    assert len(ranking.groups) == 1
    assert verify(document, votes=ballots.content) == []
    assert recounting.differences(document) == []


@pytest.mark.parametrize("name", EDITIONS)
def test_the_pages_of_a_small_edition_open(app: Flask, browser: Browser, name: str) -> None:
    """The draft with its method, every item, and the results of the question."""
    edition, organiser = of_snapshot(EDITIONS[name]())
    draft = frozen_draft(edition, organiser)
    document = document_of(draft)
    assert renew(edition.id, now=NOW)
    parts = ("", "/method", *(f"/items/{item['number']}" for _, item in all_items(document)))
    for address in (*(f"/en/2026/roadmap/1{part}" for part in parts), RESULTS):
        page = browser.page(address).main.text
        assert re.search(r"\b(nan|inf|group [A-E])\b", page, re.IGNORECASE) is None, address
        assert "All groups agree" not in page, address
    comparison = comparison_of(draft)
    assert comparison is not None
    json.dumps(comparison, allow_nan=False)
    assert not {"one-group-fewer", "one-group-more"} & {each["name"] for each in comparison["variations"]}
    assert verify(document, votes=ballots_of(draft)[0]) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("3 people, 5 proposals", "Too early"),
        ("one voter with everything", "Too early"),
        ("nobody", "No votes yet"),
    ],
)
def test_the_page_of_an_item_says_how_little_is_known(
    app: Flask, browser: Browser, name: str, said: str
) -> None:
    draft = frozen_draft(*of_snapshot(EDITIONS[name]()))
    for _, item in all_items(document_of(draft)):
        assert said in browser.page(f"/en/2026/roadmap/1/items/{item['number']}").main.text


@pytest.mark.parametrize(
    "name", ["3 people, 5 proposals", "4 people, 6 proposals", "one voter with everything"]
)
def test_a_handful_of_people_is_said_to_be_too_early(name: str) -> None:
    placed = [item for section in rank(EDITIONS[name]()).sections for item in section.placed]
    assert placed
    assert {item.why.evidence for item in placed} == {"too-early"}
    assert len({item.band for item in placed}) <= 2


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nobody", "too-few-votes"),
        ("all pass", "no-group-in-favour"),  # passes pull neither way
        ("all disagree", "no-group-in-favour"),
    ],
)
def test_where_nobody_is_for_anything_the_reasons_say_so(name: str, reason: str) -> None:
    section = rank(EDITIONS[name]()).sections[0]
    assert section.placed == ()
    assert {item.reason for item in section.not_listed} == {reason}
