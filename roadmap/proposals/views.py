"""Reading one proposal, its history and its origins; changing and withdrawing it."""

import re
from datetime import datetime

from flask import Blueprint, Response, make_response, redirect, request, url_for
from werkzeug.exceptions import NotFound

from roadmap.core import clock
from roadmap.core.markdown import excerpt
from roadmap.domain.phases import Verb, is_open
from roadmap.editions.models import Edition, GuidingQuestion
from roadmap.editions.queries import address_of as question_address
from roadmap.editions.queries import periods_of, questions_of
from roadmap.proposals import queries
from roadmap.proposals.models import Proposal
from roadmap.proposals.places import place_name
from roadmap.web import render
from roadmap.web.guards import actor, entry

bp = Blueprint("proposals", __name__)
bp.add_app_template_global(queries.address_of, "address_of")
bp.add_app_template_global(place_name, "place_name")
bp.add_app_template_filter(excerpt, "excerpt")

_NUMBER = re.compile(r"([1-9][0-9]{0,8})(?:-.*)?\Z", re.ASCII | re.DOTALL)


def number_in(number_slug: str) -> int:
    """The number at the beginning of an address part; raises NotFound where there is none."""
    found = _NUMBER.match(number_slug)
    if found is None:
        raise NotFound
    return int(found[1])


def question_of(edition: Edition, proposal: Proposal) -> GuidingQuestion:
    """The guiding question that the proposal answers."""
    return next(question for question in questions_of(edition) if question.id == proposal.question_id)


@bp.get("/proposals/<number_slug>")
@entry(Verb.READ)
def proposal(edition: Edition, number_slug: str) -> Response:
    """One proposal; another slug leads to its one address, a merged proposal to its lead."""
    found = queries.get_proposal(edition, number_in(number_slug), actor())
    if found.lead_id is not None:
        lead = queries.lead_of(edition, found)
        return _redirect(lead, 302, {"from": str(found.number)})
    if queries.address_of(found) != number_slug:
        return _redirect(found, 301, request.args.to_dict(flat=False))
    return _page(edition, found, clock.now())


def _redirect(target: Proposal, status: int, query: dict[str, list[str]] | dict[str, str]) -> Response:
    address = url_for("proposals.proposal", number_slug=queries.address_of(target), **query)  # type: ignore[arg-type]
    response = make_response(redirect(address, status))
    if status == 302:  # a merge can be undone
        response.headers["Cache-Control"] = "no-store"
    return response


def _page(edition: Edition, found: Proposal, now: datetime) -> Response:
    question = question_of(edition, found)
    return render.page(
        "proposals/proposal.html",
        proposal=found,
        card=queries.cards_of([found])[found.id],
        voting=is_open(Verb.VOTE, periods_of(edition), now),
        question=question,
        question_href=url_for("questions.question", number_slug=question_address(question)),
    )
