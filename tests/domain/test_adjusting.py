"""A computed draft and what organisers changed by hand."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.domain.adjusting import Change, UnfitChangeError, adjusted, order_of
from roadmap.domain.canonical import fingerprint
from roadmap.domain.verification import verify
from tests.domain.ranking.examples import drawn, frozen

WHY = {"en": "A reason."}
DOCUMENT, _BALLOTS, _RANKING = frozen(drawn(1, 200, 20, answers=14))
LISTED = [item["number"] for item in DOCUMENT["sections"][0]["items"]]


def sealed(document: dict[str, Any]) -> dict[str, Any]:
    document.pop("fingerprint", None)
    return document | {"fingerprint": fingerprint(document)}


def ranks(document: dict[str, Any]) -> list[int]:
    return [item["number"] for item in document["sections"][0]["items"]]


def move(number: int, place: int | None) -> Change:
    return Change("move", place, 1, number, WHY)


def test_without_changes_it_is_the_same_document() -> None:
    assert adjusted(DOCUMENT, []) == DOCUMENT


def test_the_computed_document_is_left_as_it_is() -> None:
    before = fingerprint(DOCUMENT)
    adjusted(DOCUMENT, [move(LISTED[3], 1), Change("title", {"en": "Other"}, None, LISTED[0])])
    assert fingerprint(DOCUMENT) == before


def test_moves_are_made_one_after_the_other() -> None:
    a, b, c, *rest = LISTED
    assert ranks(adjusted(DOCUMENT, [move(c, 2), move(b, 2)])) == [a, b, c, *rest]
    assert ranks(adjusted(DOCUMENT, [move(c, 1), move(b, 1)])) == [b, c, a, *rest]


def test_a_move_taken_back_leaves_the_others() -> None:
    a, b, c, *rest = LISTED
    assert ranks(adjusted(DOCUMENT, [move(c, 1), move(b, 1), move(c, None)])) == [b, a, c, *rest]


def test_an_item_moved_beyond_the_last_place_is_refused() -> None:
    with pytest.raises(UnfitChangeError) as refused:
        adjusted(DOCUMENT, [move(LISTED[0], 5), Change("last-place", 3, 1, None, WHY)])
    assert refused.value.about == "last-place"


def test_an_item_of_no_place_cannot_be_moved() -> None:
    with pytest.raises(UnfitChangeError):
        adjusted(DOCUMENT, [move(9999, 1)])


def test_a_question_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnfitChangeError):
        adjusted(DOCUMENT, [Change("note", {"en": "x"}, 7)])


changes = st.one_of(
    st.builds(move, st.sampled_from(LISTED), st.integers(1, len(LISTED) - 3)),
    st.builds(move, st.sampled_from(LISTED), st.none()),
    st.builds(
        lambda number, out: Change("leave-out", out, 1, number, WHY),
        st.sampled_from(LISTED[:3]),
        st.sampled_from((True, None)),
    ),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(changes, max_size=6))
def test_whatever_is_moved_or_left_out_the_draft_still_verifies(made: list[Change]) -> None:
    document = sealed(adjusted(DOCUMENT, made))
    assert verify(document) == []
    assert ranks(document) == order_of(DOCUMENT["sections"][0], made)
