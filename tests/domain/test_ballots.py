"""One effective vote per person."""

from collections import Counter

import pytest

from roadmap.domain.ballots import (
    AGREE,
    CONFLICT,
    DISAGREE,
    NO_VOTE,
    PASS,
    Answer,
    Effective,
    Given,
    Outcome,
    effective,
    effective_votes,
)
from roadmap.domain.lineage import Edge, Lineage

A, B, C, D = 1, 2, 3, 4


@pytest.mark.parametrize(
    ("edges", "answers", "outcome"),
    [
        ([Edge(B, A, 5)], {B: Answer(AGREE, 1)}, AGREE),
        ([Edge(B, A, 5)], {A: Answer(DISAGREE, 1), B: Answer(AGREE, 2)}, CONFLICT),
        ([Edge(B, A, 5)], {A: Answer(PASS, 1), B: Answer(AGREE, 2)}, AGREE),
        ([Edge(B, A, 5), Edge(C, A, 6)], {B: Answer(PASS, 1), C: Answer(DISAGREE, 2)}, DISAGREE),
        ([Edge(B, A, 5), Edge(C, A, 6)], {B: Answer(AGREE, 1), C: Answer(DISAGREE, 2)}, CONFLICT),
        (
            [Edge(B, A, 5), Edge(C, A, 6)],
            {A: Answer(PASS, 7), B: Answer(AGREE, 2), C: Answer(DISAGREE, 3)},
            PASS,
        ),
        ([Edge(B, A, 5)], {A: Answer(None, 7), B: Answer(AGREE, 2)}, None),
        ([Edge(B, A, 5), Edge(C, A, 9)], {A: Answer(DISAGREE, 7), B: Answer(AGREE, 2)}, DISAGREE),
        ([Edge(B, A, 5), Edge(C, A, 9)], {A: Answer(None, 7), B: Answer(AGREE, 2)}, None),
        ([Edge(B, A, 5), Edge(A, D, 9)], {A: Answer(DISAGREE, 7), B: Answer(AGREE, 2)}, DISAGREE),
    ],
    ids=[
        "a vote on a source goes along",
        "opposite votes are a conflict",
        "a side goes before a pass",
        "a side goes before a pass among sources",
        "opposite votes on sources are a conflict",
        "an answer after the merge takes the place of all",
        "a withdrawal after the merge takes the place of all",
        "a later merge without their vote changes nothing",
        "a later merge does not bring back what was withdrawn",
        "the answer goes along as a source of the next lead",
    ],
)
def test_each_row_of_the_table_of_merged_votes(
    edges: list[Edge], answers: dict[int, Answer], outcome: Outcome
) -> None:
    lineage = Lineage(edges)
    assert effective(lineage.lead_of(A), lineage, answers).outcome == outcome


C04 = {
    "p01": ((AGREE, DISAGREE, None), CONFLICT),
    "p02": ((None, AGREE, AGREE), AGREE),
    "p03": ((None, AGREE, DISAGREE), CONFLICT),
    "p04": ((None, PASS, AGREE), AGREE),
    "p05": ((None, PASS, None), PASS),
    "p06": ((PASS, AGREE, None), AGREE),
    "p07": ((PASS, AGREE, DISAGREE), CONFLICT),
    "p08": ((DISAGREE, AGREE, AGREE), CONFLICT),
    "p09": ((None, None, DISAGREE), DISAGREE),
    "p10": ((PASS, None, None), PASS),
}
"""Ten people: their votes on A, B and C (None: no vote), and the effective vote on A after the merge."""
MERGED = Lineage([Edge(B, A, 100), Edge(C, A, 100)])


def votes_of_ten_people() -> dict[str, dict[int, Answer]]:
    """The votes of case C04, all before the merge."""
    return {
        person: {
            proposal: Answer(value, 3 * number + proposal)
            for proposal, value in zip((A, B, C), values, strict=True)
            if value is not None
        }
        for number, (person, (values, _outcome)) in enumerate(C04.items())
    }


def tally(proposal: int, lineage: Lineage, people: dict[str, dict[int, Answer]]) -> dict[Outcome, int]:
    """How many people have which outcome."""
    return dict(Counter(effective(proposal, lineage, answers).outcome for answers in people.values()))


def test_each_of_ten_people_has_the_effective_vote_of_the_case() -> None:
    """C04."""
    outcomes = {
        person: effective(A, MERGED, answers).outcome for person, answers in votes_of_ten_people().items()
    }
    assert outcomes == {person: outcome for person, (_values, outcome) in C04.items()}


def test_the_tally_of_the_lead_adds_up_with_those_asked_again() -> None:
    """C04."""
    assert tally(A, MERGED, votes_of_ten_people()) == {AGREE: 3, DISAGREE: 1, PASS: 2, CONFLICT: 4}


def test_whoever_answers_the_lead_is_asked_no_more() -> None:
    """C04."""
    people = votes_of_ten_people()
    people["p01"][A] = Answer(PASS, 101)
    assert tally(A, MERGED, people) == {AGREE: 3, DISAGREE: 1, PASS: 3, CONFLICT: 3}


@pytest.mark.parametrize(
    ("proposal", "counts"),
    [
        (A, {DISAGREE: 1, PASS: 4, None: 5}),
        (B, {AGREE: 5, DISAGREE: 1, PASS: 2, None: 2}),
        (C, {AGREE: 3, DISAGREE: 3, None: 4}),
    ],
)
def test_after_the_undo_each_proposal_has_its_own_answers(proposal: int, counts: dict[Outcome, int]) -> None:
    """C04."""
    people = votes_of_ten_people()
    people["p01"][A] = Answer(PASS, 101)
    assert tally(proposal, MERGED.without([(B, A), (C, A)]), people) == counts


def test_an_undo_before_anyone_answered_restores_the_tally_of_the_lead() -> None:
    """C04."""
    undone = MERGED.without([(B, A), (C, A)])
    assert tally(A, undone, votes_of_ten_people()) == {AGREE: 1, DISAGREE: 1, PASS: 3, None: 5}


def test_a_vote_sent_to_a_source_and_kept_on_the_lead_counts_there() -> None:
    """C06: the answer is recorded on the lead, after the merge, and replaces the old vote on the source."""
    answers = {B: Answer(DISAGREE, 2), A: Answer(AGREE, 6)}
    assert effective(A, Lineage([Edge(B, A, 5)]), answers) == Effective(AGREE, (Given(A, 6),))


def test_a_person_without_any_answer_has_no_vote() -> None:
    assert effective(A, MERGED, {}) == NO_VOTE


def test_an_answer_with_the_number_of_the_merge_was_given_before_it() -> None:
    answers = {A: Answer(DISAGREE, 5), B: Answer(AGREE, 3)}
    assert effective(A, Lineage([Edge(B, A, 5)]), answers).outcome is CONFLICT


def test_the_first_answer_with_the_value_comes_first_among_the_deciding() -> None:
    answers = {A: Answer(AGREE, 4), B: Answer(PASS, 1), C: Answer(AGREE, 2)}
    assert effective(A, MERGED, answers).deciding == (Given(C, 2), Given(A, 4))


def test_both_sides_decide_a_conflict() -> None:
    answers = {A: Answer(AGREE, 4), B: Answer(PASS, 1), C: Answer(DISAGREE, 2)}
    assert effective(A, MERGED, answers).deciding == (Given(C, 2), Given(A, 4))


def test_a_conflict_counts_nowhere() -> None:
    answers = {A: Answer(AGREE, 4), C: Answer(DISAGREE, 2)}
    assert effective(A, MERGED, answers).counted is None


def test_a_withdrawal_is_told_from_never_having_voted() -> None:
    assert effective(A, MERGED, {A: Answer(None, 101)}) == Effective(None, (Given(A, 101),))


def test_answers_elsewhere_change_nothing() -> None:
    assert effective(A, MERGED, {D: Answer(AGREE, 1)}) == NO_VOTE


def test_the_vote_on_a_source_can_be_asked_for_by_itself() -> None:
    answers = {A: Answer(AGREE, 101), B: Answer(DISAGREE, 2)}
    assert effective(B, MERGED, answers) == Effective(DISAGREE, (Given(B, 2),))


def test_all_votes_of_a_person_stand_under_the_leads() -> None:
    answers = {B: Answer(AGREE, 1), C: Answer(PASS, 2), D: Answer(DISAGREE, 3)}
    assert effective_votes(MERGED, answers) == {
        A: Effective(AGREE, (Given(B, 1),)),
        D: Effective(DISAGREE, (Given(D, 3),)),
    }


def test_eleven_hundred_sources_are_joined() -> None:
    """C39."""
    lineage = Lineage(Edge(source, 1, 5000) for source in range(2, 1102))
    answers = {source: Answer(PASS, source) for source in range(2, 1102)} | {1101: Answer(AGREE, 1101)}
    assert effective(1, lineage, answers) == Effective(AGREE, (Given(1101, 1101),))


def test_a_vote_is_carried_up_a_chain_of_a_thousand_merges() -> None:
    lineage = Lineage(Edge(number + 1, number, 9000 - number) for number in range(1, 1001))
    answers = {number: Answer(PASS, number) for number in range(1, 1001)} | {1001: Answer(DISAGREE, 1001)}
    assert effective(1, lineage, answers).outcome == DISAGREE
