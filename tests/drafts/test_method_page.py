"""The method page: short sentences, words before formulas, and an example that a pencil confirms."""

import re
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from roadmap.domain.ranking import METHODS, ORIGINS
from roadmap.drafts.worked_example import BALLOTS
from tests.browsing import Browser
from tests.domain.ranking.examples import drawn
from tests.drafts.making import by_hand, frozen, with_ballots, with_origins

LANGUAGES = ("en", "fr", "pt", "es", "ar")
MOST_WORDS = {"en": 25, "fr": 30, "pt": 30, "es": 30, "ar": 30}
"""French, Portuguese and Spanish take a fifth more words than English for the same."""
K0 = 4
"""Fewer than eight items: the pull is four answers."""


@pytest.fixture
def pages(app: Flask, browser: Browser) -> dict[str, BeautifulSoup]:
    frozen(*by_hand())
    return {language: browser.page(f"/{language}/2026/roadmap/1/method") for language in LANGUAGES}


def part(page: BeautifulSoup, name: str) -> Tag:
    """A section of the page by the name of its heading."""
    found = page.find("section", attrs={"aria-labelledby": name})
    assert isinstance(found, Tag)
    return found


def sentences(page: BeautifulSoup) -> list[str]:
    """Everything that is read aloud as sentences: no tables, no commands, no formulas."""
    found = []
    for text in page.select("main p, main li"):
        words = " ".join(text.get_text(" ").split())
        found += re.split(r"(?<=[.!?؟:])\s+", words)
    return found


def test_no_sentence_is_long(pages: dict[str, BeautifulSoup]) -> None:
    long = [
        (language, sentence)
        for language, page in pages.items()
        for sentence in sentences(page)
        if len(sentence.split()) > MOST_WORDS[language]
    ]
    assert long == []


@pytest.mark.parametrize("method", METHODS)
def test_no_sentence_is_long_where_groups_part_and_votes_are_compared(
    app: Flask, browser: Browser, method: str
) -> None:
    """Pages of larger editions say more: of groups, of votes that were set aside, of what hangs on the rule."""
    camps = drawn(5, 150, 12, answers=10, camps=2, groups=True)
    routed = np.where(np.arange(camps.votes) % 2, ORIGINS.index("routed"), ORIGINS.index("direct"))
    frozen(*with_origins(replace(camps, origin=routed.astype(np.int8)), method=method))
    page = browser.page("/en/2026/roadmap/1/method")
    assert [each for each in sentences(page) if len(each.split()) > MOST_WORDS["en"]] == []


@pytest.mark.parametrize(("method", "told"), [("equal-persons", True), ("support", True), ("wilson", False)])
def test_what_the_comparison_does_is_told_where_it_can_act(
    app: Flask, browser: Browser, method: str, told: bool
) -> None:
    frozen(*with_ballots(BALLOTS, method=method))
    rule = part(browser.page("/en/2026/roadmap/1/method"), "rule").get_text()
    assert ("only those to whom it was given at random decide its place" in rule) is told


def test_terms_that_nobody_uses_at_home_are_explained_where_they_stand(
    pages: dict[str, BeautifulSoup],
) -> None:
    for term in ("seed", "fingerprint", "claim", "band"):
        said = [each for each in sentences(pages["en"]) if re.search(rf"\b{term}\b", each)]
        assert any(re.search(rf"(The|A) {term} (is|says)|begins a new {term}", each) for each in said), term


def test_the_rule_is_told_without_a_formula_and_the_formulas_follow(pages: dict[str, BeautifulSoup]) -> None:
    for page in pages.values():
        names = [section["aria-labelledby"] for section in page.select("main section[aria-labelledby]")]
        assert names[:3] == ["rule", "formulas", "example"]
        assert part(page, "rule").find("pre") is None
        assert not re.search(r"[=/·]", part(page, "rule").get_text())
        assert len(part(page, "formulas").find_all("pre")) == 2


def test_the_example_is_what_a_pencil_gives(pages: dict[str, BeautifulSoup]) -> None:
    answers = sum(map(len, BALLOTS.values()))
    average, against = (
        Fraction(sum(letters.count(sign) for letters in BALLOTS.values()) + 1, answers + 3) for sign in "+-"
    )
    right = {}
    for name, letters in BALLOTS.items():
        agree, disagree = letters.count("+"), letters.count("-")
        support = (agree + K0 * average) / (len(letters) + K0)
        opposition = (disagree + K0 * against) / (len(letters) + K0)
        figures = [f"{float(figure):.4f}" for figure in (support, opposition)]
        right[name] = [
            f"{agree} {disagree} {len(letters) - agree - disagree}",
            *figures,
            support - opposition,
        ]
    listed = sorted((name for name in right if right[name][3] > 0), key=lambda name: -right[name][3])
    for language, page in pages.items():
        example = part(page, "example")
        for row in example.select("tbody tr"):
            cells = [cell.get_text().strip().replace(",", ".") for cell in row.find_all(["th", "td"])]
            name = cells[0]
            place = str(listed.index(name) + 1) if name in listed else ""
            claim = f"{float(right[name][3]):.4f}".replace("-", "−")
            shown = [cells[1], cells[2], *cells[3:5], cells[5].strip("\u2066\u2069\u200e").replace("-", "−")]
            assert [name, *shown] == [name, BALLOTS[name], *right[name][:3], claim], language
            assert cells[6] == place or not place, language
        line = example.find("pre")
        assert isinstance(line, Tag)
        computed = f"a: (8 + 4 · {float(average):.4f}) / (10 + 4) = {right['a'][1]}"
        assert line.get_text().replace(",", ".") == computed
