"""The page of what stands out among the votes, and accounts under review."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from roadmap.accounts.actions import erase
from roadmap.accounts.models import Account
from roadmap.core.db import db
from roadmap.core.errors import Conflict, Refused
from roadmap.domain.policy import Role
from roadmap.editions.models import Edition
from roadmap.log.models import LogEntry
from roadmap.moderation import actions
from roadmap.moderation.models import AccountReview
from roadmap.moderation.reviews import under_review
from roadmap.moderation.signals import findings_in, report_of
from roadmap.votes.actions import cast_vote
from tests.browsing import Browser
from tests.drafts.making import an_organiser
from tests.factories import NOW, a_proposal, a_role, an_account, an_edition, the_actor

PAGE = "/en/2026/desk/signals"


@pytest.fixture
def edition(app: Flask) -> Edition:
    found = an_edition()
    for _ in range(12):
        a_proposal(found)
    return found


@pytest.fixture
def alike(edition: Edition) -> list[Account]:
    """Three people made in one moment who answered eight proposals alike, and one who did not."""
    people = [an_account(name) for name in ("Ana", "Badr", "Cem", "Dina")]
    for person in people:
        for number in range(1, 9):
            choice = "agree" if number % 2 or person.name == "Dina" else "disagree"
            cast_vote(the_actor(person), edition, number, choice, now=NOW)
    return people


def test_equal_and_fast_ballots_are_found_with_their_accounts(edition: Edition, alike: list[Account]) -> None:
    findings = findings_in(edition)
    assert [(row["people"], row["votes"]) for row in findings["equal"]["rows"]] == [(3, 8)]
    assert findings["equal"]["rows"][0]["accounts"] == [person.id for person in alike[:3]]
    assert findings["fast"]["number"] == 4
    assert findings["guard"] == {"number": 0, "rows": []}


def test_an_edition_without_votes_has_no_finding(edition: Edition) -> None:
    assert {kind: found["number"] for kind, found in findings_in(edition).items()} == dict.fromkeys(
        ("bursts", "equal", "fast", "pairs", "guard"), 0
    )


def test_an_organiser_looks_through_the_votes_and_puts_accounts_under_review(
    app: Flask, edition: Edition, alike: list[Account]
) -> None:
    browser = Browser(app).sign_in(an_organiser(edition), factor=2)
    assert "The votes have not been looked through yet." in browser.page(PAGE).text
    assert browser.post(PAGE).location == f"{PAGE}?looking=1"
    page = browser.page(PAGE)
    assert "Ana" in page.select_one("#equal-table").find_parent("table").text  # type: ignore[union-attr]
    ids = [str(person.id) for person in alike[:2]]
    sent = browser.post(f"{PAGE}/review", {"accounts": ids, "reason": "The same answers."})
    assert (sent.status_code, sent.location) == (303, f"{PAGE}#under-review")
    assert under_review(edition).accounts == 2
    assert len(under_review(edition).voters) == 2
    entry = db.session.query(LogEntry).filter_by(kind="review-begun").one()
    assert (entry.facts, entry.reason) == ({"accounts": 2}, "The same answers.")
    assert (
        "2 accounts were put under review. Their votes go on counting." in browser.page("/en/2026/log").text
    )
    review = db.session.query(AccountReview).first()
    assert review is not None
    assert browser.post(f"{PAGE}/review/{review.id}/end").status_code == 303
    assert browser.post(f"{PAGE}/review/{review.id}/end").status_code == 404
    assert under_review(edition).accounts == 1


def test_no_vote_is_touched_by_a_review(app: Flask, edition: Edition, alike: list[Account]) -> None:
    organiser = the_actor(an_organiser(edition))
    before = findings_in(edition)
    actions.begin_review(organiser, edition, {alike[0].id}, reason="Alike.", now=NOW)
    assert findings_in(edition) == before


def test_a_review_needs_an_account_and_a_reason_and_keeps_what_was_ticked(
    app: Flask, edition: Edition, alike: list[Account]
) -> None:
    browser = Browser(app).sign_in(an_organiser(edition), factor=2)
    browser.post(PAGE)
    answer = browser.post(f"{PAGE}/review", {"accounts": [str(alike[0].id)], "reason": " "})
    assert answer.status_code == 422
    page = BeautifulSoup(answer.text, "html.parser")
    assert {tick["value"] for tick in page.select("input[name=accounts][checked]")} == {str(alike[0].id)}
    answer = browser.post(f"{PAGE}/review", {"reason": "Alike."})
    assert "Tick at least one account." in answer.text
    assert db.session.query(AccountReview).count() == 0


def test_putting_the_same_account_under_review_twice_is_refused(
    edition: Edition, alike: list[Account]
) -> None:
    organiser = the_actor(an_organiser(edition))
    assert actions.begin_review(organiser, edition, {alike[0].id, 999}, reason="Alike.", now=NOW) == 1
    with pytest.raises(Conflict):
        actions.begin_review(organiser, edition, {alike[0].id}, reason="Alike.", now=NOW)


def test_a_facilitator_sees_what_stands_out_without_addresses_and_reviews_nobody(
    app: Flask, edition: Edition, alike: list[Account]
) -> None:
    rita = a_role(an_account("Rita"), Role.FACILITATOR, edition)
    browser = Browser(app).sign_in(rita, factor=2)
    browser.post(PAGE)
    page = browser.page(PAGE)
    assert "Ana" in page.text
    assert alike[0].email not in page.text
    assert page.select("input[name=accounts]") == []
    assert (
        browser.post(f"{PAGE}/review", {"accounts": [str(alike[0].id)], "reason": "Alike."}).status_code
        == 403
    )
    with pytest.raises(Refused):
        actions.begin_review(the_actor(rita), edition, {alike[0].id}, reason="Alike.", now=NOW)


def test_an_erased_account_leaves_its_review(app: Flask, edition: Edition, alike: list[Account]) -> None:
    organiser = an_organiser(edition)
    actions.begin_review(the_actor(organiser), edition, {alike[0].id}, reason="Alike.", now=NOW)
    actions.look_for_signals(the_actor(organiser), edition, now=NOW)
    erase(the_actor(alike[0]), now=NOW)
    assert report_of(edition) is not None
    assert under_review(edition).accounts == 0
    page = Browser(app).sign_in(organiser, factor=2).page(PAGE)
    assert "a former participant" in page.text
