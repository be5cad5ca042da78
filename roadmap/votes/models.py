"""Votes: events, the current row per person and proposal, tallies, impressions.

Tallies are kept by triggers (made in the first migration), so they are exact on every way in.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.core.db import BigId, Model, Moment

AGREE, DISAGREE, PASS = 1, -1, 0
ORIGINS = ("routed", "direct", "imported", "paper")
POOLS = ("account", "guest", "imported", "paper", "suspended")
"""Whose votes they are, as far as counting goes: the voter's kind, or `suspended`."""


class VoteEvent(Model):
    """Every answer ever given, in order. `choice` None is a withdrawal. `id` is the sequence number."""

    __tablename__ = "vote_events"
    __table_args__ = (
        CheckConstraint("choice IN (-1, 0, 1)", name="choice"),
        Index("ix_vote_events_voter_proposal", "voter_id", "proposal_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    voter_id: Mapped[int] = mapped_column(ForeignKey("voters.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    revision: Mapped[int]
    choice: Mapped[int | None] = mapped_column(SmallInteger)
    origin: Mapped[str] = mapped_column(String(10))
    impression_id: Mapped[int | None] = mapped_column(BigId)
    at: Mapped[datetime] = mapped_column(Moment)


class Vote(Model):
    """The current answer of one voter on one proposal, own votes only (merging carries none of them).

    `origin` is that of the first answer; `sequence` is the id of the newest event.
    A withdrawn vote keeps its row with `choice` None, so that it can be told from no vote.
    """

    __tablename__ = "votes"
    __table_args__ = (
        CheckConstraint("choice IN (-1, 0, 1)", name="choice"),
        CheckConstraint("origin IN ('routed', 'direct', 'imported', 'paper')", name="origin"),
        CheckConstraint("pool IN ('account', 'guest', 'imported', 'paper', 'suspended')", name="pool"),
        {"sqlite_with_rowid": False},
    )

    voter_id: Mapped[int] = mapped_column(ForeignKey("voters.id"), primary_key=True, autoincrement=False)
    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposals.id"), primary_key=True, autoincrement=False
    )
    pool: Mapped[str] = mapped_column(String(10))
    choice: Mapped[int | None] = mapped_column(SmallInteger)
    origin: Mapped[str] = mapped_column(String(10))
    revision: Mapped[int]
    sequence: Mapped[int] = mapped_column(BigId)


class Tally(Model):
    """Own votes of a proposal by pool. `version` rises with every change; rows are never deleted."""

    __tablename__ = "tallies"
    __table_args__ = {"sqlite_with_rowid": False}

    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposals.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    pool: Mapped[str] = mapped_column(String(10), primary_key=True)
    agree: Mapped[int] = mapped_column(default=0)
    disagree: Mapped[int] = mapped_column(default=0)
    passed: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(BigId, default=0)


class EffectiveVote(Model):
    """A voter's one effective vote on a proposal that leads others; `conflict` where they are asked again."""

    __tablename__ = "effective_votes"
    __table_args__ = (
        CheckConstraint("choice IN (-1, 0, 1)", name="choice"),
        CheckConstraint("choice IS NULL OR NOT conflict", name="one_of_both"),
        {"sqlite_with_rowid": False},
    )

    lead_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True, autoincrement=False)
    voter_id: Mapped[int] = mapped_column(ForeignKey("voters.id"), primary_key=True, autoincrement=False)
    pool: Mapped[str] = mapped_column(String(10))
    choice: Mapped[int | None] = mapped_column(SmallInteger)
    conflict: Mapped[bool] = mapped_column(default=False)
    origin: Mapped[str] = mapped_column(String(10))


class EffectiveTally(Model):
    """Effective votes of a lead by pool, and how many people are asked again."""

    __tablename__ = "effective_tallies"
    __table_args__ = {"sqlite_with_rowid": False}

    lead_id: Mapped[int] = mapped_column(
        ForeignKey("proposals.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    pool: Mapped[str] = mapped_column(String(10), primary_key=True)
    agree: Mapped[int] = mapped_column(default=0)
    disagree: Mapped[int] = mapped_column(default=0)
    passed: Mapped[int] = mapped_column(default=0)
    asked_again: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(BigId, default=0)


class Impression(Model):
    """The server drew this proposal for this voter. Written when it is answered or skipped.

    `draw` counts a voter's draws in a question; the unique key makes each impression work once.
    """

    __tablename__ = "impressions"
    __table_args__ = (UniqueConstraint("voter_id", "question_id", "draw"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    voter_id: Mapped[int] = mapped_column(ForeignKey("voters.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("guiding_questions.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    draw: Mapped[int]
    probability: Mapped[float]
    policy: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(10))
    answered: Mapped[bool]
    at: Mapped[datetime] = mapped_column(Moment)
