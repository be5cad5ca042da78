"""Drafts of an edition, the organisers' changes to them, and the sealed ballots of frozen ones."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from roadmap.core.db import BigId, Model, Moment
from roadmap.domain.adjusting import Change

LOST_AFTER = timedelta(hours=1)


class Draft(Model):
    """A compiled version. `document` is the JSON of product.md as text; frozen, it never changes.

    `as_of` is the moment up to which votes count. `comparison` is JSON as text: what is told beside the document.
    """

    __tablename__ = "drafts"
    __table_args__ = (
        UniqueConstraint("edition_id", "version"),
        CheckConstraint("(frozen IS NULL) = (fingerprint IS NULL)", name="frozen"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    version: Mapped[int]
    method: Mapped[str] = mapped_column(String(20))
    as_of: Mapped[datetime] = mapped_column(Moment)
    made: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[int | None] = mapped_column(BigId)
    frozen: Mapped[datetime | None] = mapped_column(Moment)
    frozen_by: Mapped[int | None] = mapped_column(BigId)
    fingerprint: Mapped[str | None] = mapped_column(String(80))
    document: Mapped[str] = deferred(mapped_column(Text))
    comparison: Mapped[str | None] = deferred(mapped_column(Text))


class DraftChange(Model):
    """What the organisers changed by hand in a draft, each with its reason in public."""

    __tablename__ = "draft_changes"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('move', 'leave-out', 'last-place', 'title', 'text', 'introduction', 'note')",
            name="kind",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    question: Mapped[int | None]
    number: Mapped[int | None]
    value: Mapped[Any] = mapped_column(JSON)
    reason: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    made: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[int | None] = mapped_column(BigId)

    def plain(self) -> Change:
        """As a plain value."""
        return Change(self.kind, self.value, self.question, self.number, self.reason)


class DraftBallots(Model):
    """The sealed ballot file of a frozen draft, compressed; downloads are logged in public."""

    __tablename__ = "draft_ballots"

    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    rows: Mapped[int] = mapped_column(BigId)
    data: Mapped[bytes] = deferred(mapped_column(LargeBinary))


class Compilation(Model):
    """The last version of an edition that was asked to be compiled in the background.

    `version` once it is done; `error`, where it failed, a sentence by language, empty for a fault of the program.
    """

    __tablename__ = "compilations"
    __table_args__ = (CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="state"),)

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    state: Mapped[str] = mapped_column(String(10))
    asked: Mapped[datetime] = mapped_column(Moment)
    asked_by: Mapped[int] = mapped_column(BigId)
    method: Mapped[str] = mapped_column(String(20))
    version: Mapped[int | None]
    error: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)

    def going_on(self, now: datetime) -> bool:
        """Whether it has not come to an end; what was asked for an hour ago is not waited for any longer."""
        return self.state in ("waiting", "running") and now - self.asked < LOST_AFTER
