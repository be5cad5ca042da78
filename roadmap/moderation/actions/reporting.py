"""Reporting a text, and writing to other facilitators about it."""

from datetime import datetime

from sqlalchemy import select

from roadmap.accounts.actions.limits import charge
from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid, TooMany
from roadmap.core.i18n import _
from roadmap.core.permit import permit
from roadmap.domain import texts
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.moderation.models import FacilitatorNote, Report
from roadmap.moderation.rules import NUMBERS
from roadmap.moderation.things import Thing

LONGEST = 1_000
MOST_AN_HOUR = 20


@use_case
def report(
    actor: Actor, edition: Edition, thing: Thing, *, rule: str, reason: str, client: str, now: datetime
) -> Report:
    """Say that a text breaks a rule (`""`: none of them, but something else). People without an account may, too.

    Somebody who has reported it already changes their report. `client` is where the request came from; it is
    counted and not kept. Raises Invalid, Conflict where the text is hidden already, TooMany.
    """
    permit(actor, Verb.REPORT, facts_of(edition, now), time_zone=edition.time_zone)
    if thing.text.state not in ("published", "closed"):
        raise Conflict(_("This text is not shown any longer, so there is nothing to report."))
    reason = texts.clean(reason).strip()
    errors = {}
    if rule not in ("", *NUMBERS):
        errors["rule"] = _("Choose one of the rules, or “Something else”.")
    if not reason:
        errors["reason"] = _("Say in a sentence what is wrong with the text.")
    elif texts.length(reason) > LONGEST:
        errors["reason"] = _(
            "Shorten the text to %(max)s characters; it has %(n)s.", max=LONGEST, n=texts.length(reason)
        )
    if errors:
        raise Invalid(errors=errors)
    if not charge("report", str(actor.account or client), MOST_AN_HOUR, now=now):
        raise TooMany(
            _("You have sent %(max)s reports within an hour. Wait a little; your text is kept.",
              max=MOST_AN_HOUR)
        )  # fmt: skip
    mine = select(Report).filter_by(**thing.keys, reporter_id=actor.account, decision_id=None)
    made = db.session.scalar(mine) if actor.signed_in else None
    if made is None:
        made = Report(edition_id=edition.id, **thing.keys, reporter_id=actor.account, made=now)
        db.session.add(made)
    made.rule, made.reason = rule, reason
    db.session.flush()
    return made


@use_case
def note(actor: Actor, edition: Edition, thing: Thing, *, text: str, now: datetime) -> FacilitatorNote:
    """Write to the other facilitators about a text. Raises Invalid for an empty note."""
    permit(actor, Verb.MODERATE, facts_of(edition, now), time_zone=edition.time_zone)
    text = texts.clean(text).strip()[:LONGEST]
    if not text:
        raise Invalid(errors={"text": _("Write the note first.")})
    made = FacilitatorNote(edition_id=edition.id, **thing.keys, account_id=actor.account, text=text, made=now)
    db.session.add(made)
    db.session.flush()
    return made
