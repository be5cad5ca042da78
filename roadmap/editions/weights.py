"""What a vote weighs where stakeholder groups have an equal voice, by an example that anybody can follow."""

from dataclasses import dataclass

from roadmap.domain.ranking.method import Method
from roadmap.domain.ranking.scores import voices
from roadmap.domain.ranking.snapshot import STAKEHOLDERS

EXAMPLE = {"decision-maker": 10, "civil-society": 90, "public": 400}
"""People by stakeholder group, as uneven as campaigns are."""


@dataclass(frozen=True)
class Weight:
    """A stakeholder group: its people, its share of the voice, and one vote in votes counted alike."""

    group: str
    people: int
    share: float
    vote: float


def example_weights() -> list[Weight]:
    """The weights of the example, by the rule that a ranking uses."""
    everybody = sum(EXAMPLE.values())
    rows = voices([EXAMPLE.get(name, 0) for name in STAKEHOLDERS], Method("equal-groups"))
    return [
        Weight(row.name, row.people, row.weight, row.weight * everybody / row.people)
        for row in sorted(rows, key=lambda row: row.people)
    ]
