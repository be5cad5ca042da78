"""Compiling, changing, freezing."""

from flask import Flask

from roadmap.domain.verification import verify
from roadmap.drafts.queries import ballots_of, document_of
from tests.drafts.making import by_hand, compiled, frozen

WHY = {"en": "It leads to the next."}


def numbers(document: dict) -> list[int]:
    return [item["number"] for item in document["sections"][0]["items"]]


def test_a_compiled_draft_holds_the_worked_example(app: Flask) -> None:
    edition, organiser = by_hand()
    document = document_of(compiled(edition, organiser))
    assert numbers(document) == [1, 3, 2]
    assert document["sections"][0]["items"][0]["score"]["support"] == 0.7293


def test_a_frozen_draft_verifies_with_and_without_its_ballots(app: Flask) -> None:
    edition, organiser = by_hand()
    draft = frozen(edition, organiser)
    document = document_of(draft)
    assert verify(document, expect=draft.fingerprint, votes=ballots_of(draft)[0]) == []
