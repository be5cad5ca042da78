"""The kept standing of each edition."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from roadmap.core.db import BigId, Model, Moment


class Standing(Model):
    """What was computed last, `figures` and `breakdown` as JSON (see `domain.standing`); "" before the first time.

    `mark` tells whether anything has changed since; `as_of`: votes given before it count; `took`: milliseconds.
    While somebody computes, `begun` says since when and `holder` who.
    """

    __tablename__ = "standings"

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    mark: Mapped[str] = mapped_column(String(120), default="")
    as_of: Mapped[datetime | None] = mapped_column(Moment)
    took: Mapped[int] = mapped_column(BigId, default=0)
    figures: Mapped[str] = deferred(mapped_column(Text, nullable=False, default=""))
    breakdown: Mapped[str] = deferred(mapped_column(Text, nullable=False, default=""))
    breakdown_as_of: Mapped[datetime | None] = mapped_column(Moment)
    breakdown_voters: Mapped[int] = mapped_column(default=0)
    begun: Mapped[datetime | None] = mapped_column(Moment)
    holder: Mapped[str | None] = mapped_column(String(40))
