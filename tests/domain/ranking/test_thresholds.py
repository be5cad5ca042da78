"""Every number of the rule at its edge: what holds on one side of it and not on the other."""

from statistics import mean, variance

import numpy as np
import pytest

from roadmap.domain.ranking import Method, Snapshot, rank
from roadmap.domain.ranking.arrays import Integers
from roadmap.domain.ranking.bands import band_numbers, standings
from roadmap.domain.ranking.groups import opinion_groups
from roadmap.domain.ranking.guard import compare
from roadmap.domain.ranking.intervals import wilson_low
from roadmap.domain.ranking.placing import needed
from roadmap.domain.ranking.proportional import places
from roadmap.domain.ranking.routing import closeness
from roadmap.domain.ranking.scores import Estimate, estimate, support, voices
from roadmap.domain.ranking.sensitivity import plain_order, variations
from tests.domain.ranking.examples import a_snapshot, drawn, written
from tests.domain.ranking.test_guard import an_edition
from tests.domain.ranking.test_guard import places as placed_in


def test_the_defaults_are_those_of_the_rule() -> None:
    """Section 5; lambda as docs/decisions/0011 has it."""
    assert Method().name == "equal-persons"
    assert Method().seed == 20260101
    assert Method().parameters() == {
        "target": "equal", "n_c": 50, "kappa": 10, "kappa_g": 5, "k0_min": 2, "k0_max": 50, "div": 2,
        "min_votes_group": 7, "min_group": 10, "min_group_share": 0.05, "min_cell": 10, "min_eff": 30, "k": 10,
        "draws": 200, "conf": 0.9, "guard_z": 3, "guard_min_direct": 5, "guard_min_routed": 10, "n0": 10,
        "lambda": 8, "gamma": 2, "eps": 0.1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("people", "answers", "right"),
    [
        (3, [3] * 5, 1),
        (25, [8] * 12, 6.25),
        (60, [15] * 40, 15),
        (60, [2] * 299 + [30], 2),
        (1000, [200] * 9, 30),
        (400, [0, 0, 0, 4, 9, 50], 9),
        (400, [4, 7], 5.5),
        (0, [], 1),
    ],
)
def test_answers_needed_are_the_least_of_thirty_a_quarter_and_the_middle(
    people: int, answers: list[int], right: float
) -> None:
    assert needed(people, answers, Method().min_eff) == right


def test_exactly_as_many_answers_as_are_needed_are_enough() -> None:
    section = rank(written({1: "+" * 16, 2: "++++", 3: "+++"})).sections[0]
    assert section.needed == 4
    assert [item.number for item in section.placed] == [1, 2]


def test_an_item_with_exactly_enough_answers_waits_like_any_other() -> None:
    ranking = rank(an_edition({1: [("routed", "+" * 20)], 2: [("direct", "+" * 5)]}))
    assert ranking.sections[0].needed == 5
    assert placed_in(ranking) == [1]
    assert ranking.asked[0].waiting == (2,)


def counts(rows: list[tuple[int, int, int]]) -> Integers:
    return np.array(rows, dtype=np.int64).T


EIGHT = [(1, 4, 0), (2, 3, 0), (3, 1, 1), (4, 1, 0), (5, 0, 0), (2, 2, 1), (40, 9, 1), (9, 50, 1)]


def by_moments(rows: list[tuple[int, int, int]]) -> tuple[float, float, float]:
    share, number = [a / (a + d + p) for a, d, p in rows], [a + d + p for a, d, p in rows]
    noise = mean(p * (1 - p) / (n - 1) for p, n in zip(share, number, strict=True))
    agree, spread = mean(share), max(variance(share) - noise, 1e-4)
    pull = min(max(agree * (1 - agree) / spread - 1, 2), 50)
    return agree, mean(d / (a + d + p) for a, d, p in rows), pull


def test_eight_items_with_five_answers_give_the_average_and_the_pull() -> None:
    few = [(4, 0, 0), (0, 4, 0), (1, 0, 3)]
    found = estimate(counts(EIGHT + few), Method())
    assert (found.agree, found.disagree, found.k0) == pytest.approx(by_moments(EIGHT))
    assert found.k0 != 4


def test_seven_such_items_are_too_few_and_all_answers_are_summed() -> None:
    rows = [*EIGHT[1:], (4, 0, 0)]
    found = estimate(counts(rows), Method())
    agree, disagree, passed = (sum(column) for column in zip(*rows, strict=True))
    everything = agree + disagree + passed + 3
    assert (found.agree, found.disagree) == ((agree + 1) / everything, (disagree + 1) / everything)
    assert found.k0 == 4


def test_the_pull_and_the_averages_stay_in_their_bounds() -> None:
    alike = estimate(counts([(50, 40, 10)] * 8), Method())
    assert alike.k0 == 50
    torn = estimate(counts([(99, 1, 0), (1, 99, 0)] * 4), Method())
    assert torn.k0 == 2
    liked = estimate(counts([(100, 0, 0)] * 8), Method())
    assert (liked.agree, liked.disagree, liked.passed) == pytest.approx((0.98, 0.005, 0.015))
    hated = estimate(counts([(0, 100, 0)] * 8), Method())
    assert (hated.agree, hated.disagree, hated.passed) == pytest.approx((0.02, 0.975, 0.005))


def test_an_evenly_spread_share_is_bounded_by_the_least_spread() -> None:
    """A spread of 1e-4 at most a pull of 50: between, the pull follows from the spread."""
    rows = [(500 + 30 * at, 400 - 20 * at, 100 - 10 * at) for at in range(-4, 4)]
    assert estimate(counts(rows), Method()).k0 == pytest.approx(by_moments(rows)[2])
    assert 2 < by_moments(rows)[2] < 50


@pytest.mark.parametrize(
    ("people", "names"),
    [
        ((10, 10, 10), ["civil-society", "decision-maker", "public"]),
        ((10, 9, 400), ["civil-society+decision-maker", "public"]),
        ((5, 20, 20), ["civil-society+decision-maker", "public"]),
        ((20, 5, 20), ["civil-society+decision-maker", "public"]),
        ((20, 20, 5), ["civil-society+public", "decision-maker"]),
        ((4, 4, 30), ["civil-society+decision-maker+public"]),
    ],
)
def test_small_stakeholder_groups_are_pooled_with_the_next_smallest(
    people: tuple[int, ...], names: list[str]
) -> None:
    assert [row.name for row in voices(people, Method(name="equal-groups"))] == names


def test_the_interval_of_weighed_groups_is_that_of_the_rule() -> None:
    tally, weights, m, k0, kappa = [(6, 4, 0), (20, 70, 10)], (0.4, 0.6), (0.45, 0.5, 0.05), 6, 10
    theta = [(row[0] + kappa * m[0]) / (sum(row) + kappa) for row in tally]
    lam = sum(w * kappa / (sum(row) + kappa) for w, row in zip(weights, tally, strict=True))
    own = sum(
        w**2 * t * (1 - t) / (sum(row) + kappa + 1) for w, t, row in zip(weights, theta, tally, strict=True)
    )
    sd = (own + lam**2 * m[0] * (1 - m[0]) / (110 + k0 + 1)) ** 0.5
    by_voice = np.array([[[part] for part in row] for row in tally])
    found = support(by_voice, np.array(weights), np.array([[part] for part in m]), k0=k0, kappa=kappa)
    share = sum(w * t for w, t in zip(weights, theta, strict=True))
    assert (found.support[0], found.low[0], found.high[0]) == pytest.approx(
        (share, share - 1.645 * sd, share + 1.645 * sd)
    )


@pytest.mark.parametrize(
    ("agree", "answers", "low"), [(8, 10, 0.4902), (5, 10, 0.2366), (0, 4, 0), (40, 80, 0.3930)]
)
def test_the_cautious_end_is_that_of_wilson(agree: int, answers: int, low: float) -> None:
    """Published figures of the score interval at 95 per cent, but for the last, which is worked by hand."""
    assert wilson_low(np.array([agree]), np.array([answers]))[0] == pytest.approx(low, abs=5e-5)


def camps(*sizes: int, items: int = 12, answers: int | None = None) -> Snapshot:
    """Two camps of opposite minds; each person answers the first `answers` items only."""
    given = items if answers is None else answers
    first, second = sizes
    return written(
        {
            number: ("+" * first + "-" * second if number % 2 else "-" * first + "+" * second)
            for number in range(1, given + 1)
        }
        | dict.fromkeys(range(given + 1, items + 1), " " * (first + second) + "+")
    )


@pytest.mark.parametrize(
    ("snapshot", "groups"),
    [
        (camps(20, 10), 2),
        (camps(19, 10), 1),
        (camps(25, 9), 1),
        (camps(285, 15), 2),
        (camps(286, 14), 1),
        (camps(20, 12, items=3), 2),
        (camps(20, 12, items=2), 1),
        (camps(20, 12, items=5), 2),
        (camps(20, 12, answers=7), 2),
        (camps(20, 12, answers=6), 1),
    ],
    ids=["30", "29", "9", "5 %", "under 5 %", "3 items", "2 items", "5 items", "7 answers", "6 answers"],
)
def test_groups_are_looked_for_from_these_numbers_on(snapshot: Snapshot, groups: int) -> None:
    assert opinion_groups(snapshot, Method()).number == groups


def circle(corners: int, each: int = 40, items: int = 24) -> Snapshot:
    """Camps whose opinions stand at the corners of a polygon in the plane of opinions."""
    rows = []
    for person in range(corners * each):
        for item in range(items):
            towards = np.cos(2 * np.pi * (item / items - (person % corners + 0.3) / corners))
            rows.append((person, item, int(towards > 0.3) - int(towards < -0.3)))
    return a_snapshot(rows, numbers=range(items), people=corners * each)


@pytest.mark.parametrize(("corners", "groups"), [(3, 3), (4, 4), (5, 5)])
def test_as_many_groups_are_found_as_there_are(corners: int, groups: int) -> None:
    assert opinion_groups(circle(corners), Method()).number == groups


def test_there_are_never_more_than_five_groups() -> None:
    assert opinion_groups(circle(7), Method()).number <= 5


def test_letters_go_by_people_with_enough_votes() -> None:
    """Thirty more join the second group, too few votes each to found one: it stays the second."""
    ballots = {number: "+" * 30 + "-" * 20 if number % 2 else "-" * 30 + "+" * 20 for number in range(1, 13)}
    ballots[1] += "-" * 30
    ballots[2] += "+" * 30
    assert [group.people for group in rank(written(ballots)).groups] == [30, 50]


def test_an_item_is_set_aside_for_either_answer_and_either_direction() -> None:
    fair = [("routed", "+" * 20 + "-" * 20 + "o" * 20)]
    more, none = "+" * 22 + "-" * 11, "-" * 11 + "o" * 22
    swapped = str.maketrans("+-", "-+")
    for direct in (more, none, more.translate(swapped), none.translate(swapped)):
        snapshot = an_edition({1: [*fair, ("direct", direct)], 2: fair})
        assert compare(snapshot, Method()).set_aside.tolist() == [True, False], direct


def test_a_band_begins_where_nine_of_ten_draws_agree() -> None:
    nine = np.array([[1, 2]] * 9 + [[2, 1]])
    assert band_numbers(nine, 0.9) == [0, 1]
    assert band_numbers(np.array([[1, 2]] * 8 + [[2, 1]] * 2), 0.9) == [0, 0]
    assert band_numbers(np.array([[3, 3]] * 10), 0.9) == [0, 0]


def test_places_and_staying_are_counted_over_the_draws() -> None:
    ranks = np.arange(1, 101).repeat(2)[:, None]
    standing = standings(np.hstack([ranks] * 6), 100, 10)[0]
    assert (standing.first, standing.last, standing.stays) == (5, 96, 0.1)
    (first, second) = standings(np.array([[1, 3]] * 20), 3, 1)
    assert (first.first, first.last, first.stays) == (1, 1, 1.0)
    assert (second.last, second.stays) == (3, 0.0)
    (gone, _) = standings(np.array([[4, 1]] * 20), 3, 1)
    assert gone.last is None


def test_a_tie_is_a_tie_and_a_little_more_is_more() -> None:
    weights, number = np.ones(1), np.arange(3)
    near = places(np.array([[0.5, 0.5001, 0.2]]), weights, np.array([0.9, 0.1, 0.1]), number, 2)
    assert near.order.tolist() == [1, 0, 2]
    tied = places(np.array([[0.5, 0.5 + 1e-14, 0.5]]), weights, np.array([0.1, 0.2, 0.2]), number, 2)
    assert tied.order.tolist() == [1, 2, 0]


def test_the_cut_of_the_deck_is_the_share_at_place_k() -> None:
    """The item at the cut has 1 + lambda; another as the complement of the error function says."""
    tally = counts([(80, 20, 0), (60, 40, 0), (57, 43, 0)])
    near = closeness(tally, Method(k=2), Estimate(4, 0.5, 0.3, 0.2)).near
    share, cut = (57 + 2) / 104, (60 + 2) / 104
    spread = (share * (1 - share) / 105) ** 0.5
    outside = 1 - sum_of_normal((cut - share) / spread)
    assert near[1] == pytest.approx(9)
    assert near[2] == pytest.approx(1 + 8 * 2 * outside, abs=1e-3)


def sum_of_normal(end: float) -> float:
    """The share of a normal distribution below `end` spreads, added up in small steps."""
    steps = np.linspace(-8, end, 200_001)
    return float(np.trapezoid(np.exp(-(steps**2) / 2), steps) / (2 * np.pi) ** 0.5)


def test_variations_are_what_they_are_called() -> None:
    snapshot = drawn(5, 150, 40, answers=20, camps=3)
    ranking = rank(snapshot)
    varied = {each.name: each.numbers for each in variations(snapshot, ranking, {})[0]}
    slower = rank(snapshot, Method(div=1)).sections[0].placed
    assert varied["slower-sharing"] == tuple(item.number for item in slower[:10])
    assert varied["pass-as-unseen"] == plain_order(snapshot.where(snapshot.choice != 0), Method())[1][:10]
    table, rows = ranking.table, ranking.table.answers >= ranking.sections[0].needed
    roots = np.round(np.sqrt(table.weights) / np.sqrt(table.weights).sum(), 4)
    other = places(table.claims[:, rows], roots, table.support[rows], table.number[rows], 2)
    assert varied["root-of-weights"] == tuple(table.number[rows][other.order][:10].tolist())
