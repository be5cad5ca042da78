"""A printed draft is rebuilt from its own table, and what does not hold is named with its place."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.domain.canonical import fingerprint
from roadmap.domain.document import LeftOut, Move
from roadmap.domain.ranking import Method, Snapshot
from roadmap.domain.ranking.method import METHODS
from roadmap.domain.verification import Finding, verify
from tests.domain.ranking.examples import a_snapshot, by_hand, change, conversation, drawn, frozen
from tests.domain.ranking.strategies import snapshots

WHY = {"en": "A reason."}


@pytest.fixture(scope="module")
def draft() -> tuple[dict[str, Any], bytes]:
    snapshot = drawn(1, 200, 24, answers=14, camps=3, questions=2, groups=True)
    document, ballots, _ = frozen(snapshot)
    return json.loads(json.dumps(document)), ballots.content


@pytest.fixture
def document(draft: tuple[dict[str, Any], bytes]) -> dict[str, Any]:
    return copy.deepcopy(draft[0])


def resealed(document: dict[str, Any]) -> dict[str, Any]:
    """The same document with the fingerprint that fits it, as a careful forger would leave it."""
    document["fingerprint"] = fingerprint(document)
    return document


def first(findings: list[Finding]) -> list[tuple[Any, ...]]:
    return [(f.about, f.question, f.place, f.number) for f in findings][:1]


@pytest.mark.parametrize("name", METHODS)
def test_a_frozen_draft_holds_under_every_method_with_and_without_its_ballots(name: str) -> None:
    snapshot = drawn(1, 200, 24, answers=14, camps=3, questions=2, groups=True)
    document, ballots, _ = frozen(snapshot, Method(name=name))
    printed = json.loads(json.dumps(document))
    assert verify(printed, expect=document["fingerprint"], votes=ballots.content) == []


@pytest.mark.parametrize(
    "snapshot", [by_hand(), a_snapshot([], numbers=[1], people=0), drawn(3, 1, 4), drawn(4, 3, 5)]
)
def test_drafts_of_tiny_editions_hold(snapshot: Snapshot) -> None:
    document, ballots, _ = frozen(snapshot)
    assert verify(document, expect=document["fingerprint"][7:].upper(), votes=ballots.content) == []


@settings(max_examples=40, deadline=None)
@given(snapshots(), st.sampled_from(METHODS))
def test_any_votes_make_a_draft_that_holds_as_printed(snapshot: Snapshot, name: str) -> None:
    """Invariant 9: order and bands from the printed JSON alone equal the compiled ones."""
    document, ballots, _ = frozen(snapshot, Method(name=name, min_cell=2))
    assert verify(json.loads(json.dumps(document)), votes=ballots.content) == []


def test_a_draft_with_decisions_by_hand_holds() -> None:
    snapshot = drawn(1, 200, 24, answers=14, camps=3)
    plain, _, _ = frozen(snapshot)
    order = [item["number"] for item in plain["sections"][0]["items"]]
    document, ballots, _ = frozen(
        snapshot,
        moves=(Move(order[6], 2, WHY), Move(order[0], 4, WHY)),
        left_out=(LeftOut(order[3], WHY),),
        last_place=8,
        last_place_reason=WHY,
    )
    assert verify(document, votes=ballots.content) == []
    document["sections"][0]["items"][1]["moved"]["from"] = 5
    found = verify(resealed(document))
    assert first(found) == [("order", 1, 2, order[6])]


def swap(document: dict[str, Any]) -> int:
    items = document["sections"][1]["items"]
    items[2], items[3] = items[3], items[2]
    for place in (2, 3):
        items[place]["rank"] = place + 1
    return int(items[2]["number"])


def test_two_swapped_items_are_found_where_they_stand(document: dict[str, Any]) -> None:
    number = swap(document)
    found = verify(document)
    assert first(found) == [("order", 2, 3, number)]
    assert found[-1].about == "fingerprint"


def test_two_swapped_items_are_found_after_the_fingerprint_was_made_again(document: dict[str, Any]) -> None:
    number = swap(document)
    found = verify(resealed(document))
    assert first(found) == [("order", 2, 3, number)]
    assert str(found[0]).startswith(f"question 2, place 3, item {number}: the table puts item ")


def test_a_changed_word_breaks_the_fingerprint(document: dict[str, Any]) -> None:
    document["sections"][0]["items"][0]["title"]["en"] = "Another title"
    assert first(verify(document)) == [("fingerprint", None, None, None)]


def test_a_changed_word_under_a_new_fingerprint_is_found_by_the_expected_one(
    document: dict[str, Any],
) -> None:
    known = document["fingerprint"]
    document["sections"][0]["items"][0]["title"]["en"] = "Another title"
    assert verify(resealed(document)) == []
    assert first(verify(document, expect=known)) == [("expected", None, None, None)]


@pytest.mark.parametrize("again", [False, True])
def test_a_changed_claim_is_found_at_its_item(document: dict[str, Any], again: bool) -> None:
    item = document["sections"][0]["items"][1]
    item["claims"]["A"] = round(item["claims"]["A"] - 0.2, 4)
    found = verify(resealed(document) if again else document)
    assert first(found) == [("claims", 1, 2, item["number"])]
    assert any(f.about == "fingerprint" for f in found) != again


@pytest.mark.parametrize("again", [False, True])
def test_a_changed_tally_is_found_at_its_item(document: dict[str, Any], again: bool) -> None:
    item = document["sections"][0]["items"][1]
    item["tally"]["agree"] += 1
    found = verify(resealed(document) if again else document)
    assert first(found) == [("tally", 1, 2, item["number"])]


def test_answers_moved_from_one_choice_to_another_are_found_by_the_support(document: dict[str, Any]) -> None:
    item = document["sections"][0]["items"][1]
    item["tally"]["agree"] += 2
    item["tally"]["disagree"] -= 2
    assert first(verify(resealed(document))) == [("support", 1, 2, item["number"])]


@pytest.mark.parametrize(
    ("changed", "about"),
    [
        (change(["sections", 0, "needed"], 3.0), "threshold"),
        (change(["sections", 0, "items", 0, "band"], [1, 1]), "bands"),
        (change(["sections", 0, "items", 0, "places"], [1, 9]), "bands"),
        (change(["sections", 0, "items", 0, "stays"], 0.1), "bands"),
        (change(["sections", 0, "items", 0, "why", "by_support"], 9), "explanation"),
        (change(["sections", 0, "items", 0, "flags"], ["contested", "group-priority"]), "explanation"),
        (change(["sections", 0, "minority"], [{"number": 1}]), "explanation"),
        (change(["sections", 0, "items", 3, "rank"], 9), "order"),
        (change(["sections", 0, "items"], lambda items: items[:-1]), "estimate"),
        (change(["method", "estimated", "k0"], 30), "estimate"),
        (change(["method", "orders", 4, "numbers"], lambda numbers: numbers[::-1]), "orders"),
        (change(["method", "orders"], lambda orders: orders[1:]), "orders"),
        (change(["method", "seed"], 5), "bands"),
        (change(["groups", 0, "weight"], 0.99), "claims"),
        (change(["participation", "voters"], 5), "groups"),
        (change(["sections", 0, "items", 0, "score", "interval"], [0.0, 0.01]), "support"),
    ],
)
def test_what_was_changed_and_sealed_again_is_named(
    document: dict[str, Any], changed: Callable[[Any], None], about: str
) -> None:
    changed(document)
    assert verify(resealed(document))[0].about == about


def test_an_item_hidden_under_a_false_reason_is_found(document: dict[str, Any]) -> None:
    section = document["sections"][0]
    item = section["items"].pop()
    section["not_listed"].append({**item, "reason": "no-group-in-favour"})
    assert first(verify(resealed(document))) == [("order", 1, item["rank"], item["number"])]
    section["not_listed"][-1]["reason"] = "too-few-votes"
    assert first(verify(resealed(document))) == [("threshold", 1, None, item["number"])]


def test_an_item_added_where_no_place_is_left_is_found(document: dict[str, Any]) -> None:
    section = document["sections"][0]
    absent = next(item for item in section["not_listed"] if item["reason"] == "no-group-in-favour")
    section["not_listed"].remove(absent)
    place = len(section["items"]) + 1
    extra = {**section["items"][0], **absent, "rank": place, "moved": None}
    section["items"].append(extra)
    assert first(verify(resealed(document))) == [("order", 1, place, absent["number"])]


def test_another_ballot_file_is_refused_and_the_first_difference_named(
    draft: tuple[dict[str, Any], bytes],
) -> None:
    document, ballots = draft
    lines = ballots.decode().splitlines()
    head, votes = lines[0], lines[1:]
    at = next(row for row, line in enumerate(votes) if line.split(",")[2] == "1")
    cells = votes[at].split(",")
    votes[at] = ",".join([*cells[:2], "-1", *cells[3:]])
    found = verify(document, votes=("\n".join([head, *votes]) + "\n").encode())
    assert found[0] == Finding("ballots", "the ballot file is not the one whose SHA-256 the draft prints")
    assert any(f.number == int(cells[1]) and "tally" in f.message for f in found)


def test_a_ballot_file_cut_short_is_told_by_its_rows(draft: tuple[dict[str, Any], bytes]) -> None:
    document, ballots = draft
    short = b"\n".join(ballots.split(b"\n")[:-2]) + b"\n"
    assert "rows" in [str(f) for f in verify(document, votes=short)][1]


def test_votes_that_are_no_ballot_file_are_named_without_a_crash(draft: tuple[dict[str, Any], bytes]) -> None:
    document, _ = draft
    found = verify(document, votes=b"\xff\x00 nothing")
    assert [f.about for f in found] == ["ballots", "ballots"]
    assert "first line" in found[1].message


def test_a_draft_that_names_no_ballots_says_so(document: dict[str, Any]) -> None:
    document["ballots"] = None
    assert verify(resealed(document), votes=b"")[0].message == "the draft names no ballot file"


def test_an_opinion_written_into_the_ballots_is_compared(draft: tuple[dict[str, Any], bytes]) -> None:
    document, ballots = draft
    other = ballots.replace(b",A,", b",Z,")
    assert any("is in group A, the file says Z" in f.message for f in verify(document, votes=other))


@pytest.mark.real_data
def test_a_real_conversation_is_frozen_verified_and_tampered_with() -> None:
    document, ballots, _ = frozen(conversation("scoop-hivemind.biodiversity"))
    assert verify(document, expect=document["fingerprint"], votes=ballots.content) == []
    items = document["sections"][0]["items"]
    items[9]["claims"]["B"] = round(items[9]["claims"]["B"] + 0.01, 4)
    assert first(verify(resealed(document))) == [("claims", 1, 10, items[9]["number"])]
