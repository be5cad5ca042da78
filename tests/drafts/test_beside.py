"""What stands beside a draft: the comparison of votes, variations of the rule, exposure, accounts under review."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from flask import Flask

from roadmap.core.db import db
from roadmap.domain.ranking import METHODS, ORIGINS, Method, groups, rank
from roadmap.domain.ranking.sensitivity import plain_order, unguarded_order, variations
from roadmap.drafts.queries import comparison_of, document_of
from roadmap.moderation.models import AccountReview
from roadmap.votes.actions import cast_vote
from roadmap.votes.models import Impression
from tests.browsing import Browser
from tests.domain.ranking.examples import drawn, written
from tests.domain.ranking.test_guard import an_edition as with_votes
from tests.domain.ranking.test_guard import pushed
from tests.drafts.making import an_organiser, by_hand, compiled, frozen, numbers, with_origins
from tests.factories import NOW, a_proposal, an_account, an_edition, the_actor


@pytest.mark.parametrize("name", METHODS)
def test_a_plain_order_is_that_of_the_whole_ranking(name: str) -> None:
    snapshot = drawn(5, 150, 20, answers=12, camps=3, questions=2, groups=True)
    ranking = rank(snapshot, Method(name=name))
    whole = {section.question: tuple(item.number for item in section.placed) for section in ranking.sections}
    assert plain_order(snapshot, Method(name=name)) == whole


def test_variations_name_what_can_differ_and_what_stands_first_in_all_of_them() -> None:
    snapshot = drawn(5, 150, 40, answers=20, camps=3)
    ranking = rank(snapshot)
    varied, steady = variations(snapshot, ranking, {})
    assert {each.name for each in varied} == {
        "slower-sharing",
        "root-of-weights",
        "one-group-fewer",
        "one-group-more",
        "pass-as-unseen",
    }
    first = [item.number for item in ranking.sections[0].placed[:10]]
    right = [number for number in first if all(number in each.numbers for each in varied)]
    assert list(steady[0].numbers) == right
    assert {each.name: each.overlap for each in varied} == {
        each.name: len(set(first) & set(each.numbers)) for each in varied
    }


def test_where_people_stand_is_found_once_for_all_variations_of_the_same_votes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    snapshot, found, points = drawn(5, 150, 40, answers=20, camps=3), [], groups._points
    routed, direct = ORIGINS.index("routed"), ORIGINS.index("direct")
    origin = np.where(np.random.default_rng(1).random(snapshot.votes) < 1 / 2, routed, direct)
    snapshot = replace(snapshot, origin=origin.astype(np.int8))

    def counted(*given: Any) -> Any:
        found.append(given[0].votes)
        return points(*given)

    monkeypatch.setattr(groups, "_points", counted)
    ranking = rank(snapshot)
    assert ranking.guard.acts.all()
    assert not ranking.guard.set_aside.any()
    variations(snapshot, ranking, unguarded_order(snapshot, ranking))
    assert found == [snapshot.votes, int((snapshot.choice != 0).sum())]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_people_are_divided_otherwise_without_regard_to_how_they_were(number: int) -> None:
    snapshot = drawn(5, 150, 40, answers=20, camps=3)
    found = groups.opinion_groups(snapshot, Method())
    once = groups.divided_otherwise(found, number)
    assert once.number == number
    assert np.array_equal(once.of_person, groups.divided_otherwise(once, number).of_person)
    assert np.array_equal(
        groups.divided_otherwise(once, found.number).of_person,
        groups.divided_otherwise(found, found.number).of_person,
    )


def test_one_group_more_is_told_only_where_there_is_one_more() -> None:
    """25 people have enough answers for one group; those with one answer each do not make it two."""
    all_twelve, one_each = "+-" * 12 + "+", " " * 25 + "+" * 10
    snapshot = written(
        {number: all_twelve if number > 1 else all_twelve + one_each[25:] for number in range(1, 13)}
    )
    ranking = rank(snapshot)
    assert ranking.counted.voters == 35
    assert "one-group-more" not in {each.name for each in variations(snapshot, ranking, {})[0]}


def test_an_edition_without_groups_invents_none_in_the_variations() -> None:
    snapshot = drawn(5, 12, 6)
    assert {each.name for each in variations(snapshot, rank(snapshot), {})[0]} == {
        "slower-sharing",
        "root-of-weights",
        "pass-as-unseen",
    }


def test_beside_an_item_whose_votes_are_set_aside_stands_its_place_otherwise(
    app: Flask, browser: Browser
) -> None:
    frozen(*with_origins(pushed("+" * 90)))
    page = browser.page("/en/2026/roadmap/1/items/4").main.text
    assert "90 people chose this proposal themselves and answered differently" not in page
    assert "If all votes counted alike, its place would be 1." in page
    method = browser.page("/en/2026/roadmap/1/method").main.text
    assert (
        "Question 1: votes on proposals drawn at random were compared with votes on proposals that people chose"
        in method
    )
    assert "All votes alike" in method


def test_a_listed_item_tells_whose_votes_decide_its_place(app: Flask, browser: Browser) -> None:
    votes = {number: [("routed", "+" * 14 + "-" * 6)] for number in (1, 2, 3)}
    votes[4] = [("routed", "+" * 11 + "-" * 9), ("direct", "+" * 50)]
    frozen(*with_origins(with_votes(votes)))
    said = (
        "50 people chose this proposal themselves and answered differently; "
        "its place follows the 20 to whom it was given at random."
    )
    for address in ("/en/2026/roadmap/1/items/4", "/en/2026/roadmap/1"):
        page = browser.page(address).main.text
        assert said in page, address
        assert "If all votes counted alike, its place would be 1." in page, address
    assert said in browser.get("/en/2026/roadmap/1.md").text


def test_without_a_deck_the_method_page_says_that_no_comparison_was_possible(
    app: Flask, browser: Browser
) -> None:
    frozen(*by_hand())
    page = browser.page("/en/2026/roadmap/1/method").main.text
    assert "Question 1: no comparison was possible, since 0 of 4 proposals have enough votes from" in page
    assert "How much depends on the rule" in page


def test_a_version_from_before_is_shown_without_what_was_not_kept(app: Flask, browser: Browser) -> None:
    draft = frozen(*by_hand())
    draft.comparison = None
    db.session.commit()
    for address in ("", "/items/1", "/method"):
        browser.page(f"/en/2026/roadmap/1{address}")
    assert (
        "Votes on proposals drawn at random were not compared"
        in browser.page("/en/2026/roadmap/1/method").main.text
    )


def test_exposure_is_kept_with_the_draft_and_told_on_its_pages(app: Flask, browser: Browser) -> None:
    edition, organiser = by_hand()
    for draw, (chance, answered) in enumerate([(0.5, True), (0.25, False)]):
        db.session.add(
            Impression(
                voter_id=1, question_id=1, proposal_id=1, draw=draw, probability=chance, policy="uniform-1",
                language="en", answered=answered, at=NOW.replace(year=2025),
            )
        )  # fmt: skip
    db.session.commit()
    draft = frozen(edition, organiser)
    comparison = comparison_of(draft)
    assert comparison is not None
    assert comparison["shown"] == {"1": {"times": 2, "answered": 1, "chance": 0.375}}
    assert "shown" not in document_of(draft)
    assert (
        "“Vote one at a time” showed it 2 times, on average with a chance of 37.5%; 1 answered."
        in browser.page("/en/2026/roadmap/1/items/1").main.text.replace("\N{NARROW NO-BREAK SPACE}", "")
    )
    assert browser.page("/en/2026/roadmap/1/method").find(id="drawn") is not None


def test_a_draft_tells_of_votes_under_review_and_of_the_order_without_them(
    app: Flask, browser: Browser
) -> None:
    edition = an_edition()
    for _ in range(2):
        a_proposal(edition)
    people = [an_account(name) for name in ("Ana", "Badr", "Cem")]
    for person, choices in zip(
        people, (("agree", "disagree"), ("pass", "agree"), ("pass", "agree")), strict=True
    ):
        for number, choice in enumerate(choices, 1):
            cast_vote(the_actor(person), edition, number, choice, now=NOW)
    for person in people[1:]:
        db.session.add(AccountReview(edition_id=edition.id, account_id=person.id, reason="Alike.", since=NOW))
    db.session.commit()
    draft = frozen(edition, the_actor(an_organiser(edition)))
    assert numbers(document_of(draft))[0] == 2
    comparison = comparison_of(draft)
    assert comparison is not None
    assert (comparison["review"]["accounts"], comparison["review"]["votes"]) == (2, 4)
    assert comparison["review"]["orders"][0]["numbers"] == [1]
    page = browser.page("/en/2026/roadmap/1").main.text
    assert (
        "The organisers are looking into 2 accounts. 4 votes of theirs count here until they decide." in page
    )
    assert "Without the votes under review" in page


def test_nobody_under_review_is_not_spoken_of(app: Flask) -> None:
    comparison = comparison_of(compiled(*by_hand()))
    assert comparison is not None
    assert comparison["review"] is None
