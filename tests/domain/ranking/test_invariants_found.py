"""Every invariant of the ranking by its number: search the tests for "Invariant 7" and find what holds it."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[2]
INVARIANTS = {
    1: "The order is a prefix of any longer one; no item twice; only eligible items.",
    2: "Renumbering items or reordering rows of votes changes nothing in the order but ties.",
    3: "Scaling the weights, or splitting a group into parts with equal claims, changes nothing.",
    4: "Higher claims in all groups: an earlier place.",
    5: "Raising one claim never worsens the item's place.",
    6: "One group: descending claim.",
    7: "Disjoint groups with 0/1 claims: exactly Sainte-Laguë seats.",
    8: "Support and opposition inside (0, 1), their sum below 1; weights sum to 1; weighted claims are net support.",
    9: "Same input and seed, same bytes; order and bands from the printed figures alone equal the compiled ones.",
    10: "Bands never decrease along the order.",
    11: "An item without answers changes nothing.",
    12: "At least one item may be placed wherever there is a vote.",
    13: "Shown breakdowns: no part and no remainder with 1 to 9 people.",
    14: "Effective votes: free of the order of merges and of the choice of lead, never a value nobody gave, undone whole.",
    15: "Guard: routed, imported and paper votes stay; direct votes that are set aside change no place.",
    16: "Routing probabilities sum to 1, each at least its share of chance.",
    17: "One more agree instead of disagree never lowers an item's support.",
    18: "Merging the same pair twice is once.",
}


@cache
def named() -> dict[int, list[str]]:
    """Tests by the invariant that their docstring names."""
    found: dict[int, list[str]] = {number: [] for number in INVARIANTS}
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for number in re.findall(r"Invariant (\d+)", ast.get_docstring(node) or ""):
                    found[int(number)].append(f"{path.relative_to(TESTS)}::{node.name}")
    return found


@pytest.mark.parametrize("number", INVARIANTS)
def test_a_test_holds_the_invariant_and_names_its_number(number: int) -> None:
    assert named()[number] != [], INVARIANTS[number]
