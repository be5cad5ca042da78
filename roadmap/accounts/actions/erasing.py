"""Erasing an account: the person goes, the votes stay under a number that leads nowhere."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, update

from roadmap.accounts.actions.owning import own
from roadmap.accounts.erasures import Erasure
from roadmap.accounts.models import Account, Link, Undelivered, Voter
from roadmap.accounts.queries import count_administrators, is_administrator, names_due, voter_of
from roadmap.core import hooks
from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict
from roadmap.core.i18n import _
from roadmap.core.signals import account_erased, after_commit
from roadmap.domain.policy import Actor
from roadmap.log.models import LogEntry


@use_case
def erase(actor: Actor, *, texts: bool = False, now: datetime) -> None:
    """Remove the account with everything that names its person; what they wrote stays without a name.

    With `texts` the words go as well, but those that the votes of others rest on.
    Tallies do not change. Entries of the public log keep the name for 90 days (`forget_names`); the log's chain
    holds without it.
    """
    account = own(actor)
    if is_administrator(account.id) and count_administrators() == 1:
        raise Conflict(_("This is the last administrator. Give the role to somebody else first."))
    after_commit(account_erased, erasure=Erasure(now, account.id, texts))
    _remove(account, texts=texts, now=now)
    forget_names(now=now)


@use_case
def erase_again(erasures: Iterable[Erasure], *, now: datetime) -> int:
    """Remove those accounts that are there again although they were erased; how many.

    So after an older database was put in place. An account that was made after the erasure only has the number.
    """
    found = [(each, db.session.get(Account, each.account_id)) for each in erasures]
    again = [(each, account) for each, account in found if account is not None and account.made < each.moment]
    for each, account in again:
        _remove(account, texts=each.texts, now=now)
    return len(again)


def _remove(account: Account, *, texts: bool, now: datetime) -> None:
    voter = voter_of(account.id)
    if texts:
        hooks.texts_erased.run(account.id, now)
    hooks.account_erased.run(account.id)
    db.session.execute(
        update(Voter)
        .where((Voter.id == voter) | (Voter.claimed_by == voter))
        .values(device="", key_hash=None)
    )
    db.session.execute(update(Voter).where(Voter.id == voter).values(account_id=None))
    db.session.execute(delete(Link).where(Link.address_key == account.email_key))
    db.session.execute(delete(Undelivered).where(Undelivered.address_key == account.email_key))
    db.session.execute(delete(Account).where(Account.id == account.id))


@use_case
def forget_names(*, now: datetime) -> None:
    """Take the names of erased people out of all entries of the public log that are older than 90 days."""
    db.session.execute(
        update(LogEntry).where(names_due(now)).values(personal=None, salt=None, account_id=None)
    )
