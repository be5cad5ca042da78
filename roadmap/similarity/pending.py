"""What has still to be compared."""

from typing import Any

from sqlalchemy import Select, func, or_, select

from roadmap.core.db import db
from roadmap.proposals.models import Proposal
from roadmap.similarity.encoders import encoder_name
from roadmap.similarity.models import Vector

COMPARED = ("published", "waiting")
"""States in which a proposal is compared; what is hidden later stays out of every list by its state."""


def current(vector: Vector, name: str, language: str) -> bool:
    """Whether what is kept was made by this encoder for this language, and compared."""
    return (vector.encoder, vector.language) == (name, language) and vector.compared is not None


def _pending(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Proposal)
        .outerjoin(Vector, Vector.proposal_id == Proposal.id)
        .where(
            Proposal.state.in_(COMPARED),
            or_(
                Vector.proposal_id.is_(None),
                Vector.revision != Proposal.revision,
                Vector.language != Proposal.language,
                Vector.encoder != encoder_name(),
                Vector.compared.is_(None),
            ),
        )
    )


def pending_ids(edition_id: int, *, only: int = 0) -> list[int]:
    """Ids of the proposals of an edition that are new or changed since they were compared; or `only` this one."""
    query = _pending(Proposal.id).where(Proposal.edition_id == edition_id).order_by(Proposal.id)
    return list(db.session.scalars(query.where(Proposal.id == only) if only else query))


def pending_count(edition_id: int) -> int:
    """How many of them there are."""
    return int(db.session.scalar(_pending(func.count()).where(Proposal.edition_id == edition_id)) or 0)
