"""Editions, phases and guiding questions."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.core.db import Model, Moment
from roadmap.domain.phases import Period, Phase

Texts = dict[str, str]


class Edition(Model):
    """One round of the campaign. Texts are keyed by language code.

    `revision` rises with every change of settings or phases. `results` and `moderation` are named
    in product words; `guests_count` and `paper_count` are fixed once voting has opened. Until `opened`,
    organisers alone see the edition; from `archived` on, nothing in it changes.
    """

    __tablename__ = "editions"
    __table_args__ = (
        CheckConstraint("moderation IN ('after', 'before')", name="moderation"),
        CheckConstraint("results IN ('after-own-vote', 'at-close')", name="results"),
        Index(
            "uq_editions_current",
            "is_current",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[Texts] = mapped_column(JSON)
    texts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    languages: Mapped[list[str]] = mapped_column(JSON)
    tags: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    time_zone: Mapped[str] = mapped_column(String(60))
    is_current: Mapped[bool] = mapped_column(default=False)
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    moderation: Mapped[str] = mapped_column(String(10), default="after")
    results: Mapped[str] = mapped_column(String(20), default="after-own-vote")
    guests_count: Mapped[bool] = mapped_column(default=False)
    paper_count: Mapped[bool] = mapped_column(default=False)
    method: Mapped[str] = mapped_column(String(20), default="equal-persons")
    seed: Mapped[int] = mapped_column(default=20260101)
    revision: Mapped[int] = mapped_column(default=1)
    made: Mapped[datetime] = mapped_column(Moment)
    opened: Mapped[datetime | None] = mapped_column(Moment)
    archived: Mapped[datetime | None] = mapped_column(Moment)


class EditionPhase(Model):
    """When a phase of an edition is open."""

    __tablename__ = "phases"
    __table_args__ = (
        UniqueConstraint("edition_id", "kind"),
        CheckConstraint("closes IS NULL OR closes > opens", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    opens: Mapped[datetime] = mapped_column(Moment)
    closes: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def period(self) -> Period:
        return Period(Phase(self.kind), self.opens, self.closes)


class GuidingQuestion(Model):
    """One of the edition's questions, always shown in its exact words; the label may stand beside it."""

    __tablename__ = "guiding_questions"
    __table_args__ = (UniqueConstraint("edition_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"))
    number: Mapped[int]
    text: Mapped[Texts] = mapped_column(JSON)
    label: Mapped[Texts] = mapped_column(JSON, default=dict)
    note: Mapped[Texts] = mapped_column(JSON, default=dict)
