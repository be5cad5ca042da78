"""Closing an edition for good, and taking that back."""

from datetime import datetime

from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid
from roadmap.core.i18n import _
from roadmap.core.permit import permit
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.log.actions import record

LONGEST_REASON = 1_000


@use_case
def close_edition(actor: Actor, edition: Edition, *, now: datetime) -> Edition:
    """Make the edition a past one: it is read from now on, and nothing in it changes.

    Raises Refused, Closed where it is past, and Conflict where it was never opened.
    """
    permit(actor, Verb.MANAGE, facts_of(edition, now), time_zone=edition.time_zone)
    db.session.refresh(edition)
    if edition.opened is None:
        raise Conflict(_("This edition was never opened, so there is nothing to close."))
    if edition.archived is not None:
        raise Conflict(_("This edition is closed already."))
    edition.archived = now
    record(actor, "edition-closing", edition_id=edition.id, role=Role.ORGANISER, now=now)
    return edition


@use_case
def take_back_closing(actor: Actor, edition: Edition, *, reason: str, now: datetime) -> Edition:
    """Let the edition go on as its dates say. Raises Refused, Conflict where it is not past, Invalid."""
    permit(actor, Verb.ADMINISTER, facts_of(edition, now), time_zone=edition.time_zone)
    db.session.refresh(edition)
    if edition.archived is None:
        raise Conflict(_("This edition is not closed."))
    reason = reason.strip()
    if not reason:
        raise Invalid(errors={"reason": _("Say why the closing is taken back; everybody will read it.")})
    if len(reason) > LONGEST_REASON:
        raise Invalid(
            errors={
                "reason": _("Shorten the text to %(max)s characters; it has %(n)s.",
                            max=LONGEST_REASON, n=len(reason))
            }
        )  # fmt: skip
    edition.archived = None
    record(actor, "edition-reopening", edition_id=edition.id, role=Role.ADMINISTRATOR, now=now, reason=reason)
    return edition
