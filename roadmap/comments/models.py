"""Comments on proposals."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.core.db import BigId, Model, Moment

STANCES = ("for", "against", "question", "neutral")


class Comment(Model):
    """An answer to a proposal, or to a comment. It stays where it was written, whatever is merged.

    `removed` is its writer's act, `hidden` a facilitator's; both leave a stub with no text.
    """

    __tablename__ = "comments"
    __table_args__ = (
        CheckConstraint("stance IN ('for', 'against', 'question', 'neutral')", name="stance"),
        CheckConstraint("state IN ('published', 'waiting', 'hidden', 'removed')", name="state"),
        UniqueConstraint("import_source_id", "origin_id"),
        Index("ix_comments_proposal_id", "proposal_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id", ondelete="CASCADE"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    depth: Mapped[int] = mapped_column(default=0)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    author_name: Mapped[str] = mapped_column(String(120), default="")
    stance: Mapped[str] = mapped_column(String(10), default="neutral")
    language: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="published")
    state_rule: Mapped[str] = mapped_column(String(20), default="")
    state_at: Mapped[datetime | None] = mapped_column(Moment)
    made: Mapped[datetime] = mapped_column(Moment)
    edited: Mapped[datetime | None] = mapped_column(Moment)
    nonce: Mapped[str | None] = mapped_column(String(64), unique=True)
    import_source_id: Mapped[int | None] = mapped_column(ForeignKey("import_sources.id"))
    origin_id: Mapped[str | None] = mapped_column(String(100))

    @property
    def wording(self) -> str:
        """Names its words as they are now: others have another name."""
        return f"{self.edited or self.made:%Y%m%d%H%M%S%f}"
