"""What facilitators decide on a proposal's own page. The last of the modules that fill the blueprint."""

from flask import Response, request, url_for

from roadmap.core import clock
from roadmap.core.errors import NotFound
from roadmap.domain.phases import Verb
from roadmap.editions.models import Edition
from roadmap.proposals import actions, author_lines, corrections, queries, story
from roadmap.proposals.models import Proposal
from roadmap.proposals.tags_desk import bp as bp
from roadmap.proposals.views import readable
from roadmap.web import render
from roadmap.web.guards import actor, entry, local_path
from roadmap.web.requests import whole_number


@bp.post("/proposals/<number_slug>/correction")
@entry(Verb.MODERATE)
def decide(edition: Edition, number_slug: str) -> Response:
    """Let a correction through, or not."""
    found = readable(edition, number_slug)
    correction = story.find_correction(found, whole_number(request.form.get("correction")))
    if correction is None:
        raise NotFound
    corrections.decide_correction(
        actor(), edition, correction, accept=request.form.get("decision") == "accept",
        answer=request.form.get("answer", ""), now=clock.now(),
    )  # fmt: skip
    return _back(found)


@bp.post("/proposals/<number_slug>/author")
@entry(Verb.MODERATE)
def confirm_author(edition: Edition, number_slug: str) -> Response:
    """Confirm that an organisation or a group stands behind a proposal, or take that back."""
    found = readable(edition, number_slug)
    author_lines.confirm_author(
        actor(), edition, found, confirmed=request.form.get("decision") == "confirm", now=clock.now()
    )
    return render.see_other(local_path(request.form.get("back", ""), _page_of(found)))


@bp.post("/proposals/<number_slug>/publish")
@entry(Verb.MODERATE)
def let_through(edition: Edition, number_slug: str) -> Response:
    """Publish a proposal that waited."""
    found = readable(edition, number_slug)
    seen = whole_number(request.form.get("seen"))
    actions.let_through(actor(), edition, found, seen=seen, now=clock.now())
    return _back(found)


def _back(found: Proposal) -> Response:
    return render.see_other(_page_of(found))


def _page_of(found: Proposal) -> str:
    return url_for("proposals.proposal", number_slug=queries.address_of(found))
