"""Organisers: the dates of the phases."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Response, request, url_for

from roadmap.core import clock
from roadmap.core.errors import Invalid
from roadmap.core.phrases import PHASES
from roadmap.domain.phases import OPENED_BY, Phase, Verb, is_open
from roadmap.editions import actions, queries
from roadmap.editions.forms.phases import PhasesForm
from roadmap.editions.manage.blueprint import bp
from roadmap.editions.models import Edition
from roadmap.web import render
from roadmap.web.guards import actor, entry


@bp.get("/manage/phases")
@entry(Verb.MANAGE)
def phases(edition: Edition) -> Response:
    """The dates of all phases on one page, in the edition's time zone."""
    return _phases_page(edition, PhasesForm.filled(queries.periods_of(edition), edition.time_zone))


@bp.post("/manage/phases")
@entry(Verb.MANAGE)
def change_phases(edition: Edition) -> Response:
    """Set the dates; what cannot be is said at its field, with everything as typed."""
    form = PhasesForm(request.form, edition.time_zone)
    if form.validate():
        try:
            actions.change_phases(actor(), edition, form.periods(), reason=form.reason, now=clock.now())
            return render.see_other(url_for("editions.phases", saved=1))
        except Invalid as problem:
            form.refuse(problem)
    return _phases_page(edition, form)


def _phases_page(edition: Edition, form: PhasesForm) -> Response:
    now, zone = clock.now(), ZoneInfo(edition.time_zone)
    return render.page(
        "editions/phases.html",
        422 if form.errors else 200,
        edition=edition,
        form=form,
        names=PHASES,
        allowed={phase: [verb for verb, phases in OPENED_BY.items() if phase in phases] for phase in Phase},
        zone_now=datetime.now(zone).strftime("%H:%M"),
        saved=request.args.get("saved") == "1",
        voting_is_open=is_open(Verb.VOTE, queries.periods_of(edition), now),
    )
