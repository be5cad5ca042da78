"""What became of my contributions: each proposal, comment and vote, and where it is now."""

from flask import Blueprint, Response, request

from roadmap.comments import queries as comments
from roadmap.core.errors import NotFound
from roadmap.domain.phases import Verb
from roadmap.drafts import sentences
from roadmap.drafts.queries.traces import traces_of
from roadmap.proposals import own as proposals
from roadmap.votes import own as votes_of
from roadmap.web import render
from roadmap.web.guards import actor, entry
from roadmap.web.pagination import page_number

bp = Blueprint("traces", __name__)


@bp.get("/me/traces")
@entry(Verb.OWN)
def traces() -> Response:
    """Everything the reader put in, with what it led to; votes in pages."""
    reader = actor()
    votes = votes_of.voted_on(reader, page_number(request.args.get("page")))
    if votes.number > votes.pages:
        raise NotFound
    written = proposals.written_by(reader)
    said = comments.written_by(reader)
    everything = [*written, *(proposal for _, proposal in said), *votes.items]
    return render.page(
        "pages/traces.html",
        written=written,
        said=said,
        votes=votes,
        traces=traces_of(everything),
        words=sentences,
    )
