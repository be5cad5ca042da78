"""The merge graph of an edition as data: which proposal was merged into which, and when."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Edge:
    """`source` was merged into `lead`, and the merge stands.

    `sequence` is comparable with that of answers: an answer with a greater one was given after the merge,
    one with the same or a smaller one before it.
    """

    source: int
    lead: int
    sequence: int


class Refusal(StrEnum):
    """Why a merge cannot be made."""

    EMPTY = "empty"
    ITSELF = "itself"
    CIRCLE = "circle"
    LEAD_MERGED = "lead-merged"
    MERGED_ELSEWHERE = "merged-elsewhere"


class Lineage:
    """Active edges, read as trees: every proposal has at most one lead, and any number of sources.

    The same pair twice is once: the first merge stands. Trees may be a thousand edges deep.
    """

    def __init__(self, edges: Iterable[Edge] = ()) -> None:
        """Raises ValueError for a proposal merged into itself, into two others, or in a circle."""
        self._upward: dict[int, Edge] = {}
        self._downward: dict[int, list[Edge]] = {}
        for edge in sorted(edges, key=lambda edge: (edge.sequence, edge.source, edge.lead)):
            known = self._upward.get(edge.source)
            if known is None:
                self._upward[edge.source] = edge
                self._downward.setdefault(edge.lead, []).append(edge)
            elif known.lead != edge.lead:
                raise ValueError(f"{edge.source} is merged into {known.lead} and into {edge.lead}")
        self._tops: dict[int, tuple[int, int]] = {}
        for top in self._downward.keys() - self._upward.keys():
            self._settle(top)
        if lost := self._upward.keys() - self._tops.keys():
            raise ValueError(f"{min(lost)} is merged in a circle")

    def _settle(self, top: int) -> None:
        """Note lead and depth of everything below a proposal that is no source itself."""
        waiting = [(top, 0)]
        while waiting:
            proposal, depth = waiting.pop()
            self._tops[proposal] = (top, depth)
            waiting.extend((edge.source, depth + 1) for edge in self._downward.get(proposal, ()))

    @property
    def edges(self) -> tuple[Edge, ...]:
        """The edges that stand, each pair once, oldest first."""
        return tuple(self._upward.values())

    def edge_of(self, proposal: int) -> Edge | None:
        """The edge by which the proposal was merged into another; None where it was not."""
        return self._upward.get(proposal)

    def lead_of(self, proposal: int) -> int:
        """The proposal that speaks for this one in the end: itself where it is no source."""
        return self._tops.get(proposal, (proposal, 0))[0]

    def depth(self, proposal: int) -> int:
        """Number of edges between the proposal and its last lead; 0 where it is no source."""
        return self._tops.get(proposal, (proposal, 0))[1]

    def is_source(self, proposal: int) -> bool:
        """Whether the proposal was merged into another."""
        return proposal in self._upward

    def leads(self) -> frozenset[int]:
        """The proposals that have sources and are none themselves."""
        return frozenset(self._downward.keys() - self._upward.keys())

    def direct_sources(self, proposal: int) -> tuple[int, ...]:
        """What was merged into this very proposal, oldest first."""
        return tuple(edge.source for edge in self._downward.get(proposal, ()))

    def all_sources(self, proposal: int) -> tuple[int, ...]:
        """What was merged into this proposal, to any depth; nearer ones first, then oldest first."""
        found = list(self.direct_sources(proposal))
        for source in found:  # the list grows while it is walked
            found.extend(self.direct_sources(source))
        return tuple(found)

    def refusal(self, lead: int, sources: Collection[int]) -> Refusal | None:
        """Why these sources cannot be merged into this lead, None where they can.

        A source that already stands under this very lead is no obstacle.
        """
        if not sources:
            return Refusal.EMPTY
        if lead in sources:
            return Refusal.ITSELF
        if self._above(lead) & set(sources):
            return Refusal.CIRCLE
        if self.is_source(lead):
            return Refusal.LEAD_MERGED
        edges = [self._upward[source] for source in sources if source in self._upward]
        return Refusal.MERGED_ELSEWHERE if any(edge.lead != lead for edge in edges) else None

    def not_yet_merged(self, lead: int, sources: Iterable[int]) -> tuple[int, ...]:
        """Those of the sources that need a new edge to this lead, each once, in the order given."""
        present = set(self.direct_sources(lead))
        return tuple(source for source in dict.fromkeys(sources) if source not in present)

    def joined(self, edges: Iterable[Edge]) -> "Lineage":
        """The lineage with these edges as well. Raises ValueError as the constructor does."""
        return Lineage([*self.edges, *edges])

    def without(self, pairs: Collection[tuple[int, int]]) -> "Lineage":
        """What remains once these pairs of source and lead are undone; unknown pairs are ignored."""
        undone = set(pairs)
        return Lineage(edge for edge in self.edges if (edge.source, edge.lead) not in undone)

    def _above(self, proposal: int) -> set[int]:
        """The leads of the proposal, from the next to the last."""
        above: set[int] = set()
        edge = self._upward.get(proposal)
        while edge is not None:
            above.add(edge.lead)
            edge = self._upward.get(edge.lead)
        return above
