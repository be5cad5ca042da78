"""Guiding questions: written, ordered, removed, and corrected once voting has begun."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from roadmap.domain.policy import Role
from roadmap.editions.models import Edition
from roadmap.editions.queries import get_question, questions_of
from roadmap.log.queries import newest_of
from tests.browsing import Browser
from tests.editions.organising import an_organisers_browser, early, voting_begins
from tests.factories import DAY, NOW, a_proposal, a_role, an_account, an_edition

HERE = "/en/2026/manage/questions"
FIRST = "What forms does solidarity take?"


def words(edition: Edition) -> list[str]:
    return [f"{question.number} {question.text['en']}" for question in questions_of(edition)]


def filled(browser: Browser, number: int = 1) -> dict[str, str]:
    page = browser.page(f"{HERE}/{number}/edit")
    return {item["name"]: item.text.lstrip("\n") for item in page.select("main textarea")}


def reword(browser: Browser, number: int = 1, **changed: str) -> Any:
    return browser.post(f"{HERE}/{number}/edit", {**filled(browser, number), **changed})


def deeds(edition: Edition) -> list[tuple[str, dict[str, Any], str]]:
    return [(entry.kind, entry.facts, entry.reason) for entry in newest_of(edition.id, 20)]


def test_the_pages_are_for_organisers(app: Flask, browser: Browser) -> None:
    edition = early()
    browser.sign_in(a_role(an_account(), Role.FACILITATOR, edition))
    assert {browser.get(f"{HERE}{path}").status_code for path in ("", "/new", "/1/edit", "/1/remove")} == {
        403
    }
    assert {browser.post(f"{HERE}/1/{deed}").status_code for deed in ("edit", "move", "remove")} == {403}


def test_a_question_is_added_after_the_others_in_several_languages(app: Flask) -> None:
    edition = early()
    sent = {"text_en": " Who  pays? ", "text_ar": "من يدفع؟", "label_en": "Money", "note_en": "For one year."}
    answer = an_organisers_browser(app, edition).post(f"{HERE}/new", sent)
    assert (answer.status_code, answer.location) == (303, f"{HERE}?saved=added#question-3")
    made = get_question(edition, 3)
    assert (made.text, made.label, made.note) == (
        {"en": "Who pays?", "ar": "من يدفع؟"}, {"en": "Money"}, {"en": "For one year."},
    )  # fmt: skip
    assert deeds(edition) == [("question-change", {"question": 3, "deed": "added"}, "")]


def test_a_question_without_words_is_refused_and_the_rest_comes_back(app: Flask) -> None:
    edition = early()
    answer = an_organisers_browser(app, edition).post(f"{HERE}/new", {"label_fr": "Argent"})
    assert answer.status_code == 422
    assert "Write the question in English." in answer.text
    assert "Argent" in answer.text
    assert len(questions_of(edition)) == 2


def test_a_question_that_is_too_long_comes_back_whole(app: Flask) -> None:
    edition = early()
    answer = an_organisers_browser(app, edition).post(f"{HERE}/new", {"text_en": "y" * 501})
    assert answer.status_code == 422
    assert "y" * 501 in answer.text
    assert "English: Shorten the text to 500 characters; it has 501." in answer.text


def test_a_language_that_the_edition_does_not_have_is_not_asked_for_and_not_taken(app: Flask) -> None:
    edition = early(languages=["en", "fr"])
    browser = an_organisers_browser(app, edition)
    assert {name.rpartition("_")[2] for name in filled(browser)} == {"en", "fr"}
    reword(browser, text_pt="Uma pergunta")
    assert "pt" not in get_question(edition, 1).text


def test_words_are_changed_freely_before_voting(app: Flask) -> None:
    edition = early()
    answer = reword(
        an_organisers_browser(app, edition), text_en="Something else entirely?", label_fr="Formes"
    )
    assert answer.status_code == 303
    assert get_question(edition, 1).text == {"en": "Something else entirely?"}
    assert get_question(edition, 1).label == {"en": "Question 1", "fr": "Formes"}


def test_saving_the_words_unchanged_changes_nothing(app: Flask) -> None:
    edition = an_edition()
    assert reword(an_organisers_browser(app, edition)).status_code == 303
    assert deeds(edition) == []


def test_moving_up_changes_places_and_the_focus_goes_along(app: Flask) -> None:
    edition = early()
    answer = an_organisers_browser(app, edition).post(f"{HERE}/2/move", {"do": "up"})
    assert (answer.status_code, answer.location) == (303, f"{HERE}?saved=moved#down-1")
    assert words(edition) == ["1 What makes it work?", f"2 {FIRST}"]
    assert deeds(edition) == [("question-change", {"question": 1, "deed": "moved", "from": 2}, "")]


def test_the_button_that_gets_the_focus_is_there(app: Flask) -> None:
    edition = early()
    browser = an_organisers_browser(app, edition)
    browser.post(f"{HERE}/new", {"text_en": "A third?"})
    for number, do in ((1, "down"), (2, "down"), (3, "up"), (2, "up")):
        place = browser.post(f"{HERE}/{number}/move", {"do": do}).location
        assert browser.page(place).select_one(f"button#{place.rpartition('#')[2]}") is not None


def test_at_the_end_of_the_list_nothing_moves(app: Flask) -> None:
    edition = early()
    assert an_organisers_browser(app, edition).post(f"{HERE}/1/move", {"do": "up"}).status_code == 303
    assert deeds(edition) == []


def test_a_question_with_proposals_keeps_its_number_in_an_open_edition(app: Flask) -> None:
    edition = early()
    a_proposal(edition, question=2)
    browser = an_organisers_browser(app, edition)
    assert browser.page(HERE).select("[name=do]") == []
    answer = browser.post(f"{HERE}/1/move", {"do": "down"})
    assert answer.status_code == 409
    assert "The number of a question is part of its address." in answer.text
    assert words(edition)[0] == f"1 {FIRST}"


def test_a_question_is_removed_in_two_steps(app: Flask) -> None:
    edition = early()
    browser = an_organisers_browser(app, edition)
    page = browser.page(f"{HERE}/1/remove")
    assert FIRST in page.main.text
    assert len(questions_of(edition)) == 2
    assert browser.post(*browser.fill(page, "main form")).location == f"{HERE}?saved=removed"
    assert words(edition) == ["2 What makes it work?"]


def test_the_others_move_up_while_nobody_has_their_addresses(app: Flask) -> None:
    edition = early(opened=None)
    an_organisers_browser(app, edition).post(f"{HERE}/1/remove")
    assert words(edition) == ["1 What makes it work?"]


@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_a_question_with_proposals_stays(app: Flask, state: str) -> None:
    edition = early()
    a_proposal(edition, state=state)
    browser = an_organisers_browser(app, edition)
    assert browser.page(f"{HERE}/1/remove").select("main form") == []
    assert browser.post(f"{HERE}/1/remove").status_code == 409
    assert len(questions_of(edition)) == 2


@pytest.mark.parametrize(
    ("path", "sent"),
    [("new", {"text_en": "A third?"}), ("1/move", {"do": "down"}), ("2/remove", {})],
)
def test_once_voting_has_begun_no_question_is_added_moved_or_removed(
    app: Flask, path: str, sent: dict[str, str]
) -> None:
    edition = an_edition()
    before, browser = words(edition), an_organisers_browser(app, edition)
    answer = browser.post(f"{HERE}/{path}", sent)
    assert answer.status_code == 409
    assert "Fixed since voting began on 12 August 2026, 13:00 (Lisbon time)" in answer.text
    assert words(edition) == before
    offered = browser.page(HERE)
    assert offered.select("[name=do], a[href$='/remove'], a[href$='/new']") == []


def test_once_voting_has_begun_another_meaning_is_refused_and_nothing_typed_is_lost(app: Flask) -> None:
    edition = an_edition()
    answer = reword(
        an_organisers_browser(app, edition), text_en="What harm does solidarity do?", reason="A typing error."
    )
    assert answer.status_code == 422
    assert "This says more than a correction may" in answer.text
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.select_one("[name=text_en]").text.strip() == "What harm does solidarity do?"
    assert page.select_one("[name=reason]").text.strip() == "A typing error."
    assert get_question(edition, 1).text["en"] == FIRST


@pytest.mark.parametrize("part", ["label", "note"])
def test_label_and_note_are_fixed_as_well(app: Flask, part: str) -> None:
    edition = early()
    browser = an_organisers_browser(app, edition)
    reword(browser, **{f"{part}_en": "Names for it and for its forms"})
    voting_begins(edition, NOW - DAY)
    answer = reword(browser, **{f"{part}_en": "Only money counts here"}, reason="A typing error.")
    assert answer.status_code == 422
    assert getattr(get_question(edition, 1), part)["en"] == "Names for it and for its forms"


def test_a_correction_needs_its_reason(app: Flask) -> None:
    edition = an_edition()
    answer = reword(an_organisers_browser(app, edition), text_en="What form does solidarity take?")
    assert answer.status_code == 422
    assert "Say what is mended; everybody will read it." in answer.text
    assert get_question(edition, 1).text["en"] == FIRST


def test_a_correction_is_logged_with_both_wordings(app: Flask, browser: Browser) -> None:
    edition = an_edition()
    answer = reword(
        an_organisers_browser(app, edition), text_en="What form does solidarity take?", reason="A letter."
    )
    assert answer.status_code == 303
    told = {
        "question": 1, "part": "text", "language": "en", "before": FIRST,
        "after": "What form does solidarity take?",
    }  # fmt: skip
    assert deeds(edition) == [("question-correction", told, "A letter.")]
    shown = browser.page("/en/2026/log?part=wording").main.text
    assert FIRST in shown
    assert "What form does solidarity take?" in shown


def test_many_small_corrections_lead_nowhere_far(app: Flask) -> None:
    edition = an_edition()
    browser = an_organisers_browser(app, edition)
    steps = ("What form does solidarity take?", "What farm does solidarity take?", "What farm does it take?")
    answers = [reword(browser, text_en=step, reason="A letter.").status_code for step in steps]
    assert answers == [303, 303, 422]
    further = reword(browser, text_en="What farms do solidarities take?", reason="A letter.")
    assert further.status_code == 422


def test_a_missing_translation_can_still_be_added(app: Flask) -> None:
    edition = an_edition()
    answer = reword(
        an_organisers_browser(app, edition),
        text_fr="Quelles formes la solidarité prend-elle ?",
        reason="It was missing.",
    )
    assert answer.status_code == 303
    assert get_question(edition, 1).text["fr"] == "Quelles formes la solidarité prend-elle ?"


def test_a_note_stands_below_the_question(app: Flask, browser: Browser) -> None:
    edition = early()
    reword(an_organisers_browser(app, edition), note_en="What you see where you live.")
    assert "What you see where you live." in browser.page("/en/2026/questions/1-question-1").main.text
