"""Reports, decisions with their appeals, and notes among facilitators, each about a proposal or a comment;
signs of manipulation and accounts under review."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.core.db import BigId, Model, Moment

ABOUT_ONE = "(proposal_id IS NULL) <> (comment_id IS NULL)"


class Decision(Model):
    """What facilitators decided about a text; never changed, but for the appeal that is answered once."""

    __tablename__ = "decisions"
    __table_args__ = (
        CheckConstraint(ABOUT_ONE, name="about_one"),
        CheckConstraint("outcome IN ('leave', 'ask', 'hide', 'warn', 'restore')", name="outcome"),
        CheckConstraint("appeal_outcome IN ('', 'upheld', 'reversed')", name="appeal_outcome"),
        Index("ix_decisions_edition_id_at", "edition_id", "at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"), index=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(10))
    rule: Mapped[str] = mapped_column(String(20), default="")
    sentence: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[int | None] = mapped_column(BigId)
    at: Mapped[datetime] = mapped_column(Moment)
    appeal: Mapped[str] = mapped_column(Text, default="")
    appealed: Mapped[datetime | None] = mapped_column(Moment)
    appeal_outcome: Mapped[str] = mapped_column(String(10), default="")
    appeal_answer: Mapped[str] = mapped_column(Text, default="")
    appeal_by: Mapped[int | None] = mapped_column(BigId)
    appeal_answered: Mapped[datetime | None] = mapped_column(Moment)


class Report(Model):
    """Somebody says that a text breaks a rule. Open until a decision answers it."""

    __tablename__ = "reports"
    __table_args__ = (CheckConstraint(ABOUT_ONE, name="about_one"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"), index=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"), index=True)
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    rule: Mapped[str] = mapped_column(String(20), default="")
    reason: Mapped[str] = mapped_column(Text)
    made: Mapped[datetime] = mapped_column(Moment)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))


class AccountReview(Model):
    """Organisers look into an account. Its votes go on counting; drafts say what the order is without them."""

    __tablename__ = "account_reviews"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime] = mapped_column(Moment)
    ended: Mapped[datetime | None] = mapped_column(Moment)


class SignalReport(Model):
    """What was found when an edition's votes were last looked through for signs of manipulation; JSON as text."""

    __tablename__ = "signal_reports"

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True, autoincrement=False)
    made: Mapped[datetime] = mapped_column(Moment)
    findings: Mapped[str] = mapped_column(Text)


class FacilitatorNote(Model):
    """What facilitators write to each other about a text; nobody else reads it."""

    __tablename__ = "facilitator_notes"
    __table_args__ = (CheckConstraint(ABOUT_ONE, name="about_one"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"), index=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text)
    made: Mapped[datetime] = mapped_column(Moment)
