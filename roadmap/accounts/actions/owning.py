"""Changes that people make to their own account."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, text, update

from roadmap.accounts import passwords, second_factor
from roadmap.accounts.actions import asking
from roadmap.accounts.actions.proving import accept_code
from roadmap.accounts.models import Account, Declaration, Link, SignIn, SpareCode
from roadmap.accounts.queries import find_by_key, get_account, voter_of
from roadmap.accounts.second_factor import Vault
from roadmap.core import jobs
from roadmap.core.db import db, is_sqlite, use_case
from roadmap.core.errors import Conflict, Invalid, NotFound
from roadmap.core.i18n import _
from roadmap.core.permit import permit
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor
from roadmap.domain.texts import clean_line, identity_key
from roadmap.editions.models import Edition
from roadmap.editions.queries import outline_of

NAMES_LOCK = 700_001
"""One at a time may take a name: PostgreSQL has to be told, SQLite has one writer anyway."""


def own(actor: Actor) -> Account:
    """The actor's account; raises NotFound for people without one."""
    if actor.account is None:
        raise NotFound
    return get_account(actor.account)


@use_case
def change_profile(
    actor: Actor,
    *,
    name: str,
    language: str,
    time_zone: str,
    reads: Sequence[str] | None = None,
    now: datetime,
) -> Account:
    """Change what others see and how pages are shown; None leaves the languages that they read as they are.

    Raises Invalid where the name is another person's.
    """
    account = own(actor)
    name = clean_line(name)
    key = identity_key(name)
    if not is_sqlite():
        db.session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": NAMES_LOCK})
    taken = db.session.scalar(select(func.count()).where(Account.name_key == key, Account.id != account.id))
    if key and taken:
        message = _("Somebody else has this name. Add something to it, such as your town.")
        raise Invalid(message, {"name": message})
    account.name, account.name_key = name, key
    account.language, account.time_zone = language, time_zone
    if reads is not None:
        choose_languages(actor, reads, now=now)
    return account


@use_case
def choose_languages(actor: Actor, reads: Sequence[str], *, now: datetime) -> None:
    """Say which languages one reads; raises Invalid where there is none among them."""
    if not reads:
        raise Invalid(_("Choose at least one language."))
    own(actor).reads = list(reads)


@use_case
def bring_languages(account_id: int, reads: Sequence[str], *, now: datetime) -> None:
    """Let an account that has chosen no languages take over those chosen in a browser."""
    account = get_account(account_id)
    if not account.reads:
        account.reads = list(reads)


@use_case
def declare(
    actor: Actor, edition_id: int, *, group: str | None, country: str | None, now: datetime
) -> Declaration:
    """Say what one is in this edition; None leaves an answer as it is, where the edition does not ask for it.

    Another group has to be confirmed anew by an organiser.
    """
    account = own(actor)
    permit(actor, Verb.OWN, outline_of(db.session.get_one(Edition, edition_id), now))
    voter = voter_of(account.id)
    row = db.session.get(Declaration, (voter, edition_id))
    if row is None:
        row = Declaration(voter_id=voter, edition_id=edition_id, made=now)
        db.session.add(row)
    if group is not None:
        if row.stakeholder_group != group:
            row.confirmed = row.confirmed_by = None
        row.stakeholder_group = group
    if country is not None:
        row.country = country
    return row


def choose_password(actor: Actor, password: str, *, sign_in: str, now: datetime) -> None:
    """Set or change the password: every other sign-in and every open link of the account ends."""
    account = own(actor)
    problem = passwords.refusal_of(password, account.name, account.email)
    if problem:
        raise Invalid(problem, {"secret_password": problem})
    db.session.rollback()
    _store_password(actor, passwords.hash_password(password), sign_in=sign_in, now=now)


@use_case
def _store_password(actor: Actor, hashed: str, *, sign_in: str, now: datetime) -> None:
    account = own(actor)
    account.password = hashed
    _end_everything_else(account, sign_in, now)
    jobs.after(asking.mail_notice, kind="password", address=account.email, language=account.language)


@use_case
def take_address(link: Link, *, sign_in: str, now: datetime) -> None:
    """Change the account's address to the one that the link was sent to, and tell the old one."""
    account = get_account(link.account_id or 0)
    other = find_by_key(link.address_key)
    if other is not None and other.id != account.id:
        raise Conflict(_("This address belongs to another account. Sign in with it, or choose another one."))
    old = account.email
    account.email, account.email_key, account.confirmed = link.address, link.address_key, now
    _end_everything_else(account, sign_in, now)
    jobs.after(asking.mail_notice, kind="address", address=old, language=account.language)


@use_case
def begin_second_step(actor: Actor, secret: str, code: str, *, vault: Vault, now: datetime) -> list[str]:
    """Switch the second step on with a code that proves the device has it; hands back new spare codes."""
    account = own(actor)
    step = second_factor.step_of(secret, second_factor.tidy(code), now)
    if not secret or step is None:
        message = _("This code is not right. Write the six digits that your application shows now.")
        raise Invalid(message, {"code": message})
    account.totp, account.totp_step = vault.seal(secret), step
    codes = second_factor.new_spare_codes()
    db.session.execute(delete(SpareCode).where(SpareCode.account_id == account.id))
    db.session.add_all(
        SpareCode(account_id=account.id, code=second_factor.spare_digest(account.id, spare))
        for spare in codes
    )
    jobs.after(asking.mail_notice, kind="factor", address=account.email, language=account.language)
    return codes


@use_case
def end_second_step(actor: Actor, code: str, *, vault: Vault, now: datetime) -> None:
    """Switch the second step off, with one last code."""
    account = own(actor)
    if not account.totp or not accept_code(account.id, account.totp, code, vault=vault, now=now):
        message = _("This code is not right. Write the six digits that your application shows now.")
        raise Invalid(message, {"code": message})
    account.totp = None
    db.session.execute(delete(SpareCode).where(SpareCode.account_id == account.id))
    db.session.execute(update(SignIn).where(SignIn.account_id == account.id).values(factor=0))
    jobs.after(asking.mail_notice, kind="factor", address=account.email, language=account.language)


@use_case
def end_sign_in(actor: Actor, key: str, *, now: datetime) -> None:
    """End one of one's own sign-ins; raises NotFound for anybody else's."""
    gone = db.session.execute(
        delete(SignIn).where(SignIn.key == key, SignIn.account_id == actor.account).returning(SignIn.key)
    ).scalar_one_or_none()
    if gone is None:
        raise NotFound


@use_case
def end_other_sign_ins(actor: Actor, sign_in: str, *, now: datetime) -> None:
    """End all of one's sign-ins but the one that acts."""
    db.session.execute(delete(SignIn).where(SignIn.account_id == actor.account, SignIn.key != sign_in))


def _end_everything_else(account: Account, sign_in: str, now: datetime) -> None:
    db.session.execute(delete(SignIn).where(SignIn.account_id == account.id, SignIn.key != sign_in))
    db.session.execute(
        update(Link)
        .where((Link.account_id == account.id) | (Link.address_key == account.email_key), Link.used.is_(None))
        .values(used=now)
    )
