"""Reporting and deciding as people meet them in the browser."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from roadmap.accounts.actions import erase
from roadmap.accounts.models import Account
from roadmap.core.db import db
from tests.browsing import Browser
from tests.factories import NOW, a_comment, the_actor
from tests.moderation.people import People


@pytest.fixture
def people(app: Flask) -> People:
    return People()


@pytest.fixture
def desk(app: Flask, people: People) -> Browser:
    """The browser of Rita, who facilitates."""
    rita = db.session.get(Account, people.rita.account)
    assert rita is not None
    return Browser(app).sign_in(rita, factor=2)


def case_of(people: People) -> str:
    return f"/en/2026/desk/reports/comments/{people.comment.id}"


def test_a_stranger_reports_a_comment_from_the_page_where_it_stands(people: People, browser: Browser) -> None:
    page = browser.page("/en/2026/proposals/1-share-what-works-number-1")
    href = page.select_one(f"a[href='/en/2026/comments/{people.comment.id}/report']")
    assert href is not None
    form = browser.page(str(href["href"]))
    action, fields = browser.fill(form, "main form", rule="1", reason="An insult")
    sent = browser.post(action, fields)
    assert (sent.status_code, sent.location) == (303, f"/en/2026/comments/{people.comment.id}/reported")


def test_a_report_without_a_reason_comes_back_with_the_rule_as_chosen(
    people: People, browser: Browser
) -> None:
    answer = browser.post("/en/2026/proposals/1/report", {"rule": "3", "reason": ""})
    assert answer.status_code == 422
    page = BeautifulSoup(answer.text, "html.parser")
    assert [option["value"] for option in page.select("input[name=rule][checked]")] == ["3"]


def test_nobody_is_offered_to_report_their_own_text(app: Flask, people: People) -> None:
    page = Browser(app).sign_in(people.awa).page("/en/2026/proposals/1-share-what-works-number-1")
    assert page.select("a[href='/en/2026/proposals/1/report']") == []


def test_the_desk_says_how_much_waits_and_since_when(people: People, desk: Browser) -> None:
    people.report()
    text = " ".join(desk.page("/en/2026/desk").main.text.split())  # type: ignore[union-attr]
    assert "Reports and appeals 1 " in text and "1 September 2026, 13:00" in text


def test_participants_do_not_enter_the_desk(app: Flask, people: People) -> None:
    assert Browser(app).sign_in(people.awa).get("/en/2026/desk").status_code == 403


def test_a_case_shows_the_text_with_what_stands_around_it_and_the_reports(
    people: People, desk: Browser
) -> None:
    a_comment(people.proposal, text="Why do you think so?", parent_id=people.comment.id, depth=1)
    people.report(reason="An insult")
    text = desk.page(case_of(people)).text
    assert all(words in text for words in ("Nonsense.", "Why do you think so?", "An insult"))


def test_a_facilitator_hides_a_comment_and_a_stub_stays(
    people: People, desk: Browser, browser: Browser
) -> None:
    action, fields = desk.fill(
        desk.page(case_of(people)), f"form[action='{case_of(people)}']",
        outcome="hide", rule="1", sentence="Please keep to the matter.",
    )  # fmt: skip
    told = desk.page(desk.post(action, fields).location or "").select_one("[role=status]")
    assert told is not None and told.get_text(strip=True).startswith("The text was hidden.")
    assert told.a is not None and told.a["href"] == case_of(people)
    page = browser.page("/en/2026/proposals/1-share-what-works-number-1").text
    assert "Nonsense" not in page and "by rule 1 of the charter" in page


def test_a_decision_without_a_sentence_comes_back_with_what_was_chosen(people: People, desk: Browser) -> None:
    answer = desk.post(case_of(people), {"outcome": "hide", "rule": "2", "sentence": ""})
    assert answer.status_code == 422
    assert '<option selected value="2">' in answer.text


def test_the_second_facilitator_is_told_that_somebody_decided(people: People, desk: Browser) -> None:
    people.decide(people.omar)
    answer = desk.post(case_of(people), {"outcome": "leave"})
    assert (answer.status_code, "somebody decided meanwhile" in answer.text) == (409, True)


def test_what_was_typed_for_a_text_that_somebody_hid_meanwhile_is_kept(people: People, desk: Browser) -> None:
    people.decide(people.omar)
    answer = desk.post(
        case_of(people), {"outcome": "ask", "sentence": "Could you say it without the insult?"}
    )
    assert (answer.status_code, "Could you say it without the insult?" in answer.text) == (409, True)


def test_a_decision_made_meanwhile_is_told_before_another_one(people: People, desk: Browser) -> None:
    form = f"form[action='{case_of(people)}']"
    action, fields = desk.fill(desk.page(case_of(people)), form, outcome="hide", rule="1", sentence="No.")
    people.decide(people.omar, "leave", rule="", sentence="")
    answer = desk.post(action, fields)
    assert (answer.status_code, "Somebody decided about this text meanwhile" in answer.text) == (409, True)
    action, fields = desk.fill(BeautifulSoup(answer.text, "html.parser"), form)
    assert fields["sentence"].strip() == "No."
    assert desk.post(action, {**fields, "outcome": "hide"}).status_code == 303


@pytest.mark.parametrize("state", ["published", "waiting"])
def test_words_that_were_changed_meanwhile_are_read_before_a_decision(
    people: People, desk: Browser, state: str
) -> None:
    people.comment.state = state
    db.session.commit()
    page = desk.page(case_of(people))
    action, fields = desk.fill(page, f"form[action='{case_of(people)}']", outcome="leave")
    publish = page.select_one("form[action$='/publish']")
    people.comment.text, people.comment.edited = "Worse.", NOW + timedelta(minutes=1)
    db.session.commit()
    answers = [desk.post(action, fields)]
    if publish is not None:
        seen = publish.select_one("[name=seen]")
        assert seen is not None
        answers.append(desk.post(str(publish["action"]), {"seen": str(seen["value"])}))
    assert len(answers) == (2 if state == "waiting" else 1)
    assert all(each.status_code == 409 and "was changed meanwhile" in each.text for each in answers)
    assert people.comment.state == state


def test_nobody_is_given_a_form_that_would_be_refused(app: Flask, people: People) -> None:
    """Neither about a text of one's own, nor for the appeal against one's own decision."""
    omar, rita = (db.session.get(Account, who.account) for who in (people.omar, people.rita))
    assert omar is not None and rita is not None
    people.comment.author_id = rita.id
    db.session.commit()
    own = Browser(app).sign_in(rita, factor=2)
    assert "This is your own text" in own.page(case_of(people)).text
    assert own.page(case_of(people)).select_one(f"form[action='{case_of(people)}']") is None
    people.decide(people.omar)
    own.post(f"/en/2026/comments/{people.comment.id}/decision", {"reason": "It was a quotation"})
    page = Browser(app).sign_in(omar, factor=2).page(case_of(people))
    assert "You hid this text" in page.text
    assert page.select_one("form[action$='/appeal']") is None


def test_the_author_reads_the_decision_and_appeals(app: Flask, people: People) -> None:
    people.decide(people.rita)
    bo, address = Browser(app).sign_in(people.bo), f"/en/2026/comments/{people.comment.id}/decision"
    page = bo.page(address)
    assert "Please keep to the matter." in page.text
    action, fields = bo.fill(page, "main form", reason="It was a quotation")
    assert bo.post(action, fields).status_code == 303
    assert "will answer here" in bo.page(address).text


def test_nobody_else_reads_the_decision(app: Flask, people: People) -> None:
    people.decide(people.rita)
    address = f"/en/2026/comments/{people.comment.id}/decision"
    assert Browser(app).sign_in(people.awa).get(address).status_code == 404


def test_an_appeal_is_answered_at_the_desk(app: Flask, people: People, browser: Browser) -> None:
    people.decide(people.omar)
    Browser(app).sign_in(people.bo).post(
        f"/en/2026/comments/{people.comment.id}/decision", {"reason": "It was a quotation"}
    )
    rita = db.session.get(Account, people.rita.account)
    assert rita is not None
    desk = Browser(app).sign_in(rita, factor=2)
    action, fields = desk.fill(
        desk.page(case_of(people)), f"form[action='{case_of(people)}/appeal']", answer="So it was"
    )
    told = desk.page(desk.post(action, {**fields, "decision": "reverse"}).location or "")
    assert "The text was shown again." in told.text
    assert "Nonsense" in browser.page("/en/2026/proposals/1-share-what-works-number-1").text


def test_notes_among_facilitators_are_for_them_alone(app: Flask, people: People, desk: Browser) -> None:
    desk.post(f"{case_of(people)}/note", {"text": "Third time this week"})
    assert "Third time this week" in desk.page(case_of(people)).text
    bo = Browser(app).sign_in(people.bo)
    assert "Third time" not in bo.page("/en/2026/proposals/1-share-what-works-number-1").text


def test_hiding_a_comment_leaves_its_answers_in_their_places(people: People, browser: Browser) -> None:
    """C31."""
    reply = a_comment(people.proposal, text="Why do you think so?", parent_id=people.comment.id, depth=1)
    people.proposal.comment_count = 2
    db.session.commit()
    people.decide(people.rita)
    page = browser.page("/en/2026/proposals/1-share-what-works-number-1")
    assert "Why do you think so?" in page.text
    assert people.proposal.comment_count == 1
    for comment in (people.comment.id, reply.id):
        assert browser.get(f"/en/2026/comments/{comment}", follow_redirects=True).status_code == 200


def test_a_report_about_somebody_who_has_left_can_still_be_decided(
    app: Flask, people: People, desk: Browser
) -> None:
    """C33."""
    people.report()
    erase(the_actor(people.bo), now=NOW)
    assert desk.get(case_of(people)).status_code == 200
    assert desk.post(case_of(people), {"outcome": "hide", "rule": "1", "sentence": "x"}).status_code == 303
    assert desk.get("/en/2026/log").status_code == 200


def test_a_waiting_proposal_is_not_let_through_in_other_words_than_were_read(
    people: People, desk: Browser
) -> None:
    people.proposal.state, people.proposal.revision = "waiting", 2
    db.session.commit()
    address = "/en/2026/proposals/1/publish"
    answer = desk.post(address, {"seen": "1"})
    assert (answer.status_code, "was changed meanwhile" in answer.text) == (409, True)
    assert people.proposal.state == "waiting"
    assert desk.post(address, {"seen": "2"}).status_code == 303
    assert people.proposal.state == "published"
