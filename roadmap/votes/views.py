"""The ballots' door."""

from dataclasses import replace

from flask import Blueprint, Response, current_app, g, request, url_for

from roadmap.accounts.keys import digest, new_token
from roadmap.accounts.security import GUEST_COOKIE
from roadmap.core import clock
from roadmap.domain.phases import Verb
from roadmap.editions.models import Edition
from roadmap.proposals import queries as proposals
from roadmap.votes import actions, queries
from roadmap.web import render
from roadmap.web.guards import actor, entry, local_path
from roadmap.web.languages import YEAR

bp = Blueprint("votes", __name__)

LOOKS = {"list": "list", "big": "big", "panel": "page"}
"""What a ballot's form says of its looks, and what the fragment is told."""


@bp.get("/<edition>/proposals/<int:number>/vote")
@entry(Verb.READ)
def ballot(edition: Edition, number: int) -> Response:
    """The address that votes are sent to is no page: go and see the proposal."""
    return render.see_other(_proposal_address(edition, number))


@bp.post("/<edition>/proposals/<int:number>/vote")
@entry(Verb.VOTE)
def cast(edition: Edition, number: int) -> Response:
    """A vote from any ballot; afterwards the page it came from, or the ballot alone for the script."""
    key = new_token() if actor().voter is None and not actor().signed_in else None
    done = actions.cast_vote(
        actor(), edition, number, request.form.get("choice", ""), new_key=digest(key) if key else None
    )
    if done.voter:
        g.actor = replace(actor(), voter=done.voter)
    if render.wants_fragment("ballot"):
        response = _ballot(edition, done.proposal)
    else:
        back = local_path(request.form.get("back", ""), _proposal_address(edition, done.number))
        response = render.see_other(f"{back.partition('#')[0]}#vote-{done.number}")
    return _keeping(response, key if done.new_voter else None)


def _ballot(edition: Edition, proposal_id: int) -> Response:
    proposal = proposals.by_ids([proposal_id])[proposal_id]
    shown = queries.ballots_of([proposal], actor(), edition, clock.now())[proposal_id]
    look = LOOKS.get(request.form.get("look", ""), "list")
    return render.fragment("votes/_ballot.html", ballot=shown, look=look, sent=True)


def _proposal_address(edition: Edition, number: int) -> str:
    found = proposals.get_proposal(edition, number, actor())
    return url_for("proposals.proposal", number_slug=proposals.address_of(found))


def _keeping(response: Response, key: str | None) -> Response:
    """Let the browser of a guest who voted for the first time keep its key."""
    if key is not None:
        secure = current_app.config["SETTINGS"].secure
        response.set_cookie(
            GUEST_COOKIE, key, max_age=YEAR, httponly=True, samesite="Lax", secure=secure, path="/"
        )
    return response
