"""Moving the phases of an edition."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm.attributes import flag_modified

from roadmap.core.db import db, use_case
from roadmap.core.errors import Invalid
from roadmap.core.i18n import _
from roadmap.core.permit import permit
from roadmap.domain.phases import Period, Phase, Verb
from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition, EditionPhase
from roadmap.editions.queries import facts_of, periods_of
from roadmap.log.actions import record


@use_case
def change_phases(
    actor: Actor, edition: Edition, periods: Sequence[Period], *, reason: str, now: datetime
) -> None:
    """Set the phases of an edition. Moving the end of open voting needs a reason, told to everybody.

    Raises Invalid where a phase ends before it begins, where none is left, or where the reason is missing.
    """
    permit(actor, Verb.MANAGE, facts_of(edition, now), time_zone=edition.time_zone)
    before = periods_of(edition)
    for period in periods:
        if period.closes is not None and period.closes <= period.opens:
            raise Invalid(errors={period.phase.value: _("Let the phase end after it begins.")})
    if not periods:
        raise Invalid(_("Give at least one phase a date."))
    if _moves_open_vote(before, periods, now) and not reason.strip():
        raise Invalid(errors={"reason": _("Say why the end of voting moves; everybody will read it.")})
    if sorted(before, key=_by_phase) == sorted(periods, key=_by_phase):
        return
    set_periods(edition, periods)
    edition.revision += 1
    if _moves_open_vote(before, periods, now):
        edition.texts = {**edition.texts, "announcement": {"reason": reason.strip(), "at": now.isoformat()}}
        flag_modified(edition, "texts")
    record(
        actor,
        "phase-change",
        edition_id=edition.id,
        role="organiser",
        now=now,
        facts={"before": _told(before), "after": _told(periods)},
        reason=reason.strip(),
    )


def _by_phase(period: Period) -> str:
    return period.phase.value


def _moves_open_vote(before: Sequence[Period], after: Sequence[Period], now: datetime) -> bool:
    ends = [
        {period.closes for period in periods if period.phase is Phase.VOTING}
        for periods in ([period for period in before if period.holds(now)], after)
    ]
    return bool(ends[0]) and ends[0] != ends[1]


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
