"""One effective vote per person from all their answers over a lineage.

Two rules, for a person and a proposal x with active sources:

1. an answer on x (agree, disagree, pass or withdrawn) takes the place of the person's votes on all
   sources merged into x before it;
2. that answer, if any, is joined with their effective vote on each source merged into x after it,
   in the order none < pass < {agree, disagree} < conflict; agree joined with disagree is a conflict.

The join does not depend on order or grouping, so the outcome is the join of all answers that no later
answer further up has replaced. That is what is computed: without recursion, however deep the lineage.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal

from roadmap.domain.lineage import Lineage

AGREE: Final = 1
DISAGREE: Final = -1
PASS: Final = 0


class Conflict(Enum):
    """Answers that contradict each other: counted nowhere, the person is asked again."""

    CONFLICT = "conflict"


CONFLICT: Final = Conflict.CONFLICT
Outcome = int | Literal[Conflict.CONFLICT] | None
"""1 agree, -1 disagree, 0 pass, None no vote, or CONFLICT."""


@dataclass(frozen=True)
class Answer:
    """A person's last answer on a proposal: 1 agree, -1 disagree, 0 pass, None withdrawn.

    `sequence` is the place of that answer among all answers and merges.
    """

    value: int | None
    sequence: int


@dataclass(frozen=True)
class Given:
    """Where and when a deciding answer was given: its origin and its revision are those of the vote."""

    proposal: int
    sequence: int


@dataclass(frozen=True)
class Effective:
    """A person's one vote on a proposal and the answers that decide it, earliest first.

    Deciding are all answers with the value of the outcome that no later answer has replaced; in a conflict
    those for either side; without a vote the withdrawals. A carried vote keeps origin and revision of the
    first: that choice does not depend on which proposal leads.
    """

    outcome: Outcome
    deciding: tuple[Given, ...] = ()

    @property
    def asked_again(self) -> bool:
        """Whether the person has to be asked, because their answers contradict each other."""
        return self.outcome is CONFLICT

    @property
    def counted(self) -> int | None:
        """The value that counts: 1, -1 or 0, None where nothing does."""
        return None if self.outcome is CONFLICT else self.outcome


NO_VOTE: Final = Effective(None)


def effective(lead: int, lineage: Lineage, answers: Mapping[int, Answer]) -> Effective:
    """The person's effective vote on `lead` (which may be a source itself), from their answers by proposal.

    Answers on proposals outside its lineage change nothing.
    """
    reaching = {lead: True}
    standing = [
        (answer.sequence, proposal, answer.value)
        for proposal, answer in answers.items()
        if _reaches(proposal, lineage, answers, reaching)
    ]
    outcome = joined(value for _sequence, _proposal, value in standing)
    sides = (AGREE, DISAGREE) if outcome is CONFLICT else (outcome,)
    deciding = sorted((sequence, proposal) for sequence, proposal, value in standing if value in sides)
    return Effective(outcome, tuple(Given(proposal, sequence) for sequence, proposal in deciding))


def effective_votes(lineage: Lineage, answers: Mapping[int, Answer]) -> dict[int, Effective]:
    """All effective votes of one person, by proposal that is no source; those never answered are left out."""
    by_lead: dict[int, dict[int, Answer]] = {}
    for proposal, answer in answers.items():
        by_lead.setdefault(lineage.lead_of(proposal), {})[proposal] = answer
    return {lead: effective(lead, lineage, own) for lead, own in by_lead.items()}


def _reaches(
    proposal: int, lineage: Lineage, answers: Mapping[int, Answer], reaching: dict[int, bool]
) -> bool:
    """Whether votes on the proposal reach the lead: every edge up to it is younger than the answer above it.

    `reaching` holds what is known so far, the lead itself to begin with; it grows, so that no edge is
    climbed twice for one person.
    """
    climbed: list[int] = []
    while proposal not in reaching:
        climbed.append(proposal)
        edge = lineage.edge_of(proposal)
        if edge is None:
            reaching[proposal] = False
            break
        above = answers.get(edge.lead)
        if above is not None and above.sequence > edge.sequence:
            reaching[proposal] = False
            break
        proposal = edge.lead
    result = reaching[proposal]
    reaching.update(dict.fromkeys(climbed, result))
    return result


def joined(values: Iterable[Outcome]) -> Outcome:
    """The join in the order none < pass < {agree, disagree} < conflict."""
    given = set(values)
    if CONFLICT in given or {AGREE, DISAGREE} <= given:
        return CONFLICT
    for value in (AGREE, DISAGREE, PASS):
        if value in given:
            return value
    return None
