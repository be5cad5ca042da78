"""What each setting changes for a participant, from the organiser's form to the page that people see."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from roadmap.accounts.models import Declaration, Voter
from roadmap.comments.models import Comment
from roadmap.core.db import db
from roadmap.domain.policy import Role
from roadmap.drafts.queries import document_of
from roadmap.editions.models import Edition
from roadmap.proposals.models import Proposal
from roadmap.votes.actions import cast_vote
from roadmap.votes.models import Vote, VoteEvent
from tests.browsing import Browser
from tests.drafts.making import cast, compiled, voters
from tests.editions.organising import an_organisers_browser, early, set_up, voting_begins
from tests.factories import DAY, NOW, a_proposal, a_role, an_account, an_edition, saved, the_actor
from tests.proposals.writing import filled


@pytest.fixture
def edition(app: Flask) -> Edition:
    """An edition in which people propose; voting begins when a test says so."""
    return early()


def chosen(app: Flask, edition: Edition, **settings: Any) -> None:
    """The organiser sets them, and voting begins."""
    assert set_up(an_organisers_browser(app, edition), edition, **settings).status_code == 303
    voting_begins(edition, NOW - DAY)


def somebody(app: Flask, name: str = "Awa") -> Browser:
    return Browser(app).sign_in(an_account(name))


def asked(browser: Browser) -> set[str]:
    names = {item["name"] for item in browser.page("/en/me/profile").select("[name]")}
    return names & {"group", "country"}


def test_both_are_asked_unless_organisers_say_otherwise(app: Flask, edition: Edition) -> None:
    assert asked(somebody(app)) == {"group", "country"}


def test_the_group_is_asked_or_not(app: Flask, edition: Edition) -> None:
    chosen(app, edition, ask_group="not-asked")
    person = somebody(app)
    assert asked(person) == {"country"}
    person.post("/en/me/profile/declaration", {"group": "decision-maker", "country": "PT"})
    row = db.session.query(Declaration).one()
    assert (row.stakeholder_group, row.country) == ("not-stated", "PT")


def test_the_country_is_asked_or_not(app: Flask, edition: Edition) -> None:
    chosen(app, edition, ask_country="not-asked")
    person = somebody(app)
    assert asked(person) == {"group"}
    person.post("/en/me/profile/declaration", {"group": "civil-society", "country": "PT"})
    row = db.session.query(Declaration).one()
    assert (row.stakeholder_group, row.country) == ("civil-society", "")


def test_where_nothing_is_asked_nothing_is_taken(app: Flask, edition: Edition) -> None:
    chosen(app, edition, ask_group="not-asked", ask_country="not-asked")
    person = somebody(app)
    assert asked(person) == set()
    sent = {"group": "civil-society", "country": "PT"}
    assert person.post("/en/me/profile/declaration", sent).status_code == 404
    assert db.session.query(Declaration).count() == 0


def test_an_answer_given_before_stays_when_it_is_no_longer_asked(app: Flask, edition: Edition) -> None:
    person = somebody(app)
    person.post("/en/me/profile/declaration", {"group": "civil-society", "country": "PT"})
    chosen(app, edition, ask_group="not-asked")
    person.post("/en/me/profile/declaration", {"country": "FR"})
    row = db.session.query(Declaration).one()
    assert (row.stakeholder_group, row.country) == ("civil-society", "FR")


@pytest.mark.parametrize(
    ("answers", "headings"),
    [
        ({}, {"Stakeholder groups", "Regions of the world"}),
        ({"ask_group": "not-asked"}, {"Regions of the world"}),
        ({"ask_country": "not-asked"}, {"Stakeholder groups"}),
        ({"ask_group": "not-asked", "ask_country": "not-asked"}, set()),
    ],
)
def test_a_draft_breaks_down_only_by_what_was_asked(
    app: Flask, edition: Edition, answers: dict[str, str], headings: set[str]
) -> None:
    chosen(app, edition, **answers)
    organiser = voted(edition)
    version = compiled(edition, the_actor(organiser)).version
    page = Browser(app).sign_in(organiser).page(f"/en/2026/roadmap/{version}")
    assert {one.text for one in page.select("#participation h3")} & {
        "Stakeholder groups", "Regions of the world",
    } == headings  # fmt: skip


def voted(edition: Edition, people: int = 12) -> Any:
    """A proposal on which people have voted, and somebody who may compile the draft."""
    proposal = a_proposal(edition, title="The first")
    cast([(voter, proposal.id, 1) for voter in voters(people)])
    return a_role(an_account("Olu"), Role.ORGANISER, edition)


@pytest.mark.parametrize(("moderation", "seen"), [("after", 200), ("before", 404)])
def test_what_people_write_appears_at_once_or_waits(
    app: Flask, edition: Edition, browser: Browser, moderation: str, seen: int
) -> None:
    chosen(app, edition, moderation=moderation)
    publish(somebody(app))
    assert browser.get("/en/2026/proposals/1-open-the-archives").status_code == seen


def publish(person: Browser, **fields: str) -> None:
    answer = person.post("/en/2026/propose", {**filled(), **fields})
    page = person.page(answer.location)
    assert person.post(*person.fill(page, "form[action$='/propose/check']")).status_code == 303


@pytest.mark.parametrize(("moderation", "state"), [("after", "published"), ("before", "waiting")])
def test_a_comment_appears_at_once_or_waits(
    app: Flask, edition: Edition, browser: Browser, moderation: str, state: str
) -> None:
    proposal = a_proposal(edition)
    chosen(app, edition, moderation=moderation)
    sent = {"text": "It works here.", "stance": "for", "language": "en", "nonce": "once"}
    assert somebody(app).post(f"/en/2026/proposals/{proposal.number}/comments", sent).status_code == 303
    assert db.session.query(Comment).one().state == state
    page = browser.page("/en/2026/proposals/1-share-what-works-number-1")
    assert ("It works here." in page.text) is (state == "published")


@pytest.mark.parametrize(("results", "shown"), [("after-own-vote", True), ("at-close", False)])
def test_shares_show_after_ones_own_vote_or_when_voting_closes(
    app: Flask, edition: Edition, results: str, shown: bool
) -> None:
    a_proposal(edition)
    chosen(app, edition, results=results)
    person = somebody(app)
    person.post("/en/2026/proposals/1/vote", {"choice": "agree"})
    page = person.page("/en/2026/proposals/1-share-what-works-number-1")
    assert (page.select_one(".bar") is not None) is shown
    assert ("Shares show when voting closes." in page.text) is not shown


@pytest.mark.parametrize(("guest_votes", "counted"), [("apart", 0), ("counted", 1)])
def test_votes_of_guests_are_counted_or_shown_apart(
    app: Flask, edition: Edition, browser: Browser, guest_votes: str, counted: int
) -> None:
    a_proposal(edition)
    chosen(app, edition, guest_votes=guest_votes)
    page = browser.page("/en/2026/")
    assert ("once you confirm an e-mail" in page.text) is (guest_votes == "apart")
    browser.post("/en/2026/proposals/1/vote", {"choice": "agree"})
    assert in_the_draft(edition) == (counted, {} if counted else {"guests": 1})


@pytest.mark.parametrize(("paper_votes", "counted"), [("apart", 0), ("counted", 1)])
def test_votes_on_paper_are_counted_or_shown_apart(
    app: Flask, edition: Edition, paper_votes: str, counted: int
) -> None:
    proposal = a_proposal(edition)
    chosen(app, edition, paper_votes=paper_votes)
    sheet = saved(Voter(kind="paper", made=NOW - DAY))
    given = {"voter_id": sheet.id, "proposal_id": proposal.id, "choice": 1, "origin": "paper", "revision": 1}
    event = saved(VoteEvent(**given, at=NOW - DAY))
    saved(Vote(**given, pool="paper", sequence=event.id))
    assert in_the_draft(edition) == (counted, {} if counted else {"paper": 1})


def in_the_draft(edition: Edition) -> tuple[int, dict[str, int]]:
    """How many agree with the first proposal in a draft, and how many of those shown apart do."""
    organiser = the_actor(a_role(an_account("Olu"), Role.ORGANISER, edition))
    document = document_of(compiled(edition, organiser))
    (item,) = (
        item
        for section in document["sections"]
        for item in (*section["items"], *section["not_listed"])
        if item["number"] == 1
    )
    return item["tally"]["agree"], {name: part["agree"] for name, part in item["apart"].items()}


@pytest.mark.parametrize(("method", "first"), [("net-count", 1), ("wilson", 2)])
def test_the_method_decides_the_order_and_is_named(
    app: Flask, edition: Edition, method: str, first: int
) -> None:
    """Seen by many and liked by most, against seen by few and liked by all."""
    seen, liked = a_proposal(edition, title="Seen"), a_proposal(edition, title="Liked")
    chosen(app, edition, method=method)
    people = voters(40)
    cast([(voter, seen.id, 1 if place < 30 else -1) for place, voter in enumerate(people)])
    cast([(voter, liked.id, 1) for voter in people[:16]])
    organiser = a_role(an_account("Olu"), Role.ORGANISER, edition)
    draft = compiled(edition, the_actor(organiser))
    (section,) = (one for one in document_of(draft)["sections"] if one["question"]["number"] == 1)
    assert section["items"][0]["number"] == first
    page = Browser(app).sign_in(organiser).page(f"/en/2026/roadmap/{draft.version}/method")
    assert {"net-count": "Method: Net count", "wilson": "Method: Wilson"}[method] in page.main.text


def offered(page: BeautifulSoup, name: str = "language") -> list[str]:
    return [option["value"] for option in page.select_one(f"select[name={name}]").select("option")]


def test_people_write_in_the_languages_of_the_edition(app: Flask, edition: Edition) -> None:
    a_proposal(edition, language="fr")
    chosen(app, edition, languages=["fr", "ar"])
    person = somebody(app)
    assert offered(person.page("/en/2026/propose")) == ["fr", "ar"]
    assert offered(person.page("/en/2026/proposals/1-share-what-works-number-1")) == ["fr", "ar"]


def test_a_proposal_in_another_language_is_refused_and_kept(app: Flask, edition: Edition) -> None:
    chosen(app, edition, languages=["fr", "ar"])
    answer = somebody(app).post("/en/2026/propose", {**filled(), "language": "en"})
    assert answer.status_code == 422
    assert "Choose the language you wrote in." in answer.text
    assert "Open the archives" in answer.text
    assert db.session.query(Proposal).count() == 0


def test_a_comment_in_another_language_is_refused_and_kept(app: Flask, edition: Edition) -> None:
    a_proposal(edition, language="fr")
    chosen(app, edition, languages=["fr", "ar"])
    sent = {"text": "It works here.", "stance": "for", "language": "en", "nonce": "once"}
    answer = somebody(app).post("/en/2026/proposals/1/comments", sent)
    assert answer.status_code == 422
    assert "It works here." in answer.text
    assert db.session.query(Comment).count() == 0


def test_pages_stay_in_five_languages(app: Flask, edition: Edition, browser: Browser) -> None:
    chosen(app, edition, languages=["fr", "ar"])
    page = browser.page("/pt/2026/")
    assert page.html["lang"] == "pt"
    assert len(page.select(".menu li")) == 5


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("Europe/Lisbon", "1 October 2026, 13:00 (Lisbon time)"),
        ("Asia/Tokyo", "1 October 2026, 21:00 (Tokyo time)"),
    ],
)
def test_dates_are_shown_in_the_editions_time_zone(
    app: Flask, edition: Edition, browser: Browser, zone: str, written: str
) -> None:
    chosen(app, edition, time_zone=zone)
    assert f"Until {written}" in browser.page("/en/2026/").text


def test_a_deadline_stays_the_same_moment_in_another_time_zone(app: Flask, edition: Edition) -> None:
    chosen(app, edition, time_zone="Asia/Tokyo")
    a_proposal(edition)
    last = NOW + 30 * DAY
    assert (
        cast_vote(the_actor(an_account("Early")), edition, 1, "agree", now=last - DAY / 86_400).choice
        == "agree"
    )


def test_the_name_is_what_people_read(app: Flask, edition: Edition) -> None:
    chosen(app, edition, title_en="Another name for it")
    organiser = voted(edition)
    version = compiled(edition, the_actor(organiser)).version
    assert "Another name for it" in Browser(app).sign_in(organiser).page(f"/en/2026/roadmap/{version}").text


def test_a_change_while_people_vote_holds_at_once(app: Flask) -> None:
    edition = an_edition()
    assert set_up(an_organisers_browser(app, edition), edition, moderation="before").status_code == 303
    publish(somebody(app))
    assert db.session.query(Proposal).one().state == "waiting"
