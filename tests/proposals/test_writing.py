"""Writing a proposal without an account and with one; what was written is never lost."""

import re
import time
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from roadmap.accounts.models import Account
from roadmap.core.db import db
from roadmap.editions.models import Edition
from roadmap.proposals import unfinished
from roadmap.proposals.models import Proposal, UnfinishedProposal
from roadmap.web import cookies
from tests.browsing import Browser
from tests.factories import DAY, NOW, a_proposal, an_account, an_edition
from tests.proposals.writing import filled


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def awa(app: Flask) -> Account:
    return an_account("Awa")


def fields_of(page: BeautifulSoup, form: str) -> dict[str, str]:
    """The fields of a form as the browser would send them, without its buttons."""
    found = page.select_one(form)
    assert found is not None
    sent = {
        field["name"]: field.get("value", "") if field.name == "input" else field.text.strip("\n")
        for field in found.select("input[name], textarea[name]")
        if field.get("type") not in ("radio", "checkbox") or field.has_attr("checked")
    }
    for select in found.select("select[name]"):
        chosen = select.select_one("option[selected]") or select.select_one("option")
        sent[select["name"]] = chosen["value"]
    return sent


def test_the_form_carries_the_question_it_was_opened_from(browser: Browser, edition: Edition) -> None:
    page = browser.page("/en/2026/propose?question=2")
    assert page.select_one("[name=question]")["value"] == "2"
    assert "What makes it work?" in page.main.text


def test_somebody_without_an_account_publishes_by_a_mailed_link_in_another_browser(
    app: Flask, edition: Edition
) -> None:
    desktop, phone = Browser(app), Browser(app)
    response = desktop.post("/en/2026/propose", filled())
    assert response.status_code == 303
    page = desktop.page(response.location)
    assert page.select_one("article h2").text == "Open the archives"
    sent = desktop.post(
        "/en/2026/propose/check",
        {**fields_of(page, "form[action$='/propose/check']"), "email": "new@example.org"},
    )
    assert sent.status_code == 303
    assert "We have sent you a link" in desktop.page(sent.location).main.text
    (mail,) = app.extensions["mailman"].outbox
    path = re.search(r"/en/links/\S+", mail.body)[0]
    entered = phone.post(path)
    assert entered.status_code == 303
    check = phone.page(entered.location) if "/propose/check" in entered.location else None
    assert check is not None, entered.location
    made = phone.post("/en/2026/propose/check", fields_of(check, "form[action$='/propose/check']"))
    assert made.location.startswith("/en/2026/proposals/1-open-the-archives")
    assert db.session.query(Proposal).one().text.startswith("We ask for a seat.")


def test_the_key_of_a_stranger_is_long_and_out_of_reach_of_script(browser: Browser, edition: Edition) -> None:
    cookie = browser.post("/en/2026/propose", filled()).headers["Set-Cookie"]
    assert re.match(r"unfinished=[A-Za-z0-9_-]{43};", cookie)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_looking_at_the_form_sets_no_cookie(browser: Browser, edition: Edition) -> None:
    assert "Set-Cookie" not in browser.get("/en/2026/propose").headers


def test_nobody_else_reads_what_is_unfinished(app: Flask, edition: Edition, awa: Account) -> None:
    writer = Browser(app).sign_in(awa)
    address = writer.post("/en/2026/propose", filled(title="Secret title")).location
    for stranger in (Browser(app), Browser(app).sign_in(an_account("Badr"))):
        assert "Secret title" not in stranger.get(address, follow_redirects=True).text


def test_a_fault_is_named_above_and_beside_and_the_text_is_kept(browser: Browser, edition: Edition) -> None:
    response = browser.post("/en/2026/propose", filled(title="x" * 134, author_name=""))
    page = BeautifulSoup(response.text, "html.parser")
    assert response.status_code == 422
    assert [link.text for link in page.select(".error-summary a")] == [
        "Shorten the title to 120 characters; it has 134.",
        "Write the name that is to be shown, or choose to give no name.",
    ]
    assert db.session.query(UnfinishedProposal).one().fields["title"] == "x" * 134


def test_sent_again_after_a_fault_it_is_still_one_unfinished_proposal(
    browser: Browser, edition: Edition, awa: Account
) -> None:
    browser.sign_in(awa)
    page = BeautifulSoup(browser.post("/en/2026/propose", filled(title="")).text, "html.parser")
    sent = {**fields_of(page, "main form.card"), "title": "Better"}
    assert browser.post("/en/2026/propose", sent).status_code == 303
    assert [one.fields["title"] for one in db.session.query(UnfinishedProposal)] == ["Better"]


def test_it_can_be_finished_later(browser: Browser, edition: Edition, awa: Account) -> None:
    browser.sign_in(awa)
    address = browser.post("/en/2026/propose", filled(title="Half", text="", later="1")).location
    assert browser.page(address).select_one("#title").text.strip() == "Half"
    assert "Half" in browser.page("/en/2026/propose").main.text


def test_publishing_twice_by_the_same_form_makes_one_proposal(
    browser: Browser, edition: Edition, awa: Account
) -> None:
    browser.sign_in(awa)
    page = browser.page(browser.post("/en/2026/propose", filled()).location)
    sent = fields_of(page, "form[action$='/propose/check']")
    places = [browser.post("/en/2026/propose/check", sent).location for _each in range(2)]
    assert (len(set(places)), db.session.query(Proposal).count()) == (1, 1)
    assert db.session.query(UnfinishedProposal).count() == 0


def test_similar_proposals_are_shown_and_leave_the_text_where_it_is(
    browser: Browser, edition: Edition, awa: Account
) -> None:
    a_proposal(edition, title="Open all the archives")
    page = browser.sign_in(awa).page(browser.post("/en/2026/propose", filled()).location)
    assert "1 like yours already" in page.aside.text
    browser.get(page.select_one("aside h3 a")["href"])
    assert db.session.query(UnfinishedProposal).count() == 1


def test_where_the_phase_is_closed_the_text_is_kept_and_the_time_named(app: Flask, browser: Browser) -> None:
    an_edition(phases={"proposing": (NOW - 9 * DAY, NOW)})
    page = browser.page(browser.post("/en/2026/propose", filled()).location)
    assert "Proposing closed on 1 September 2026, 13:00 (Lisbon time). Your text is kept." in page.main.text
    assert "Publish" not in [button.text for button in page.select("main button")]
    assert db.session.query(UnfinishedProposal).count() == 1


def test_somebody_without_a_text_finds_no_form_where_the_phase_is_closed(
    app: Flask, browser: Browser
) -> None:
    an_edition(phases={"proposing": (NOW - 9 * DAY, NOW)})
    main = browser.page("/en/2026/propose").main
    assert "Proposing closed on 1 September 2026, 13:00 (Lisbon time)." in main.text
    assert "Your text is kept" not in main.text
    assert (main.select("form"), main.select_one("a.btn")["href"]) == ([], "/en/2026/questions")


def test_what_is_to_be_fixed_stands_in_the_order_of_the_form(browser: Browser, edition: Edition) -> None:
    page = BeautifulSoup(browser.post("/en/2026/propose", {}).text, "html.parser")
    named = [link["href"] for link in page.select(".error-summary a")]
    shown = [f"#{field['id']}" for field in page.select("#propose [aria-invalid=true]")]
    assert named[0] == "#question"
    assert [one for one in named if one in shown] == shown


def test_a_phase_that_closes_between_the_form_and_the_press_keeps_the_text(
    browser: Browser, edition: Edition, awa: Account, clock: time_machine.Traveller
) -> None:
    browser.sign_in(awa)
    page = browser.page(browser.post("/en/2026/propose", filled()).location)
    sent = fields_of(page, "form[action$='/propose/check']")
    clock.move_to(NOW + 31 * DAY)
    browser.sign_in(awa)
    response = browser.post("/en/2026/propose/check", {**sent, "token": browser.token})
    assert (response.status_code, "Open the archives" in response.text) == (409, True)
    assert (db.session.query(Proposal).count(), db.session.query(UnfinishedProposal).count()) == (0, 1)


def test_a_form_left_open_overnight_keeps_its_text(
    browser: Browser, edition: Edition, awa: Account, clock: time_machine.Traveller
) -> None:
    """C24."""
    browser.sign_in(awa)
    clock.shift(timedelta(hours=20))
    text = "long " * 600
    response = browser.post("/en/2026/propose", filled(text=text, links="https://example.org/evidence"))
    page = browser.page(response.location)
    assert text.strip() in page.select_one("article").text
    assert "https://example.org/evidence" in page.select_one("article").text
    browser.sign_in(awa)
    check = browser.page(response.location)
    browser.post("/en/2026/propose/check", fields_of(check, "form[action$='/propose/check']"))
    made = db.session.query(Proposal).one()
    assert (made.text, made.links) == (text.strip(), ["https://example.org/evidence"])


def test_a_forged_token_stores_nothing_and_shows_the_text(
    browser: Browser, edition: Edition, awa: Account
) -> None:
    """C24."""
    response = browser.sign_in(awa).post("/en/2026/propose", filled(text="kept " * 40, token="f" * 64))
    assert (response.status_code, "kept kept" in response.text) == (403, True)
    assert db.session.query(UnfinishedProposal).count() == 0


def test_what_was_written_before_signing_in_is_there_afterwards(
    browser: Browser, edition: Edition, awa: Account
) -> None:
    browser.post("/en/2026/propose", filled(title="Before"))
    assert "Before" in browser.sign_in(awa).page("/en/2026/propose").main.text


def test_it_can_be_thrown_away(browser: Browser, edition: Edition, awa: Account) -> None:
    browser.sign_in(awa)
    address = browser.post("/en/2026/propose", filled(later="1")).location
    browser.post("/en/2026/propose/discard", fields_of(browser.page(address), "form[action$='/discard']"))
    assert db.session.query(UnfinishedProposal).count() == 0


def test_extra_fields_are_not_taken(browser: Browser, edition: Edition, awa: Account) -> None:
    browser.sign_in(awa)
    extra = {"number": "99", "state": "published", "author_id": "1", "comment_count": "50", "nonce": "mine"}
    page = browser.page(browser.post("/en/2026/propose", filled(**extra)).location)
    browser.post(
        "/en/2026/propose/check", {**fields_of(page, "form[action$='/propose/check']"), "number": "99"}
    )
    made = db.session.query(Proposal).one()
    assert (made.number, made.comment_count) == (1, 0)


def test_a_new_proposal_says_what_it_is_built_on(browser: Browser, edition: Edition, awa: Account) -> None:
    a_proposal(edition, title="Plant trees")
    browser.sign_in(awa)
    form = browser.page("/en/2026/propose?question=1&built_on=1")
    sent = {**fields_of(form, "main form.card"), **filled()}
    page = browser.page(browser.post("/en/2026/propose", sent).location)
    made = browser.post("/en/2026/propose/check", fields_of(page, "form[action$='/propose/check']")).location
    assert "Built on No. 1" in browser.page(made).main.text
    assert "No. 2 is built on this one" in browser.page("/en/2026/proposals/1-plant-trees").main.text


def test_a_contact_of_an_organisation_is_shown_to_nobody(
    browser: Browser, edition: Edition, awa: Account
) -> None:
    browser.sign_in(awa)
    sent = filled(
        author_line="organisation", author_name="Kibera Neighbours", author_contact="secret@example.org"
    )
    page = browser.page(browser.post("/en/2026/propose", sent).location)
    made = browser.post("/en/2026/propose/check", fields_of(page, "form[action$='/propose/check']")).location
    text = browser.get(made).text
    assert ("Kibera Neighbours" in text, "secret@example.org" in text) == (True, False)


def test_one_network_cannot_fill_the_disk_with_what_it_begins(
    app: Flask, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unfinished, "BEGUN_AN_HOUR", 2)
    first = Browser(app)
    answers = [one.post("/en/2026/propose", filled()) for one in (first, Browser(app), Browser(app))]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert "Open the archives" in answers[-1].text  # what was typed is not lost
    assert first.post("/en/2026/propose", filled()).status_code == 303  # who has begun can go on
    assert db.session.query(UnfinishedProposal).count() == 2


def test_what_strangers_left_alone_is_thrown_away_when_no_browser_holds_its_key(
    app: Flask, edition: Edition, awa: Account, clock: time_machine.Traveller
) -> None:
    assert cookies.KEPT_FOR[cookies.UNFINISHED] == unfinished.LIFE
    Browser(app).post("/en/2026/propose", filled())
    Browser(app).sign_in(awa).post("/en/2026/propose", filled())
    clock.shift(unfinished.LIFE + timedelta(seconds=1))
    Browser(app).post("/en/2026/propose", filled())
    kept = db.session.query(UnfinishedProposal).all()
    assert sorted(one.account_id or 0 for one in kept) == [0, awa.id]


def test_a_text_that_is_far_too_long_keeps_nobody_busy(browser: Browser, edition: Edition) -> None:
    """I2: it is kept as it was typed, and the page that shows it sets no more of it than can be published."""
    text = "``a`" * 15_000
    answer = browser.post("/en/2026/propose", {**filled(), "text": text})
    assert answer.status_code == 422
    begun = time.process_time()
    page = browser.page("/en/2026/propose/check")
    assert time.process_time() - begun < 5
    assert page.text.count("``a`") <= 2_500
    assert db.session.query(UnfinishedProposal).one().fields["text"] == text
