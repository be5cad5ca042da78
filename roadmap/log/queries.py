"""Reading the public facilitation log."""

from collections.abc import Collection

from sqlalchemy import func, select

from roadmap.core.db import db, to_microseconds
from roadmap.core.paging import Page
from roadmap.domain import ledger
from roadmap.log.models import LogEntry, LogMark


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


def page_of(edition_id: int, kinds: Collection[str], number: int, per_page: int) -> Page[LogEntry]:
    """One page of an edition's entries, newest first; of these kinds only, where any are named."""
    wanted = LogEntry.edition_id == edition_id
    if kinds:
        wanted &= LogEntry.kind.in_(kinds)
    total = db.session.scalar(select(func.count()).select_from(LogEntry).where(wanted)) or 0
    entries = db.session.scalars(
        select(LogEntry)
        .where(wanted)
        .order_by(LogEntry.position.desc())
        .limit(per_page)
        .offset((number - 1) * per_page)
    )
    return Page(list(entries), number, total, per_page)


def all_entries() -> list[LogEntry]:
    """Every entry in the order of the chain."""
    return list(db.session.scalars(select(LogEntry).order_by(LogEntry.position)))


def chain() -> list[ledger.Entry]:
    """The whole log as the chain that `domain.ledger` checks."""
    return [
        ledger.Entry(
            position=entry.position,
            fields={"edition": entry.edition_id, "at": to_microseconds(entry.at), "kind": entry.kind,
                    "role": entry.role, "facts": entry.facts, "reason": entry.reason},
            personal=entry.personal,
            salt=entry.salt,
            personal_digest=entry.personal_digest,
            previous=entry.previous,
            hash=entry.hash,
        )
        for entry in all_entries()
    ]  # fmt: skip


def find_mark(account_id: int, edition_id: int) -> LogMark | None:
    """Up to where somebody has seen the log of an edition; None where they never said so."""
    return db.session.get(LogMark, (account_id, edition_id))


def entries_after(edition_id: int, position: int, most: int) -> list[LogEntry]:
    """The entries of an edition that came after this position in the chain, newest first."""
    return list(
        db.session.scalars(
            select(LogEntry)
            .where(LogEntry.edition_id == edition_id, LogEntry.position > position)
            .order_by(LogEntry.position.desc())
            .limit(most)
        )
    )
