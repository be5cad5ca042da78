"""Reading which mail could not be delivered."""

from datetime import datetime, timedelta

from sqlalchemy import select

from roadmap.accounts.models import Undelivered
from roadmap.core.db import db
from roadmap.editions.models import Edition

KEPT = timedelta(days=30)
"""How long an address is kept at most after the last message to it failed."""


def undelivered_of(edition: Edition, now: datetime) -> list[Undelivered]:
    """Addresses that messages of the edition did not reach, the latest first."""
    return list(
        db.session.scalars(
            select(Undelivered)
            .where(Undelivered.edition_id == edition.id, Undelivered.last > now - KEPT)
            .order_by(Undelivered.last.desc(), Undelivered.id.desc())
        )
    )


def is_noted(address_key: str) -> bool:
    """Whether a message to this address has failed."""
    found = select(Undelivered.id).where(Undelivered.address_key == address_key).limit(1)
    return db.session.scalar(found) is not None
