"""The merge graph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.lineage import Edge, Lineage, Refusal

A, B, C, D, E = 1, 2, 3, 4, 5
CHAIN = Lineage([Edge(C, B, 1), Edge(B, A, 2)])


@st.composite
def forests(draw: st.DrawFn) -> list[Edge]:
    """Edges that point from a higher number to a lower one, so never in a circle."""
    size = draw(st.integers(2, 12))
    edges = []
    for source in range(2, size + 1):
        lead = draw(st.none() | st.integers(1, source - 1))
        if lead is not None:
            edges.append(Edge(source, lead, draw(st.integers(1, 30))))
    return draw(st.permutations(edges))


def test_a_proposal_without_edges_leads_itself() -> None:
    assert Lineage().lead_of(A) == A


def test_a_proposal_without_edges_has_no_sources() -> None:
    assert Lineage().all_sources(A) == ()


def test_the_lead_of_a_chain_is_its_last_proposal() -> None:
    assert [CHAIN.lead_of(proposal) for proposal in (A, B, C)] == [A, A, A]


def test_direct_sources_are_those_of_the_proposal_alone() -> None:
    assert CHAIN.direct_sources(A) == (B,)


def test_all_sources_are_found_to_any_depth_nearest_first() -> None:
    assert Lineage([Edge(C, B, 1), Edge(B, A, 2), Edge(D, A, 3)]).all_sources(A) == (B, D, C)


def test_depth_counts_the_edges_up_to_the_lead() -> None:
    assert [CHAIN.depth(proposal) for proposal in (A, B, C, D)] == [0, 1, 2, 0]


def test_leads_are_those_with_sources_that_are_no_source() -> None:
    assert CHAIN.leads() == {A}


def test_a_source_is_told_from_a_lead() -> None:
    assert [CHAIN.is_source(proposal) for proposal in (A, B, D)] == [False, True, False]


def test_merging_the_same_pair_twice_is_once_and_the_first_stands() -> None:
    """Invariant 18."""
    assert Lineage([Edge(B, A, 9), Edge(B, A, 4)]).edges == (Edge(B, A, 4),)


@pytest.mark.parametrize(
    "edges",
    [
        [Edge(A, A, 1)],
        [Edge(B, A, 1), Edge(A, B, 2)],
        [Edge(B, A, 1), Edge(C, B, 2), Edge(A, C, 3), Edge(E, D, 4)],
        [Edge(B, A, 1), Edge(B, C, 2)],
    ],
    ids=["itself", "two in a circle", "three in a circle", "two leads"],
)
def test_edges_that_make_no_tree_are_an_error(edges: list[Edge]) -> None:
    with pytest.raises(ValueError, match="merged"):
        Lineage(edges)


@pytest.mark.parametrize(
    ("lead", "sources", "reason"),
    [
        (A, (), Refusal.EMPTY),
        (A, (D, A), Refusal.ITSELF),
        (B, (A,), Refusal.CIRCLE),
        (C, (A,), Refusal.CIRCLE),
        (B, (D,), Refusal.LEAD_MERGED),
        (D, (B,), Refusal.MERGED_ELSEWHERE),
        (A, (C,), Refusal.MERGED_ELSEWHERE),
        (A, (B,), None),
        (A, (D, E), None),
        (D, (A, E), None),
    ],
)
def test_a_merge_is_refused_with_its_reason(
    lead: int, sources: tuple[int, ...], reason: Refusal | None
) -> None:
    assert CHAIN.refusal(lead, sources) is reason


def test_only_sources_without_an_edge_need_a_new_one() -> None:
    assert CHAIN.not_yet_merged(A, [E, B, D, E]) == (E, D)


def test_undoing_an_edge_leaves_what_was_merged_below_it() -> None:
    remaining = CHAIN.without([(B, A)])
    assert [remaining.lead_of(proposal) for proposal in (A, B, C)] == [A, B, B]


def test_undoing_an_unknown_pair_changes_nothing() -> None:
    assert CHAIN.without([(C, A)]).edges == CHAIN.edges


def test_eleven_hundred_sources_are_one_tree() -> None:
    """C39."""
    flat = Lineage(Edge(source, 1, source) for source in range(2, 1102))
    assert len(flat.all_sources(1)) == 1100


def test_a_chain_of_a_thousand_merges_has_one_lead() -> None:
    chain = Lineage(Edge(number + 1, number, 2000 - number) for number in range(1, 1001))
    assert (chain.lead_of(1001), chain.depth(1001), len(chain.all_sources(1))) == (1, 1000, 1000)


def test_a_circle_below_a_thousand_merges_is_refused() -> None:
    chain = Lineage(Edge(number + 1, number, 2000 - number) for number in range(1, 1001))
    assert chain.refusal(1001, [1]) is Refusal.CIRCLE


@given(forests())
def test_every_source_is_among_the_sources_of_its_lead_once(edges: list[Edge]) -> None:
    lineage = Lineage(edges)
    found = [source for lead in lineage.leads() for source in lineage.all_sources(lead)]
    assert sorted(found) == sorted(edge.source for edge in edges)


@given(forests())
def test_the_order_in_which_edges_are_given_does_not_matter(edges: list[Edge]) -> None:
    assert Lineage(edges).edges == Lineage(reversed(edges)).edges


@given(forests(), st.integers(1, 12), st.sets(st.integers(1, 12), max_size=3))
def test_a_merge_that_is_not_refused_can_be_made(edges: list[Edge], lead: int, sources: set[int]) -> None:
    lineage = Lineage(edges)
    if lineage.refusal(lead, sources) is None:
        joined = lineage.joined(Edge(source, lead, 99) for source in lineage.not_yet_merged(lead, sources))
        assert {joined.lead_of(source) for source in sources} == {lead}


@given(forests(), st.integers(1, 12), st.sets(st.integers(1, 12), min_size=1, max_size=3))
def test_undoing_a_merge_restores_the_lineage(edges: list[Edge], lead: int, sources: set[int]) -> None:
    lineage = Lineage(edges)
    if lineage.refusal(lead, sources) is None:
        new = [Edge(source, lead, 99) for source in lineage.not_yet_merged(lead, sources)]
        undone = lineage.joined(new).without([(edge.source, edge.lead) for edge in new])
        assert undone.edges == lineage.edges
