"""Asking for a mailed link. No account is looked up while somebody waits, so nobody learns which exist."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from roadmap.accounts import mailing
from roadmap.accounts.actions import limits
from roadmap.accounts.addresses import read_address
from roadmap.accounts.keys import digest, link_path, new_token
from roadmap.accounts.models import Link
from roadmap.accounts.queries import find_by_key, find_link
from roadmap.core import clock, jobs
from roadmap.core.db import db, use_case
from roadmap.core.errors import Gone, TooMany
from roadmap.core.i18n import _

GOOD_FOR = {
    "sign-in": timedelta(hours=1),
    "password": timedelta(hours=1),
    "address": timedelta(hours=1),
    "first-administrator": timedelta(days=1),
    "invitation": timedelta(days=7),
    "demonstration": timedelta(days=30),
}
MAILED_AGAIN = frozenset({"sign-in", "password"})


def ask_for_link(
    address: str,
    language: str,
    *,
    now: datetime,
    purpose: str = "sign-in",
    guest: int | None = None,
    following: str = "",
    unfinished_id: int | None = None,
    account: int | None = None,
    reads: Sequence[str] = (),
    client: str = "",
    device: str = "",
) -> None:
    """Mail a link that signs in, and makes the account where there is none; the same for every address.

    `purpose`: `sign-in`, `password` (choose a new one) or `address` (change of address; give `account`).
    `guest`: the voter behind the asking browser's key, whose votes the link offers to take over.
    `following`: the local path to go on to. `unfinished_id`: an unfinished proposal that goes on with it.
    `reads`: the languages chosen in the asking browser, for an account that has chosen none.
    `client` and `device`: see accounts.visitors. Call it after your own deed: it raises Invalid (an error for
    `email`) where this is no address, TooMany after six mails an hour, and then nothing was sent.
    """
    found = read_address(address)
    if client and not limits.charge("mails of a client", client, limits.MAILS_A_CLIENT, now=now):
        raise TooMany(_("Many links were asked for from your network in the last hour. Try again later."))
    if not limits.charge("mails", found.key, limits.MAILS_AN_ADDRESS, now=now):
        raise TooMany(
            _("Several links were sent to this address in the last hour. Look in your mail, also among spam.")
        )
    jobs.later(
        mail_link, purpose=purpose, address=found.email, key=found.key, language=language, guest=guest,
        following=following, unfinished_id=unfinished_id, account=account, reads=list(reads), device=device,
    )  # fmt: skip


def mail_again(secret: str, *, now: datetime, client: str = "", device: str = "") -> None:
    """Mail a new link that does what a used or expired one did; raises Gone for those that are not renewed."""
    old = find_link(secret)
    if old is None or old.purpose not in MAILED_AGAIN:
        raise Gone
    ask_for_link(
        old.address, old.language, now=now, purpose=old.purpose, guest=old.guest_id, following=old.following,
        unfinished_id=old.unfinished_id, reads=old.data.get("reads", ()), client=client, device=device,
    )  # fmt: skip


@jobs.job
def mail_link(
    *,
    purpose: str,
    address: str,
    key: str,
    language: str,
    guest: int | None,
    following: str,
    unfinished_id: int | None,
    account: int | None,
    device: str,
    reads: Sequence[str] = (),
) -> None:
    """Make the secret, keep its hash and mail it; no queued row ever holds a secret."""
    known = find_by_key(key) if purpose != "address" else None
    target = known.email if known is not None else address
    secret = make_link(
        purpose, now=clock.now(), address=target, key=key, language=language, guest_id=guest,
        following=following, unfinished_id=unfinished_id, account_id=account, device=device,
        data={"reads": list(reads)} if reads else {},
    )  # fmt: skip
    mailing.send_link(
        purpose, target, language, path=link_path(language, secret), device=device,
        name=known.name if known is not None else "",
    )  # fmt: skip


@use_case
def make_link(purpose: str, *, now: datetime, address: str = "", key: str = "", **fields: Any) -> str:
    """Store a link of any purpose and hand back its secret. A newer link for a password ends the older ones."""
    if purpose == "password":
        db.session.execute(
            update(Link)
            .where(Link.address_key == key, Link.purpose == purpose, Link.used.is_(None))
            .values(used=now)
        )
    secret = new_token()
    db.session.add(
        Link(
            key=digest(secret), purpose=purpose, address=address, address_key=key,
            made=now, until=now + GOOD_FOR[purpose], **fields,
        )
    )  # fmt: skip
    return secret


@jobs.job
def mail_notice(kind: str, address: str, language: str) -> None:
    """Tell somebody what was changed in their account."""
    mailing.send_notice(kind, address, language)
