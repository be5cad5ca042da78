"""Making an edition and moving its phases."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm.attributes import flag_modified

from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid
from roadmap.core.i18n import _
from roadmap.core.permit import permit
from roadmap.domain.phases import Period, Phase, Verb
from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition, EditionPhase, GuidingQuestion
from roadmap.editions.queries import FIXED_WORDS, facts_of, find_edition, periods_of
from roadmap.editions.seed_file import EditionPlan
from roadmap.log.actions import record


@use_case
def create_edition(plan: EditionPlan, *, now: datetime, demonstration: bool = False) -> Edition:
    """Make an edition with its phases and questions; the first one, and a demonstration, becomes current.

    Raises Invalid for a slug that is a fixed word of the addresses, Conflict for one that is taken.
    """
    if plan.slug in FIXED_WORDS or not plan.slug.replace("-", "").isalnum() or not plan.slug.isascii():
        raise Invalid(
            _("Choose another short name: “%(slug)s” cannot be part of an address.", slug=plan.slug)
        )
    if find_edition(plan.slug) is not None:
        raise Conflict(_("There is an edition “%(slug)s” already.", slug=plan.slug))
    settings = plan.settings
    edition = Edition(
        slug=plan.slug,
        title=plan.title,
        languages=plan.languages,
        time_zone=plan.time_zone,
        texts={
            **plan.texts,
            "asks": {"group": settings.get("ask_group", True), "country": settings.get("ask_country", True)},
        },
        is_current=db.session.scalar(select(Edition.id).where(Edition.is_current)) is None,
        is_demonstration=demonstration,
        moderation=settings.get("moderation", "after"),
        results=settings.get("results", "after-own-vote"),
        guests_count=settings.get("guest_votes", "apart") == "counted",
        paper_count=settings.get("paper_votes", "apart") == "counted",
        method=settings.get("method", "equal-persons"),
        made=now,
    )
    db.session.add(edition)
    db.session.flush()
    _set_periods(edition, plan.periods)
    for question in plan.questions:
        db.session.add(
            GuidingQuestion(
                edition_id=edition.id,
                number=question.number,
                text=question.text,
                label=question.label,
                note={},
            )
        )
    db.session.flush()
    return edition


@use_case
def add_question(edition: Edition, number: int, text: dict[str, str]) -> GuidingQuestion:
    """Add a guiding question under a number that is still free (an import names it)."""
    question = GuidingQuestion(edition_id=edition.id, number=number, text=text, label={}, note={})
    db.session.add(question)
    db.session.flush()
    return question


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
    _set_periods(edition, periods)
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


def _set_periods(edition: Edition, periods: Sequence[Period]) -> None:
    db.session.execute(delete(EditionPhase).where(EditionPhase.edition_id == edition.id))
    for period in periods:
        db.session.add(
            EditionPhase(
                edition_id=edition.id, kind=period.phase.value, opens=period.opens, closes=period.closes
            )
        )
    db.session.flush()


def _told(periods: Sequence[Period]) -> dict[str, list[str | None]]:
    return {
        period.phase.value: [period.opens.isoformat(), period.closes.isoformat() if period.closes else None]
        for period in periods
    }
