"""The organiser's day: what needs a hand, what changed since the last visit, what comes next."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request, url_for

from roadmap.core import clock, jobs
from roadmap.core.i18n import date_and_time, timezone_name
from roadmap.core.phrases import PHASES
from roadmap.domain.phases import Period, Verb
from roadmap.editions.models import Edition
from roadmap.editions.queries import periods_of
from roadmap.log import parts, phrases
from roadmap.log import queries as log
from roadmap.log.actions import mark_seen
from roadmap.log.summary import by_part
from roadmap.pages.at_hand import needs_of
from roadmap.pages.dates_ahead import dates_ahead
from roadmap.web import render
from roadmap.web.guards import actor, entry, local_path
from roadmap.web.requests import whole_number

bp = Blueprint("today", __name__)
site = Blueprint("whole_site", __name__)
MOST_ENTRIES = 200
"""How many entries of the log are told of at most; the log itself has all of them."""


@bp.get("/manage")
@entry(Verb.OVERSEE)
def manage(edition: Edition) -> Response:
    """The edition at a glance. Looking changes nothing."""
    now, zone = clock.now(), ZoneInfo(edition.time_zone)
    mark = log.find_mark(actor().account or 0, edition.id)
    changes = log.entries_after(edition.id, mark.position if mark else 0, MOST_ENTRIES + 1)
    return render.page(
        "pages/today.html",
        edition=edition,
        needs=needs_of(edition, now),
        last_seen=mark.at if mark else None,
        changes=by_part(changes[:MOST_ENTRIES]),
        newest=changes[0].position if changes else 0,
        is_more=len(changes) > MOST_ENTRIES,
        ahead=[(date_and_time(each.at, zone), each) for each in dates_ahead(edition, now)],
        zone=timezone_name(zone),
        waiting_jobs=jobs.backlog(),
        failed_jobs=jobs.failures(),
        periods=[(PHASES[period.phase], period, _state(period, now)) for period in periods_of(edition)],
        phrases=phrases,
        parts=parts,
        done=request.args.get("done", ""),
    )


@bp.post("/manage/seen")
@entry(Verb.MANAGE)
def seen(edition: Edition) -> Response:
    """The organiser has seen what changed, up to what the page showed."""
    position = whole_number(request.form.get("position")) or 0
    mark_seen(actor().account or 0, edition_id=edition.id, position=position, now=clock.now())
    return render.see_other(url_for("today.manage") + "#changes")


@site.post("/manage/jobs")
@entry(Verb.ADMINISTER)
def jobs_seen() -> Response:
    """An administrator has looked into why jobs failed; they belong to no edition."""
    jobs.set_failures_aside()
    return render.see_other(local_path(request.form.get("back", ""), url_for("all_editions.listing")))


def _state(period: Period, now: datetime) -> str:
    if period.holds(now):
        return "now"
    return "next" if period.opens > now else "done"
