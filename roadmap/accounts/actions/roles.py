"""Roles: granted and ended with dates, each change in the public log."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from roadmap.accounts.actions import asking
from roadmap.accounts.addresses import read_address
from roadmap.accounts.keys import link_path
from roadmap.accounts.models import Account, Link, Membership, SignIn
from roadmap.accounts.queries import count_administrators, find_by_key, has_administrator
from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid, NotFound
from roadmap.core.i18n import LANGUAGES, _
from roadmap.core.permit import refuse_standstill
from roadmap.domain.phases import Verb
from roadmap.domain.policy import GUEST, Actor, Role
from roadmap.editions.models import Edition
from roadmap.editions.queries import outline_of
from roadmap.log.actions import record


@dataclass(frozen=True)
class Granted:
    """Who holds the role now; or the path of the link that gives it to an address without an account."""

    account: Account | None
    invitation: str = ""


@use_case
def grant(
    email: str,
    role: str,
    *,
    edition_id: int | None,
    now: datetime,
    languages: tuple[str, ...] = (),
    actor: Actor = GUEST,
    language: str = "en",
) -> Granted:
    """Give a role in an edition (administrators: everywhere). It acts on that person's next request.

    An address without an account gets an invitation: a link, good for seven days and once, bound to this
    address and role. Nobody can give a role to themselves.
    """
    address = read_address(email)
    kind = _read_role(role, edition_id, languages)
    account = find_by_key(address.key)
    if account is not None and account.id == actor.account:
        raise Conflict(_("You cannot change your own roles."))
    if account is None:
        secret = asking.make_link(
            "invitation", now=now, address=address.email, key=address.key, language=language,
            data={"role": kind.value, "edition": edition_id, "languages": list(languages),
                  "by": actor.account},
        )  # fmt: skip
        return Granted(None, link_path(language, secret))
    _add(account, kind, edition_id=edition_id, languages=languages, actor=actor, now=now)
    return Granted(account)


def _read_role(role: str, edition_id: int | None, languages: tuple[str, ...]) -> Role:
    try:
        kind = Role(role)
    except ValueError:
        names = ", ".join(item.value for item in Role)
        raise Invalid(_("The role must be one of: %(names)s.", names=names)) from None
    if kind is Role.ADMINISTRATOR and edition_id is not None:
        raise Invalid(_("Administrators serve the whole site: name no edition."))
    if kind is not Role.ADMINISTRATOR and edition_id is None:
        raise Invalid(_("Name the edition in which the role is held."))
    if kind is Role.TRANSLATOR and (not languages or not set(languages) <= set(LANGUAGES)):
        raise Invalid(_("Name the translator’s languages, out of: %(names)s.", names=", ".join(LANGUAGES)))
    return kind


def _add(
    account: Account,
    role: Role,
    *,
    edition_id: int | None,
    languages: tuple[str, ...],
    actor: Actor,
    now: datetime,
) -> None:
    """Write the membership unless an equal one is in force."""
    held = db.session.scalars(
        select(Membership).where(
            Membership.account_id == account.id, Membership.role == role.value,
            Membership.edition_id.is_(None) if edition_id is None else Membership.edition_id == edition_id,
            Membership.until.is_(None),
        )
    ).first()  # fmt: skip
    if held is not None:
        if held.languages == list(languages):
            return
        held.until = now
    db.session.add(
        Membership(
            account_id=account.id, edition_id=edition_id, role=role.value, languages=list(languages),
            since=now, granted_by=actor.account,
        )
    )  # fmt: skip
    record(
        actor, "role-change", edition_id=edition_id, role=_acting_as(actor, edition_id), now=now,
        facts={"granted": role.value, "languages": list(languages)},
    )  # fmt: skip


def _acting_as(actor: Actor, edition_id: int | None) -> str:
    if not actor.signed_in:
        return Role.ADMINISTRATOR.value
    return Role.ADMINISTRATOR.value if actor.has(Role.ADMINISTRATOR, None) else Role.ORGANISER.value


@use_case
def end_role(actor: Actor, membership_id: int, *, now: datetime, reason: str = "") -> None:
    """End a role and the sign-ins of whoever held it. The last administrator stays."""
    held = db.session.get(Membership, membership_id)
    if held is None or held.until is not None:
        raise NotFound
    if held.role == Role.ADMINISTRATOR.value and count_administrators() == 1:
        raise Conflict(_("This is the last administrator. Give the role to somebody else first."))
    held.until = now
    db.session.execute(delete(SignIn).where(SignIn.account_id == held.account_id))
    record(
        actor, "role-change", edition_id=held.edition_id, role=_acting_as(actor, held.edition_id), now=now,
        facts={"ended": held.role, "languages": held.languages}, reason=reason,
    )  # fmt: skip


def accept_invitation(account: Account, link: Link, *, now: datetime) -> None:
    """Give the role that the invitation holds to the account of the address it was sent to.

    Raises Closed where the edition is over by now.
    """
    if link.data["edition"] is not None:
        edition = db.session.get_one(Edition, link.data["edition"])
        refuse_standstill(Verb.MANAGE, outline_of(edition, now))
    inviter = link.data.get("by")
    _add(
        account,
        Role(link.data["role"]),
        edition_id=link.data["edition"],
        languages=tuple(link.data["languages"]),
        actor=Actor(account=inviter) if inviter else GUEST,
        now=now,
    )


def make_first_administrator(account: Account, *, now: datetime) -> None:
    """Give the site its first administrator; every other open link for that ends."""
    if has_administrator():
        raise Conflict(_("There is an administrator already."))
    _add(account, Role.ADMINISTRATOR, edition_id=None, languages=(), actor=GUEST, now=now)
    db.session.execute(
        update(Link).where(Link.purpose == "first-administrator", Link.used.is_(None)).values(used=now)
    )


def organise(edition_id: int, actor: Actor, now: datetime) -> None:
    """Make whoever made an edition its organiser."""
    account = db.session.get_one(Account, actor.account)
    _add(account, Role.ORGANISER, edition_id=edition_id, languages=(), actor=actor, now=now)
