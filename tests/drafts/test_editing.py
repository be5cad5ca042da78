"""What organisers change in a draft by hand."""

import pytest
from flask import Flask

from roadmap.core.db import db
from roadmap.core.errors import Conflict, Invalid
from roadmap.domain.adjusting import Change
from roadmap.domain.verification import verify
from roadmap.drafts import actions
from roadmap.drafts.queries import ballots_of, document_of, last_change
from roadmap.drafts.queries.words import Earlier, words_before
from roadmap.log.models import LogEntry
from roadmap.proposals.models import Proposal
from tests.drafts.making import by_hand, compiled, frozen, numbers
from tests.factories import NOW

WHY = {"en": "It leads to the next."}


def test_an_item_moved_by_hand_says_so_and_the_draft_still_verifies(app: Flask) -> None:
    edition, organiser = by_hand()
    draft = compiled(edition, organiser)
    actions.move_item(organiser, draft, 2, place=1, reason=WHY, now=NOW)
    document = document_of(actions.freeze_draft(organiser, draft, now=NOW))
    assert numbers(document) == [2, 1, 3]
    assert document["sections"][0]["items"][0]["moved"] == {"from": 3, "reason": WHY}
    assert verify(document, votes=ballots_of(draft)[0]) == []


def test_an_item_left_out_is_printed_below_with_the_reason(app: Flask) -> None:
    edition, organiser = by_hand()
    draft = compiled(edition, organiser)
    actions.leave_out(organiser, draft, 3, reason=WHY, now=NOW)
    (section, _) = document_of(actions.freeze_draft(organiser, draft, now=NOW))["sections"]
    assert [(item["number"], item["reason"], item["note"]) for item in section["not_listed"]] == [
        (3, "left-out-by-organisers", WHY),
        (4, "no-group-in-favour", {}),
    ]


def test_a_list_closed_after_a_place_names_the_rest(app: Flask) -> None:
    edition, organiser = by_hand()
    draft = compiled(edition, organiser)
    actions.set_last_place(organiser, draft, 1, place=2, reason=WHY, now=NOW)
    document = document_of(actions.freeze_draft(organiser, draft, now=NOW))
    assert numbers(document) == [1, 3]
    assert document["sections"][0]["not_listed"][0]["reason"] == "below-the-last-place"
    assert verify(document) == []


def test_a_change_without_a_reason_is_refused(app: Flask) -> None:
    edition, organiser = by_hand()
    draft = compiled(edition, organiser)
    with pytest.raises(Invalid, match="Give a reason"):
        actions.leave_out(organiser, draft, 3, reason={"en": "  "}, now=NOW)


def test_a_place_that_is_not_there_is_refused(app: Flask) -> None:
    edition, organiser = by_hand()
    draft = compiled(edition, organiser)
    for place in (0, 4):
        with pytest.raises(Invalid, match="from 1 to 3"):
            actions.move_item(organiser, draft, 1, place=place, reason=WHY, now=NOW)


def test_changes_can_be_taken_back(app: Flask) -> None:
    edition, organiser = by_hand()
    draft = compiled(edition, organiser)
    untouched = document_of(draft)["sections"]
    actions.move_item(organiser, draft, 2, place=1, reason=WHY, now=NOW)
    actions.leave_out(organiser, draft, 1, reason=WHY, now=NOW)
    actions.set_last_place(organiser, draft, 1, place=1, reason=WHY, now=NOW)
    actions.set_last_place(organiser, draft, 1, place=None, reason={}, now=NOW)
    actions.put_back(organiser, draft, 1, now=NOW)
    actions.take_back_move(organiser, draft, 2, now=NOW)
    assert document_of(draft)["sections"] == untouched


def test_a_new_wording_keeps_the_original_beside_it(app: Flask) -> None:
    edition, organiser = by_hand()
    draft = compiled(edition, organiser)
    actions.write_wording(organiser, draft, 1, title="Better words", text="", now=NOW)
    item = document_of(draft)["sections"][0]["items"][0]
    assert (item["title"], item["original"]) == ({"en": "Better words"}, {"title": {"en": "Proposal a"}})
    actions.write_wording(organiser, draft, 1, title="", text="", now=NOW)
    assert "original" not in document_of(draft)["sections"][0]["items"][0]


def test_introduction_and_notes_are_kept_by_language(app: Flask) -> None:
    edition, organiser = by_hand()
    draft = compiled(edition, organiser)
    actions.write_introduction(organiser, draft, text={"en": "Read this first."}, now=NOW)
    actions.write_introduction(organiser, draft, text={"fr": "À lire d’abord."}, now=NOW)
    actions.write_note(organiser, draft, 1, text={"en": "On forms."}, now=NOW)
    document = document_of(draft)
    assert document["edition"]["introduction"] == {"en": "Read this first.", "fr": "À lire d’abord."}
    assert document["sections"][0]["question"]["note"] == {"en": "On forms."}


def test_words_in_a_language_that_was_left_as_it_was_are_not_written_again(app: Flask) -> None:
    edition, organiser = by_hand()
    draft = compiled(edition, organiser)
    actions.write_introduction(organiser, draft, text={"en": "Read this first."}, now=NOW)
    again = {"en": "Read this first.", "fr": ""}
    assert actions.write_introduction(organiser, draft, text=again, now=NOW) is None
    assert db.session.query(LogEntry).filter_by(kind="draft-change").count() == 1


def test_two_people_write_in_two_languages_and_neither_loses_a_word(app: Flask) -> None:
    edition, organiser = by_hand()
    draft = compiled(edition, organiser)
    actions.write_introduction(organiser, draft, text={"en": "First.", "fr": ""}, now=NOW, seen=0)
    actions.write_introduction(organiser, draft, text={"en": "", "fr": "D’abord."}, now=NOW, seen=0)
    assert document_of(draft)["edition"]["introduction"] == {"en": "First.", "fr": "D’abord."}


def test_a_wording_of_which_one_half_is_refused_leaves_nothing(app: Flask) -> None:
    edition, organiser = by_hand()
    draft = compiled(edition, organiser)
    actions.write_wording(organiser, draft, 1, title="", text="A colleague's text.", now=NOW)
    before = document_of(draft)
    with pytest.raises(Invalid):
        actions.write_wording(organiser, draft, 1, title="Mine", text="Mine too.", now=NOW, seen=0)
    assert document_of(draft) == before


def test_nobody_changes_what_somebody_else_has_changed_unseen(app: Flask) -> None:
    edition, organiser = by_hand()
    draft = compiled(edition, organiser)
    actions.move_item(organiser, draft, 2, place=1, reason=WHY, now=NOW)
    actions.write_introduction(organiser, draft, text={"en": "First."}, now=NOW)
    actions.write_wording(organiser, draft, 1, title="Better words", text="", now=NOW)
    before = document_of(draft)
    for change in (
        lambda: actions.move_item(organiser, draft, 3, place=1, reason=WHY, now=NOW, seen=0),
        lambda: actions.take_back_move(organiser, draft, 2, now=NOW, seen=0),
        lambda: actions.leave_out(organiser, draft, 3, reason=WHY, now=NOW, seen=0),
        lambda: actions.put_back(organiser, draft, 3, now=NOW, seen=0),
        lambda: actions.set_last_place(organiser, draft, 1, place=2, reason=WHY, now=NOW, seen=0),
        lambda: actions.write_introduction(organiser, draft, text={"en": "Second."}, now=NOW, seen=0),
        lambda: actions.write_wording(organiser, draft, 1, title="Other words", text="", now=NOW, seen=0),
        lambda: actions.freeze_draft(organiser, draft, now=NOW, seen=0),
    ):
        with pytest.raises(Invalid) as refused:
            change()
        assert "after you opened the page" in str([refused.value.message, refused.value.errors])
    assert document_of(draft) == before
    newest = last_change(draft)
    actions.take_back_move(organiser, draft, 2, now=NOW, seen=newest)
    assert actions.freeze_draft(organiser, draft, now=NOW, seen=last_change(draft)).frozen == NOW


def test_words_are_taken_over_from_the_version_before_and_the_order_is_not(app: Flask) -> None:
    edition, organiser = by_hand()
    first = compiled(edition, organiser)
    actions.write_introduction(organiser, first, text={"en": "First."}, now=NOW)
    actions.write_note(organiser, first, 1, text={"en": "On forms.", "fr": "Formes."}, now=NOW)
    actions.write_note(organiser, first, 1, text={"en": "On forms.", "fr": ""}, now=NOW)
    for number in (1, 3):
        actions.write_wording(organiser, first, number, title=f"Better {number}", text="", now=NOW)
    actions.move_item(organiser, first, 2, place=1, reason=WHY, now=NOW)
    db.session.query(Proposal).filter_by(number=3).one().title = "Corrected since"
    db.session.commit()
    second = compiled(edition, organiser)
    untouched = document_of(second)
    actions.write_note(organiser, second, 1, text={"en": "Its own."}, now=NOW)
    assert words_before(first) is None
    assert words_before(second) == Earlier(
        1, (Change("introduction", {"en": "First."}), Change("title", {"en": "Better 1"}, None, 1))
    )
    actions.take_over_words(organiser, second, now=NOW)
    assert words_before(second) is None
    document = document_of(second)
    assert document["edition"]["introduction"] == {"en": "First."}
    assert document["sections"][0]["question"]["note"] == {"en": "Its own."}
    assert numbers(document) == numbers(untouched)
    titles = {item["number"]: item["title"]["en"] for item in document["sections"][0]["items"]}
    assert (titles[1], titles[3]) == ("Better 1", "Corrected since")


def test_a_frozen_draft_takes_no_change(app: Flask) -> None:
    edition, organiser = by_hand()
    draft = frozen(edition, organiser)
    before = draft.document
    for change in (
        lambda: actions.move_item(organiser, draft, 2, place=1, reason=WHY, now=NOW),
        lambda: actions.leave_out(organiser, draft, 2, reason=WHY, now=NOW),
        lambda: actions.set_last_place(organiser, draft, 1, place=1, reason=WHY, now=NOW),
        lambda: actions.write_wording(organiser, draft, 1, title="Other", text="", now=NOW),
        lambda: actions.write_introduction(organiser, draft, text={"en": "Later"}, now=NOW),
        lambda: actions.write_note(organiser, draft, 1, text={"en": "Later"}, now=NOW),
    ):
        with pytest.raises(Conflict, match="never changes"):
            change()
    assert draft.document == before


def test_each_change_by_hand_is_told_in_public_with_its_reason(app: Flask) -> None:
    edition, organiser = by_hand()
    actions.move_item(organiser, compiled(edition, organiser), 2, place=1, reason=WHY, now=NOW)
    (entry,) = db.session.query(LogEntry).filter_by(kind="draft-change")
    assert (entry.facts["number"], entry.reason) == (2, WHY["en"])
