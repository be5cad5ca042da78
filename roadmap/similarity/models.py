"""What is kept of each proposal to compare it by, and the pairs that were found alike."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Float, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.core.db import BigId, Model, Moment

DECISIONS = ("related", "different")


class Vector(Model):
    """What an encoder made of a proposal at a revision. `compared` is empty until its pairs are stored.

    `digest` tells whether title and text are still the same, `copied` (see `domain.similar.copied_by`) whether
    another text is the same word for word.
    """

    __tablename__ = "vectors"

    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposals.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), index=True)
    encoder: Mapped[str] = mapped_column(String(60))
    revision: Mapped[int]
    language: Mapped[str] = mapped_column(String(10))
    digest: Mapped[str] = mapped_column(String(32))
    copied: Mapped[str] = mapped_column(String(32), default="")
    content: Mapped[bytes] = mapped_column(LargeBinary)
    compared: Mapped[datetime | None] = mapped_column(Moment)


class LikelyPair(Model):
    """Two proposals of an edition that may say the same, `a` the older one.

    `similarity`: 0 to 1, to three places; empty where facilitators named the pair and no encoder did. A decision
    stands until one of the two texts changes; `revision_a` and `revision_b` are those that were compared.
    """

    __tablename__ = "likely_pairs"
    __table_args__ = (
        UniqueConstraint("a_id", "b_id"),
        CheckConstraint("a_id < b_id", name="older_first"),
        CheckConstraint("decision IN ('related', 'different')", name="decision"),
        Index("ix_likely_pairs_edition_id_decision_similarity", "edition_id", "decision", "similarity"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"))
    a_id: Mapped[int] = mapped_column(ForeignKey("proposals.id", ondelete="CASCADE"))
    b_id: Mapped[int] = mapped_column(ForeignKey("proposals.id", ondelete="CASCADE"), index=True)
    similarity: Mapped[float | None] = mapped_column(Float(53))
    negation: Mapped[bool] = mapped_column(default=False)
    number: Mapped[bool] = mapped_column(default=False)
    revision_a: Mapped[int]
    revision_b: Mapped[int]
    decision: Mapped[str | None] = mapped_column(String(10))
    decided_by: Mapped[int | None] = mapped_column(BigId)
    decided: Mapped[datetime | None] = mapped_column(Moment)
