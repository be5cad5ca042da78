"""The order with 0/1 claims, beside the sequential approval rules of `abcvoting`."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.domain.ranking.proportional import places
from tests.oracle.packages import package

abcrules = package("abcvoting.abcrules")
preferences = package("abcvoting.preferences")
pytestmark = pytest.mark.oracle

RULES = {2: "seqslav", 1: "seqpav"}
Ballots = list[tuple[frozenset[int], int]]


@st.composite
def ballots(draw: st.DrawFn) -> tuple[int, Ballots]:
    """A number of items, and groups that each approve some of them, with their people."""
    items = draw(st.integers(2, 7))
    approved = st.frozensets(st.integers(0, items - 1), min_size=1)
    return items, draw(st.lists(st.tuples(approved, st.integers(1, 9)), min_size=1, max_size=5))


def ordered(items: int, groups: Ballots, div: float) -> Sequence[int]:
    claims = np.array([[float(item in wanted) for item in range(items)] for wanted, _ in groups])
    people = np.array([many for _, many in groups], dtype=float)
    found = places(claims, people / people.sum(), np.zeros(items), np.arange(items), div)
    return [int(item) for item in found.order]


@pytest.mark.parametrize("div", RULES)
@settings(max_examples=150, deadline=None)
@given(case=ballots(), data=st.data())
def test_the_first_places_are_a_committee_of_the_sequential_rule(
    div: int, case: tuple[int, Ballots], data: st.DataObject
) -> None:
    """Sainte-Laguë approval voting; with a divisor of 1 proportional approval voting.

    Both computed one item after the other, the package with every way of breaking ties.
    """
    items, groups = case
    order = ordered(items, groups, div)
    size = data.draw(st.integers(1, len(order)))
    profile = preferences.Profile(items)
    for wanted, many in groups:
        for _ in range(many):
            profile.add_voter(sorted(wanted))
    right = abcrules.compute(RULES[div], profile, size, resolute=False, max_num_of_committees=None)
    assert set(order[:size]) in [set(committee) for committee in right]
