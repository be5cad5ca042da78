"""Small campaigns, odd ones, and votes that do not fit together."""

import subprocess
import sys
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from roadmap.domain.ranking import Method, Snapshot, rank
from roadmap.domain.ranking.groups import opinion_groups
from roadmap.domain.ranking.method import METHODS
from tests.domain.ranking.examples import a_snapshot, by_hand, drawn, written


def test_three_people_and_five_proposals_make_one_band_and_say_too_early() -> None:
    section = rank(written({1: "+++", 2: "++-", 3: "+o-", 4: "---", 5: "--+"})).sections[0]
    assert section.needed == 1
    assert [item.number for item in section.placed][:2] == [1, 2]
    assert {item.band[0] for item in section.placed} == {1}
    assert {item.why.evidence for item in section.placed} == {"too-early"}
    assert {item.reason for item in section.not_listed} == {"no-group-in-favour"}


def test_four_people_and_six_proposals_are_ranked_without_groups() -> None:
    ranking = rank(drawn(2, 4, 6))
    assert len(ranking.groups) == 1
    assert ranking.groups[0].people == 4


def test_twenty_five_people_and_twelve_proposals_need_six_and_a_quarter_answers() -> None:
    ranking = rank(drawn(5, 25, 12, answers=8))
    assert ranking.sections[0].needed == 6.25
    assert len(ranking.groups) == 1


@pytest.mark.parametrize("name", METHODS)
def test_nobody_at_all_leaves_every_item_with_too_few_votes(name: str) -> None:
    ranking = rank(a_snapshot([], numbers=[3, 7], people=0), Method(name=name))
    assert [(item.number, item.reason) for item in ranking.sections[0].not_listed] == [
        (3, "too-few-votes"),
        (7, "too-few-votes"),
    ]
    assert ranking.counted.voters == 0
    assert ranking.sections[0].needed == 1


@pytest.mark.parametrize("name", METHODS)
def test_no_proposal_at_all_makes_no_section(name: str) -> None:
    assert rank(a_snapshot([], numbers=[], people=2), Method(name=name)).sections == ()


@pytest.mark.parametrize("letter", ["o", "-", "+"])
@pytest.mark.parametrize("name", METHODS)
def test_everybody_of_one_mind_is_one_group_and_no_figure_is_broken(name: str, letter: str) -> None:
    ranking = rank(written(dict.fromkeys(range(1, 13), letter * 60)), Method(name=name))
    table = ranking.table
    assert len(ranking.groups) == 1
    for figures in (
        table.support,
        table.opposition,
        table.low,
        table.high,
        table.claims,
        table.common_ground,
    ):
        assert np.isfinite(figures).all()


def test_what_everybody_disagrees_with_is_not_listed() -> None:
    section = rank(written(dict.fromkeys(range(1, 10), "-" * 40))).sections[0]
    assert section.placed == ()
    assert {item.reason for item in section.not_listed} == {"no-group-in-favour"}


def test_one_voter_with_everything_is_enough_for_an_order() -> None:
    ranking = rank(written({1: "+", 2: "-", 3: "o", 4: "+"}))
    assert [item.number for item in ranking.sections[0].placed][:2] == [1, 4]
    assert ranking.groups[0].people == 1


def test_identical_items_go_by_number_in_one_band() -> None:
    section = rank(written(dict.fromkeys((4, 2, 9), "++++-o"))).sections[0]
    assert [item.number for item in section.placed] == [2, 4, 9]
    assert {item.band for item in section.placed} == {(1, 3)}


def test_people_at_random_are_one_group_or_groups_of_size() -> None:
    chance = np.random.default_rng(1)
    rows = [
        (person, int(item), int(chance.integers(-1, 2)))
        for person in range(90)
        for item in chance.permutation(30)[:12]
    ]
    ranking = rank(a_snapshot(rows, numbers=range(30), people=90))
    assert min(group.people for group in ranking.groups) >= 10


def test_clear_camps_are_found_and_lettered_by_size() -> None:
    big, small = "+" * 60 + "-" * 25, "-" * 60 + "+" * 25
    snapshot = written({number: big if number % 2 else small for number in range(1, 13)})
    ranking = rank(snapshot)
    assert [(group.id, group.people) for group in ranking.groups] == [("A", 60), ("B", 25)]
    assert set(ranking.groups[0].typical) <= set(range(1, 13, 2))
    assert set(ranking.groups[1].typical) <= set(range(2, 13, 2))
    assert all("contested" in item.flags for item in ranking.sections[0].placed)


def test_a_minority_gets_a_place_among_the_first_and_is_told_why() -> None:
    majority, minority = "+" * 80 + "-" * 20, "-" * 80 + "+" * 20
    snapshot = written({number: minority if number == 8 else majority for number in range(1, 15)})
    placed = rank(snapshot).sections[0].placed
    place = [item.number for item in placed].index(8) + 1
    assert place < 8
    assert placed[place - 1].why.reason == "opinion-group"
    assert placed[place - 1].why.group == "B"
    assert placed[place - 1].why.by_support == 14
    assert "group-priority" in placed[place - 1].flags


def test_people_with_few_answers_join_the_nearest_group() -> None:
    big, small = "+" * 60 + "-" * 25, "-" * 60 + "+" * 25
    ballots = {number: big if number % 2 else small for number in range(1, 13)}
    ballots[1] += "-"
    ballots[2] += "+"
    groups = opinion_groups(written(ballots), Method())
    assert groups.of_person[85] == 1


def test_many_more_items_than_fit_a_square_give_the_same_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = drawn(6, 150, 40, answers=20, camps=2)
    square = opinion_groups(snapshot, Method())
    monkeypatch.setattr("roadmap.domain.ranking.groups.MOST_SQUARED", 5)
    iterated = opinion_groups(snapshot, Method())
    assert square.number == iterated.number
    assert np.array_equal(square.of_person, iterated.of_person)


@pytest.mark.parametrize("rounds", [300, 1])
@pytest.mark.parametrize("alike", [True, False])
def test_more_items_than_are_solved_at_once_give_the_same_groups(
    rounds: int, alike: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the camps mirror each other, and where the iteration gives up."""
    big, small = "+" * 60 + "-" * 40, "-" * 60 + "+" * 40
    mirrored = written({number: big if number % 2 else small for number in range(1, 41)})
    snapshot = mirrored if alike else drawn(6, 150, 40, answers=20, camps=2)
    at_once = opinion_groups(snapshot, Method())
    monkeypatch.setattr("roadmap.domain.ranking.groups.MOST_AT_ONCE", 5)
    monkeypatch.setattr("roadmap.domain.ranking.groups.MOST_ROUNDS", rounds)
    iterated = opinion_groups(snapshot, Method())
    assert at_once.number == iterated.number == 2
    assert np.array_equal(at_once.of_person, iterated.of_person)
    assert at_once.plane is not None
    assert iterated.plane is not None
    assert iterated.plane.points[:, 0] == pytest.approx(at_once.plane.points[:, 0], abs=1e-9)


def test_many_people_are_divided_by_a_part_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roadmap.domain.ranking.groups.MOST_FITTED", 40)
    big, small = "+" * 90 + "-" * 40, "-" * 90 + "+" * 40
    ballots = {number: big if number % 2 else small for number in range(1, 13)}
    assert [group.people for group in rank(written(ballots)).groups] == [90, 40]


def test_equal_groups_weighs_groups_and_keeps_the_plain_orders_of_the_others() -> None:
    snapshot = drawn(3, 200, 20, answers=12, groups=True)
    plain, weighed = rank(snapshot), rank(snapshot, Method(name="equal-groups"))
    assert [row.name for row in weighed.voices] == ["civil-society", "decision-maker", "public"]
    assert weighed.voices[0].weight < weighed.voices[2].weight
    orders = [{order.name: order.numbers for order in ranking.orders} for ranking in (plain, weighed)]
    assert orders[0] == orders[1]
    assert plain.table.support.tolist() != weighed.table.support.tolist()


def test_items_with_few_answers_of_decision_makers_are_flagged_where_there_are_some() -> None:
    snapshot = drawn(3, 200, 20, answers=12, groups=True)
    makers = rank(snapshot).counted.by_stakeholder[1].sum(axis=0)
    ranking = rank(snapshot)
    for item in ranking.sections[0].placed:
        few = makers[ranking.counted.column(item.number)] < 10
        assert ("few-decision-makers" in item.flags) == few
    everybody = rank(drawn(3, 200, 20, answers=12)).sections[0].placed
    assert not any("few-decision-makers" in item.flags for item in everybody)


def test_a_person_with_two_votes_on_an_item_is_refused() -> None:
    with pytest.raises(ValueError, match="more than one vote"):
        a_snapshot([(0, 1, 1), (0, 1, -1)], numbers=[1], people=1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"choice": np.array([2] * 35)}, "choice"),
        ({"item": np.array([9] * 35)}, "item"),
        ({"person": np.array([-1] * 35)}, "person"),
        ({"number": np.array([1, 3, 2, 4])}, "ascending"),
        ({"question": np.array([1])}, "question"),
        ({"stakeholder": np.array([5] * 10)}, "stakeholder"),
        ({"choice": np.array([0.5] * 35)}, "whole numbers"),
        ({"choice": np.array([1])}, "one row per vote"),
        ({"region": np.array([1])}, "region"),
        ({"number": np.array([[1, 2, 3, 4]])}, "one dimension"),
    ],
)
def test_arrays_that_do_not_fit_are_refused_by_name(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(by_hand(), **change)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "loudest"},
        {"target": "other"},
        {"seed": -1},
        {"draws": 0},
        {"conf": 0.2},
        {"kappa": 0},
        {"div": -1},
    ],
)
def test_a_method_outside_its_ranges_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        Method(**change)


def test_a_method_is_read_again_from_what_a_draft_prints() -> None:
    method = Method(name="support", seed=5, draws=50, lambda_=3.5)
    assert method.parameters()["lambda"] == 3.5
    assert Method.read("support", 5, method.parameters()) == method


def test_renumbering_that_is_no_permutation_is_refused() -> None:
    with pytest.raises(ValueError, match="permutation"):
        by_hand().of_voters(np.zeros(10, dtype=int))


def test_people_without_a_vote_are_not_counted() -> None:
    snapshot = written({1: "+ -o", 2: "+  -"}, people=9)
    assert rank(snapshot).counted.voters == 3
    assert snapshot.of_voters().people == 3
    assert isinstance(snapshot.of_voters(), Snapshot)


def test_importing_the_ranking_leaves_slow_libraries_alone() -> None:
    code = "import sys, roadmap.domain.ranking; sys.exit(any(m.startswith('scipy') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
