"""Unfinished proposals: kept before any wall and after any error, under the account or a key in a cookie."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from roadmap.accounts.actions.limits import charge
from roadmap.accounts.keys import digest, is_token, new_token
from roadmap.core.db import db, use_case
from roadmap.core.errors import TooMany
from roadmap.core.i18n import _, current_language
from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition
from roadmap.proposals.fields import Fields
from roadmap.proposals.models import UnfinishedProposal

MOST_KEPT = 40
"""Of one person and edition; beyond it the one left alone longest gives way."""
LIFE = timedelta(days=60)
"""What was left alone without an account for so long is thrown away: no browser has its key any longer."""
BEGUN_AN_HOUR = 120
"""Without an account, from one network: a hall full of people, and no program that fills the disk."""


def find(actor: Actor, key: str, edition: Edition, number: int = 0) -> UnfinishedProposal | None:
    """The writer's unfinished proposal: the one with this id, else the one changed last."""
    kept = all_of(actor, key, edition)
    if number:
        return next((one for one in kept if one.id == number), None)
    return kept[0] if kept else None


def all_of(actor: Actor, key: str, edition: Edition) -> list[UnfinishedProposal]:
    """What is kept under the account and under the key in the cookie, changed last first."""
    own = [UnfinishedProposal.account_id == actor.account] if actor.signed_in else []
    if is_token(key):
        own.append((UnfinishedProposal.key_hash == digest(key)) & UnfinishedProposal.account_id.is_(None))
    found: dict[int, UnfinishedProposal] = {}
    for condition in own:
        rows = db.session.scalars(
            select(UnfinishedProposal).where(condition, UnfinishedProposal.edition_id == edition.id)
        )
        found.update({row.id: row for row in rows})
    return sorted(found.values(), key=lambda row: (row.changed, row.id), reverse=True)


@use_case
def keep(
    actor: Actor,
    key: str,
    edition: Edition,
    fields: Fields,
    *,
    number: int = 0,
    client: str = "",
    now: datetime,
) -> tuple[UnfinishedProposal, str]:
    """Keep what was written: (the unfinished proposal, the key for the cookie, "" where none is needed).

    `number` is the id of the one that is written on; without it people with an account begin another one,
    and others go on with the one that their key holds.
    """
    kept = find(actor, key, edition, number) if number or not actor.signed_in else None
    if kept is None:
        if not actor.signed_in:
            _make_room(client, now)
            key = new_token()
        kept = UnfinishedProposal(
            edition_id=edition.id,
            account_id=actor.account,
            key_hash=None if actor.signed_in else digest(key),
            nonce=secrets.token_urlsafe(24),
            fields={},
            made=now,
            changed=now,
        )
        for surplus in all_of(actor, "", edition)[MOST_KEPT - 1 :]:
            db.session.delete(surplus)
        db.session.add(kept)
    if actor.signed_in:
        kept.account_id, kept.key_hash = actor.account, None
    kept.fields, kept.changed = fields.stored(), now
    db.session.flush()
    return kept, "" if actor.signed_in else key


def _make_room(client: str, now: datetime) -> None:
    """Before a stranger's text is kept: forget the old ones, and see that not everything comes from one place."""
    if client and not charge("unfinished", client, BEGUN_AN_HOUR, now=now):
        raise TooMany(
            _(
                "Many proposals were begun from your network in the last hour. Copy your text, and try again later."
            )
        )
    left_alone = UnfinishedProposal.changed < now - LIFE
    db.session.execute(delete(UnfinishedProposal).where(UnfinishedProposal.account_id.is_(None), left_alone))


@use_case
def hand_over(unfinished_id: int, account_id: int, now: datetime) -> str:
    """Give the text to the account whose link was used; the path on which it goes on, if any."""
    kept = db.session.get(UnfinishedProposal, unfinished_id)
    if kept is None or kept.account_id not in (None, account_id):
        return ""
    kept.account_id, kept.key_hash, kept.changed = account_id, None, now
    edition = db.session.get_one(Edition, kept.edition_id)
    return f"/{current_language()}/{edition.slug}/propose/check?unfinished={kept.id}"


@use_case
def discard(actor: Actor, key: str, edition: Edition, number: int) -> None:
    """Throw away an unfinished proposal, as its writer asked."""
    kept = find(actor, key, edition, number)
    if kept is not None:
        db.session.delete(kept)


def fields_of(kept: UnfinishedProposal) -> Fields:
    """What was kept, as fields."""
    return Fields.read(kept.fields)
