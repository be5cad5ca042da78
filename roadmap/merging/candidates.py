"""Proposals side by side, as a facilitator compares them before a merge."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import select

from roadmap.core.db import db
from roadmap.core.errors import NotFound
from roadmap.domain.objections import Ruling, ruling, to_answer
from roadmap.domain.opposites import cautions
from roadmap.domain.shared_words import Piece, marked
from roadmap.editions.models import Edition
from roadmap.editions.queries import questions_of
from roadmap.merging.models import Objection
from roadmap.merging.objected import as_rule, objections_in
from roadmap.merging.queue import Numbers
from roadmap.proposals import queries as proposals
from roadmap.proposals.lists import Card, cards_of
from roadmap.proposals.models import Proposal
from roadmap.similarity.queries import pairs_among
from roadmap.votes.ballots import Figures
from roadmap.votes.queries import figures_of


@dataclass(frozen=True)
class Candidate:
    """A proposal of a group; `title` and `text` in pieces, of which those that others share are marked."""

    proposal: Proposal
    question: int
    figures: Figures
    card: Card
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]


@dataclass(frozen=True)
class Caution:
    """Two proposals of the group, by number, whose texts differ by a negation or by a number."""

    one: int
    other: int
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Say:
    """What authors have said against joining these proposals: `ruling`, and the objections to answer."""

    ruling: Ruling
    objections: tuple[Objection, ...]


def get_group(edition: Edition, numbers: Numbers) -> list[Proposal]:
    """What of the group can still be decided about, by number: published and under no other lead.

    Raises NotFound where one of the numbers is nobody's.
    """
    found = list(
        db.session.scalars(
            select(Proposal).where(Proposal.edition_id == edition.id, Proposal.number.in_(numbers))
        )
    )
    if len(found) != len(set(numbers)):
        raise NotFound
    still = [each for each in found if each.state == "published" and each.lead_id is None]
    return sorted(still, key=lambda each: each.number)


def candidates_of(edition: Edition, group: Sequence[Proposal]) -> list[Candidate]:
    """The proposals of a group, to be read side by side."""
    figures, cards = figures_of(edition, [each.id for each in group]), cards_of(group)
    questions = {question.id: question.number for question in questions_of(edition)}
    pieces = marked([[each.title, _beyond(each)] for each in group])
    return [
        Candidate(
            each, questions[each.question_id], figures.get(each.id, Figures()), cards[each.id], title, text
        )
        for each, (title, text) in zip(group, pieces, strict=True)
    ]


def most_answered(candidates: Sequence[Candidate]) -> int:
    """The number of the proposal that leads unless somebody chooses otherwise: most answers, then the oldest."""
    return min(candidates, key=lambda each: (-each.figures.total, each.proposal.number)).proposal.number


def cautions_in(group: Sequence[Proposal]) -> list[Caution]:
    """The pairs that need a second look, since no likeness tells a ban from its opposite."""
    found = (
        Caution(a.number, b.number, cautions((a.title, a.text, a.language), (b.title, b.text, b.language)))
        for a, b in combinations(group, 2)
    )
    return [each for each in found if each.marks]


def likeness_of(edition: Edition, numbers: Collection[int]) -> float | None:
    """How alike the strongest pair of the group is, 0 to 1; None where no pair was found."""
    found = [pair.similarity for pair in pairs_among(edition, numbers) if pair.similarity is not None]
    return max(found, default=None)


def say_against(edition: Edition, group: Sequence[Proposal]) -> Say:
    """What authors have said against joining what stands under these leads."""
    lineage = proposals.lineage_of(edition)
    trees = [{each.id, *lineage.all_sources(each.id)} for each in group]
    rows = {row.id: row for row in objections_in(edition)}
    rules = [as_rule(row) for row in rows.values()]
    met = to_answer(trees, rules)
    return Say(ruling(trees, rules), tuple(rows[rule.identifier] for rule in met))


def _beyond(proposal: Proposal) -> str:
    """The text without the title where it begins with it."""
    return proposal.text.removeprefix(proposal.title).strip()
