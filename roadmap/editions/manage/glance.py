"""Organisers: the edition at a glance."""

from datetime import datetime
from typing import Any

from flask import Response, request

from roadmap.core import clock
from roadmap.core.phrases import PHASES
from roadmap.domain.phases import OPENED_BY, Verb, is_open
from roadmap.editions import queries
from roadmap.editions.manage.blueprint import bp
from roadmap.editions.models import Edition
from roadmap.log import phrases
from roadmap.log import queries as log
from roadmap.web import render
from roadmap.web.guards import entry


@bp.get("/manage")
@entry(Verb.OVERSEE)
def manage(edition: Edition) -> Response:
    """What is open, what comes next, and what was done last."""
    now, periods = clock.now(), queries.periods_of(edition)
    return render.page(
        "editions/manage.html",
        edition=edition,
        open_verbs=[verb for verb in OPENED_BY if is_open(verb, periods, now)],
        periods=[(PHASES[period.phase], period, _state(period, now)) for period in periods],
        entries=log.newest_of(edition.id, 20),
        phrases=phrases,
        done=request.args.get("done", ""),
    )


def _state(period: Any, now: datetime) -> str:
    if period.holds(now):
        return "now"
    return "next" if period.opens > now else "done"
