"""The pages of a draft."""

from bs4 import BeautifulSoup
from flask import Flask

from roadmap.accounts.models import Account
from roadmap.core.db import db
from roadmap.domain.policy import GUEST, Role
from roadmap.drafts.models import Draft
from roadmap.drafts.queries import document_of
from roadmap.proposals.models import Proposal
from roadmap.similarity.models import LikelyPair
from roadmap.votes.actions import cast_vote
from tests.browsing import Browser
from tests.drafts.making import an_organiser, by_hand, compiled, frozen
from tests.factories import NOW, a_proposal, a_role, an_account, an_edition, saved, the_actor


def test_every_page_of_a_frozen_draft_opens(app: Flask, browser: Browser) -> None:
    edition, organiser = by_hand()
    frozen(edition, organiser)
    frozen(edition, organiser)
    for address in ("", "/2", "/1", "/2/items/1", "/2/items/4", "/2/method", "/2/compare/1"):
        browser.page(f"/en/2026/roadmap{address}")


def test_an_organiser_compiles_changes_and_freezes_in_the_browser(app: Flask, browser: Browser) -> None:
    by_hand()
    browser.sign_in(db.session.query(Account).filter_by(name="Ines").one())
    manage = "/en/2026/manage/roadmap"
    browser.page(manage)
    browser.page(f"{manage}/new")
    sent = browser.post(f"{manage}/new", {"method": "equal-persons"})
    assert sent.status_code == 303, sent.text
    browser.page(f"{manage}/1/edit")
    refused = browser.post(f"{manage}/1/edit", {"do": "up", "number": "2"})
    assert refused.status_code == 422
    done = browser.post(f"{manage}/1/edit", {"do": "up", "number": "2", "reason": "First things first."})
    assert done.status_code == 303, BeautifulSoup(done.text, "html.parser").select_one(".error-summary")
    assert done.headers["Location"].endswith("/en/2026/manage/roadmap/1/edit?saved=2#about-2")
    browser.page(f"{manage}/1/edit/2")
    browser.post(f"{manage}/1/edit/2", {"title": "Another title", "text": ""})
    browser.page(f"{manage}/1/freeze")
    assert browser.post(f"{manage}/1/freeze", {}).status_code == 422
    assert browser.post(f"{manage}/1/freeze", {"sure": "y"}).status_code == 303
    browser.page(f"{manage}/1/ballots")
    assert browser.post(f"{manage}/1/ballots").data.startswith(b"ballot,proposal")
    page = Browser(app).page("/en/2026/roadmap/1")
    assert "Another title" in page.text
    assert "First things first." in page.text


def test_an_edition_without_a_proposal_is_told_so_where_one_compiles(app: Flask, browser: Browser) -> None:
    browser.sign_in(an_organiser(an_edition()))
    answer = browser.post("/en/2026/manage/roadmap/new", {"method": "equal-persons"})
    page = BeautifulSoup(answer.text, "html.parser")
    said = page.select_one("[role=status]")
    assert (answer.status_code, page.h1 and page.h1.get_text()) == (409, "Compile a new version")
    assert said is not None and "nothing to compile" in said.get_text()


def test_before_compiling_it_is_said_that_nobody_whose_vote_counts_has_voted(
    app: Flask, browser: Browser
) -> None:
    edition = an_edition()
    browser.sign_in(a_role(an_account("Ines"), Role.ORGANISER, edition))
    proposal = a_proposal(edition)
    page = "/en/2026/manage/roadmap/new"
    cast_vote(GUEST, edition, proposal.number, "agree", new_key="k" * 64, now=NOW)
    assert "Nobody has voted yet" in browser.page(page).text
    cast_vote(the_actor(an_account("Awa")), edition, proposal.number, "agree", now=NOW)
    assert "Nobody has voted yet" not in browser.page(page).text


def test_the_introduction_is_written_in_every_language_at_once(app: Flask, browser: Browser) -> None:
    draft, edit = _being_edited(browser)
    form = {"do": "introduction", "text_en": "Read this first.", "text_ar": "اقرأوا هذا أولًا.", "text_fr": ""}
    assert browser.post(edit, form).status_code == 303
    page = browser.page(edit)
    shown = {area["name"]: area.get_text() for area in page.select("#about-draft textarea")}
    assert shown["text_en"] == "Read this first."
    assert shown["text_ar"] == "اقرأوا هذا أولًا."
    assert list(shown) == [f"text_{code}" for code in ("en", "fr", "pt", "es", "ar")]
    action, fields = browser.fill(page, "#about-draft form")
    assert browser.post(action, {**fields, "do": "introduction", "text_fr": "À lire."}).status_code == 303
    assert document_of(draft)["edition"]["introduction"].keys() == {"en", "fr", "ar"}


def test_what_was_typed_stays_beside_what_a_colleague_has_written_meanwhile(
    app: Flask, browser: Browser
) -> None:
    _draft, edit = _being_edited(browser)
    action, fields = browser.fill(browser.page(edit), "#about-draft form")
    browser.post(action, {**fields, "do": "introduction", "text_en": "Hers."})
    refused = browser.post(action, {**fields, "do": "introduction", "text_en": "His."})
    assert refused.status_code == 422
    page = BeautifulSoup(refused.text, "html.parser")
    assert "Somebody changed this after you opened the page." in page.select_one(".error-summary").text
    field = page.select_one("#about-draft .field")
    assert (field.select_one(".hint").text, field.textarea.text) == ("Kept now: Hers.", "His.")
    action, fields = browser.fill(page, "#about-draft form")
    assert browser.post(action, {**fields, "do": "introduction"}).status_code == 303


def test_the_return_key_leaves_nothing_out_and_moves_nothing_unasked(app: Flask, browser: Browser) -> None:
    """Browsers press the first button of a form for whoever presses the return key in one of its fields."""
    _draft, edit = _being_edited(browser)
    for form in browser.page(edit).select("ol.items form:has(select)"):
        assert form.select_one("button")["value"] == "place"
    action, fields = browser.fill(browser.page(edit), "#about-2 form")
    refused = browser.post(action, {**fields, "do": "place", "reason": "First things first."})
    assert (refused.status_code, "It stands at this place already." in refused.text) == (422, True)


def test_nobody_freezes_what_they_have_not_seen(app: Flask, browser: Browser) -> None:
    draft, edit = _being_edited(browser)
    page = browser.page(edit.replace("/edit", "/freeze"))
    assert "Nothing was changed by hand." in page.text
    action, fields = browser.fill(page, "main form")
    browser.post(edit, {"do": "up", "number": "2", "reason": "First things first."})
    refused = browser.post(action, {**fields, "sure": "y"})
    assert (refused.status_code, "Look at it again" in refused.text) == (422, True)
    page = BeautifulSoup(refused.text, "html.parser")
    assert "1 change was made by hand." in page.text
    assert not page.select_one("#sure").has_attr("checked")
    action, fields = browser.fill(page, "main form")
    assert browser.post(action, {**fields, "sure": "y"}).status_code == 303
    assert draft.frozen is not None


def test_words_of_the_version_before_are_offered_until_they_are_there(app: Flask, browser: Browser) -> None:
    _draft, edit = _being_edited(browser)
    browser.post(edit, {"do": "introduction", "text_en": "Read this first."})
    assert browser.page(edit).select_one("#earlier") is None
    browser.post("/en/2026/manage/roadmap/new", {"method": "equal-persons"})
    edit = edit.replace("/1/", "/2/")
    page = browser.page(edit)
    assert "1 text that was written by hand in draft 1 is not in this one." in page.text
    assert browser.post(edit, {"do": "take-over"}).status_code == 303
    page = browser.page(edit)
    assert page.select_one("#earlier") is None
    assert page.select_one("#about-draft textarea").text == "Read this first."


def test_freezing_an_older_version_says_that_it_does_not_come_into_force(
    app: Flask, browser: Browser
) -> None:
    edition, organiser = by_hand()
    browser.sign_in(db.session.query(Account).filter_by(name="Ines").one())
    compiled(edition, organiser)
    page = "/en/2026/manage/roadmap/1/freeze"
    assert "it stays the one in force" not in browser.page(page).text
    frozen(edition, organiser)
    assert "Draft 2 is frozen and newer: it stays the one in force." in browser.page(page).text


def test_proposals_that_may_say_the_same_stand_on_both_checklists(app: Flask, browser: Browser) -> None:
    draft, _edit = _being_edited(browser)
    one, other = db.session.query(Proposal).order_by(Proposal.id).limit(2)
    saved(
        LikelyPair(
            edition_id=draft.edition_id, a_id=one.id, b_id=other.id, similarity=0.99, revision_a=0, revision_b=0
        )
    )  # fmt: skip
    for page in ("new", "1/freeze"):
        text = browser.page(f"/en/2026/manage/roadmap/{page}").text
        assert "1 group of proposals may say the same and is not decided on." in text


def _being_edited(browser: Browser) -> tuple[Draft, str]:
    edition, organiser = by_hand()
    browser.sign_in(db.session.query(Account).filter_by(name="Ines").one())
    return compiled(edition, organiser), "/en/2026/manage/roadmap/1/edit"
