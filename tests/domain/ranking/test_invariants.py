"""What must hold for any votes whatever."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from roadmap.domain.ranking import Method, Snapshot, rank
from roadmap.domain.ranking.arrays import AGREE, DISAGREE, Floats, Integers
from roadmap.domain.ranking.counting import Count
from roadmap.domain.ranking.method import METHODS
from roadmap.domain.ranking.scores import Estimate, claims, pulled, support, voices
from tests.domain.ranking.examples import drawn
from tests.domain.ranking.strategies import snapshots

few = settings(max_examples=40, deadline=None)


@few
@given(snapshots())
def test_only_items_with_enough_answers_are_placed(snapshot: Snapshot) -> None:
    """Invariant 1."""
    ranking = rank(snapshot)
    answers = dict(zip(ranking.table.number.tolist(), ranking.table.answers.tolist(), strict=True))
    for section in ranking.sections:
        assert all(answers[item.number] >= section.needed for item in section.placed)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rows_in_another_order_and_people_renumbered_change_nothing(seed: int) -> None:
    """Invariant 2."""
    snapshot = drawn(seed, 120, 25, answers=12, camps=3, questions=2)
    chance = np.random.default_rng(seed)
    rows, people = chance.permutation(snapshot.votes), chance.permutation(snapshot.people)
    other = Snapshot(
        people[snapshot.person[rows]].astype(np.int32),
        snapshot.item[rows],
        snapshot.choice[rows],
        snapshot.origin[rows],
        number=snapshot.number,
        question=snapshot.question,
        stakeholder=snapshot.stakeholder[np.argsort(people)],
    )
    one, two = rank(snapshot), rank(other)
    assert one.sections == two.sections
    assert one.groups == two.groups


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_renumbered_items_keep_their_order(seed: int) -> None:
    """Invariant 2: only ties may differ, and these votes have none."""
    snapshot = drawn(seed, 150, 20, answers=13, camps=2)
    new = np.random.default_rng(seed).permutation(snapshot.items)
    other = Snapshot(
        snapshot.person,
        new[snapshot.item].astype(np.int32),
        snapshot.choice,
        snapshot.origin,
        number=np.arange(snapshot.items),
        question=snapshot.question,
        stakeholder=snapshot.stakeholder,
    )
    renamed = dict(zip(snapshot.number.tolist(), new.tolist(), strict=True))
    one, two = (ranking.sections[0] for ranking in (rank(snapshot), rank(other)))
    assert [renamed[item.number] for item in one.placed] == [item.number for item in two.placed]


@few
@given(snapshots(), st.sampled_from(METHODS))
def test_shares_stay_inside_and_weights_sum_to_one(snapshot: Snapshot, name: str) -> None:
    """Invariant 8, the printed side."""
    ranking = rank(snapshot, Method(name=name, min_cell=2))
    table = ranking.table
    assert (table.support > 0).all()
    assert (table.opposition > 0).all()
    assert (table.support + table.opposition < 1).all()
    assert sum(row.weight for row in ranking.voices) == pytest.approx(1, abs=0.0002)
    assert table.weights.sum() == pytest.approx(1, abs=0.0003)
    net = table.support - table.opposition
    uncut = (np.abs(table.claims) < 1).all(axis=0)
    assert (table.weights @ table.claims)[uncut] == pytest.approx(net[uncut], abs=0.0004)


@few
@given(
    arrays.arrays(np.int64, (3, 3, 4), elements=st.integers(0, 40)),
    st.lists(st.integers(1, 9), min_size=3, max_size=3),
)
def test_the_weighted_claims_are_the_net_support(by_group: Integers, raw: list[int]) -> None:
    """Invariant 8, before rounding."""
    total = by_group.sum(axis=0)
    average = Estimate(4, 0.5, 0.3, 0.2)
    means = pulled(total, average.mu[:, None], average.k0)
    scores = support(total[None], np.ones(1), means, k0=average.k0, kappa=10)
    weights = np.array(raw) / sum(raw)
    net = scores.support - scores.opposition
    found = claims(pulled(by_group, means, 5), weights, net)
    assert np.abs(weights @ found - net).max() < 1e-12


@few
@given(snapshots())
def test_the_same_votes_give_the_same_ranking(snapshot: Snapshot) -> None:
    """Invariant 9, the half without a file."""
    one, two = rank(snapshot), rank(snapshot)
    assert one.sections == two.sections
    assert one.orders == two.orders
    assert one.table.claims.tobytes() == two.table.claims.tobytes()


@few
@given(snapshots(), st.sampled_from(METHODS))
def test_bands_never_decrease_along_the_order(snapshot: Snapshot, name: str) -> None:
    """Invariant 10."""
    for section in rank(snapshot, Method(name=name)).sections:
        starts = [item.band[0] for item in section.placed]
        assert starts == sorted(starts)
        assert all(item.band[0] <= item.place <= item.band[1] for item in section.placed)


@few
@given(snapshots())
def test_an_item_without_answers_changes_nothing(snapshot: Snapshot) -> None:
    """Invariant 11: but for itself, which is not listed."""
    other = replace(
        snapshot,
        number=np.append(snapshot.number, 999),
        question=np.append(snapshot.question, 1).astype(np.int16),
    )
    one, two = rank(snapshot), rank(other)
    assert [section.placed for section in one.sections] == [section.placed for section in two.sections]
    assert one.orders == two.orders
    assert two.sections[0].not_listed[-1].number == 999
    assert two.sections[0].not_listed[-1].reason == "too-few-votes"


@few
@given(snapshots())
def test_at_least_one_item_may_be_placed_wherever_there_is_a_vote(snapshot: Snapshot) -> None:
    """Invariant 12."""
    ranking = rank(snapshot)
    support_orders = [order for order in ranking.orders if order.name == "support"]
    for section, order in zip(ranking.sections, support_orders, strict=True):
        assert bool(order.numbers) == bool(section.people)


@few
@given(
    arrays.arrays(np.int64, (3, 3, 3), elements=st.integers(0, 30)),
    st.booleans(),
    st.floats(2, 50),
)
def test_one_more_agree_instead_of_disagree_never_lowers_support(
    by_voice: Integers, grouped: bool, k0: float
) -> None:
    """Invariant 17, at fixed averages and pull."""
    by_voice[0, DISAGREE, 0] += 1
    raised = by_voice.copy()
    raised[0, DISAGREE, 0] -= 1
    raised[0, AGREE, 0] += 1
    average = Estimate(k0, 0.4, 0.35, 0.25)
    rows = voices(
        by_voice.sum(axis=(1, 2)), Method(name="equal-groups" if grouped else "support", min_cell=1)
    )
    if len(rows) != 3:
        rows = rows[:1]
    weights = np.array([row.weight for row in rows])

    def shares(counts: Integers) -> Floats:
        means = pulled(counts.sum(axis=0), average.mu[:, None], k0)
        part = counts if len(rows) == 3 else counts.sum(axis=0, keepdims=True)
        return support(part, weights, means, k0=k0, kappa=10).support

    assert shares(raised)[0] >= shares(by_voice)[0] - 1e-12


def test_groups_do_not_depend_on_the_method_that_is_chosen() -> None:
    snapshot = drawn(4, 200, 30, answers=15, groups=True)
    found = {tuple(Count.of(snapshot, Method(name=name)).opinions.of_person) for name in METHODS}
    assert len(found) == 1
