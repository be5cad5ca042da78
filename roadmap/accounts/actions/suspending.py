"""Suspending accounts, and ending that: sign-ins end, votes stop counting, and all of it can be taken back."""

from datetime import datetime

from sqlalchemy import delete, update

from roadmap.accounts.models import Account, Link, SignIn
from roadmap.accounts.queries import count_administrators, get_account, is_administrator
from roadmap.accounts.suspended import standing_of, within_reach
from roadmap.core import hooks
from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid, NotFound, Refused
from roadmap.core.i18n import _
from roadmap.core.permit import permit
from roadmap.domain import texts
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.log.actions import record


@use_case
def suspend(actor: Actor, edition: Edition | None, account_id: int, *, reason: str, now: datetime) -> int:
    """Suspend an account everywhere; hands back how many answers stop counting.

    `edition` None is the command line. Raises NotFound for somebody whom the actor cannot decide on, Invalid
    without a reason, Conflict for oneself, for the last administrator, and where it is suspended already.
    """
    account = _within(actor, edition, account_id, now)
    if account.id == actor.account:
        raise Conflict(_("You cannot suspend yourself."))
    if account.suspended is not None:
        raise Conflict(_("This account is suspended already."))
    if is_administrator(account.id) and count_administrators() == 1:
        raise Conflict(_("This is the last administrator. Give the role to somebody else first."))
    reason = _reason(reason, _("Say why the account is suspended. Everybody will read it in the public log."))
    account.suspended, account.suspended_reason = now, reason
    db.session.execute(delete(SignIn).where(SignIn.account_id == account.id))
    db.session.execute(
        update(Link).where(Link.address_key == account.email_key, Link.used.is_(None)).values(used=now)
    )
    return _follow(actor, edition, account, kind="account-suspended", reason=reason, now=now)


@use_case
def restore(actor: Actor, edition: Edition | None, account_id: int, *, reason: str, now: datetime) -> int:
    """End the suspension of an account; hands back how many answers count again. Raises as `suspend` does."""
    account = _within(actor, edition, account_id, now)
    if account.suspended is None:
        raise Conflict(_("This account is not suspended."))
    reason = _reason(reason, _("Say why the suspension ends. Everybody will read it in the public log."))
    account.suspended = account.suspended_reason = None
    return _follow(actor, edition, account, kind="account-restored", reason=reason, now=now)


def _within(actor: Actor, edition: Edition | None, account_id: int, now: datetime) -> Account:
    """The account, locked against a second decision; NotFound where it is out of the actor's reach."""
    if edition is not None:
        permit(actor, Verb.MANAGE, facts_of(edition, now), time_zone=edition.time_zone)
    elif actor.signed_in:
        raise Refused
    account = db.session.get(
        Account, get_account(account_id).id, with_for_update=True, populate_existing=True
    )
    if account is None or (edition is not None and not within_reach(actor, account, edition.id)):
        raise NotFound
    return account


def _reason(reason: str, missing: str) -> str:
    reason = texts.as_reason(reason)
    if not reason:
        raise Invalid(errors={"reason": missing})
    return reason


def _follow(
    actor: Actor, edition: Edition | None, account: Account, *, kind: str, reason: str, now: datetime
) -> int:
    """Let the votes follow, and tell of it in the log of every edition in which some do; never whose they are."""
    db.session.flush()
    hooks.account_counted_anew.run(account.id)
    votes = standing_of(account).votes
    told: list[int | None] = [*sorted(votes)]
    if edition is not None and edition.id not in votes:
        told.append(edition.id)
    role = "command" if edition is None else "organiser"
    for number in told or [None]:
        record(actor, kind, edition_id=number, role=role, now=now, facts={"accounts": 1}, reason=reason)
    return sum(votes.values())
