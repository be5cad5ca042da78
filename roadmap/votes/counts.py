"""Totals over an edition: how many took part, and how much each question was answered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import distinct, func, select, text

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


def participation_of(edition: Edition, now: datetime) -> Participation:
    """Who took part so far, guests and imported voters included.

    Counting people reads every vote: in a large edition the figures are kept and at most a minute old.
    """
    key = (db.engine.url.render_as_string(), edition.id)
    minute, total = int(now.timestamp()) // RENEWED_EVERY, sum(votes_by_question(edition).values())
    if total >= FEW_VOTES and key in _kept and _kept[key][0] == minute:
        return _kept[key][1]
    counted = _participation(edition)
    _kept[key] = (minute, counted)
    return counted


def _participation(edition: Edition) -> Participation:
    people, votes = db.session.execute(
        select(func.count(distinct(Vote.voter_id)), func.count())
        .select_from(Vote)
        .join(Proposal, Proposal.id == Vote.proposal_id)
        .where(Proposal.edition_id == edition.id, Vote.choice.is_not(None))
    ).one()
    return Participation(people, votes)


def votes_by_question(edition: Edition) -> dict[int, int]:
    """Answers given under each guiding question, by question id, read from the tallies."""
    rows = db.session.execute(
        select(Proposal.question_id, func.sum(Tally.agree + Tally.disagree + Tally.passed))
        .join(Tally, Tally.proposal_id == Proposal.id)
        .where(Proposal.edition_id == edition.id, Proposal.state == "published")
        .group_by(Proposal.question_id)
    )
    return {question: int(count or 0) for question, count in rows}


def count_of(voter: int | None, edition_id: int | None) -> int:
    """How many answers of this voter stand in the edition; those on merged proposals are one."""
    if voter is None or edition_id is None:
        return 0
    return db.session.execute(text(_STANDING), {"voter": voter, "edition": edition_id}).scalar_one()  # type: ignore[no-any-return]
