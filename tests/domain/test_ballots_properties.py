"""What holds for every person, lineage and history of answers."""

from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.ballots import (
    AGREE,
    CONFLICT,
    DISAGREE,
    PASS,
    Answer,
    Effective,
    Given,
    Outcome,
    effective,
    effective_votes,
)
from roadmap.domain.lineage import Edge, Lineage

VALUES = st.sampled_from([AGREE, DISAGREE, PASS, None])


def by_the_rule(lead: int, edges: list[Edge], answers: dict[int, Answer]) -> Outcome:
    """The two rules word for word, as a recursion."""
    own = answers.get(lead)
    parts: set[Outcome] = {None if own is None else own.value}
    for edge in edges:
        if edge.lead == lead and (own is None or own.sequence <= edge.sequence):
            parts.add(by_the_rule(edge.source, edges, answers))
    if CONFLICT in parts or {AGREE, DISAGREE} <= parts:
        return CONFLICT
    return next((value for value in (AGREE, DISAGREE, PASS) if value in parts), None)


@st.composite
def answers_before(draw: st.DrawFn) -> dict[int, Answer]:
    """Answers on the proposals 1 to 6, all with a sequence below 100."""
    values = draw(st.dictionaries(st.integers(1, 6), VALUES))
    sequences = draw(st.lists(st.integers(1, 99), min_size=len(values), max_size=len(values), unique=True))
    return {
        proposal: Answer(value, sequence)
        for (proposal, value), sequence in zip(values.items(), sequences, strict=True)
    }


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Edge], dict[int, Answer]]:
    """What stands after a random sequence of votes, changes, withdrawals, merges and undoings."""
    lineage, answers = Lineage(), dict[int, Answer]()
    for sequence in range(1, draw(st.integers(1, 25))):
        proposal, other = draw(st.integers(1, 6)), draw(st.integers(1, 6))
        match draw(st.sampled_from(["vote", "vote", "merge", "undo"])):
            case "vote":  # a vote sent to a source is an answer on the lead
                answers[lineage.lead_of(proposal)] = Answer(draw(VALUES), sequence)
            case "merge" if lineage.refusal(proposal, [other]) is None:
                lineage = lineage.joined([Edge(other, proposal, sequence)])
            case "undo" if (edge := lineage.edge_of(proposal)) is not None:
                lineage = lineage.without([(edge.source, edge.lead)])
            case _:
                pass
    return list(lineage.edges), answers


@given(answers_before())
def test_without_edges_the_effective_votes_are_the_votes(answers: dict[int, Answer]) -> None:
    """Invariant 14."""
    found = {proposal: vote.outcome for proposal, vote in effective_votes(Lineage(), answers).items()}
    assert found == {proposal: answer.value for proposal, answer in answers.items()}


@given(answers_before(), st.permutations([2, 3, 4, 5, 6]))
def test_the_order_of_merges_changes_nobodys_vote(answers: dict[int, Answer], order: list[int]) -> None:
    """Invariant 14."""
    one = Lineage(Edge(source, 1, 100 + source) for source in range(2, 7))
    other = Lineage(Edge(source, 1, 100 + place) for place, source in enumerate(order))
    assert effective(1, one, answers) == effective(1, other, answers)


@given(answers_before(), st.integers(2, 6))
def test_the_choice_of_the_lead_changes_nobodys_vote(answers: dict[int, Answer], lead: int) -> None:
    """Invariant 14."""
    one = Lineage(Edge(source, 1, 100) for source in range(2, 7))
    other = Lineage(Edge(source, lead, 100) for source in range(1, 7) if source != lead)
    assert effective(1, one, answers) == effective(lead, other, answers)


@given(answers_before(), st.data())
def test_any_tree_equals_the_flat_merge_while_nobody_answered(
    answers: dict[int, Answer], data: st.DataObject
) -> None:
    """Invariant 14."""
    flat = Lineage(Edge(source, 1, 100) for source in range(2, 7))
    tree = Lineage(
        Edge(source, data.draw(st.integers(1, source - 1)), data.draw(st.integers(100, 120)))
        for source in range(2, 7)
    )
    assert effective(1, tree, answers) == effective(1, flat, answers)


@given(histories())
def test_every_history_ends_as_the_rule_says(history: tuple[list[Edge], dict[int, Answer]]) -> None:
    edges, answers = history
    found = {proposal: effective(proposal, Lineage(edges), answers).outcome for proposal in range(1, 7)}
    assert found == {proposal: by_the_rule(proposal, edges, answers) for proposal in range(1, 7)}


@given(histories())
def test_a_vote_never_has_a_value_that_the_person_did_not_give(
    history: tuple[list[Edge], dict[int, Answer]],
) -> None:
    """Invariant 14."""
    edges, answers = history
    for vote in effective_votes(Lineage(edges), answers).values():
        decided = {answers[place.proposal].value for place in vote.deciding}
        assert decided == ({AGREE, DISAGREE} if vote.asked_again else {vote.counted} if decided else set())


@given(histories())
def test_what_counts_and_what_is_asked_again_are_apart(history: tuple[list[Edge], dict[int, Answer]]) -> None:
    """Invariant 14."""
    edges, answers = history
    votes = effective_votes(Lineage(edges), answers).values()
    assert not any(vote.asked_again and vote.counted is not None for vote in votes)


@given(histories(), VALUES)
def test_an_answer_after_the_merges_always_stands(
    history: tuple[list[Edge], dict[int, Answer]], value: int | None
) -> None:
    """Invariant 14."""
    edges, answers = history
    lineage = Lineage(edges)
    lead = lineage.lead_of(1)
    later = answers | {lead: Answer(value, 1000)}
    assert effective(lead, lineage, later) == Effective(value, (Given(lead, 1000),))


@given(histories(), VALUES, st.integers(1, 6))
def test_an_answer_stands_when_something_they_never_answered_is_merged_in(
    history: tuple[list[Edge], dict[int, Answer]], value: int | None, number: int
) -> None:
    edges, answers = history
    lineage = Lineage(edges)
    lead = lineage.lead_of(number)
    later = answers | {lead: Answer(value, 1000)}
    assert effective(lead, lineage.joined([Edge(7, lead, 1001)]), later).outcome == value


@given(histories(), st.integers(1, 6), st.integers(1, 6))
def test_undoing_a_merge_restores_every_vote(
    history: tuple[list[Edge], dict[int, Answer]], lead: int, source: int
) -> None:
    """Invariant 14."""
    edges, answers = history
    lineage = Lineage(edges)
    if lineage.refusal(lead, [source]) is None and lineage.edge_of(source) is None:
        undone = lineage.joined([Edge(source, lead, 1000)]).without([(source, lead)])
        assert effective_votes(undone, answers) == effective_votes(lineage, answers)


@given(histories())
def test_undoing_all_merges_leaves_each_proposal_its_own_answers(
    history: tuple[list[Edge], dict[int, Answer]],
) -> None:
    """Invariant 14."""
    edges, answers = history
    alone = Lineage(edges).without([(edge.source, edge.lead) for edge in edges])
    found = {proposal: vote.outcome for proposal, vote in effective_votes(alone, answers).items()}
    assert found == {proposal: answer.value for proposal, answer in answers.items()}


@given(histories())
def test_merging_every_pair_once_more_changes_nothing(
    history: tuple[list[Edge], dict[int, Answer]],
) -> None:
    """Invariant 18."""
    edges, answers = history
    again = [Edge(edge.source, edge.lead, 1000) for edge in edges]
    assert effective_votes(Lineage(edges + again), answers) == effective_votes(Lineage(edges), answers)


@given(histories())
def test_each_answer_decides_at_most_one_vote(history: tuple[list[Edge], dict[int, Answer]]) -> None:
    edges, answers = history
    places = [place for vote in effective_votes(Lineage(edges), answers).values() for place in vote.deciding]
    assert len(places) == len(set(places))
