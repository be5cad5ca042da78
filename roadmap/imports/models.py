"""What was brought in from elsewhere, so that bringing it in twice changes nothing."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.core.db import Model, Moment


class ImportSource(Model):
    """One imported conversation under one question; `reached` lets a stopped import go on."""

    __tablename__ = "import_sources"
    __table_args__ = (UniqueConstraint("question_id", "platform", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("guiding_questions.id"))
    platform: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    reached: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    made: Mapped[datetime] = mapped_column(Moment)
    finished: Mapped[datetime | None] = mapped_column(Moment)
