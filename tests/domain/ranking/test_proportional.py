"""The order in which groups share the places, for any claims whatever."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from roadmap.domain.ranking.arrays import Floats, Integers
from roadmap.domain.ranking.proportional import places, ranks_of_draws

Claims = tuple[Floats, Floats, Floats, Integers]

few = settings(max_examples=40, deadline=None)
unit = st.floats(0, 1, allow_subnormal=False).map(lambda value: round(value, 4))
signed = st.floats(-1, 1, allow_subnormal=False).map(lambda value: round(value, 4))


@st.composite
def tables(
    draw: st.DrawFn, least_groups: int = 1, most_groups: int = 4, claim: st.SearchStrategy[float] = signed
) -> Claims:
    """Claims (groups, items), weights that sum to 1, support, numbers."""
    groups, items = draw(st.integers(least_groups, most_groups)), draw(st.integers(1, 8))
    found = draw(arrays.arrays(np.float64, (groups, items), elements=claim))
    raw = draw(arrays.arrays(np.float64, groups, elements=st.integers(1, 9).map(float)))
    shares = draw(arrays.arrays(np.float64, items, elements=unit))
    return found, raw / raw.sum(), shares, np.arange(items)


def order_of(found: Floats, weights: Floats, shares: Floats, number: Integers, div: float = 2.0) -> list[int]:
    return [int(item) for item in number[places(found, weights, shares, number, div).order]]


@few
@given(tables(), st.integers(0, 8))
def test_the_order_is_a_prefix_of_any_longer_one_and_names_nothing_twice(table: Claims, length: int) -> None:
    """Invariant 1."""
    found, weights, shares, number = table
    order = order_of(found, weights, shares, number)
    assert len(set(order)) == len(order)
    positive = {int(number[at]) for at in range(len(number)) if (found[:, at] > 0).any()}
    assert set(order) == positive
    kept = np.isin(number, order[:length])
    shorter = order_of(found[:, kept], weights, shares[kept], number[kept])
    assert shorter == order[:length]


@few
@given(tables(), st.floats(0.01, 100))
def test_weights_on_another_scale_change_nothing(table: Claims, scale: float) -> None:
    """Invariant 3. Claims and scale are far from the size of a tie."""
    found, weights, shares, number = table
    distinct = found + np.linspace(0, 1e-3, found.size).reshape(found.shape)
    assert order_of(distinct, weights, shares, number) == order_of(distinct, weights * scale, shares, number)


@few
@given(tables(), st.floats(0.1, 0.9))
def test_a_group_split_into_parts_with_equal_claims_changes_nothing(table: Claims, part: float) -> None:
    """Invariant 3."""
    found, weights, shares, number = table
    split = np.concatenate([weights, [weights[-1] * part]])
    split[-2] *= 1 - part
    whole = places(found, weights, shares, number, 2)
    parts = places(np.vstack([found, found[-1:]]), split, shares, number, 2)
    assert parts.order.tolist() == whole.order.tolist()
    assert parts.gains == pytest.approx(whole.gains)


@few
@given(tables())
def test_higher_claims_in_all_groups_mean_an_earlier_place(table: Claims) -> None:
    """Invariant 4. Higher by more than the size of a tie: 0.9 + 0.05 is not 0.95."""
    found, weights, shares, number = table
    best = np.hstack([np.clip(found[:, :1], 0, 0.9) + 0.05, found])
    order = order_of(best, weights, np.append(0.5, shares), np.append(99, number))
    lower = [item for item in order if item != 99 and (found[:, item] < best[:, 0] - 1e-9).all()]
    assert all(order.index(99) < order.index(item) for item in lower)


@few
@given(tables(), st.data())
def test_raising_one_claim_never_worsens_the_place(table: Claims, data: st.DataObject) -> None:
    """Invariant 5."""
    found, weights, shares, number = table
    group = data.draw(st.integers(0, len(weights) - 1))
    item = data.draw(st.integers(0, len(number) - 1))
    raised = found.copy()
    raised[group, item] = data.draw(st.floats(found[group, item], 1))
    before, after = (order_of(one, weights, shares, number) for one in (found, raised))
    if item in before:
        assert item in after
        assert after.index(item) <= before.index(item)


@few
@given(tables(most_groups=1))
def test_one_group_orders_by_descending_claim(table: Claims) -> None:
    """Invariant 6."""
    found, weights, shares, number = table
    right = sorted(
        (item for item in number.tolist() if found[0, item] > 0),
        key=lambda item: (-found[0, item], -shares[item], item),
    )
    assert order_of(found, weights, shares, number) == right


@few
@given(st.lists(st.integers(1, 60), min_size=2, max_size=4), st.integers(1, 25))
def test_disjoint_groups_with_whole_claims_get_exactly_sainte_lague_seats(
    voters: list[int], seats: int
) -> None:
    """Invariant 7."""
    groups = len(voters)
    owner = np.repeat(np.arange(groups), seats)
    found = (owner[None, :] == np.arange(groups)[:, None]).astype(float)
    weights = np.array(voters) / sum(voters)
    # of groups with equal quotients the one with the earlier items is served first
    order = places(found, weights, np.zeros(len(owner)), np.arange(len(owner)), 2).order[:seats]
    given_seats = [0] * groups
    for _ in range(seats):
        quotients = [voters[at] / (2 * given_seats[at] + 1) for at in range(groups)]
        given_seats[max(range(groups), key=lambda at: (round(quotients[at], 9), -at))] += 1
    assert np.bincount(owner[order], minlength=groups).tolist() == given_seats


@few
@given(tables(claim=unit))
def test_draws_are_ordered_by_the_rule_of_the_order(table: Claims) -> None:
    """The fast order of many draws equals the plain one, draw by draw."""
    found, weights, shares, number = table
    plain = places(found, weights, shares, number, 2).order
    (ranks,) = ranks_of_draws(found[None], weights, shares, number, 2)
    right = np.full(len(number), len(number) + 1)
    right[plain] = np.arange(1, len(plain) + 1)
    assert ranks.tolist() == right.tolist()
