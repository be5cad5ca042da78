"""Who is told what, once, and what is settled when it is no longer so."""

from flask import Flask

from roadmap.core.db import db
from roadmap.domain.policy import Role
from roadmap.merging.actions import Part, object_to_merge, split_proposal, undo_merge, undo_split
from roadmap.moderation.actions import decide
from roadmap.moderation.things import Thing
from roadmap.notices.actions.telling import tell_of_merge
from roadmap.proposals import corrections
from roadmap.proposals.fields import Fields
from roadmap.proposals.models import Correction
from tests.factories import NOW, a_comment, a_role, an_account, the_actor
from tests.notices.conftest import Scene


def test_people_of_a_merge_hear_of_it_once(app: Flask, scene: Scene) -> None:
    """C05: authors and voters are told once, the author of two sources for each of them."""
    merge = scene.merge()
    tell_of_merge(merge_id=merge.id)
    assert {name: scene.told(name) for name in scene.people} == {
        "Ana": [("merged", 1, True)],
        "Badr": [("merged", 2, True), ("merged", 3, True)],
        "Chen": [("carried", 1, True)],
        "Dora": [("asked-again", 1, True)],
    }


def test_whoever_voted_on_the_lead_alone_is_not_told_of_a_carried_vote(app: Flask, scene: Scene) -> None:
    scene.vote("Badr", "A", "agree")
    scene.merge(sources="B")
    assert scene.told("Badr") == [("merged", 2, True)]


def test_a_second_merge_into_the_same_lead_does_not_ask_twice(app: Flask, scene: Scene) -> None:
    scene.vote("Dora", "C", "disagree")
    scene.merge(sources="B")
    scene.merge(sources="C")
    assert scene.told("Dora") == [("asked-again", 1, True)]


def test_undoing_settles_what_was_told(app: Flask, scene: Scene) -> None:
    merge = scene.merge()
    undo_merge(scene.facilitator, merge, reason="", now=NOW)
    assert [open for name in scene.people for _, _, open in scene.told(name)] == [False] * 5


def test_an_objection_settles_what_it_took_out_and_nothing_else(app: Flask, scene: Scene) -> None:
    merge = scene.merge()
    number = scene.proposals["B"].number
    object_to_merge(scene.actor("Badr"), scene.edition, merge, number, reason="No.", now=NOW)
    assert scene.told("Badr") == [("merged", 2, False), ("merged", 3, True)]
    assert (scene.told("Chen"), scene.told("Dora")) == ([("carried", 1, False)], [("asked-again", 1, False)])


def test_an_erased_account_takes_its_notices_along(app: Flask, scene: Scene) -> None:
    scene.merge()
    db.session.delete(scene.people["Chen"])
    db.session.commit()
    assert scene.told("Dora") == [("asked-again", 1, True)]


def test_a_correction_is_told_to_those_who_had_voted(app: Flask, scene: Scene) -> None:
    fields = Fields(title="Proposal B, spelt right", text=scene.proposals["B"].text, language="en")
    asked = corrections.change_proposal(
        scene.actor("Badr"), scene.edition, scene.proposals["B"], fields, note="Spelling.", now=NOW
    )
    assert isinstance(asked, Correction)
    corrections.decide_correction(scene.facilitator, scene.edition, asked, accept=True, answer="", now=NOW)
    assert [scene.told(name) for name in ("Chen", "Dora", "Badr")] == [
        [("changed", 2, True)], [("changed", 2, True)], [],
    ]  # fmt: skip


def test_a_split_is_told_to_the_author_until_it_is_undone(app: Flask, scene: Scene) -> None:
    parts = [Part("One", "x"), Part("Two", "y")]
    split = split_proposal(scene.facilitator, scene.edition, 2, parts, reason="", now=NOW)
    assert scene.told("Badr") == [("split", 2, True)]
    undo_split(scene.facilitator, split, reason="", now=NOW)
    assert scene.told("Badr") == [("split", 2, False)]


def test_a_decision_is_told_to_whoever_wrote_the_text(app: Flask, scene: Scene) -> None:
    comment = a_comment(scene.proposals["A"], scene.people["Chen"])
    for thing in (Thing(scene.proposals["B"]), Thing(scene.proposals["A"], comment)):
        decide(
            scene.facilitator,
            scene.edition,
            thing,
            outcome="hide",
            rule="1",
            sentence="Mind the words.",
            now=NOW,
        )
    assert (scene.told("Badr"), scene.told("Chen")) == ([("decided", 2, True)], [("decided", 1, True)])


def test_a_facilitator_is_not_told_of_their_own_merge(app: Flask, scene: Scene) -> None:
    scene.facilitator = the_actor(a_role(scene.people["Ana"], Role.FACILITATOR, scene.edition))
    scene.merge()
    assert scene.told("Ana") == []


def test_guests_have_no_notices(app: Flask, scene: Scene) -> None:
    an_account("Eva")
    scene.people["Eva"] = an_account("Eva Two")
    scene.merge()
    assert scene.told("Eva") == []
