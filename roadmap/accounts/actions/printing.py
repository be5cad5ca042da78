"""Links that a command prints instead of mailing them."""

from datetime import datetime

from sqlalchemy import update

from roadmap.accounts.actions.asking import make_link
from roadmap.accounts.keys import link_path
from roadmap.accounts.models import Account, Link
from roadmap.core.db import db, use_case


@use_case
def first_administrator_link(*, now: datetime, language: str = "en") -> str:
    """The path of a link that makes the first administrator; an older one ends. Works while there is none."""
    db.session.execute(
        update(Link).where(Link.purpose == "first-administrator", Link.used.is_(None)).values(used=now)
    )
    return link_path(language, make_link("first-administrator", now=now, language=language))


@use_case
def demonstration_link(account: Account, *, now: datetime, following: str = "") -> str:
    """The path of a link that signs in as an account of the demonstration, once."""
    secret = make_link(
        "demonstration", now=now, address=account.email, key=account.email_key,
        account_id=account.id, language=account.language, following=following,
    )  # fmt: skip
    return link_path(account.language, secret)
