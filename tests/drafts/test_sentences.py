"""The sentence that says why an item stands where it stands."""

from typing import Any

import pytest
from flask import Flask

from roadmap.core.i18n import force_locale, number, percent
from roadmap.drafts import sentences
from roadmap.drafts.reading import all_items
from tests.browsing import Browser
from tests.domain.ranking.examples import drawn
from tests.drafts.making import frozen_document, of_snapshot


@pytest.fixture
def document(app: Flask) -> dict[str, Any]:
    return frozen_document(*of_snapshot(drawn(3, 300, 30, answers=25, camps=3)))


def by_the_rule(item: dict[str, Any], document: dict[str, Any]) -> list[str]:
    """The sentence of the ranking rule with the item's own figures, put together here from the JSON alone."""
    low, high = item["band"]
    score = item["score"]
    half = max(score["support"] - score["interval"][0], score["interval"][1] - score["support"])
    figures = (
        f"{percent(score['support'])} agree (±{number(100 * round(half, 4))}), "
        f"{percent(score['opposition'])} disagree, {score['answers']} people answered."
    )
    band = f", in the band {low}–{high}; within it the order is not certain." if low < high else "."
    told = [f"Place {item['rank']}{band} {figures}"]
    shares = sorted(
        (other["score"]["support"] for _, other in all_items(document) if able(other)), reverse=True
    )
    by_support = shares.index(score["support"]) + 1
    if by_support <= item["why"]["place"] + 2:
        told += ["Widely supported."] if score["support"] >= 0.5 else []
    else:
        group = next(group for group in document["groups"] if group["id"] == item["why"]["group"])
        told.append(
            f"Listed here because group {group['id']} ({percent(group['weight'])} of voices) wants it "
            "and had little above it."
        )
    told.append(f"In {number(100 * item['stays'])} of 100 recalculations it stays in the first 10.")
    return told


def able(item: dict[str, Any]) -> bool:
    return item["score"] is not None and item.get("reason") != "too-few-votes"


def test_the_sentence_has_the_figures_of_the_json(document: dict[str, Any]) -> None:
    with force_locale("en_GB"):
        for item in document["sections"][0]["items"]:
            assert sentences.why(item, document["method"]) == by_the_rule(item, document)


def test_the_sample_holds_bands_groups_and_places_that_stand_alone(document: dict[str, Any]) -> None:
    """Otherwise the test above would show little."""
    items = document["sections"][0]["items"]
    assert {item["why"]["reason"] for item in items} >= {"widely-supported", "opinion-group"}
    assert {item["band"][0] < item["band"][1] for item in items} == {True, False}


def test_the_page_of_an_item_says_the_same_sentence(document: dict[str, Any], browser: Browser) -> None:
    for item in document["sections"][0]["items"][::7]:
        page = browser.page(f"/en/2026/roadmap/1/items/{item['number']}")
        shown = [paragraph.get_text() for paragraph in page.select("[data-why] p")]
        assert shown == by_the_rule(item, document)


def test_no_breakdown_shows_one_to_nine_people(document: dict[str, Any]) -> None:
    for _, item in all_items(document):
        cells = [sum(cell.values()) for cell in item["by_group"].values() if cell is not None]
        assert all(people >= 10 for people in cells)
        rest = sum(item["tally"].values()) - sum(cells)
        assert not cells or rest == 0 or rest >= 10
