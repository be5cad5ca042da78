"""Reading people: accounts, voters, sign-ins, links, roles, declarations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, column, func, select, table

from roadmap.accounts.addresses import read_address
from roadmap.accounts.keys import digest, is_token
from roadmap.accounts.models import Account, Declaration, Link, Membership, SignIn, Voter
from roadmap.core.db import db
from roadmap.core.errors import NotFound
from roadmap.domain.policy import Role
from roadmap.log.models import LogEntry

NAMES_IN_LOG = timedelta(days=90)
"""For so long the public log names the doer of an entry whose account is erased meanwhile."""


def find_by_key(key: str) -> Account | None:
    """The account of an address key (accounts.addresses), if any."""
    return db.session.scalar(select(Account).where(Account.email_key == key))


def find_by_email(email: str) -> Account | None:
    """The account of an address in any of its spellings, if any; raises Invalid where this is no address."""
    return find_by_key(read_address(email).key)


def get_account(account_id: int) -> Account:
    """The account with this id; raises NotFound."""
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotFound
    return account


def voter_of(account_id: int) -> int:
    """The number under which an account's votes are kept; raises NotFound."""
    voter = db.session.scalar(select(Voter.id).where(Voter.account_id == account_id))
    if voter is None:
        raise NotFound
    return voter


def has_accounts() -> bool:
    """Whether anybody has an account."""
    return db.session.scalar(select(Account.id).limit(1)) is not None


def has_administrator() -> bool:
    """Whether somebody administers the site."""
    return (
        db.session.scalar(
            select(Membership.id).where(
                Membership.role == Role.ADMINISTRATOR.value, Membership.until.is_(None)
            )
        )
        is not None
    )


def is_administrator(account_id: int) -> bool:
    """Whether the account administers the site."""
    held = select(Membership.id).where(
        Membership.account_id == account_id,
        Membership.role == Role.ADMINISTRATOR.value,
        Membership.until.is_(None),
    )
    return db.session.scalar(held) is not None


def count_administrators() -> int:
    """How many people administer the site."""
    return int(
        db.session.scalar(
            select(func.count(Membership.account_id.distinct()))
            .join(Account, Account.id == Membership.account_id)
            .where(
                Membership.role == Role.ADMINISTRATOR.value,
                Membership.until.is_(None),
                Account.active.is_(True),
                Account.suspended.is_(None),
            )
        )
        or 0
    )


def sign_ins_of(account_id: int) -> Sequence[SignIn]:
    """The account's sign-ins, last seen first."""
    return db.session.scalars(
        select(SignIn).where(SignIn.account_id == account_id).order_by(SignIn.seen.desc(), SignIn.key)
    ).all()


def find_link(secret: str) -> Link | None:
    """The link with this secret, used or not; None where there is none."""
    return db.session.get(Link, digest(secret)) if is_token(secret) else None


def spare_codes_left(account_id: int) -> int:
    """How many spare codes of the second step are unused."""
    codes = table("spare_codes", column("account_id"))
    return int(
        db.session.scalar(select(func.count()).select_from(codes).where(codes.c.account_id == account_id))
        or 0
    )


def _in_force(now: datetime) -> ColumnElement[bool]:
    return (Membership.since <= now) & (Membership.until.is_(None) | (Membership.until > now))


def roles_of(edition_id: int | None, now: datetime) -> list[tuple[Account, Membership]]:
    """Who holds which role in an edition (None: the whole site), by name."""
    place = Membership.edition_id.is_(None) if edition_id is None else Membership.edition_id == edition_id
    rows = db.session.execute(
        select(Account, Membership)
        .join(Membership, Membership.account_id == Account.id)
        .where(place, _in_force(now))
        .order_by(Account.name_key, Membership.id)
    )
    return [(account, membership) for account, membership in rows]


def people_count() -> int:
    """How many people have an account."""
    return int(db.session.scalar(select(func.count(Account.id)).where(Account.active.is_(True))) or 0)


def names_due(now: datetime) -> ColumnElement[bool]:
    """Which entries of the public log name somebody whose account is erased, and have done so for long enough."""
    there = select(Account.id).where(Account.id == LogEntry.account_id)
    return LogEntry.account_id.is_not(None) & ~there.exists() & (LogEntry.at < now - NAMES_IN_LOG)


def are_names_due(now: datetime) -> bool:
    """Whether there is any such entry."""
    return db.session.scalar(select(LogEntry.id).where(names_due(now)).limit(1)) is not None


def find_declaration(voter_id: int, edition_id: int) -> Declaration | None:
    """What this voter declared to be in the edition, if anything."""
    return db.session.get(Declaration, (voter_id, edition_id))


@dataclass(frozen=True)
class GuestVotes:
    """Votes that a guest key holds: how many, on what device, since when; `here`: this browser's."""

    voter: int
    votes: int
    device: str
    since: datetime
    here: bool


ONE_PRESS = timedelta(seconds=30)
"""Votes of several browsers are taken over by one press, one after the other."""

_votes = table("votes", column("voter_id"), column("proposal_id"), column("choice"))
_events = table("vote_events", column("voter_id"), column("proposal_id"), column("choice"))
_proposals = table(
    "proposals",
    column("id"),
    column("number"),
    column("title"),
    column("language"),
    column("edition_id"),
    column("state"),
)
_editions = table("editions", column("id"), column("slug"))
"""Named, not imported: votes and proposals stand on floors above this one."""


def guest_votes(guests: Sequence[int | None], here: int | None, device: str = "") -> list[GuestVotes]:
    """What the guests' keys hold, those without a vote left out. `device`: where a key's own is unknown."""
    wanted = [guest for guest in dict.fromkeys(guests) if guest is not None]
    rows = db.session.execute(
        select(Voter.id, Voter.device, Voter.made, func.count())
        .join(_votes, _votes.c.voter_id == Voter.id)
        .where(Voter.id.in_(wanted), Voter.claimed_by.is_(None), _votes.c.choice.is_not(None))
        .group_by(Voter.id, Voter.device, Voter.made)
        .order_by(Voter.id)
    )
    return [GuestVotes(voter, votes, own or device, made, voter == here) for voter, own, made, votes in rows]


@dataclass(frozen=True)
class TakenOver:
    """A proposal on which a claimed guest had voted, and the account's own vote on it now (None: withdrawn).

    The title is "" where the proposal is no longer published.
    """

    edition: str
    number: int
    title: str
    language: str
    choice: int | None


def taken_over(voter_id: int) -> list[TakenOver]:
    """What was taken over from guests at the last claim, in the order of proposals."""
    last = db.session.scalar(select(func.max(Voter.claimed)).where(Voter.claimed_by == voter_id))
    if last is None:
        return []
    guests = select(Voter.id).where(Voter.claimed_by == voter_id, Voter.claimed > last - ONE_PRESS)
    rows = db.session.execute(
        select(
            _editions.c.slug,
            _proposals.c.number,
            case((_proposals.c.state.in_(("published", "closed")), _proposals.c.title), else_=""),
            _proposals.c.language,
            _votes.c.choice,
        )
        .select_from(_proposals)
        .join(_editions, _editions.c.id == _proposals.c.edition_id)
        .join(_votes, (_votes.c.proposal_id == _proposals.c.id) & (_votes.c.voter_id == voter_id))
        .where(_proposals.c.id.in_(select(_events.c.proposal_id).where(_events.c.voter_id.in_(guests))))
        .order_by(_proposals.c.edition_id, _proposals.c.number)
    )
    return [TakenOver(*row) for row in rows]
