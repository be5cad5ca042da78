"""Recording a deed in the public facilitation log."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import select

from roadmap.core.db import db, to_microseconds, use_case
from roadmap.domain import ledger
from roadmap.domain.policy import Actor
from roadmap.log.models import LogEntry


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
    last = db.session.execute(
        select(LogEntry.position, LogEntry.hash).order_by(LogEntry.position.desc()).limit(1)
    ).one_or_none()
    position, previous = (last.position + 1, last.hash) if last else (1, ledger.FIRST)
    salt = secrets.token_hex(16)
    entry = LogEntry(
        position=position,
        edition_id=edition_id,
        at=now,
        kind=kind,
        role=role,
        facts=facts or {},
        reason=reason,
        account_id=actor.account,
        personal=actor.name,
        salt=salt,
        personal_digest=ledger.personal_digest(salt, actor.name),
        previous=previous,
        hash="",
    )
    entry.hash = ledger.entry_hash(previous, chained(entry))
    db.session.add(entry)
    db.session.flush()
    return entry


def chained(entry: LogEntry) -> dict[str, Any]:
    """The fields that the chain covers: everything but the name itself."""
    return {
        "position": entry.position,
        "edition": entry.edition_id,
        "at": to_microseconds(entry.at),
        "kind": entry.kind,
        "role": entry.role,
        "facts": entry.facts,
        "reason": entry.reason,
        "personal_digest": entry.personal_digest,
    }

