"""Whatever a file holds, verification answers with a sentence and never with a crash."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.domain.verification import verify
from tests.domain.ranking.examples import change, drawn, frozen


@pytest.fixture(scope="module")
def draft() -> tuple[dict[str, Any], bytes]:
    snapshot = drawn(1, 200, 24, answers=14, camps=3, questions=2, groups=True)
    document, ballots, _ = frozen(snapshot)
    return json.loads(json.dumps(document)), ballots.content


@pytest.fixture
def document(draft: tuple[dict[str, Any], bytes]) -> dict[str, Any]:
    return copy.deepcopy(draft[0])


@pytest.mark.parametrize("value", [None, [], "draft", 3, {}, {"format": "roadmap-draft/2"}, {"format": 1}])
def test_what_is_no_draft_is_told_in_one_finding(value: Any) -> None:
    found = verify(value, votes=b"")
    assert found[0].about == "shape"


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (["method"], None, "method is not an object"),
        (["method", "name"], "loudest", "there is no method 'loudest'"),
        (["method", "seed"], "x", "method.seed is not a number"),
        (["method", "parameters", "draws"], 10**9, "method.parameters: draws must be a number"),
        (["method", "parameters", "draws"], 20_000, "method.parameters: draws must lie between 1 and 10000"),
        (["method", "parameters", "k"], 1.5, "method.parameters: k must be a whole number"),
        (["method", "parameters", "target"], 1, "method.parameters: target must be a text"),
        (["groups"], [], "groups are not lettered"),
        (["sections"], {}, "sections is not a list"),
        (["sections", 0, "people"], 1.5, "sections[0].people is not a whole number"),
        (["sections", 0, "people"], True, "sections[0].people is not a number"),
        (["sections", 0, "needed"], float("nan"), "sections[0].needed is not a number that JSON can hold"),
        (["sections", 1, "question", "number"], 1, "sections: number 1 stands there twice"),
        (
            ["sections", 0, "items", 1, "score"],
            None,
            "items[1].score is missing from a listed item",
        ),
        (
            ["sections", 0, "items", 1, "score", "support"],
            1.2,
            "score.support does not lie between 0 and 1",
        ),
        (["sections", 0, "items", 1, "score", "interval"], [0.1], "interval does not hold two values"),
        (["sections", 0, "items", 1, "claims"], {"A": 0.1}, "claims does not name the groups"),
        (
            ["sections", 0, "items", 1, "tally"],
            {"agree": 1},
            "items[1].tally.disagree is missing",
        ),
        (["sections", 0, "not_listed", 0, "reason"], "mood", "reason is not one of"),
    ],
)
def test_a_broken_shape_is_told_with_its_path(
    document: dict[str, Any], path: list[Any], value: Any, message: str
) -> None:
    change(path, value)(document)
    found = verify(document)[0]
    assert found.about == "shape"
    assert message in found.message


def test_the_same_number_twice_is_a_broken_shape(document: dict[str, Any]) -> None:
    items = document["sections"][0]["items"]
    items[1]["number"] = items[0]["number"]
    assert "stands there twice" in verify(document)[0].message


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        yield from paths(child, (*path, key))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_nothing_put_anywhere_into_a_draft_makes_verification_crash(
    draft: tuple[dict[str, Any], bytes], data: st.DataObject
) -> None:
    document = copy.deepcopy(draft[0])
    path = data.draw(st.sampled_from([path for path in paths(document) if path]))
    strange = st.sampled_from(
        [None, True, -1, 0, 7, 10**6, 2**53, 2**70, 0.5, 1e300, float("inf"), "", "A", [], [1], {}, {"A": 1}]
    )
    change(path, data.draw(strange))(document)
    findings = verify(document, votes=draft[1])
    assert all(isinstance(finding.message, str) for finding in findings)
