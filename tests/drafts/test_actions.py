"""Compiling, changing by hand, freezing, handing over ballots."""

import gzip
from datetime import timedelta

import pytest
from flask import Flask

from roadmap.core.db import db
from roadmap.core.errors import Closed, Conflict, Invalid, Refused
from roadmap.domain.policy import GUEST, Role
from roadmap.domain.verification import verify
from roadmap.drafts import actions
from roadmap.drafts.models import Draft
from roadmap.drafts.queries import ballots_of, document_of, drafts_of
from roadmap.log.models import LogEntry
from roadmap.merging.models import Merge
from roadmap.proposals.models import Proposal
from tests.drafts.making import an_organiser, by_hand, compiled, frozen, numbers, with_ballots
from tests.factories import DAY, NOW, a_role, an_account, an_edition, saved, the_actor

WHY = {"en": "It leads to the next."}


def kinds() -> list[str]:
    return [entry.kind for entry in db.session.query(LogEntry).order_by(LogEntry.position)]


def test_a_compiled_draft_holds_the_worked_example(app: Flask) -> None:
    document = document_of(compiled(*by_hand()))
    assert numbers(document) == [1, 3, 2]
    assert document["sections"][0]["items"][0]["score"]["support"] == 0.7293


def test_nobody_waits_for_the_lock_while_ballots_are_packed(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = []

    def pack(content: bytes, *_: int, **named: int) -> bytes:
        held.append(db.session().info.get("use_case", False))
        return compress(content, **named)

    compress = gzip.compress
    monkeypatch.setattr(gzip, "compress", pack)
    draft = compiled(*by_hand())
    assert held == [False]
    assert ballots_of(draft)[0].startswith(b"ballot,")


def test_an_edition_without_a_proposal_stores_nothing_and_says_so(app: Flask) -> None:
    edition = an_edition()
    with pytest.raises(Conflict, match="no proposal in this edition"):
        compiled(edition, the_actor(an_organiser(edition)))
    assert db.session.query(Draft).count() == 0


def test_without_a_vote_every_item_has_too_few(app: Flask) -> None:
    edition, organiser = with_ballots({"A": "", "B": ""})
    (first, _) = document_of(frozen(edition, organiser))["sections"]
    assert [item["reason"] for item in first["not_listed"]] == ["too-few-votes", "too-few-votes"]


def test_nobody_but_organisers_compiles(app: Flask) -> None:
    edition, _ = by_hand()
    facilitator = a_role(an_account("Tomé"), Role.FACILITATOR, edition)
    for actor in (GUEST, the_actor(facilitator)):
        with pytest.raises(Refused):
            compiled(edition, actor)


def test_a_time_to_come_is_refused(app: Flask) -> None:
    edition, organiser = by_hand()
    with pytest.raises(Invalid, match="has passed"):
        actions.compile_draft(organiser, edition, as_of=NOW + DAY, now=NOW)


def test_another_method_is_for_looking_and_cannot_be_frozen(app: Flask) -> None:
    edition, organiser = by_hand()
    draft = actions.compile_draft(organiser, edition, method="support", now=NOW)
    assert numbers(document_of(draft)) == [1, 2, 3, 4]
    with pytest.raises(Conflict, match="for looking only"):
        actions.freeze_draft(organiser, draft, now=NOW)


def test_a_frozen_draft_verifies_with_and_without_its_ballots(app: Flask) -> None:
    draft = frozen(*by_hand())
    document = document_of(draft)
    assert verify(document, expect=draft.fingerprint, votes=ballots_of(draft)[0]) == []


def test_what_is_frozen_is_what_was_looked_at_though_people_went_on_voting(app: Flask) -> None:
    edition, organiser = by_hand()
    draft = compiled(edition, organiser)
    before = document_of(draft)
    db.session.execute(db.text("UPDATE votes SET choice = -1"))
    db.session.commit()
    after = document_of(actions.freeze_draft(organiser, draft, now=NOW))
    assert after["sections"] == before["sections"]
    assert verify(after, votes=ballots_of(draft)[0]) == []


def test_freezing_is_told_in_public_with_the_fingerprint(app: Flask) -> None:
    draft = frozen(*by_hand())
    (entry,) = db.session.query(LogEntry).filter_by(kind="freeze")
    assert entry.facts["fingerprint"] == draft.fingerprint


def test_a_draft_is_frozen_once(app: Flask) -> None:
    edition, organiser = by_hand()
    draft = frozen(edition, organiser)
    with pytest.raises(Conflict, match="frozen already"):
        actions.freeze_draft(organiser, draft, now=NOW)


def test_nothing_is_frozen_after_the_phases_that_allow_it(app: Flask) -> None:
    edition, organiser = by_hand()
    with pytest.raises(Closed):
        actions.freeze_draft(organiser, compiled(edition, organiser), now=NOW + 300 * DAY)


def test_a_proposal_hidden_since_keeps_the_version_from_being_frozen(app: Flask) -> None:
    edition, organiser = by_hand()
    draft = compiled(edition, organiser)
    db.session.query(Proposal).filter_by(number=2).update({"state": "hidden"})
    db.session.commit()
    with pytest.raises(Conflict, match=r"No\. 2 was hidden"):
        actions.freeze_draft(organiser, draft, now=NOW)


def test_a_merge_undone_since_keeps_the_version_from_being_frozen(app: Flask) -> None:
    edition, organiser = by_hand()
    draft = compiled(edition, organiser)
    lead = db.session.query(Proposal).filter_by(number=1).one()
    later = NOW + timedelta(minutes=1)
    saved(
        Merge(
            edition_id=edition.id, lead_id=lead.id, revision_before=1, revision=2,
            made=NOW - DAY, undone=later,
        )
    )  # fmt: skip
    with pytest.raises(Conflict, match=r"merge with proposal No\. 1"):
        actions.freeze_draft(organiser, draft, now=later)


def test_handing_over_the_ballots_is_told_in_public(app: Flask) -> None:
    edition, organiser = by_hand()
    draft = frozen(edition, organiser)
    content = actions.hand_over_ballots(organiser, draft, now=NOW)
    assert content.count(b"\n") == 36
    assert kinds()[-1] == "ballot-download"


def test_there_are_no_ballots_to_hand_over_before_freezing(app: Flask) -> None:
    edition, organiser = by_hand()
    with pytest.raises(Conflict, match="once the version is frozen"):
        actions.hand_over_ballots(organiser, compiled(edition, organiser), now=NOW)


def test_versions_that_are_not_frozen_are_for_organisers_only(app: Flask) -> None:
    edition, organiser = by_hand()
    frozen(edition, organiser)
    compiled(edition, organiser)
    assert [draft.version for draft in drafts_of(edition, GUEST)] == [1]
    assert [draft.version for draft in drafts_of(edition, organiser)] == [2, 1]
