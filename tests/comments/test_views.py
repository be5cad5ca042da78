"""Comments as a browser without script meets them."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from roadmap.accounts.models import Account
from roadmap.comments.models import Comment
from roadmap.core.db import db
from roadmap.domain.policy import Role
from roadmap.editions.models import Edition
from roadmap.proposals.models import Proposal
from tests.browsing import Browser
from tests.comments.test_queries import a_chain, a_comment
from tests.factories import DAY, NOW, a_proposal, a_role, an_account, an_edition
from tests.proposals.writing import merged

PAGE = "/en/2026/proposals/1-open-it"
SENT = {"text": "Plain **words**.", "stance": "against", "language": "en", "nonce": "n"}


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def proposal(edition: Edition) -> Proposal:
    return a_proposal(edition, title="Open it")


@pytest.fixture
def ana(app: Flask) -> Account:
    return an_account("Ana")


def test_a_comment_is_written_from_the_page_and_leads_back_to_itself(
    browser: Browser, proposal: Proposal, ana: Account
) -> None:
    form = browser.sign_in(ana).page(PAGE).select_one("#comments form")
    fields = {field["name"]: field["value"] for field in form.select("input")}
    response = browser.post(form["action"], {**SENT, **fields})
    comment = db.session.query(Comment).one()
    assert (response.status_code, response.location) == (303, f"{PAGE}#comment-{comment.id}")
    article = browser.page(PAGE).select_one(f"#comment-{comment.id}")
    assert (article.bdi.text, article.select_one(".tag").text, article.strong.text) == (
        "Ana",
        "Against",
        "words",
    )


@pytest.mark.parametrize(
    ("name", "said"), [("Ana", "You write as Ana."), ("", "others will read “No name given”.")]
)
def test_the_form_says_under_which_name_it_will_be_read(
    browser: Browser, proposal: Proposal, ana: Account, name: str, said: str
) -> None:
    ana.name = name
    db.session.commit()
    form = browser.sign_in(ana).page(PAGE).select_one("#comments form")
    assert said in form.text.replace("\u2068", "").replace("\u2069", "")
    assert form.select_one("a[href='/en/me/profile']") is not None


def test_the_writer_of_a_comment_that_waits_reads_why_nobody_answers(
    browser: Browser, proposal: Proposal, ana: Account
) -> None:
    waiting = a_comment(proposal, author_id=ana.id, state="waiting")
    article = browser.sign_in(ana).page(PAGE).select_one(f"#comment-{waiting.id}")
    assert "Until then only you and the facilitators see it." in article.text


def test_a_vote_is_never_shown_beside_a_name(browser: Browser, proposal: Proposal, ana: Account) -> None:
    a_comment(proposal)
    tags = [tag.text for tag in browser.page(PAGE).select(".comment .tag")]
    assert tags == ["For"]


def test_strangers_are_led_to_sign_in(browser: Browser, proposal: Proposal) -> None:
    page = browser.page(PAGE)
    assert (page.select("#comments form"), "Sign in to comment" in page.text) == ([], True)


def test_a_comment_to_a_merged_proposal_stands_once_under_its_lead(
    browser: Browser, edition: Edition, proposal: Proposal, ana: Account
) -> None:
    """C06."""
    source = a_proposal(edition, title="Source")
    browser.sign_in(ana).page("/en/2026/proposals/2-source")
    merged(edition, proposal, source)
    response = browser.post("/en/2026/proposals/2/comments", SENT)
    comment = db.session.query(Comment).one()
    assert (response.status_code, response.location) == (303, f"{PAGE}#comment-{comment.id}")
    assert browser.page(PAGE).select_one("#comments-heading").text == "1 comment"


def test_a_comment_that_is_too_long_comes_back_whole(
    browser: Browser, proposal: Proposal, ana: Account
) -> None:
    text = "x" * 3001
    response = browser.sign_in(ana).post("/en/2026/proposals/1/comments", {**SENT, "text": text})
    page = BeautifulSoup(response.text, "html.parser")
    assert (response.status_code, page.select_one("#text").text.strip()) == (422, text)
    assert page.title.text.startswith("Error:")
    assert page.select_one(".error-summary a").text == "Shorten the text to 3000 characters; it has 3001."


def test_a_form_left_open_overnight_keeps_its_text(app: Flask, proposal: Proposal, ana: Account) -> None:
    """C24."""
    browser, text = Browser(app).sign_in(ana), "long " * 500
    browser.client.delete_cookie("s")
    response = browser.post("/en/2026/proposals/1/comments", {**SENT, "text": text})
    page = BeautifulSoup(response.text, "html.parser")
    assert response.status_code == 403
    assert [area.text.strip() for area in page.find_all("textarea")] == [text.strip()]
    browser.sign_in(ana)
    kept = {field["name"]: field.get("value") or field.text for field in page.select("main form [name]")}
    kept.pop("token", None)
    fresh = BeautifulSoup(
        browser.post("/en/2026/proposals/1/comments", {**kept, "token": ""}).text, "html.parser"
    )
    again = {field["name"]: field.get("value") or field.text for field in fresh.select("main form [name]")}
    assert browser.post("/en/2026/proposals/1/comments", again).status_code == 303
    assert [one.text for one in db.session.query(Comment)] == [text.strip()]


def test_a_forged_token_stores_nothing_and_shows_the_text(
    app: Flask, proposal: Proposal, ana: Account
) -> None:
    """C24."""
    browser = Browser(app).sign_in(ana)
    response = browser.post(
        "/en/2026/proposals/1/comments", {**SENT, "token": "f" * 64, "text": "kept " * 30}
    )
    assert (response.status_code, "kept kept" in response.text) == (403, True)
    assert db.session.query(Comment).count() == 0


def test_a_closed_phase_gives_the_text_back(browser: Browser, app: Flask, ana: Account) -> None:
    edition = an_edition(phases={"voting": (NOW - 9 * DAY, NOW)})
    a_proposal(edition, title="Open it")
    response = browser.sign_in(ana).post("/en/2026/proposals/1/comments", SENT)
    page = BeautifulSoup(response.text, "html.parser")
    assert (response.status_code, page.select_one("#text").text.strip()) == (409, SENT["text"])


def test_the_permanent_address_of_the_last_of_twelve_hundred_leads_to_its_page(
    browser: Browser, proposal: Proposal
) -> None:
    """C38."""
    last = a_chain(proposal, 1_200)[-1]
    response = browser.get(f"/en/2026/comments/{last}")
    assert (response.status_code, response.location) == (303, f"{PAGE}?page=24#comment-{last}")
    assert browser.page(f"{PAGE}?page=24").select_one(f"#comment-{last}") is not None


def test_all_pages_of_a_thread_can_be_reached_by_links(browser: Browser, proposal: Proposal) -> None:
    """C38."""
    ids, address, seen = a_chain(proposal, 120), PAGE, []
    while address:
        page = browser.page(address)
        seen += [article["id"] for article in page.select("article.comment")]
        following = page.select_one("#comments a[rel=next]")
        address = following["href"] if following else ""
    assert seen == [f"comment-{number}" for number in ids]


def test_a_page_beyond_the_last_is_not_found(browser: Browser, proposal: Proposal) -> None:
    assert browser.get(f"{PAGE}?page=2").status_code == 404


def test_a_hidden_comment_leaves_a_stub_without_text_and_name(browser: Browser, proposal: Proposal) -> None:
    """C31."""
    hidden = a_comment(proposal, state="hidden", state_rule="3", state_at=NOW)
    answer = a_comment(proposal, hidden)
    page = browser.page(PAGE)
    stub = page.select_one(f"#comment-{hidden.id}")
    assert "Hidden by a facilitator on 1 September 2026, by rule 3 of the charter." in stub.find("p").text
    assert "Ana" not in stub.find("p").text
    assert stub.select_one(f"#comment-{answer.id}") is not None
    assert page.select_one("#comments-heading").text == "1 comment"
    for comment in (hidden, answer):
        assert browser.get(f"/en/2026/comments/{comment.id}", follow_redirects=True).status_code == 200


def test_a_writer_changes_and_removes_a_comment(browser: Browser, proposal: Proposal, ana: Account) -> None:
    browser.sign_in(ana).post("/en/2026/proposals/1/comments", SENT)
    number = db.session.query(Comment).one().id
    form = browser.page(f"/en/2026/comments/{number}/edit").select_one("#text")
    assert form.text.strip() == SENT["text"]
    browser.post(f"/en/2026/comments/{number}/edit", {**SENT, "text": "Other words"})
    assert "Other words" in browser.page(PAGE).select_one(f"#comment-{number}").text
    assert browser.post(f"/en/2026/comments/{number}/remove").status_code == 303
    assert "Removed by its writer" in browser.page(PAGE).select_one(f"#comment-{number}").text


def test_nobody_else_finds_the_form_of_a_comment(browser: Browser, proposal: Proposal) -> None:
    number = a_comment(proposal).id
    assert browser.sign_in(an_account("Badr")).get(f"/en/2026/comments/{number}/edit").status_code == 404


def test_a_waiting_comment_has_no_address_for_others(browser: Browser, proposal: Proposal) -> None:
    number = a_comment(proposal, state="waiting").id
    assert browser.get(f"/en/2026/comments/{number}").status_code == 404


def test_a_comment_of_another_edition_is_not_found(browser: Browser, proposal: Proposal) -> None:
    an_edition("2025", is_current=False)
    assert browser.get(f"/en/2025/comments/{a_comment(proposal).id}").status_code == 404


def test_a_facilitator_publishes_a_waiting_comment_by_one_press(
    browser: Browser, edition: Edition, proposal: Proposal
) -> None:
    number = a_comment(proposal, state="waiting").id
    browser.sign_in(a_role(an_account("Tomé"), Role.FACILITATOR, edition))
    form = browser.page(PAGE).select_one(f"#comment-{number} form[action$='/publish']")
    assert browser.post(form["action"]).status_code == 303
    assert browser.page(PAGE).select_one("#comments-heading").text == "1 comment"


def test_the_other_words_of_a_comment_say_in_which_language_they_are(
    browser: Browser, proposal: Proposal
) -> None:
    number = saved_arabic(proposal)
    text = browser.page(PAGE).select_one(f"#comment-{number} .comment-text")
    assert (text["lang"], text["dir"]) == ("ar", "rtl")


def saved_arabic(proposal: Proposal) -> int:
    comment = a_comment(proposal)
    comment.language, comment.text, comment.html = "ar", "فكرة جيدة", "<p>فكرة جيدة</p>"
    db.session.commit()
    return comment.id
