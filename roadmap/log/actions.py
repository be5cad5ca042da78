"""Recording a deed in the public facilitation log."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from roadmap.core.db import db, is_sqlite, to_microseconds, use_case
from roadmap.domain import ledger
from roadmap.domain.policy import Actor
from roadmap.log.models import LogEntry, LogMark

CHAIN_LOCK = 7_162_001
"""What writers to the chain queue for on PostgreSQL, so that no two take the same position."""


@use_case
def record(
    actor: Actor,
    kind: str,
    *,
    edition_id: int | None,
    role: str,
    now: datetime,
    facts: dict[str, Any] | None = None,
    reason: str = "",
) -> LogEntry:
    """Append one entry to the chain, in the transaction of the deed it tells of.

    `kind` names the deed in product words; `facts` are plain JSON without personal data.
    """
    if not is_sqlite():  # there the write lock is held already
        db.session.execute(select(func.pg_advisory_xact_lock(CHAIN_LOCK)))
    last = db.session.execute(
        select(LogEntry.position, LogEntry.hash).order_by(LogEntry.position.desc()).limit(1)
    ).one_or_none()
    position, previous = (last.position + 1, last.hash) if last else (1, ledger.FIRST)
    sealed = ledger.sealed(
        position,
        {"edition": edition_id, "at": to_microseconds(now), "kind": kind, "role": role,
         "facts": facts or {}, "reason": reason},
        personal=actor.name,
        salt=secrets.token_hex(16),
        previous=previous,
    )  # fmt: skip
    entry = LogEntry(
        position=position,
        edition_id=edition_id,
        at=now,
        kind=kind,
        role=role,
        facts=facts or {},
        reason=reason,
        account_id=actor.account,
        personal=sealed.personal,
        salt=sealed.salt,
        personal_digest=sealed.personal_digest,
        previous=sealed.previous,
        hash=sealed.hash,
    )
    db.session.add(entry)
    db.session.flush()
    return entry


@use_case
def mark_seen(account_id: int, *, edition_id: int, position: int, now: datetime) -> None:
    """Somebody has seen the log of an edition up to this position of the chain; it never goes back."""
    newest = db.session.scalar(select(func.max(LogEntry.position)).where(LogEntry.edition_id == edition_id))
    reached = min(position, newest or 0)
    mark = db.session.get(LogMark, (account_id, edition_id))
    if mark is None:
        db.session.add(LogMark(account_id=account_id, edition_id=edition_id, position=reached, at=now))
    else:
        mark.position, mark.at = max(mark.position, reached), now
