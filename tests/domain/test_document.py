"""The draft as JSON."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from roadmap.domain.canonical import canonical_bytes, fingerprint
from roadmap.domain.document import (
    DraftVersion,
    EditionText,
    LeftOut,
    Move,
    QuestionText,
    Source,
    build_document,
)
from roadmap.domain.document.listing import arrange
from roadmap.domain.ranking import Method, rank
from roadmap.domain.ranking.method import METHODS
from roadmap.domain.ranking.sealed import HEADER
from roadmap.domain.tallies import Tally
from tests.domain.ranking.examples import a_snapshot, an_item, by_hand, drawn, frozen

WHY = {"en": "A reason."}


def a_draft(**decisions: Any) -> dict[str, Any]:
    document, _, _ = frozen(drawn(1, 200, 20, answers=14), **decisions)
    return document


def numbers(section: dict[str, Any]) -> list[int]:
    return [item["number"] for item in section["items"]]


def test_the_ten_voters_are_printed_as_the_format_says() -> None:
    document, ballots, _ = frozen(by_hand())
    assert document["format"] == "roadmap-draft/1"
    assert document["frozen_at"] == "2026-09-30T12:00:00Z"
    assert document["ballots"] == {"sha256": ballots.sha256, "rows": 35}
    assert document["method"]["estimated"] == {
        "k0": 4.0,
        "mu": {"agree": 0.5526, "disagree": 0.3421, "pass": 0.1053},
    }
    assert document["method"]["stakeholders"] == [{"group": "public", "people": 10, "weight": 1.0}]
    assert document["groups"] == [{"id": "A", "people": 10, "weight": 1.0, "typical": []}]
    (section,) = document["sections"]
    assert (section["people"], section["needed"], section["last_place"]) == (10, 2.5, None)
    first = section["items"][0]
    assert (first["number"], first["rank"], first["band"], first["moved"]) == (1, 1, [1, 3], None)
    assert first["tally"] == {"agree": 8, "disagree": 1, "pass": 1}
    assert first["claims"] == {"A": 0.5602}
    assert first["score"]["support"] == 0.7293
    assert (first["score"]["answers"], first["score"]["set_aside"]) == (10, 0)
    assert first["origin"] == {"platform": "polis", "id": "1"}
    assert [(item["number"], item["reason"]) for item in section["not_listed"]] == [(4, "no-group-in-favour")]


def test_every_parameter_and_the_orders_of_all_methods_are_printed() -> None:
    method = a_draft()["method"]
    names = {"div", "kappa", "kappa_g", "n_c", "draws", "conf", "k", "min_eff", "min_cell", "min_votes_group"}
    assert names | {"min_group", "guard_z", "lambda", "n0", "eps", "gamma"} <= method["parameters"].keys()
    assert [order["name"] for order in method["orders"]] == list(METHODS)


def test_the_same_snapshot_gives_the_same_bytes() -> None:
    one, two = a_draft(), a_draft()
    assert canonical_bytes(one) == canonical_bytes(two)
    assert one["fingerprint"] == two["fingerprint"]


def test_the_fingerprint_is_the_hash_of_the_canonical_form_without_it() -> None:
    document = a_draft()
    body = {name: value for name, value in document.items() if name != "fingerprint"}
    assert document["fingerprint"] == "sha256:" + hashlib.sha256(canonical_bytes(body)).hexdigest()
    assert fingerprint(json.loads(json.dumps(document, indent=1))) == document["fingerprint"]


def test_the_canonical_form_is_that_of_the_standard() -> None:
    value = {"b": [1.0, 0.3459, -0.0], "a": "é\n", "\u20ac": None}
    assert canonical_bytes(value) == '{"a":"é\\n","b":[1,0.3459,0],"€":null}'.encode()


@pytest.mark.parametrize("value", [float("nan"), 2**60, {1: 2}, "\ud800"])
def test_what_json_cannot_hold_has_no_canonical_form(value: Any) -> None:
    with pytest.raises(ValueError, match="canonical"):
        canonical_bytes({"a": value})


def test_items_without_votes_have_neither_score_nor_claims() -> None:
    document, _, _ = frozen(a_snapshot([(0, 1, 1)], numbers=[1, 2], people=1))
    (item,) = document["sections"][0]["not_listed"]
    assert (item["number"], item["reason"]) == (2, "too-few-votes")
    assert item["score"] is None
    assert item["claims"] is None
    assert item["tally"] == {"agree": 0, "disagree": 0, "pass": 0}


def test_nobody_at_all_still_makes_a_document() -> None:
    document, ballots, _ = frozen(a_snapshot([], numbers=[1], people=0))
    assert document["participation"]["voters"] == 0
    assert ballots.content == HEADER.encode() + b"\n"


def test_small_cells_are_withheld_and_the_others_are_exact() -> None:
    groups = ["public"] * 30 + ["civil-society"] * 14 + ["decision-maker"] * 4
    votes = [(person, 1, 1) for person in range(48)]
    document, _, _ = frozen(a_snapshot(votes, numbers=[1], people=48, stakeholders=groups))
    right = {"public": {"agree": 30, "disagree": 0, "pass": 0}, "civil-society": None, "decision-maker": None}
    assert document["sections"][0]["items"][0]["by_group"] == right
    assert document["participation"]["by_group"] == {
        "civil-society": None,
        "decision-maker": None,
        "public": 30,
    }
    assert document["participation"]["by_region"] == {"not-stated": 48}


def test_an_item_moved_by_hand_shows_its_computed_place_and_stands_alone() -> None:
    plain = numbers(a_draft()["sections"][0])
    section = a_draft(moves=(Move(plain[4], 2, WHY),))["sections"][0]
    assert numbers(section) == [plain[0], plain[4], plain[1], plain[2], plain[3], *plain[5:]]
    assert section["items"][1]["moved"] == {"from": 5, "reason": WHY}
    assert section["items"][1]["band"] == [2, 2]
    assert section["items"][1]["why"]["place"] == 5


def test_an_item_left_out_is_told_with_its_reason_and_the_computed_order_keeps_it() -> None:
    plain = numbers(a_draft()["sections"][0])
    document = a_draft(left_out=(LeftOut(plain[0], WHY),))
    section = document["sections"][0]
    assert numbers(section) == plain[1:]
    assert [item["rank"] for item in section["items"]] == list(range(1, len(plain)))
    (left,) = [item for item in section["not_listed"] if item["number"] == plain[0]]
    assert (left["reason"], left["note"]) == ("left-out-by-organisers", WHY)
    assert document["method"]["orders"][0]["numbers"] == plain


def test_a_list_closed_after_a_place_names_what_stands_below() -> None:
    plain = numbers(a_draft()["sections"][0])
    section = a_draft(last_place=3, last_place_reason=WHY)["sections"][0]
    assert numbers(section) == plain[:3]
    assert section["last_place"] == 3
    below = {item["number"] for item in section["not_listed"] if item["reason"] == "below-the-last-place"}
    assert below == set(plain[3:])


@pytest.mark.parametrize(
    ("decisions", "message"),
    [
        ({"moves": (Move(999, 1, WHY),)}, "999"),
        ({"moves": (Move(10, 99, WHY),)}, "place 99"),
        ({"moves": (Move(10, 1, WHY), Move(13, 1, WHY))}, "one place"),
        ({"left_out": (LeftOut(999, WHY),)}, "999"),
        ({"last_place": 0}, "at least 1"),
        ({"last_place": 2, "moves": (Move(10, 3, WHY),)}, "beyond"),
    ],
)
def test_decisions_that_do_not_fit_are_refused(decisions: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        a_draft(**decisions)


def test_bands_of_a_list_with_moves_run_over_the_items_that_stayed() -> None:
    lines = arrange([1, 2, 3, 4], [0, 0, 1, 1], moves={4: 1}, left_out={2})
    assert [(line.number, line.rank, line.band, line.place) for line in lines] == [
        (4, 1, (1, 1), 4),
        (1, 2, (2, 2), 1),
        (3, 3, (3, 3), 3),
    ]


def test_missing_texts_are_named() -> None:
    ranking = rank(by_hand())
    edition, version = EditionText("2026", {"en": "E"}), DraftVersion(1, "roadmap 0")
    with pytest.raises(ValueError, match="item 2"):
        build_document(
            ranking, edition=edition, questions=[QuestionText(1, WHY)], items=[an_item(1)], version=version
        )
    items = [an_item(number) for number in (1, 2, 3, 4)]
    with pytest.raises(ValueError, match="question 1"):
        build_document(ranking, edition=edition, questions=[], items=items, version=version)


def test_a_draft_that_is_not_frozen_has_no_time_and_no_ballots() -> None:
    document = build_document(
        rank(by_hand()),
        edition=EditionText("2026", {"en": "E"}, further={"phase": "voting"}),
        questions=[QuestionText(1, WHY), QuestionText(2, WHY)],
        items=[an_item(number) for number in (1, 2, 3, 4)],
        version=DraftVersion(2, "roadmap 0"),
    )
    assert (document["frozen_at"], document["ballots"]) == (None, None)
    assert document["edition"]["phase"] == "voting"
    assert document["sections"][1]["items"] == []


def test_merged_items_carry_their_sources_the_flag_and_what_is_shown_apart() -> None:
    merged = an_item(1).__class__(
        1,
        WHY,
        WHY,
        sources=(Source(1, (), "en", "/1"), Source(7, ("An author",), "es", "/7")),
        asked_again=4,
        apart={"guests": Tally(1, 2, 3)},
    )
    document = build_document(
        rank(by_hand()),
        edition=EditionText("2026", {"en": "E"}),
        questions=[QuestionText(1, WHY)],
        items=[merged, *(an_item(number) for number in (2, 3, 4))],
        version=DraftVersion(1, "roadmap 0"),
    )
    first = document["sections"][0]["items"][0]
    assert "merged" in first["flags"]
    assert first["sources"][1] == {"number": 7, "authors": ["An author"], "language": "es", "url": "/7"}
    assert (first["asked_again"], first["apart"]["guests"]["pass"]) == (4, 3)
    assert first["origin"] is None


@pytest.mark.parametrize("name", METHODS)
def test_the_recount_that_shares_no_code_agrees(name: str, tmp_path: Path) -> None:
    snapshot = drawn(2, 150, 30, answers=16, camps=3, questions=2, groups=True)
    document, _, _ = frozen(snapshot, Method(name=name), last_place=7, left_out=(LeftOut(10, WHY),))
    assert recount(document, tmp_path) == (0, "holds")


def test_the_recount_agrees_with_items_moved_and_names_the_first_difference(tmp_path: Path) -> None:
    plain = numbers(a_draft()["sections"][0])
    document = a_draft(moves=(Move(plain[4], 2, WHY), Move(plain[0], 6, WHY)))
    assert recount(document, tmp_path) == (0, "holds")
    items = document["sections"][0]["items"]
    items[2], items[3] = {**items[3], "rank": 3}, {**items[2], "rank": 4}
    code, said = recount(document, tmp_path)
    assert code == 1
    assert said.startswith("question 1, place 3: ")


def recount(document: dict[str, Any], folder: Path) -> tuple[int, str]:
    (folder / "draft.json").write_text(json.dumps(document), encoding="utf-8")
    command = [
        sys.executable,
        str(Path(__file__).parents[2] / "docs" / "recount.py"),
        str(folder / "draft.json"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout.strip()
