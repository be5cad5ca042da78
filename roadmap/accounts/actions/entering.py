"""Beginning a sign-in: by a link, or by a password. Always under a new id."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, text, update

from roadmap.accounts import passwords
from roadmap.accounts.actions import limits, owning, proving, roles
from roadmap.accounts.addresses import Address
from roadmap.accounts.keys import digest, new_token
from roadmap.accounts.models import Account, Link, SignIn, Voter
from roadmap.accounts.queries import find_by_key, get_account, has_administrator, voter_of
from roadmap.accounts.second_factor import Vault
from roadmap.core import hooks
from roadmap.core.db import db, to_microseconds, use_case
from roadmap.core.errors import Gone, Refused, TooMany
from roadmap.core.i18n import _

WRONG_CODES = 5


@dataclass(frozen=True)
class Visit:
    """The browser that acts: its device in words, the key of its sign-in, and the voter of its guest key."""

    device: str = ""
    sign_in: str = ""
    guest: int | None = None


@dataclass(frozen=True)
class Entered:
    """What came of it. `token` "" where nobody was signed in: `wrong_code`, or a change of address.

    `taken_over` are guests' voters whose votes went over; `following` is a local path, "" for none.
    """

    account: int
    token: str = ""
    wrong_code: bool = False
    taken_over: tuple[int, ...] = ()
    following: str = ""
    purpose: str = "sign-in"


@use_case
def use_link(
    secret: str,
    *,
    now: datetime,
    visit: Visit,
    vault: Vault,
    take_over: bool = True,
    code: str = "",
    address: Address | None = None,
) -> Entered:
    """Do what the link is for, once. Raises Gone where it was used, is too old, or never was.

    `take_over` False leaves the votes of another browser's guest where they are, and the languages chosen there;
    those of this browser's own key go over in any case. `address` is the first administrator's, whose link knows
    none.
    """
    link = db.session.execute(
        update(Link)
        .where(Link.key == digest(secret), Link.used.is_(None), Link.until > now, Link.wrong < WRONG_CODES)
        .values(used=now)
        .returning(Link)
    ).scalar_one_or_none()
    if link is None:
        raise Gone
    if link.purpose == "address":
        owning.take_address(link, sign_in=visit.sign_in, now=now)
        return Entered(link.account_id or 0, purpose=link.purpose)
    account = _account_of(link, address, now)
    if not account.active:
        raise Refused(_("This account is closed. Write to the organisers if you think it should not be."))
    _refuse_suspended(account)
    if account.totp and not proving.accept_code(account.id, account.totp, code, vault=vault, now=now):
        link.used, link.wrong = None, link.wrong + 1
        return Entered(account.id, wrong_code=True)
    if link.purpose == "invitation":
        roles.accept_invitation(account, link, now=now)
    guests = (link.guest_id if take_over else None, visit.guest)
    voter = voter_of(account.id)
    taken = tuple(guest for guest in dict.fromkeys(guests) if guest and _claim(guest, voter, now))
    if take_over:
        owning.bring_languages(account.id, link.data.get("reads", ()), now=now)
    following = link.following
    if link.unfinished_id is not None:
        paths = hooks.unfinished_claimed.run(link.unfinished_id, account.id, now)
        following = next((path for path in paths if path), following)
    _end_older(link, now)
    token = begin(account.id, visit=visit, factor=int(bool(account.totp)), now=now)
    return Entered(account.id, token, taken_over=taken, following=following, purpose=link.purpose)


def _account_of(link: Link, address: Address | None, now: datetime) -> Account:
    """The account that the link stands for; made, with its voter, where the address is new."""
    if link.account_id is not None:
        return db.session.get_one(Account, link.account_id)
    email, key = link.address, link.address_key
    if link.purpose == "first-administrator":
        if has_administrator() or address is None:
            raise Gone
        email, key = address.email, address.key
    account = make_account(email, key, language=link.language, now=now)
    if link.purpose == "first-administrator":
        roles.make_first_administrator(account, now=now)
    return account


def _refuse_suspended(account: Account) -> None:
    """Tell whoever has proved that the account is theirs why they cannot come in."""
    if account.suspended is not None:
        raise Refused(
            _(
                "This account is suspended. Write to the organisers if you think it should not be. The reason "
                "given: %(reason)s",
                reason=account.suspended_reason or "–",
            )
        )


def make_account(email: str, key: str, *, language: str, now: datetime) -> Account:
    """The account of a confirmed address; two at once make one."""
    db.session.execute(
        text(
            "INSERT INTO accounts (email, email_key, name, name_key, language, time_zone, confirmed, active,"
            " totp_step, made) VALUES (:email, :key, '', '', :language, '', :now, :yes, 0, :now)"
            " ON CONFLICT (email_key) DO NOTHING"
        ),
        {"email": email, "key": key, "language": language, "now": to_microseconds(now), "yes": True},
    )
    account = find_by_key(key)
    assert account is not None
    db.session.execute(
        text(
            "INSERT INTO voters (kind, account_id, device, made) VALUES ('account', :account, '', :now)"
            " ON CONFLICT (account_id) DO NOTHING"
        ),
        {"account": account.id, "now": to_microseconds(now)},
    )
    return account


def _claim(guest: int, voter: int, now: datetime) -> bool:
    """Give a guest's votes to the account, once: the key never works again."""
    holder = select(Voter.claimed_by).where(Voter.id == guest, Voter.kind == "guest")
    if db.session.execute(holder).all() != [(None,)]:
        return False
    hooks.guest_claimed.run(guest, voter)
    db.session.execute(
        update(Voter)
        .where(Voter.id == guest, Voter.claimed_by.is_(None))
        .values(claimed_by=voter, claimed=now)
    )
    return db.session.scalar(holder) == voter


def _end_older(link: Link, now: datetime) -> None:
    """Other open links to the same address end with this one, but those that would bring something of their own."""
    db.session.execute(
        update(Link)
        .where(
            Link.address_key == link.address_key,
            Link.address_key != "",
            Link.purpose.in_(("sign-in", "password")),
            Link.used.is_(None),
            Link.guest_id.is_(None) | (Link.guest_id == link.guest_id),
            Link.unfinished_id.is_(None) | (Link.unfinished_id == link.unfinished_id),
        )
        .values(used=now)
    )


@use_case
def begin(account: int, *, visit: Visit, factor: int, now: datetime) -> str:
    """Start a sign-in under a new id, which is handed back; the browser's old one ends."""
    token = new_token()
    if visit.sign_in:
        db.session.execute(delete(SignIn).where(SignIn.key == visit.sign_in))
    db.session.add(
        SignIn(
            key=digest(token), account_id=account, made=now, seen=now, proved=now,
            factor=factor, device=visit.device[:120], data={},
        )
    )  # fmt: skip
    return token


@use_case
def enter(account: int, *, visit: Visit, take_over: bool, factor: int, now: datetime) -> Entered:
    """Begin a sign-in whose secret was right, and take over this browser's guest votes if that is wanted."""
    _refuse_suspended(get_account(account))
    voter = voter_of(account)
    taken = (visit.guest,) if take_over and visit.guest and _claim(visit.guest, voter, now) else ()
    return Entered(account, begin(account, visit=visit, factor=factor, now=now), taken_over=taken)


def check_password(key: str, password: str, *, client: str = "", now: datetime) -> Account | None:
    """The account whose password this is; takes as long for an unknown address. Raises TooMany after 20 wrong ones.

    No transaction is open while the hash is worked out.
    """
    if client and not limits.charge("passwords of a client", client, limits.PASSWORDS_A_CLIENT, now=now):
        raise TooMany(_("Many wrong passwords came from your network in the last hour. Sign in by link."))
    if not limits.charge("passwords", key, limits.PASSWORDS_AN_ACCOUNT, now=now):
        raise TooMany(
            _("Many wrong passwords were tried for this address in the last hour. Sign in by link.")
        )
    account = find_by_key(key)
    stored = account.password if account is not None and account.active else None
    db.session.rollback()
    if not passwords.verify(stored, password) or stored is None:
        return None
    limits.give_back("passwords", key, now=now)
    if passwords.needs_rehash(stored):
        _keep_hash(key, stored, passwords.hash_password(password))
    return find_by_key(key)


@use_case
def _keep_hash(key: str, old: str, new: str) -> None:
    db.session.execute(
        update(Account).where(Account.email_key == key, Account.password == old).values(password=new)
    )


def sign_in_by_password(
    address: Address, password: str, *, visit: Visit, take_over: bool, client: str = "", now: datetime
) -> Entered | None:
    """Sign in; None where address and password do not go together.

    Where the account has a second step, `token` is "" and `wrong_code` True: ask for the code, then `enter`.
    """
    account = check_password(address.key, password, client=client, now=now)
    if account is None:
        return None
    _refuse_suspended(account)
    if account.totp:
        return Entered(account.id, wrong_code=True)
    return enter(account.id, visit=visit, take_over=take_over, factor=0, now=now)
