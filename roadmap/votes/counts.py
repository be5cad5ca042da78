"""Totals over an edition: how many took part, and how much each question was answered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Exists, case, func, select, text
from sqlalchemy.orm import InstrumentedAttribute

from roadmap.accounts.models import Declaration, Voter
from roadmap.core.db import db
from roadmap.editions.models import Edition
from roadmap.proposals.models import Proposal
from roadmap.votes.models import Tally, Vote

_STANDING = """
SELECT count(DISTINCT COALESCE(p.lead_id, p.id)) FROM votes v JOIN proposals p ON p.id = v.proposal_id
  LEFT JOIN effective_votes f ON f.lead_id = COALESCE(p.lead_id, p.id) AND f.voter_id = v.voter_id
WHERE v.voter_id = :voter AND p.edition_id = :edition
  AND (f.choice IS NOT NULL OR f.conflict OR (f.lead_id IS NULL AND v.choice IS NOT NULL))
"""


@dataclass(frozen=True)
class Participation:
    """People (and guests) with at least one answer that stands, and their answers."""

    people: int
    votes: int


_kept: dict[tuple[str, int], tuple[int, Participation]] = {}
FEW_VOTES = 20_000
RENEWED_EVERY = 60


def participation_of(edition: Edition, now: datetime, total: int | None = None) -> Participation:
    """Who took part so far, guests and imported voters included.

    `total` is how many answers `by_question` counts, where that is known already.
    Counting people takes a while: in a large edition the figures are kept and at most a minute old.
    """
    key = (db.engine.url.render_as_string(), edition.id)
    minute = int(now.timestamp()) // RENEWED_EVERY
    total = sum(each.votes for each in by_question(edition).values()) if total is None else total
    if total >= FEW_VOTES and key in _kept and _kept[key][0] == minute:
        return _kept[key][1]
    counted = _participation(edition)
    _kept[key] = (minute, counted)
    return counted


def _participation(edition: Edition) -> Participation:
    """People are looked up one by one, each until the first answer: a tenth of the time of counting all answers."""
    votes = (
        select(func.coalesce(func.sum(Tally.agree + Tally.disagree + Tally.passed), 0))
        .join(Proposal, Proposal.id == Tally.proposal_id)
        .where(Proposal.edition_id == edition.id, Tally.pool != "suspended")
    )
    row = db.session.execute(
        select(
            select(func.count()).select_from(Voter).where(_takes_part(Voter.id, edition)).scalar_subquery(),
            votes.scalar_subquery(),
        )
    ).one()
    return Participation(int(row[0]), int(row[1]))


def _takes_part(voter: InstrumentedAttribute[int], edition: Edition) -> Exists:
    """Whether an answer of this voter stands in the edition."""
    return (
        select(Vote.voter_id)
        .join(Proposal, Proposal.id == Vote.proposal_id)
        .where(
            Vote.voter_id == voter,
            Proposal.edition_id == edition.id,
            Vote.choice.is_not(None),
            Vote.pool != "suspended",
        )
        .exists()
    )


@dataclass(frozen=True)
class Answered:
    """What there is under a guiding question: published proposals that are no sources, and answers to all."""

    proposals: int = 0
    votes: int = 0


def by_question(edition: Edition) -> dict[int, Answered]:
    """Proposals and answers under each guiding question, by question id, the answers read from the tallies."""
    answers = (
        select(Tally.proposal_id, func.sum(Tally.agree + Tally.disagree + Tally.passed).label("votes"))
        .where(
            Tally.pool != "suspended",
            Tally.proposal_id.in_(select(Proposal.id).where(Proposal.edition_id == edition.id)),
        )
        .group_by(Tally.proposal_id)
        .subquery()
    )
    rows = db.session.execute(
        select(
            Proposal.question_id,
            func.sum(case((Proposal.lead_id.is_(None), 1), else_=0)),
            func.coalesce(func.sum(answers.c.votes), 0),
        )
        .outerjoin(answers, answers.c.proposal_id == Proposal.id)
        .where(Proposal.edition_id == edition.id, Proposal.state == "published")
        .group_by(Proposal.question_id)
    )
    return {question: Answered(int(proposals), int(votes)) for question, proposals, votes in rows}


def count_of(voter: int | None, edition_id: int | None) -> int:
    """How many answers of this voter stand in the edition; those on merged proposals are one."""
    if voter is None or edition_id is None:
        return 0
    return db.session.execute(text(_STANDING), {"voter": voter, "edition": edition_id}).scalar_one()  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Declared:
    """How many people with an answer that stands declared the same; a decision maker is one once confirmed."""

    group: str
    country: str
    people: int


def people_by_declaration(edition: Edition) -> list[Declared]:
    """Those who take part, by what they declared to be; people who declared nothing are in none of the rows."""
    as_declared = (Declaration.stakeholder_group, Declaration.confirmed.is_(None), Declaration.country)
    rows = db.session.execute(
        select(*as_declared, func.count())
        .where(Declaration.edition_id == edition.id, _takes_part(Declaration.voter_id, edition))
        .group_by(*as_declared)
    )
    return [
        Declared("public" if group == "decision-maker" and unconfirmed else group, country, people)
        for group, unconfirmed, country, people in rows
    ]
