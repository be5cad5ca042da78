"""Organisers: the dates of the phases."""

from zoneinfo import ZoneInfo

from flask import Response, request, url_for

from roadmap.core import clock
from roadmap.core.errors import Invalid
from roadmap.core.i18n import _, listed, timezone_name
from roadmap.core.phrases import PHASES
from roadmap.domain import timetable
from roadmap.domain.phases import OPENED_BY, Phase, Verb
from roadmap.domain.policy import who_may
from roadmap.domain.timetable import Oddity
from roadmap.editions import actions, queries
from roadmap.editions.forms.phases import PhasesForm
from roadmap.editions.manage.blueprint import bp
from roadmap.editions.models import Edition
from roadmap.web import render
from roadmap.web.guards import actor, entry

EVERYBODY = frozenset({"anyone", "signed_in", "author"})
"""The kinds of people in the policy who need no role."""


@bp.get("/manage/phases")
@entry(Verb.MANAGE)
def phases(edition: Edition) -> Response:
    """The dates of all phases on one page, in the edition's time zone."""
    return _phases_page(edition, PhasesForm.filled(queries.periods_of(edition), edition.time_zone))


@bp.post("/manage/phases")
@entry(Verb.MANAGE)
def change_phases(edition: Edition) -> Response:
    """Set the dates, or only show them; what cannot be is said at its field, with everything as typed."""
    form = PhasesForm(request.form, edition.time_zone, queries.periods_of(edition))
    if form.validate() and request.form.get("do") != "show":
        try:
            actions.change_phases(
                actor(), edition, form.periods(), reason=form.reason, seen=form.seen, now=clock.now()
            )
            return render.see_other(url_for("editions.phases", saved=1))
        except Invalid as problem:
            form.refuse(problem)
        except actions.DatesChanged as refusal:
            return _phases_page(edition, form, conflict=refusal.message)
    return _phases_page(edition, form)


def _phases_page(edition: Edition, form: PhasesForm, *, conflict: str = "") -> Response:
    now, periods = clock.now(), [] if form.bad_dates else form.periods()
    dated = timetable.by_phase(periods)
    return render.page(
        "editions/phases.html",
        409 if conflict else 422 if form.errors else 200,
        edition=edition,
        form=form,
        names=PHASES,
        allowed={phase: _allowed(phase) for phase in Phase},
        conflict=conflict,
        seen=(not conflict and form.seen) or timetable.mark(queries.periods_of(edition)),
        zone_name=timezone_name(ZoneInfo(edition.time_zone)),
        dated=dated,
        overlaps={
            phase: listed(str(PHASES[other]) for other in others)
            for phase, others in timetable.overlaps(periods).items()
        },
        picture=timetable.picture(periods, now),
        warnings=[_said(oddity) for oddity in timetable.oddities(periods)] if periods else [],
        needs_reason=edition.opened is not None,
        only_shown=request.form.get("do") == "show",
        saved=request.args.get("saved") == "1",
    )


def _allowed(phase: Phase) -> tuple[list[Verb], list[Verb]]:
    """What the phase opens: to everybody who takes part, and to those with a role alone."""
    opened = [verb for verb, phases in OPENED_BY.items() if phase in phases]
    of_all = [verb for verb in opened if EVERYBODY & set(who_may(verb))]
    return of_all, [verb for verb in opened if verb not in of_all]


def _said(oddity: Oddity) -> str:
    return {
        Oddity.NO_PROPOSING: _("No phase for proposing has dates, so nobody can propose anything."),
        Oddity.NO_VOTING: _("No phase for voting has dates, so nobody can vote."),
        Oddity.VOTING_FIRST: _(
            "Voting begins before proposing does. Until then there may be nothing to vote on."
        ),
        Oddity.PROPOSING_LAST: _(
            "Voting ends before proposing does. Nobody can vote on what comes after that."
        ),
        Oddity.DRAFTING_EARLY: _(
            "Drafting begins before voting ends. Early drafts then show where the vote stands while people still"
            " vote; the last one is made after voting."
        ),
        Oddity.DRAFTING_OVER: _("Drafting ends before voting does. The last votes are then in no draft."),
        Oddity.NOTHING_OPEN: _("There is a time between two phases in which nothing is open."),
    }[oddity]
