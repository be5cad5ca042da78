"""What organisers wrote in the place of the platform's own texts."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.core.db import BigId, Model, Moment


class TextVersion(Model):
    """One saved version of a text in one language; never changed. The newest is `is_current`.

    `is_default`: the organisers went back to the platform's own text. `meaning` is the number of the version
    in this language that other languages have to say too; 0: it says what the platform's own text says, or what
    another language says. For a translation, `source_language` and `source_meaning` are what it was made from.
    Who saved it stands in its entry of the public log; a version brought along from another edition has none.
    """

    __tablename__ = "text_versions"
    __table_args__ = (
        UniqueConstraint("edition_id", "name", "language", "number"),
        Index(
            "uq_text_versions_current",
            "edition_id",
            "name",
            "language",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(10))
    number: Mapped[int]
    fields: Mapped[dict[str, str]] = mapped_column(JSON)
    is_current: Mapped[bool]
    is_default: Mapped[bool] = mapped_column(default=False)
    meaning: Mapped[int] = mapped_column(default=0)
    source_language: Mapped[str] = mapped_column(String(10), default="")
    source_meaning: Mapped[int] = mapped_column(default=0)
    restored: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text, default="")
    made: Mapped[datetime] = mapped_column(Moment)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("log_entries.id"))
