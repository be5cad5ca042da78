"""The guard: votes of people who picked an item themselves beside votes of those it was given to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from benchmarks.attacks import METHOD, TARGET, Attack, Crowd, place_of
from roadmap.domain.adjusting import Change, adjusted
from roadmap.domain.document import LeftOut
from roadmap.domain.ranking import ORIGINS, Method, Ranking, Snapshot, rank
from roadmap.domain.ranking.guard import compare, differences
from roadmap.domain.ranking.method import METHODS, PLAIN
from roadmap.domain.verification import verify
from tests import recounting
from tests.domain.ranking.examples import a_snapshot, frozen

Votes = Mapping[int, Iterable[tuple[str, str]]]
few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CHOICE = {"+": 1, "-": -1, "o": 0}


def an_edition(votes: Votes) -> Snapshot:
    """By item: (origin, letters), one new person for each letter of the first item, the same in the next."""
    rows, origins = [], []
    for number, parts in votes.items():
        person = 0
        for origin, letters in parts:
            for letter in letters:
                rows.append((person, number, CHOICE[letter]))
                origins.append(ORIGINS.index(origin))
                person += 1
    people = 1 + max(person for person, _, _ in rows)
    snapshot = a_snapshot(rows, numbers=votes, people=people)
    return replace(snapshot, origin=np.array(origins, dtype=np.int8))


def pushed(direct: str = "+" * 30) -> Snapshot:
    """Four items that were given at random to twenty people; item 4 was picked by others too."""
    fair = {1: "+" * 14 + "-" * 6, 2: "+" * 12 + "-" * 8, 3: "+" * 11 + "-" * 9}
    votes: dict[int, list[tuple[str, str]]] = {number: [("routed", text)] for number, text in fair.items()}
    votes[4] = [("routed", "+" * 4 + "-" * 14 + "oo"), ("direct", direct)]
    return an_edition(votes)


def places(ranking: Ranking) -> list[int]:
    return [item.number for item in ranking.sections[0].placed]


def test_direct_votes_that_differ_are_set_aside_from_the_place_and_stay_in_the_tally() -> None:
    ranking = rank(pushed())
    assert ranking.counted.tally[:, 3].tolist() == [34, 14, 2]
    assert int(ranking.table.answers[3]) == 20
    assert places(ranking)[:3] == [1, 2, 3]
    assert places(rank(pushed(), Method(guard_z=1000)))[0] == 4


def test_an_item_whose_direct_votes_are_set_aside_carries_the_flag() -> None:
    ranking = rank(pushed("+" * 30), Method(name="support"))
    assert {item.number: "set-aside" in item.flags for item in ranking.sections[0].placed} == {
        1: False,
        2: False,
        3: False,
        4: True,
    }


def test_direct_votes_like_the_routed_ones_count() -> None:
    assert not compare(pushed("+" * 6 + "-" * 20), Method()).set_aside.any()


@pytest.mark.parametrize(("direct", "aside"), [("++++", False), ("+++++", True)])
def test_the_guard_needs_five_direct_votes(direct: str, aside: bool) -> None:
    routed = [("routed", "-" * 20)]
    snapshot = an_edition({1: [*routed, ("direct", direct)], 2: routed})
    assert compare(snapshot, Method()).set_aside.tolist() == [aside, False]


def test_z_is_the_difference_of_two_shares_by_its_pooled_error() -> None:
    direct, routed = np.array([[9], [1], [0]]), np.array([[4], [14], [2]])
    pooled = (4 + 9 + 1) / (20 + 10 + 2)
    right = (0.9 - 0.2) / (pooled * (1 - pooled) * (1 / 10 + 1 / 20)) ** 0.5
    assert differences(direct, routed)[0, 0] == pytest.approx(right)


def test_without_a_deck_no_comparison_is_possible_and_all_votes_count() -> None:
    snapshot = an_edition({1: [("direct", "+" * 40)], 2: [("routed", "-" * 9), ("direct", "+" * 40)]})
    guard = compare(snapshot, Method())
    assert not guard.acts.any()
    assert not (guard.set_aside | guard.waits).any()


def test_the_guard_acts_once_half_of_the_answered_items_have_ten_routed_answers() -> None:
    fair, picked = [("routed", "+" * 10)], [("direct", "+" * 10)]
    assert compare(an_edition({1: fair, 2: picked}), Method()).acts.tolist() == [True, True]
    assert compare(an_edition({1: fair, 2: picked, 3: picked}), Method()).acts.tolist() == [False] * 3


def test_an_item_with_few_routed_answers_waits_for_its_tenth() -> None:
    snapshot = an_edition({1: [("routed", "+" * 20)], 2: [("routed", "+" * 9), ("direct", "+" * 30)]})
    section = rank(snapshot).sections[0]
    assert [item.number for item in section.placed] == [1]
    assert [(item.number, item.reason) for item in section.not_listed] == [(2, "waits-for-routed-answers")]


def test_where_every_item_would_wait_none_does() -> None:
    snapshot = an_edition({1: [("routed", "+" * 10)], 2: [("direct", "+" * 200)]})
    assert places(rank(snapshot)) == [2]


@pytest.mark.parametrize("name", PLAIN)
def test_the_plain_counts_set_nothing_aside(name: str) -> None:
    ranking = rank(pushed(), Method(name=name))
    assert ranking.table.answers.tolist() == ranking.table.tally.sum(axis=0).tolist()


def test_imported_and_paper_votes_are_not_compared() -> None:
    for origin in ("imported", "paper"):
        snapshot = replace(pushed(), origin=np.where(pushed().origin == 1, ORIGINS.index(origin), 0))
        assert not compare(snapshot, Method()).set_aside.any()


@few
@given(st.text("+++-o", min_size=20, max_size=60))
def test_the_number_of_votes_set_aside_changes_no_place(direct: str) -> None:
    """Invariant 15: with all direct votes of an item set aside, their number and values do not change its place."""
    one, other = rank(pushed()), rank(pushed(direct))
    assume(bool(other.guard.set_aside[3]))
    assert one.sections[0].placed == other.sections[0].placed
    assert one.table.claims.tobytes() == other.table.claims.tobytes()


@few
@given(st.data())
def test_routed_imported_and_paper_votes_always_stay(data: st.DataObject) -> None:
    """Invariant 15."""
    letters = st.text("+-o", min_size=0, max_size=25)
    votes = {
        number: [(origin, data.draw(letters)) for origin in ORIGINS]
        for number in range(1, data.draw(st.integers(1, 4)) + 1)
    }
    votes[1].append(("routed", "+"))
    snapshot = an_edition(votes)
    kept = compare(snapshot, Method()).kept(snapshot)
    for origin in ("routed", "imported", "paper"):
        at = ORIGINS.index(origin)
        assert int((kept.origin == at).sum()) == int((snapshot.origin == at).sum())


@pytest.mark.parametrize("name", METHODS)
def test_a_draft_with_votes_set_aside_and_items_that_wait_holds(name: str) -> None:
    votes = an_edition(
        {
            1: [("routed", "+" * 14 + "-" * 6)],
            2: [("routed", "+" * 4 + "-" * 14 + "oo"), ("direct", "+" * 30)],
            3: [("routed", "+" * 3), ("direct", "+" * 20)],
            4: [("routed", "-" * 3), ("imported", "+" * 20)],
        }
    )
    document, ballots, _ = frozen(votes, Method(name=name))
    assert verify(json.loads(json.dumps(document)), votes=ballots.content) == []
    assert recounting.differences(json.loads(json.dumps(document))) == []


def test_a_reason_that_the_ballots_do_not_give_is_found() -> None:
    document, ballots, _ = frozen(pushed())
    section = document["sections"][0]
    gone = section["items"].pop()
    section["not_listed"].append({**gone, "reason": "waits-for-routed-answers", "note": {}})
    findings = verify(document, votes=ballots.content)
    assert any("reason" in finding.message for finding in findings if finding.about == "ballots")


def test_what_waits_keeps_its_reason_when_organisers_leave_it_out() -> None:
    """The order of the others can only be computed again by whoever knows that it waits."""
    snapshot = an_edition({1: [("routed", "+" * 20)], 2: [("direct", "+" * 30)]})
    document, _, _ = frozen(snapshot, left_out=(LeftOut(2, {"en": "A reason."}),))
    other, _, _ = frozen(snapshot)
    later = adjusted(other, [Change("leave-out", True, 1, 2, {"en": "A reason."})])
    for made in (document, later):
        item = made["sections"][0]["not_listed"][0]
        assert (item["reason"], item["note"]) == ("waits-for-routed-answers", {"en": "A reason."})
        assert recounting.differences(made) == []


def test_a_person_whose_every_vote_is_set_aside_is_in_no_group_and_still_in_the_sealed_file() -> None:
    document, ballots, ranking = frozen(pushed())
    assert document["participation"]["voters"] == ranking.counted.voters == 20
    assert document["participation"]["votes"] == ballots.rows == 110
    assert b",4,1,direct,,public,\n" in ballots.content


def test_a_direct_attack_lifts_an_item_without_the_guard_and_not_with_it() -> None:
    """The direction of the table of attacks: 20 % false accounts by link, by support alone."""
    calm = Crowd(1, people=600, items=60).snapshot(Attack("none", 0.0))
    attacked = Crowd(1, people=600, items=60).snapshot(Attack("direct", 0.2))
    method = Method(name="support")
    before = place_of(calm, method, guarded=True)
    lifted = place_of(attacked, method, guarded=False)
    kept = place_of(attacked, method, guarded=True)
    assert before is not None
    assert lifted is not None
    assert kept is not None
    assert lifted < before / 2
    assert kept >= before - 5


def test_a_new_item_pushed_by_false_accounts_waits() -> None:
    snapshot = Crowd(1, people=600, items=60).snapshot(Attack("new-item", 0.05))
    assert place_of(snapshot, Method(name="support"), guarded=True) is None


def test_who_stays_under_the_test_gets_less_than_who_does_not_care() -> None:
    """The direction of the table of attacks: what the guard cannot see is worth a part of what it sees."""
    crowd = Crowd(3)
    blunt, hidden = (
        place_of(crowd.snapshot(Attack(kind, 0.2)), METHOD, guarded=False) for kind in ("direct", "mixed")
    )
    seen = compare(Crowd(3).snapshot(Attack("mixed", 0.2)), METHOD)
    assert blunt is not None and hidden is not None
    assert (blunt < hidden, bool(seen.set_aside[TARGET])) == (True, False)
