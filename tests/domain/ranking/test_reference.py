"""Reference values: worked by hand, and figures of real conversations."""

from typing import Any

import numpy as np
import pytest

from roadmap.domain.ranking import Method, rank
from roadmap.domain.ranking.arrays import AGREE
from roadmap.domain.ranking.method import METHODS
from roadmap.domain.ranking.proportional import places
from roadmap.domain.ranking.scores import pulled, support, voices
from tests.domain.ranking.examples import by_hand, conversation

CLOSE = 0.00005


def test_ten_voters_and_one_group_give_the_figures_worked_by_hand() -> None:
    ranking = rank(by_hand())
    assert ranking.estimated.k0 == 4
    assert [ranking.estimated.agree, ranking.estimated.disagree] == pytest.approx(
        [0.552632, 0.342105], abs=1e-4
    )
    assert ranking.sections[0].needed == 2.5
    assert ranking.table.support.tolist() == [0.7293, 0.6579, 0.5789, 0.3008]
    assert ranking.table.opposition.tolist() == [0.1692, 0.312, 0.152, 0.6692]
    assert ranking.table.claims.tolist() == [[0.5602, 0.3459, 0.4269, -0.3684]]


def test_ten_voters_make_one_band_and_leave_out_what_no_group_is_for() -> None:
    section = rank(by_hand()).sections[0]
    assert [item.number for item in section.placed] == [1, 3, 2]
    assert [(item.number, item.reason) for item in section.not_listed] == [(4, "no-group-in-favour")]
    assert {item.band for item in section.placed} == {(1, 3)}


@pytest.mark.parametrize("name", ["support", "net-count", "wilson"])
def test_methods_without_shared_places_list_all_four(name: str) -> None:
    ranking = rank(by_hand(), Method(name=name))
    assert [item.number for item in ranking.sections[0].placed] == [1, 2, 3, 4]
    assert ranking.sections[0].not_listed == ()


def test_every_method_is_compiled_each_time_with_its_overlap() -> None:
    orders = rank(by_hand()).orders
    assert [order.name for order in orders] == list(METHODS)
    assert {order.name: order.numbers for order in orders}["wilson"] == (1, 2, 3, 4)
    assert {order.overlap for order in orders} == {3}


def test_two_stakeholder_groups_of_equal_weight_meet_in_the_middle() -> None:
    counts = np.array([[[6], [4], [0]], [[2], [8], [0]]])
    means = np.array([[0.45], [0.5], [0.05]])
    assert pulled(counts, means, 10)[:, AGREE, 0] == pytest.approx([0.525, 0.325])
    scores = support(counts, np.array([0.5, 0.5]), means, k0=4, kappa=10)
    assert scores.support[0] == pytest.approx(0.425)


def test_two_opinion_groups_share_the_places() -> None:
    claims = np.array([[0.8, 0.7, 0.6, 0.0, 0.1], [0.1, 0.0, 0.1, 0.9, 0.5]])
    weights = np.array([0.6, 0.4])
    found = places(claims, weights, weights @ claims, np.arange(5), 2)
    assert found.order.tolist() == [0, 3, 1, 2, 4]
    assert found.gains == pytest.approx([0.52, 0.3, 0.161538, 0.103333, 0.074038], abs=1e-6)
    assert claims[:, found.order].sum(axis=1) == pytest.approx([2.2, 1.6])


def test_a_tenth_of_the_people_gets_the_sixth_place() -> None:
    claims = np.array([[0.75] * 7 + [0.0], [0.0] * 7 + [0.8]])
    weights = np.array([0.9, 0.1])
    found = places(claims, weights, weights @ claims, np.arange(8), 2)
    assert found.order.tolist() == [0, 1, 2, 3, 4, 7, 5, 6]
    right = [0.675, 0.27, 0.16875, 0.122727, 0.096429, 0.08, 0.079412, 0.0675]
    assert found.gains == pytest.approx(right, abs=1e-6)


@pytest.mark.parametrize(
    ("people", "weights"),
    [
        ((90, 10, 400), [0.3785, 0.0981, 0.5234]),
        ((2500, 250, 25000), [0.3487, 0.2964, 0.3549]),
        ((0, 0, 40), [1.0]),
        ((6, 3, 400), [1.0]),
        ((8, 3, 400), [0.1687, 0.8313]),
    ],
)
def test_stakeholder_groups_weigh_alike_and_small_ones_are_pooled(
    people: tuple[int, ...], weights: Any
) -> None:
    rows = voices(people, Method(name="equal-groups"))
    assert [row.weight for row in rows] == pytest.approx(weights, abs=CLOSE)


def test_without_the_choice_of_organisers_everybody_is_one_voice() -> None:
    (row,) = voices((90, 10, 400), Method())
    assert (row.people, row.weight) == (500, 1.0)


# muA, muD, k0, groups, first ten, support of places 1 to 3, band of places 1 to 10, may be placed
CONVERSATIONS = {
    "15-per-hour-seattle": (
        (0.4551, 0.3310, 15.732),
        (233, 104),
        (45, 46, 12, 8, 18, 11, 9, 2, 48, 4),
        (0.6741, 0.4669, 0.6381),
        "0111111111",
        (337, 31, 2849, 30),
    ),
    "austria-climate.5twd2jsnkf.2022-08-08": (
        (0.5943, 0.1372, 6.130),
        (952, 151),
        (152, 41, 384, 490, 89, 102, 83, 382, 375, 32),
        (0.9086, 0.8955, 0.8862),
        "0000111111",
        (1103, 277, 54440, 277),
    ),
    "bg2050-volunteers": (
        (0.7010, 0.1117, 6.281),
        (82, 42),
        (27, 205, 0, 1, 243, 96, 35, 245, 137, 81),
        (0.9725, 0.9439, 0.9316),
        "0000001111",
        (124, 316, 13681, 243),
    ),
    "brexit-consensus": (
        (0.5437, 0.3217, 2.010),
        (103, 65, 36),
        (14, 19, 46, 1, 34, 17, 35, 16, 47, 33),
        (0.9295, 0.9254, 0.9306),
        "0000011111",
        (204, 50, 5303, 48),
    ),
    "canadian-electoral-reform": (
        (0.6039, 0.2223, 4.023),
        (425, 22),
        (129, 1, 98, 89, 110, 0, 11, 126, 111, 92),
        (0.9335, 0.8980, 0.8910),
        "0000001111",
        (447, 152, 11855, 112),
    ),
    "london.youth.policing": (
        (0.6468, 0.2633, 2.449),
        (26,),
        (27, 17, 32, 20, 23, 26, 15, 16, 31, 30),
        (0.9474, 0.9205, 0.8793),
        "0000000000",
        (26, 36, 638, 30),
    ),
    "scoop-hivemind.affordable-housing": (
        (0.5727, 0.2558, 3.415),
        (181, 111, 86),
        (119, 104, 109, 105, 124, 64, 138, 134, 6, 97),
        (0.9793, 0.9363, 0.9218),
        "0111111122",
        (378, 119, 14768, 114),
    ),
    "scoop-hivemind.biodiversity": (
        (0.6495, 0.1759, 3.352),
        (431, 98),
        (290, 81, 243, 23, 294, 141, 45, 24, 226, 304),
        (0.9846, 0.9659, 0.9364),
        "0011111111",
        (529, 154, 29188, 154),
    ),
    "scoop-hivemind.freshwater": (
        (0.6333, 0.2565, 2.000),
        (90, 26),
        (16, 18, 62, 4, 27, 13, 0, 23, 6, 17),
        (0.9363, 0.9363, 0.9123),
        "0000000000",
        (116, 51, 3943, 49),
    ),
    "scoop-hivemind.taxes": (
        (0.5209, 0.3240, 2.850),
        (285, 48),
        (80, 46, 39, 40, 105, 123, 102, 124, 84, 37),
        (0.9517, 0.9393, 0.9473),
        "0001112222",
        (333, 91, 17278, 84),
    ),
    "scoop-hivemind.ubi": (
        (0.6503, 0.2358, 2.600),
        (221, 13),
        (0, 21, 31, 5, 1, 26, 22, 64, 4, 16),
        (0.9452, 0.9258, 0.9123),
        "0000000000",
        (234, 70, 7153, 52),
    ),
}


@pytest.mark.real_data
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_a_real_conversation_gives_its_reference_figures(name: str) -> None:
    estimated, groups, first_ten, best, bands, sizes = CONVERSATIONS[name]
    snapshot = conversation(name)
    ranking = rank(snapshot)
    section, table = ranking.sections[0], ranking.table
    able = int((table.answers >= section.needed).sum())
    assert (snapshot.people, snapshot.items, snapshot.votes, able) == sizes
    found = (ranking.estimated.agree, ranking.estimated.disagree, ranking.estimated.k0)
    assert found == pytest.approx(estimated, abs=0.001)
    assert [group.people for group in ranking.groups] == pytest.approx(groups, abs=1)
    assert tuple(item.number for item in section.placed[:10]) == first_ten
    shares = dict(zip(table.number.tolist(), table.support.tolist(), strict=True))
    assert [shares[item.number] for item in section.placed[:3]] == pytest.approx(best, abs=0.001)
    starts = sorted({item.band for item in section.placed})
    digits = [starts.index(item.band) for item in section.placed[:10]]
    assert digits == pytest.approx([int(digit) for digit in bands], abs=1)


@pytest.mark.real_data
def test_shuffled_answers_keep_the_tallies_and_change_groups_and_order() -> None:
    snapshot = conversation("scoop-hivemind.taxes")
    chance = np.random.default_rng(3)
    choice = snapshot.choice.copy()
    for item in range(snapshot.items):
        rows = np.flatnonzero(snapshot.item == item)
        choice[rows] = chance.permutation(choice[rows])
    shuffled = type(snapshot)(
        snapshot.person,
        snapshot.item,
        choice,
        snapshot.origin,
        number=snapshot.number,
        question=snapshot.question,
        stakeholder=snapshot.stakeholder,
    )
    before, after = rank(snapshot), rank(shuffled)
    assert np.array_equal(before.counted.tally, after.counted.tally)
    assert [group.people for group in before.groups] != [group.people for group in after.groups]
    one, other = ([item.number for item in ranking.sections[0].placed] for ranking in (before, after))
    assert one != other
