"""Reading the public facilitation log."""

from sqlalchemy import select

from roadmap.core.db import db
from roadmap.log.models import LogEntry


def newest_of(edition_id: int, most: int) -> list[LogEntry]:
    """The newest entries of an edition, newest first."""
    return list(
        db.session.scalars(
            select(LogEntry)
            .where(LogEntry.edition_id == edition_id)
            .order_by(LogEntry.position.desc())
            .limit(most)
        )
    )


def all_entries() -> list[LogEntry]:
    """Every entry in the order of the chain."""
    return list(db.session.scalars(select(LogEntry).order_by(LogEntry.position)))
