"""Opening an edition to everybody, and choosing which one the home page shows."""

from datetime import datetime

from sqlalchemy import update

from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid
from roadmap.core.i18n import _
from roadmap.core.permit import permit
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of, stand_of
from roadmap.editions.sentences import lacking
from roadmap.log.actions import record


@use_case
def open_edition(actor: Actor, edition: Edition, *, current: bool, now: datetime) -> Edition:
    """Show the edition to everybody; it cannot be taken back. `current`: the home page shows it from now on.

    Raises Refused, Conflict where it is open, and Invalid with a sentence for each thing that is missing.
    """
    permit(actor, Verb.MANAGE, facts_of(edition, now), time_zone=edition.time_zone)
    db.session.refresh(edition)
    if edition.opened is not None:
        raise Conflict(_("This edition is open already."))
    stand = stand_of(edition, now)
    if stand.lacks:
        raise Invalid(errors={lack.value: lacking(lack, stand) for lack in stand.lacks})
    edition.opened = now
    if current:
        _show_on_home_page(edition)
    record(
        actor, "edition-opening", edition_id=edition.id, role=Role.ORGANISER, now=now,
        facts={"current": current},
    )  # fmt: skip
    return edition


@use_case
def make_current(actor: Actor, edition: Edition, *, now: datetime) -> Edition:
    """Let the home page show this edition. Raises Refused, Closed for a past one, Conflict for one not open."""
    permit(actor, Verb.MANAGE, facts_of(edition, now), time_zone=edition.time_zone)
    if edition.opened is None:
        raise Conflict(_("Open the edition first. Until then only organisers see it."))
    if edition.is_current:
        return edition
    _show_on_home_page(edition)
    record(actor, "edition-current", edition_id=edition.id, role=Role.ORGANISER, now=now)
    return edition


def _show_on_home_page(edition: Edition) -> None:
    db.session.execute(update(Edition).where(Edition.is_current).values(is_current=False))
    db.session.flush()
    edition.is_current = True
    db.session.flush()
