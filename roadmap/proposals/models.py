"""Proposals, revisions, corrections, unfinished proposals, and the lineage that merging makes."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.core.db import BigId, Model, Moment

STATES = ("published", "waiting", "hidden", "withdrawn", "closed")
"""`closed` can be read and takes no answers: it was split, or is a part of a split that was undone."""


class Proposal(Model):
    """What a participant puts forward. Its number is public and never changes.

    Title, text and links are those of its newest revision; `html` is rendered on save.
    `lead_id` names the proposal that leads it while a merge is in force (kept beside the edges,
    in the same transaction). `author_line` is how the author wished to be named. `supports` is what an imported
    proposal brought along from its platform, each where it is known: `count` (a figure, never votes), `url`,
    `outcome` (`accepted` or `rejected`), and `answer` (rendered on saving) with its `language`.
    """

    __tablename__ = "proposals"
    __table_args__ = (
        UniqueConstraint("edition_id", "number"),
        UniqueConstraint("import_source_id", "origin_id"),
        CheckConstraint("state IN ('published', 'waiting', 'hidden', 'withdrawn', 'closed')", name="state"),
        CheckConstraint("author_line IN ('name', 'organisation', 'group', 'none')", name="author_line"),
        Index("ix_proposals_question_state", "question_id", "state", "lead_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("guiding_questions.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default="published")
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    links: Mapped[list[str]] = mapped_column(JSON, default=list)
    language: Mapped[str] = mapped_column(String(10))
    region: Mapped[str] = mapped_column(String(3), default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    author_line: Mapped[str] = mapped_column(String(12), default="name")
    author_name: Mapped[str] = mapped_column(String(120), default="")
    author_contact: Mapped[str] = mapped_column(String(320), default="")
    author_confirmed: Mapped[datetime | None] = mapped_column(Moment)
    revision: Mapped[int] = mapped_column(default=1)
    comment_count: Mapped[int] = mapped_column(default=0)
    tags: Mapped[list[int]] = mapped_column(JSON, default=list, server_default="[]")
    supports: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"))
    origin_platform: Mapped[str | None] = mapped_column(String(20))
    origin_id: Mapped[str | None] = mapped_column(String(100))
    import_source_id: Mapped[int | None] = mapped_column(ForeignKey("import_sources.id"))
    nonce: Mapped[str | None] = mapped_column(String(64), unique=True)
    state_reason: Mapped[str] = mapped_column(Text, default="")
    state_rule: Mapped[str] = mapped_column(String(20), default="")
    state_at: Mapped[datetime | None] = mapped_column(Moment)
    made: Mapped[datetime] = mapped_column(Moment)
    changed: Mapped[datetime] = mapped_column(Moment)


class Revision(Model):
    """One wording of a proposal; never changed. `kind` says how it came about."""

    __tablename__ = "revisions"
    __table_args__ = (
        UniqueConstraint("proposal_id", "number"),
        CheckConstraint("kind IN ('first', 'edit', 'correction', 'merged', 'undone')", name="kind"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    links: Mapped[list[str]] = mapped_column(JSON, default=list)
    language: Mapped[str] = mapped_column(String(10))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    note: Mapped[str] = mapped_column(Text, default="")
    made: Mapped[datetime] = mapped_column(Moment)


class Correction(Model):
    """A change asked for after others had voted; a facilitator lets it through or not."""

    __tablename__ = "corrections"
    __table_args__ = (CheckConstraint("state IN ('waiting', 'accepted', 'refused')", name="state"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id", ondelete="CASCADE"), index=True)
    base_revision: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    links: Mapped[list[str]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    answer: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    decided_by: Mapped[int | None] = mapped_column(BigId)
    made: Mapped[datetime] = mapped_column(Moment)
    decided: Mapped[datetime | None] = mapped_column(Moment)


class UnfinishedProposal(Model):
    """A form not yet published, kept for its writer: under the account, or under a key in the writer's cookie."""

    __tablename__ = "unfinished_proposals"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    key_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    nonce: Mapped[str] = mapped_column(String(64), unique=True)
    made: Mapped[datetime] = mapped_column(Moment)
    changed: Mapped[datetime] = mapped_column(Moment)


class LineageEdge(Model):
    """`source` was merged into `lead`. Undoing empties nothing: it ends the edge."""

    __tablename__ = "lineage_edges"
    __table_args__ = (
        Index(
            "uq_lineage_edges_source_active",
            "source_id",
            unique=True,
            sqlite_where=text("ended IS NULL"),
            postgresql_where=text("ended IS NULL"),
        ),
        CheckConstraint("source_id <> lead_id", name="not_itself"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    merge_id: Mapped[int] = mapped_column(ForeignKey("merges.id"), index=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    lead_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    sequence: Mapped[int] = mapped_column(BigId)
    made: Mapped[datetime] = mapped_column(Moment)
    ended: Mapped[datetime | None] = mapped_column(Moment)


class BuiltOn(Model):
    """A new proposal that takes up an older one without replacing it."""

    __tablename__ = "built_on"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    older_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True, index=True)


class SplitPart(Model):
    """`part` says one of the things that `original` said. Undoing a split ends its parts' rows."""

    __tablename__ = "split_parts"

    part_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True, autoincrement=False)
    split_id: Mapped[int] = mapped_column(ForeignKey("splits.id"), index=True)
    original_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    ended: Mapped[datetime | None] = mapped_column(Moment)
