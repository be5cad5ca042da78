"""The second step, and proving once more that it is you."""

from datetime import datetime

from sqlalchemy import delete, update

from roadmap.accounts import second_factor
from roadmap.accounts.actions import limits
from roadmap.accounts.models import Account, SpareCode
from roadmap.accounts.second_factor import Vault
from roadmap.core.db import db, use_case
from roadmap.core.errors import TooMany
from roadmap.core.i18n import _

TIME_CODE = 6


@use_case
def accept_code(account: int, sealed: str, code: str, *, vault: Vault, now: datetime) -> bool:
    """Whether a time code or a spare code is right; each works once."""
    tidy = second_factor.tidy(code)
    if len(tidy) == TIME_CODE and tidy.isascii() and tidy.isdigit():
        step = second_factor.step_of(vault.open(sealed), tidy, now)
        return step is not None and _advance(account, step)
    used = db.session.execute(
        delete(SpareCode)
        .where(SpareCode.account_id == account, SpareCode.code == second_factor.spare_digest(account, code))
        .returning(SpareCode.code)
    ).scalar_one_or_none()
    return used is not None


def _advance(account: int, step: int) -> bool:
    found = db.session.execute(
        update(Account)
        .where(Account.id == account, Account.totp_step < step)
        .values(totp_step=step)
        .returning(Account.id)
    ).scalar_one_or_none()
    return found is not None


def check_code(account: int, code: str, *, vault: Vault, now: datetime) -> bool:
    """Whether the account's code is right; raises TooMany after ten wrong ones in an hour."""
    if not limits.charge("codes", str(account), limits.CODES_AN_ACCOUNT, now=now):
        raise TooMany(_("Many wrong codes were tried in the last hour. Try again later."))
    found = db.session.get(Account, account)
    sealed = found.totp if found is not None and found.active else None
    if not sealed or not accept_code(account, sealed, code, vault=vault, now=now):
        return False
    limits.give_back("codes", str(account), now=now)
    return True
