"""Organisers: opening an edition, and showing it on the home page: a page that says what it does, and a press."""

from flask import Response, request, url_for

from roadmap.core import clock
from roadmap.core.errors import Invalid
from roadmap.domain.phases import Verb, is_open, opens_at
from roadmap.editions import actions, queries, sentences
from roadmap.editions.forms.new import OpenForm
from roadmap.editions.manage.blueprint import bp
from roadmap.editions.models import Edition
from roadmap.web import render
from roadmap.web.guards import actor, entry


@bp.get("/manage/open")
@entry(Verb.MANAGE)
def opening(edition: Edition) -> Response:
    """What opening does and what is fixed from when; or what is still missing."""
    return _open_page(edition, OpenForm(data={"current": queries.find_current_edition() is None}))


@bp.post("/manage/open")
@entry(Verb.MANAGE)
def open_now(edition: Edition) -> Response:
    """Open it to everybody."""
    form = OpenForm(request.form)
    try:
        actions.open_edition(actor(), edition, current=bool(form.current.data), now=clock.now())
    except Invalid:
        return _open_page(edition, form, 422)
    return render.see_other(url_for("today.manage", done="opened"))


@bp.get("/manage/current")
@entry(Verb.MANAGE)
def current(edition: Edition) -> Response:
    """What it means that the home page shows this edition."""
    return render.page("editions/current.html", shown=queries.find_current_edition())


@bp.post("/manage/current")
@entry(Verb.MANAGE)
def make_current(edition: Edition) -> Response:
    """Let the home page show it."""
    actions.make_current(actor(), edition, now=clock.now())
    return render.see_other(url_for("today.manage", done="current"))


def _open_page(edition: Edition, form: OpenForm, status: int = 200) -> Response:
    now = clock.now()
    stand, periods = queries.stand_of(edition, now), queries.periods_of(edition)
    return render.page(
        "editions/open.html",
        status,
        edition=edition,
        form=form,
        lacks=[sentences.lacking(lack, stand) for lack in stand.lacks],
        untold=sentences.untold(stand),
        voting_is_open=is_open(Verb.VOTE, periods, now),
        voting_opens=opens_at(Verb.VOTE, periods, now),
        shown=queries.find_current_edition(),
    )
