"""Places as seats, beside `apportionment`: disjoint groups with 0/1 claims (invariant 7)."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from roadmap.domain.ranking.proportional import places
from tests.oracle.packages import package

methods = package("apportionment.methods")
pytestmark = pytest.mark.oracle

DIVISORS = {2: "saintelague", 1: "dhondt"}


@pytest.mark.parametrize("div", DIVISORS)
@settings(max_examples=150, deadline=None)
@given(voters=st.lists(st.integers(1, 3_000), min_size=2, max_size=5), seats=st.integers(1, 40))
def test_disjoint_groups_get_the_seats_of_the_divisor_method(div: int, voters: list[int], seats: int) -> None:
    """Invariant 7; a divisor of 1 in place of 2 is D’Hondt. Ties, which the rules break otherwise, are left out."""
    try:
        right = methods.compute(DIVISORS[div], voters, seats, fractions=True, tiesallowed=False)
    except methods.TiesException:
        assume(False)
    groups = np.arange(len(voters))
    owner = np.repeat(groups, seats)
    claims = (owner == groups[:, None]).astype(float)
    weights = np.array(voters) / sum(voters)
    order = places(claims, weights, np.zeros(len(owner)), np.arange(len(owner)), div).order[:seats]
    assert np.bincount(owner[order], minlength=len(voters)).tolist() == right
