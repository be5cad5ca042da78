"""Writing comments, and the permanent address of each."""

from flask import Blueprint, Response, request, url_for

from roadmap.comments import actions, queries
from roadmap.comments.forms import CommentForm
from roadmap.comments.models import Comment
from roadmap.core import clock
from roadmap.core.errors import DomainError, Invalid, NotFound
from roadmap.core.i18n import current_language
from roadmap.domain.phases import Verb
from roadmap.editions.choices import languages_for
from roadmap.editions.models import Edition
from roadmap.proposals import queries as proposals
from roadmap.proposals.models import Proposal
from roadmap.web import render, trap
from roadmap.web.guards import actor, entry
from roadmap.web.requests import whole_number

bp = Blueprint("comments", __name__)


def _stands_at(edition: Edition, comment: Comment, proposal: Proposal) -> str:
    """The address of the page on which the comment stands, and its place there."""
    lead = proposals.lead_of(edition, proposal)
    page = queries.page_of(edition, lead, actor(), comment.id)
    return url_for(
        "proposals.proposal",
        number_slug=proposals.address_of(lead),
        page=page if page > 1 else None,
        _anchor=f"comment-{comment.id}",
    )


@bp.get("/comments/<int:comment_id>")
@entry(Verb.READ)
def comment(edition: Edition, comment_id: int) -> Response:
    """The permanent address of a comment leads to where it stands now."""
    found, proposal = queries.get_comment(edition, comment_id, actor())
    return render.see_other(_stands_at(edition, found, proposal))


@bp.post("/proposals/<int:number>/comments")
@entry(Verb.COMMENT)
def post(edition: Edition, number: int) -> Response:
    """Write a comment or an answer; whatever stands in the way, the text comes back in its field."""
    proposal = proposals.get_proposal(edition, number, actor())
    form = CommentForm(languages_for(edition), request.form)
    try:
        made = actions.post_comment(
            actor(), edition, proposal,
            text=form.text.data or "", stance=form.stance.data or "", language=form.language.data or "",
            parent_id=whole_number(request.form.get("parent")) or None,
            nonce=request.form.get("nonce", "")[:100], now=clock.now(), held=trap.sprung(),
        )  # fmt: skip
    except DomainError as error:
        return _again(
            edition,
            proposal,
            form,
            error,
            {"parent": request.form.get("parent", ""), "nonce": request.form.get("nonce", "")},
        )
    placed = queries.get_comment(edition, made.id, actor())
    return render.see_other(_stands_at(edition, *placed))


def _again(
    edition: Edition, proposal: Proposal, form: CommentForm, error: DomainError, hidden: dict[str, str]
) -> Response:
    """The form once more with what was written and what stands in the way."""
    if isinstance(error, NotFound):
        raise error
    if isinstance(error, Invalid):
        for name, sentence in error.errors.items():
            form.add_error(name, sentence)
    response = render.page(
        "comments/again.html", error.status, edition=edition, proposal=proposal, form=form,
        message=error.message, hidden=hidden, action=request.path,
        longest=actions.LONGEST,
    )  # fmt: skip
    if error.status == 429:
        response.headers["Retry-After"] = "3600"
    return response


@bp.get("/comments/<int:comment_id>/edit")
@entry(Verb.OWN)
def edit(edition: Edition, comment_id: int) -> Response:
    """The form to change one's own comment."""
    found, proposal = _own(edition, comment_id)
    form = CommentForm(
        languages_for(edition, found.language),
        data={"text": found.text, "stance": found.stance, "language": found.language},
    )
    return render.page(
        "comments/edit.html", edition=edition, comment=found, proposal=proposal, form=form,
        message="", hidden={}, action=request.path, longest=actions.LONGEST,
    )  # fmt: skip


@bp.post("/comments/<int:comment_id>/edit")
@entry(Verb.COMMENT)
def change(edition: Edition, comment_id: int) -> Response:
    """Change one's own comment."""
    found, proposal = queries.get_comment(edition, comment_id, actor())
    form = CommentForm(languages_for(edition, found.language), request.form)
    try:
        actions.edit_comment(
            actor(), edition, found, text=form.text.data or "", stance=form.stance.data or "",
            language=form.language.data or current_language(), now=clock.now(),
        )  # fmt: skip
    except DomainError as error:
        return _again(edition, proposal, form, error, {})
    return render.see_other(_stands_at(edition, found, proposal))


@bp.post("/comments/<int:comment_id>/remove")
@entry(Verb.OWN)
def remove(edition: Edition, comment_id: int) -> Response:
    """Take back one's own comment."""
    found, proposal = _own(edition, comment_id)
    actions.remove_comment(actor(), edition, found, now=clock.now())
    return render.see_other(_stands_at(edition, found, proposal))


@bp.post("/comments/<int:comment_id>/publish")
@entry(Verb.MODERATE)
def let_through(edition: Edition, comment_id: int) -> Response:
    """A facilitator publishes a comment that waited."""
    found, proposal = queries.get_comment(edition, comment_id, actor())
    actions.let_through(actor(), edition, found, seen=request.form.get("seen", ""), now=clock.now())
    return render.see_other(_stands_at(edition, found, proposal))


def _own(edition: Edition, comment_id: int) -> tuple[Comment, Proposal]:
    found, proposal = queries.get_comment(edition, comment_id, actor())
    if found.author_id != actor().account:
        raise NotFound
    return found, proposal
