"""Inviting people to a role. Nobody holds one before they have said yes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from roadmap.accounts import mailing
from roadmap.accounts.actions import limits, roles
from roadmap.accounts.address_lists import Entry
from roadmap.accounts.invitations import PURPOSE, Planned, invitations_to, is_open, plan_of
from roadmap.accounts.keys import digest, link_path, new_token
from roadmap.accounts.models import Account, Declaration, Link, Membership
from roadmap.core import jobs
from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid, NotFound
from roadmap.core.i18n import LANGUAGES, _
from roadmap.core.permit import permit
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.log.actions import record

GOOD_FOR = timedelta(days=7)
INVITABLE = (Role.FACILITATOR, Role.TRANSLATOR, Role.ORGANISER)


def read_role(role: str, languages: Sequence[str]) -> Role:
    """The role to invite to; raises Invalid at the field that does not fit."""
    if role not in [each.value for each in INVITABLE]:
        raise Invalid(errors={"role": _("Choose a role.")})
    if role == Role.TRANSLATOR and (not languages or not set(languages) <= set(LANGUAGES)):
        raise Invalid(errors={"languages": _("Choose the languages that they translate into.")})
    return Role(role)


@use_case
def invite(
    actor: Actor, edition: Edition, entries: Sequence[Entry], *, role: str, languages: Sequence[str],
    language: str, now: datetime,
) -> list[Planned]:  # fmt: skip
    """Invite everybody on the list to whom it applies now; answers what became of each entry.

    Each gets a mail in `language` with a link that works once, within seven days, for their address and this
    role. Raises Refused, Invalid.
    """
    permit(actor, Verb.MANAGE, facts_of(edition, now))
    kind = read_role(role, languages)
    spoken = list(languages) if kind is Role.TRANSLATOR else []
    planned = plan_of(actor, edition, entries, kind, now)
    for each in planned:
        if each.acts and each.entry.address is not None:
            link = Link(
                key=digest(new_token()), purpose=PURPOSE, address=each.entry.address.email,
                address_key=each.entry.address.key, language=language, made=now, until=now + GOOD_FOR,
                data={"role": kind.value, "edition": edition.id, "languages": spoken, "by": actor.account},
            )  # fmt: skip
            db.session.add(link)
            jobs.after(mail_invitation, key=link.key)
            record(
                actor, "invitation", edition_id=edition.id, role=Role.ORGANISER, now=now,
                facts={"role": kind.value, "languages": spoken},
            )  # fmt: skip
    return planned


@jobs.job
def mail_invitation(key: str) -> None:
    """Make the secret, keep its hash and mail it; no queued row ever holds a secret."""
    _with_secret(key)


@use_case
def _with_secret(key: str) -> None:
    link = db.session.get(Link, key)
    if link is None or link.used is not None:
        return
    if not limits.charge("mails", link.address_key, limits.MAILS_AN_ADDRESS, now=link.made):
        return
    edition = db.session.get_one(Edition, link.data["edition"])
    inviter = db.session.get(Account, link.data.get("by") or 0)
    secret = new_token()
    link.key = digest(secret)
    mailing.send_invitation(
        link.address, link.language, role=link.data["role"], languages=link.data["languages"],
        edition=edition, inviter=inviter.name if inviter else "",
        path=link_path(link.language, secret),
    )  # fmt: skip


@use_case
def withdraw_invitation(actor: Actor, edition: Edition, key: str, *, now: datetime) -> None:
    """Let an open invitation lead nowhere. Raises NotFound for another edition's, Conflict for an answered one."""
    permit(actor, Verb.MANAGE, facts_of(edition, now))
    _answer(_open(edition, key, now), "withdrawn", now)


@use_case
def invite_again(actor: Actor, edition: Edition, key: str, *, now: datetime) -> None:
    """Send a new link in the place of an old one that is open or ran out; the old one ends."""
    permit(actor, Verb.MANAGE, facts_of(edition, now))
    link = next((each for each in invitations_to(edition) if each.key == key), None)
    if link is None or link.used is not None:
        raise NotFound
    link.made, link.until = now, now + GOOD_FOR
    jobs.after(mail_invitation, key=link.key)


@use_case
def answer_invitation(actor: Actor, key: str, *, accept: bool, now: datetime) -> Link:
    """Accept or decline an invitation to one's own address. Raises NotFound for any other, Conflict if too late."""
    account = db.session.get(Account, actor.account or 0)
    link = db.session.get(Link, key, with_for_update=True)
    if account is None or link is None or link.purpose != PURPOSE or link.address_key != account.email_key:
        raise NotFound
    if not is_open(link, now):
        raise Conflict(_("This invitation no longer works. Ask whoever sent it for a new one."))
    if accept:
        link.used = now
        roles.accept_invitation(account, link, now=now)
    else:
        _answer(link, "declined", now)
    return link


@use_case
def decline_link(link: Link, *, now: datetime) -> None:
    """Decline by the link that was mailed. Raises Conflict if too late."""
    if link.purpose != PURPOSE or not is_open(link, now):
        raise Conflict(_("This invitation no longer works. Ask whoever sent it for a new one."))
    _answer(link, "declined", now)


@use_case
def end_role_in(actor: Actor, edition: Edition, membership_id: int, *, reason: str, now: datetime) -> None:
    """End a role in this edition. Its last organiser stays. Raises NotFound for another edition's."""
    permit(actor, Verb.MANAGE, facts_of(edition, now))
    held = db.session.get(Membership, membership_id)
    if held is None or held.edition_id != edition.id or held.until is not None:
        raise NotFound
    if held.role == Role.ORGANISER.value and _organisers(edition) == 1:
        raise Conflict(_("This is the last organiser of the edition. Invite another one first."))
    roles.end_role(actor, held.id, now=now, reason=reason.strip()[:1000])


@use_case
def confirm_decision_maker(
    actor: Actor, edition: Edition, voter_id: int, *, confirmed: bool, now: datetime
) -> None:
    """Say that somebody is the decision maker they declared to be, or that this cannot be confirmed."""
    permit(actor, Verb.MANAGE, facts_of(edition, now))
    declaration = db.session.get(Declaration, (voter_id, edition.id))
    if declaration is None or declaration.stakeholder_group != "decision-maker":
        raise NotFound
    declaration.confirmed, declaration.confirmed_by = now if confirmed else None, actor.account
    record(
        actor, "decision-maker-confirmed" if confirmed else "decision-maker-not-confirmed",
        edition_id=edition.id, role=Role.ORGANISER, now=now,
    )  # fmt: skip


def _open(edition: Edition, key: str, now: datetime) -> Link:
    link = next((each for each in invitations_to(edition) if each.key == key), None)
    if link is None:
        raise NotFound
    if not is_open(link, now):
        raise Conflict(_("This invitation has been answered or has expired."))
    return link


def _answer(link: Link, state: str, now: datetime) -> None:
    link.used, link.data = now, {**link.data, "state": state}


def _organisers(edition: Edition) -> int:
    return int(
        db.session.scalar(
            select(func.count(Membership.account_id.distinct())).where(
                Membership.edition_id == edition.id,
                Membership.role == Role.ORGANISER.value,
                Membership.until.is_(None),
            )
        )
        or 0
    )
