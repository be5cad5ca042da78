"""Moving the phases of an edition."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid
from roadmap.core.i18n import _
from roadmap.core.permit import permit
from roadmap.domain.phases import Period, Phase, Verb
from roadmap.domain.policy import Actor
from roadmap.domain.timetable import Fault, faults, mark, moved_ends
from roadmap.editions.announcements import announce
from roadmap.editions.models import Edition, EditionPhase
from roadmap.editions.queries import facts_of, periods_of
from roadmap.log.actions import record

LONGEST_REASON = 1_000


class DatesChanged(Conflict):
    """The dates are not those over which somebody wrote theirs."""


@use_case
def change_phases(
    actor: Actor, edition: Edition, periods: Sequence[Period], *, reason: str, seen: str | None = None,
    now: datetime,
) -> None:  # fmt: skip
    """Set the phases of an edition. Moving the end of a phase that has begun needs a reason, told to everybody.

    `seen` is the mark of the dates over which these were written; None asks nothing. Raises Invalid where dates
    cannot be, where none is left, or where the reason is missing, and DatesChanged where others were set meanwhile.
    """
    permit(actor, Verb.MANAGE, facts_of(edition, now), time_zone=edition.time_zone)
    before = periods_of(edition)
    if seen is not None and seen != mark(before) != mark(periods):
        raise DatesChanged(
            _("Somebody else has changed the dates meanwhile. What is kept now stands beside what you wrote.")
        )
    moves = moved_ends(before, periods, now) if edition.opened is not None else ()
    found = sentences_of(faults(periods))
    if not periods:
        found[Phase.LISTENING.value] = _("Give at least one phase a date.")
    if moves and not reason.strip():
        found["reason"] = _(
            "Say why this end moves: people have planned by it. Everybody will read the reason."
        )
    if found:
        raise Invalid(errors=found)
    if sorted(before, key=_by_phase) == sorted(periods, key=_by_phase):
        return
    set_periods(edition, periods)
    edition.revision += 1
    told = reason.strip()[:LONGEST_REASON]
    if moves:
        announce(edition, moves, reason=told, now=now)
    record(
        actor,
        "phase-change",
        edition_id=edition.id,
        role="organiser",
        now=now,
        facts={"before": _told(before), "after": _told(periods)},
        reason=told,
    )


def sentences_of(found: dict[Phase, Fault]) -> dict[str, str]:
    """What to do about dates that cannot be, by phase."""
    said = {
        Fault.ENDS_BEFORE_IT_BEGINS: _("Let the phase end after it begins."),
        Fault.VOTING_ENDS_BEFORE_PROPOSING: _(
            "Let voting end after proposing begins: otherwise nobody could vote on what is proposed."
        ),
    }
    return {phase.value: said[fault] for phase, fault in found.items()}


def _by_phase(period: Period) -> str:
    return period.phase.value


def _told(periods: Sequence[Period]) -> dict[str, list[str | None]]:
    return {
        period.phase.value: [period.opens.isoformat(), period.closes.isoformat() if period.closes else None]
        for period in periods
    }


def set_periods(edition: Edition, periods: Sequence[Period]) -> None:
    """Put these phases in the place of all that the edition had."""
    db.session.execute(delete(EditionPhase).where(EditionPhase.edition_id == edition.id))
    for period in periods:
        db.session.add(
            EditionPhase(
                edition_id=edition.id, kind=period.phase.value, opens=period.opens, closes=period.closes
            )
        )
    db.session.flush()
