"""The front page of the facilitators' desk: how much waits, since when, and where to begin."""

from flask import Blueprint, Response, request

from roadmap.core import clock, jobs
from roadmap.domain.phases import Verb
from roadmap.editions.models import Edition
from roadmap.pages.waiting_at_desk import queues_of
from roadmap.web import render
from roadmap.web.filters import could
from roadmap.web.guards import entry

bp = Blueprint("desk", __name__)


@bp.get("/desk")
@entry(Verb.DESK)
def front(edition: Edition) -> Response:
    """Everything that waits for somebody with this reader's roles. Looking changes nothing."""
    now = clock.now()
    return render.page(
        "pages/desk.html",
        edition=edition,
        joined=request.args.get("joined", ""),
        queues=queues_of(edition, now, could),
        checked=now,
        waiting_jobs=jobs.backlog(),
        failed_jobs=jobs.failures(),
    )
