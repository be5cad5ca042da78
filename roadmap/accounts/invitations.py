"""Reading invitations: who was invited to what, and what inviting a list would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from roadmap.accounts.address_lists import Entry
from roadmap.accounts.models import Account, Declaration, Link, Membership, Voter
from roadmap.accounts.queries import find_by_key
from roadmap.core.db import db
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition

PURPOSE = "invitation"


@dataclass(frozen=True)
class Planned:
    """What inviting an entry would do.

    `outcome` is `invite` (nobody has this address yet), `ask` (somebody has: they are asked), or why nothing
    happens: `holds`, `invited`, `self`, `twice`, `no-address`.
    """

    entry: Entry
    outcome: str

    @property
    def acts(self) -> bool:
        return self.outcome in ("invite", "ask")


def invitations_to(edition: Edition) -> list[Link]:
    """All invitations to the edition, newest first: open ones, and those that were answered or ran out."""
    links = db.session.scalars(
        select(Link).where(Link.purpose == PURPOSE).order_by(Link.made.desc(), Link.key)
    )
    return [link for link in links if link.data.get("edition") == edition.id]


def is_open(link: Link, now: datetime) -> bool:
    """Whether it can still be accepted."""
    return link.used is None and link.until > now


def state_of(link: Link, now: datetime) -> str:
    """`open`, `accepted`, `declined`, `withdrawn` or `ran-out`."""
    if link.used is not None:
        return str(link.data.get("state") or "accepted")
    return "open" if link.until > now else "ran-out"


def open_invitations_for(email_key: str, now: datetime) -> list[tuple[Link, Edition]]:
    """The invitations that somebody has not answered yet, each with its edition."""
    links = db.session.scalars(
        select(Link)
        .where(Link.purpose == PURPOSE, Link.address_key == email_key, Link.used.is_(None), Link.until > now)
        .order_by(Link.made, Link.key)
    )
    found = [(link, edition_invited_to(link)) for link in links]
    return [(link, edition) for link, edition in found if edition is not None]


def edition_invited_to(link: Link) -> Edition | None:
    """The edition in which an invitation gives a role; None for any other link."""
    return db.session.get(Edition, link.data.get("edition") or 0) if link.purpose == PURPOSE else None


def plan_of(
    actor: Actor, edition: Edition, entries: Sequence[Entry], role: Role, now: datetime
) -> list[Planned]:
    """What inviting each entry would do now, in the order of the list."""
    waiting = {
        link.address_key
        for link in invitations_to(edition)
        if is_open(link, now) and link.data.get("role") == role.value
    }
    holders = {
        membership.account_id
        for membership in db.session.scalars(
            select(Membership).where(
                Membership.edition_id == edition.id, Membership.role == role.value, Membership.until.is_(None)
            )
        )
    }
    seen: set[str] = set()
    planned = []
    for entry in entries:
        planned.append(Planned(entry, _outcome(actor, entry, waiting, holders, seen)))
        if entry.address is not None:
            seen.add(entry.address.key)
    return planned


def _outcome(actor: Actor, entry: Entry, waiting: set[str], holders: set[int], seen: set[str]) -> str:
    if entry.address is None:
        return "no-address"
    if entry.address.key in seen:
        return "twice"
    account = find_by_key(entry.address.key)
    if account is not None and account.id == actor.account:
        return "self"
    if account is not None and account.id in holders:
        return "holds"
    if entry.address.key in waiting:
        return "invited"
    return "ask" if account is not None else "invite"


def past_roles_of(edition: Edition) -> list[tuple[Account, Membership]]:
    """Roles that ended, the latest first."""
    rows = db.session.execute(
        select(Account, Membership)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.edition_id == edition.id, Membership.until.is_not(None))
        .order_by(Membership.until.desc(), Membership.id)
    )
    return [(account, membership) for account, membership in rows]


def names_of(ids: Sequence[int | None]) -> dict[int, str]:
    """Names, else addresses, of the accounts that are still there."""
    rows = db.session.execute(
        select(Account.id, Account.name, Account.email).where(Account.id.in_([each for each in ids if each]))
    )
    return {identifier: name or email for identifier, name, email in rows}


def decision_makers_to_confirm(edition: Edition) -> list[tuple[Declaration, Account]]:
    """Who declared to be a decision maker and was neither confirmed nor told no, in the order of declaring."""
    rows = db.session.execute(
        select(Declaration, Account)
        .join(Voter, Voter.id == Declaration.voter_id)
        .join(Account, Account.id == Voter.account_id)
        .where(
            Declaration.edition_id == edition.id,
            Declaration.stakeholder_group == "decision-maker",
            Declaration.confirmed.is_(None),
            Declaration.confirmed_by.is_(None),
        )
        .order_by(Declaration.made, Declaration.voter_id)
    )
    return [(declaration, account) for declaration, account in rows]
