"""People: accounts, the voters behind votes, sign-ins, mailed links, roles, declarations."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.core.db import BigId, Model, Moment


class Account(Model):
    """A person with a confirmed address. `email` is as typed, `email_key` what makes it one person's.

    `reads` are the languages they read (domain.reading), empty as long as they have not said so.
    """

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    email: Mapped[str] = mapped_column(String(320))
    email_key: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(80), default="")
    name_key: Mapped[str] = mapped_column(String(160), default="")
    language: Mapped[str] = mapped_column(String(10), default="en")
    reads: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    time_zone: Mapped[str] = mapped_column(String(60), default="")
    password: Mapped[str | None] = mapped_column(String(200))
    confirmed: Mapped[datetime] = mapped_column(Moment)
    active: Mapped[bool] = mapped_column(default=True)
    suspended: Mapped[datetime | None] = mapped_column(Moment)
    suspended_reason: Mapped[str | None] = mapped_column(Text)
    totp: Mapped[str | None] = mapped_column(Text)
    totp_step: Mapped[int] = mapped_column(BigId, default=0)
    made: Mapped[datetime] = mapped_column(Moment)


class Voter(Model):
    """Who stands behind votes: an account, a guest's key, an imported voter or a paper sheet.

    The number leads nowhere once `account_id` is emptied, so tallies outlive an erased account.
    A claimed guest keeps its row, with `claimed_by`, so that its key never works again.
    """

    __tablename__ = "voters"
    __table_args__ = (
        CheckConstraint("kind IN ('account', 'guest', 'imported', 'paper')", name="kind"),
        UniqueConstraint("import_source_id", "reference"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id", ondelete="SET NULL"), unique=True
    )
    key_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    import_source_id: Mapped[int | None] = mapped_column(ForeignKey("import_sources.id"))
    reference: Mapped[str | None] = mapped_column(String(100))
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("voters.id"))
    claimed: Mapped[datetime | None] = mapped_column(Moment)
    device: Mapped[str] = mapped_column(String(120), default="")
    made: Mapped[datetime] = mapped_column(Moment)


class Declaration(Model):
    """What a participant declares to be, for one edition. A decision maker counts as such once confirmed."""

    __tablename__ = "declarations"
    __table_args__ = (
        CheckConstraint(
            "stakeholder_group IN ('decision-maker', 'civil-society', 'public', 'not-stated')",
            name="stakeholder_group",
        ),
    )

    voter_id: Mapped[int] = mapped_column(ForeignKey("voters.id", ondelete="CASCADE"), primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True)
    stakeholder_group: Mapped[str] = mapped_column(String(20), default="not-stated")
    country: Mapped[str] = mapped_column(String(3), default="")
    confirmed: Mapped[datetime | None] = mapped_column(Moment)
    confirmed_by: Mapped[int | None] = mapped_column(BigId)
    made: Mapped[datetime] = mapped_column(Moment)


class Membership(Model):
    """A role held in an edition (none: the whole site) from `since` until `until`; never changed but to end it."""

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint("role IN ('facilitator', 'translator', 'organiser', 'administrator')", name="role"),
        CheckConstraint("until IS NULL OR until >= since", name="order"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    since: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime | None] = mapped_column(Moment)
    granted_by: Mapped[int | None] = mapped_column(BigId)


class SignIn(Model):
    """One sign-in on one device. The cookie alone holds the id; `key` is its SHA-256."""

    __tablename__ = "sign_ins"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    made: Mapped[datetime] = mapped_column(Moment)
    seen: Mapped[datetime] = mapped_column(Moment)
    proved: Mapped[datetime] = mapped_column(Moment)
    factor: Mapped[int] = mapped_column(default=0)
    device: Mapped[str] = mapped_column(String(120), default="")
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Link(Model):
    """A mailed link, for every purpose. `key` is the SHA-256 of the secret; nothing personal is in the link."""

    __tablename__ = "links"
    __table_args__ = (Index("ix_links_address_key_made", "address_key", "made"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(320))
    address_key: Mapped[str] = mapped_column(String(320))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    guest_id: Mapped[int | None] = mapped_column(ForeignKey("voters.id"))
    unfinished_id: Mapped[int | None] = mapped_column(BigId)
    language: Mapped[str] = mapped_column(String(10), default="en")
    following: Mapped[str] = mapped_column(Text, default="")
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    device: Mapped[str] = mapped_column(String(120), default="")
    made: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime] = mapped_column(Moment)
    used: Mapped[datetime | None] = mapped_column(Moment)
    wrong: Mapped[int] = mapped_column(default=0)


class Undelivered(Model):
    """Messages to an address that could not be delivered; `text` names the last of them, `last` says when.

    Kept until one arrives there, an organiser has set it aside, or a month has passed.
    """

    __tablename__ = "undelivered"
    __table_args__ = (CheckConstraint("reason IN ('address', 'server')", name="reason"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"))
    address: Mapped[str] = mapped_column(String(320))
    address_key: Mapped[str] = mapped_column(String(320), index=True)
    text: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(String(10))
    times: Mapped[int] = mapped_column(default=1)
    last: Mapped[datetime] = mapped_column(Moment)


class SpareCode(Model):
    """A one-time spare code for the second factor, hashed; used by its deletion."""

    __tablename__ = "spare_codes"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(64), primary_key=True)


class Attempt(Model):
    """How often something limited was tried in an hour; `key` is a hash of what is limited."""

    __tablename__ = "attempts"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    hour: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]
