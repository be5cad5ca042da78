"""The rule worked by hand: ten voters, four proposals, small enough to check with a pencil."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from roadmap.domain.ranking import ORIGINS, STAKEHOLDERS, Method, Ranking, Snapshot, rank

BALLOTS = {"a": "++++++++-o", "b": "+++++++---", "c": "+++oo", "d": "++--------"}
"""One letter per voter: + agree, - disagree, o pass; whoever has no letter did not answer."""
CHOICE = {"+": 1, "-": -1, "o": 0}


@dataclass(frozen=True)
class ExampleRow:
    """A proposal of the example; `place` is None where it is not listed."""

    name: str
    ballots: str
    tally: tuple[int, int, int]
    support: float
    opposition: float
    claim: float
    place: int | None


@lru_cache(maxsize=1)
def example_ranking() -> Ranking:
    """The example as the rule ranks it, proposals a to d numbered 1 to 4."""
    votes = [
        (voter, item, CHOICE[letter])
        for item, letters in enumerate(BALLOTS.values())
        for voter, letter in enumerate(letters)
    ]
    person, item, choice = (np.array(column, dtype=np.int64) for column in zip(*votes, strict=True))
    snapshot = Snapshot(
        person=person.astype(np.int32),
        item=item.astype(np.int32),
        choice=choice.astype(np.int8),
        origin=np.full(len(votes), ORIGINS.index("direct"), dtype=np.int8),
        number=np.arange(1, len(BALLOTS) + 1),
        question=np.ones(len(BALLOTS), dtype=np.int16),
        stakeholder=np.full(10, STAKEHOLDERS.index("public"), dtype=np.int8),
    )
    return rank(snapshot, Method())


def example_rows() -> list[ExampleRow]:
    """The rows of the example's table, recomputed by the rule itself."""
    ranking = example_ranking()
    places = {placed.number: placed.place for placed in ranking.sections[0].placed}
    table = ranking.table
    return [
        ExampleRow(
            name,
            ballots,
            (int(table.tally[0, at]), int(table.tally[1, at]), int(table.tally[2, at])),
            float(table.support[at]),
            float(table.opposition[at]),
            float(table.claims[0, at]),
            places.get(at + 1),
        )
        for at, (name, ballots) in enumerate(BALLOTS.items())
    ]
