"""Merges as deeds: who, when, why, and whether they still stand."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.core.db import BigId, Model, Moment


class Merge(Model):
    """One facilitator's act; its edges are in `lineage_edges`. `revision` is the lead's merged wording."""

    __tablename__ = "merges"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    lead_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    revision_before: Mapped[int]
    revision: Mapped[int]
    reason: Mapped[str] = mapped_column(Text, default="")
    made: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[int | None] = mapped_column(BigId)
    undone: Mapped[datetime | None] = mapped_column(Moment)
    undone_by: Mapped[int | None] = mapped_column(BigId)
    undo_reason: Mapped[str] = mapped_column(Text, default="")
