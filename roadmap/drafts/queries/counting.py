"""The votes that count, as arrays for the ranking."""

from datetime import datetime

import numpy as np
from sqlalchemy import select

from roadmap.accounts.models import Declaration
from roadmap.core.db import db
from roadmap.domain.ranking import ORIGINS, STAKEHOLDERS, Snapshot
from roadmap.editions.models import Edition, GuidingQuestion
from roadmap.proposals.models import Proposal
from roadmap.votes.models import EffectiveVote, Vote


def counted_votes(edition: Edition, as_of: datetime) -> Snapshot:
    """Effective votes up to `as_of` (not included) of everybody who counts, and every open item."""
    items = db.session.execute(
        select(Proposal.id, Proposal.number, GuidingQuestion.number)
        .join(GuidingQuestion, GuidingQuestion.id == Proposal.question_id)
        .where(Proposal.edition_id == edition.id, Proposal.state == "published", Proposal.lead_id.is_(None))
        .order_by(Proposal.number)
    ).all()
    at = {row[0]: index for index, row in enumerate(items)}
    pools = ["account", "imported", *(["guest"] * edition.guests_count), *(["paper"] * edition.paper_count)]
    leads = set(db.session.scalars(select(EffectiveVote.lead_id).distinct()))
    rows = [
        row
        for row in db.session.execute(
            select(Vote.voter_id, Vote.proposal_id, Vote.choice, Vote.origin).where(
                Vote.pool.in_(pools), Vote.choice.is_not(None)
            )
        )
        if row[1] in at and row[1] not in leads
    ]
    rows += [
        row
        for row in db.session.execute(
            select(
                EffectiveVote.voter_id, EffectiveVote.lead_id, EffectiveVote.choice, EffectiveVote.origin
            ).where(EffectiveVote.pool.in_(pools), EffectiveVote.choice.is_not(None))
        )
        if row[1] in at
    ]
    people = {voter: place for place, voter in enumerate(sorted({row[0] for row in rows}))}
    groups = {
        row[0]: row[1] if row[1] == "civil-society" or (row[1] == "decision-maker" and row[2]) else "public"
        for row in db.session.execute(
            select(Declaration.voter_id, Declaration.stakeholder_group, Declaration.confirmed).where(
                Declaration.edition_id == edition.id
            )
        )
    }
    return Snapshot(
        person=np.array([people[row[0]] for row in rows], dtype=np.int32),
        item=np.array([at[row[1]] for row in rows], dtype=np.int32),
        choice=np.array([row[2] for row in rows], dtype=np.int8),
        origin=np.array([ORIGINS.index(row[3]) for row in rows], dtype=np.int8),
        number=np.array([row[1] for row in items], dtype=np.int64),
        question=np.array([row[2] for row in items], dtype=np.int16),
        stakeholder=np.array(
            [STAKEHOLDERS.index(groups.get(voter, "public")) for voter in people], dtype=np.int8
        ),
    )
