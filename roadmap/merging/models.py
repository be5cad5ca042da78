"""Merges and splits as deeds: who, when, why, whether they still stand, and what authors say to them."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Text
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


class Split(Model):
    """One facilitator's act; its parts are in `split_parts`. The original keeps its votes and can be read."""

    __tablename__ = "splits"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    original_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    made: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[int | None] = mapped_column(BigId)
    undone: Mapped[datetime | None] = mapped_column(Moment)
    undone_by: Mapped[int | None] = mapped_column(BigId)
    undo_reason: Mapped[str] = mapped_column(Text, default="")


class Acceptance(Model):
    """An author said that a merge is fine with them. It binds nobody: they may still object in time."""

    __tablename__ = "acceptances"

    merge_id: Mapped[int] = mapped_column(ForeignKey("merges.id"), primary_key=True, autoincrement=False)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    made: Mapped[datetime] = mapped_column(Moment)


class Objection(Model):
    """An author objected, and `proposal` left the merge; as its lead (`whole`) it took the merge with it.

    `departed` and `stayed` are ids of the proposals that were parted. It waits for facilitators until a merge
    answers it or they leave them apart.
    """

    __tablename__ = "objections"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    merge_id: Mapped[int] = mapped_column(ForeignKey("merges.id"), index=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    whole: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    departed: Mapped[list[int]] = mapped_column(JSON)
    stayed: Mapped[list[int]] = mapped_column(JSON)
    made: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered: Mapped[datetime | None] = mapped_column(Moment)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("merges.id"))
    apart: Mapped[datetime | None] = mapped_column(Moment)
    apart_by: Mapped[int | None] = mapped_column(BigId)


class GroupHold(Model):
    """A facilitator has a proposal's group before them until then, so that nobody else is given it meanwhile."""

    __tablename__ = "group_holds"

    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposals.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    until: Mapped[datetime] = mapped_column(Moment)
