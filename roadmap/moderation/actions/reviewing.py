"""Putting accounts under review, and ending that. No vote is touched."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from roadmap.accounts.models import Account
from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid, NotFound
from roadmap.core.i18n import _
from roadmap.core.jobs import after
from roadmap.core.permit import permit
from roadmap.domain import texts
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.log.actions import record
from roadmap.moderation.actions.deciding import LONGEST
from roadmap.moderation.models import AccountReview
from roadmap.moderation.reviews import reviews_of
from roadmap.moderation.signals import look_through


@use_case
def look_for_signals(actor: Actor, edition: Edition, *, now: datetime) -> None:
    """Have the votes looked through in the background."""
    permit(actor, Verb.MODERATE, facts_of(edition, now), time_zone=edition.time_zone)
    after(look_through, edition_id=edition.id)


@use_case
def begin_review(
    actor: Actor, edition: Edition, accounts: Collection[int], *, reason: str, now: datetime
) -> int:
    """Put accounts (by id) under review; drafts say from now on what the order is without their votes.

    Those under review already stay as they are. Hands back how many were added. The log tells their number and
    the reason, never who they are. Raises Refused, and Invalid without an account or a reason.
    """
    permit(actor, Verb.MANAGE, facts_of(edition, now), time_zone=edition.time_zone)
    reason = texts.clean(reason).strip()[:LONGEST]
    faults = {} if accounts else {"accounts": _("Tick at least one account.")}
    if not reason:
        faults["reason"] = _(
            "Say why you look into these accounts. Everybody will read it in the public log."
        )
    if faults:
        raise Invalid(errors=faults)
    known = set(db.session.scalars(select(Account.id).where(Account.id.in_(accounts))))
    added = sorted(known - {review.account_id for review in reviews_of(edition)})
    if not added:
        raise Conflict(_("These accounts are under review already."))
    db.session.add_all(
        AccountReview(edition_id=edition.id, account_id=account, reason=reason, since=now)
        for account in added
    )
    record(
        actor, "review-begun", edition_id=edition.id, role="organiser", now=now,
        facts={"accounts": len(added)}, reason=reason,
    )  # fmt: skip
    return len(added)


@use_case
def end_review(actor: Actor, edition: Edition, review: int, *, now: datetime) -> None:
    """An account is not under review any longer. Raises Refused, NotFound where it is not."""
    permit(actor, Verb.MANAGE, facts_of(edition, now), time_zone=edition.time_zone)
    found = db.session.get(AccountReview, review)
    if found is None or found.edition_id != edition.id or found.ended is not None:
        raise NotFound
    found.ended = now
    record(
        actor, "review-ended", edition_id=edition.id, role="organiser", now=now, facts={"accounts": 1}
    )  # fmt: skip
