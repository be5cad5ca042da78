"""Organisers: what an edition still needs, in order, and how it will look."""

from datetime import datetime

from flask import Response, current_app, request, session, url_for

from roadmap.accounts.queries import roles_of
from roadmap.core import clock
from roadmap.core.errors import Conflict
from roadmap.core.i18n import _
from roadmap.core.phrases import PHASES
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Role
from roadmap.editions import checklist, queries
from roadmap.editions.context import PREVIEW
from roadmap.editions.manage.blueprint import bp
from roadmap.editions.models import Edition
from roadmap.texts.queries import untranslated_of
from roadmap.web import render
from roadmap.web.guards import entry

PAGES = {
    "name": "editions.settings",
    "phases": "editions.phases",
    "questions": "editions.questions",
    "settings": "editions.settings",
    "texts": "texts.manage",
    "people": "people.people",
    "share": "share.share",
}
"""The page of each step; a step whose page is not there has no link."""


@bp.get("/manage/setup")
@entry(Verb.MANAGE)
def setup(edition: Edition) -> Response:
    """The list of steps, each with its page and how far it is; then the preview, then opening."""
    now = clock.now()
    found = checklist.steps_of(
        edition, held=_held(edition, now), untranslated=untranslated_of(edition), now=now
    )
    return render.page(
        "editions/setup.html",
        edition=edition,
        steps=[(step, _address(step.name)) for step in found],
        ready=not queries.stand_of(edition, now).lacks,
        phases=[(period.phase, PHASES[period.phase], period.opens) for period in queries.periods_of(edition)],
        chosen=session.get(PREVIEW, {}).get(edition.slug, ""),
        made=request.args.get("made") == "1",
    )


@bp.post("/manage/preview")
@entry(Verb.MANAGE)
def preview(edition: Edition) -> Response:
    """Look at the edition as it is today, or as it will be when a phase begins."""
    if edition.opened is not None:
        raise Conflict(_("This edition is open already."))
    phase = request.form.get("phase", "")
    known = {period.phase.value for period in queries.periods_of(edition)}
    kept = {slug: one for slug, one in session.get(PREVIEW, {}).items() if slug != edition.slug}
    session[PREVIEW] = {**kept, edition.slug: phase} if phase in known else kept
    return render.see_other(url_for("pages.edition_home"))


def _held(edition: Edition, now: datetime) -> set[Role]:
    return {Role(membership.role) for _account, membership in roles_of(edition.id, now)}


def _address(step: str) -> str:
    endpoint = PAGES[step]
    return url_for(endpoint) if endpoint in current_app.view_functions else ""
