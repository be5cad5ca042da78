"""A person's own proposals."""

from sqlalchemy import select

from roadmap.core.db import db
from roadmap.domain.policy import Actor
from roadmap.proposals.models import Proposal


def written_by(actor: Actor) -> list[Proposal]:
    """The person's own proposals of all editions, in whatever state, newest first."""
    if actor.account is None:
        return []
    return list(
        db.session.scalars(
            select(Proposal).where(Proposal.author_id == actor.account).order_by(Proposal.id.desc())
        )
    )
