"""Entries of the public facilitation log."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.core.db import BigId, Model, Moment


class LogEntry(Model):
    """One deed of an edition: who, when, what, why. Never changed, but for the erasure of a name.

    `personal` and `salt` hold the doer's name and can be erased; the chain covers only their digest.
    """

    __tablename__ = "log_entries"
    __table_args__ = (Index("ix_log_entries_edition_kind", "edition_id", "kind"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    position: Mapped[int] = mapped_column(BigId, unique=True)
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("editions.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    kind: Mapped[str] = mapped_column(String(40))
    role: Mapped[str] = mapped_column(String(20))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text, default="")
    account_id: Mapped[int | None] = mapped_column(BigId)
    personal: Mapped[str | None] = mapped_column(Text)
    salt: Mapped[str | None] = mapped_column(String(64))
    personal_digest: Mapped[str] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class LogMark(Model):
    """Up to which entry of an edition's log somebody has said that they have seen it, and when they said so."""

    __tablename__ = "log_marks"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(BigId)
    at: Mapped[datetime] = mapped_column(Moment)
