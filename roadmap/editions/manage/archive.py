"""Organisers: closing an edition. Administrators: taking that back."""

from flask import Response, request, url_for

from roadmap.core import clock
from roadmap.core.errors import Invalid
from roadmap.core.phrases import PHASES
from roadmap.domain.phases import Verb
from roadmap.editions import actions, queries
from roadmap.editions.forms.new import TakeBackForm
from roadmap.editions.manage.blueprint import bp
from roadmap.editions.models import Edition
from roadmap.web import render
from roadmap.web.guards import actor, entry


@bp.get("/manage/close")
@entry(Verb.MANAGE)
def closing(edition: Edition) -> Response:
    """What closing means, and which phases it would cut short."""
    now = clock.now()
    running = [
        (PHASES[period.phase], period.closes) for period in queries.periods_of(edition) if period.holds(now)
    ]
    return render.page("editions/close.html", running=running)


@bp.post("/manage/close")
@entry(Verb.MANAGE)
def close(edition: Edition) -> Response:
    """Make it a past edition."""
    actions.close_edition(actor(), edition, now=clock.now())
    return render.see_other(url_for("today.manage", done="closed"))


@bp.get("/manage/take-back")
@entry(Verb.ADMINISTER)
def taking_back(edition: Edition) -> Response:
    """What taking the closing back means."""
    return render.page("editions/take_back.html", form=TakeBackForm())


@bp.post("/manage/take-back")
@entry(Verb.ADMINISTER)
def take_back(edition: Edition) -> Response:
    """Let the edition go on as its dates say."""
    form = TakeBackForm(request.form)
    try:
        actions.take_back_closing(actor(), edition, reason=form.reason.data or "", now=clock.now())
    except Invalid as problem:
        form.complain(problem.errors)
        return render.page("editions/take_back.html", 422, form=form)
    return render.see_other(url_for("today.manage", done="taken-back"))
