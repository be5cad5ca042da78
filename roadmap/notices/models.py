"""Notices, and how people want to be told of them by mail."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.core.db import BigId, Model, Moment

AUTHOR_KINDS = ("merged", "split", "decided")
VOTER_KINDS = ("carried", "asked-again", "changed")
KINDS = (*AUTHOR_KINDS, *VOTER_KINDS)
WAYS = ("off", "at-once", "daily")
"""How mails come: not at all, within minutes, once a day. Always one mail for all notices that wait."""


class Notice(Model):
    """Something that somebody is told, once. It holds no words: what is shown is what stands now.

    `proposal_id` is the person's own text for authors, the proposal that takes their answer for voters. `settled`
    is when nothing was left to do about it: they answered, or what it told of was undone.
    """

    __tablename__ = "notices"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('merged', 'carried', 'asked-again', 'split', 'decided', 'changed')", name="kind"
        ),
        Index("ix_notices_account_id_made", "account_id", "made"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    kind: Mapped[str] = mapped_column(String(12))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    merge_id: Mapped[int | None] = mapped_column(ForeignKey("merges.id"), index=True)
    split_id: Mapped[int | None] = mapped_column(ForeignKey("splits.id"))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))
    made: Mapped[datetime] = mapped_column(Moment)
    read: Mapped[datetime | None] = mapped_column(Moment)
    settled: Mapped[datetime | None] = mapped_column(Moment)
    mailed: Mapped[datetime | None] = mapped_column(Moment)


class NoticeChoice(Model):
    """How a person wants to be told by mail. `key` is in the mails: it can switch them off and nothing else."""

    __tablename__ = "notice_choices"
    __table_args__ = (
        CheckConstraint("as_author IN ('off', 'at-once', 'daily')", name="as_author"),
        CheckConstraint("as_voter IN ('off', 'at-once', 'daily')", name="as_voter"),
    )

    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    as_author: Mapped[str] = mapped_column(String(10), default="daily")
    as_voter: Mapped[str] = mapped_column(String(10), default="off")
    key: Mapped[str] = mapped_column(String(64), unique=True)
