"""Splitting a proposal that says several things: write the parts, look at them, split; and the way back."""

from typing import Any

from flask import Response, request, url_for

from roadmap.core import clock
from roadmap.core.errors import Conflict, DomainError, Invalid
from roadmap.core.markdown import to_html
from roadmap.domain.phases import Verb
from roadmap.editions.models import Edition
from roadmap.merging import actions
from roadmap.merging.actions.splitting import MOST
from roadmap.merging.bench_forms import LIMIT, UndoForm
from roadmap.merging.desk.blueprint import bp
from roadmap.merging.queries import get_split
from roadmap.merging.split_forms import SplitForm, parts_in, split_form
from roadmap.proposals import queries as proposals
from roadmap.proposals import story
from roadmap.proposals.fields import TEXT, TITLE
from roadmap.proposals.models import Proposal
from roadmap.votes import queries as votes
from roadmap.web import render
from roadmap.web.guards import actor, entry
from roadmap.web.requests import whole_number

SPLIT = "/desk/splits/<int:number>"


@bp.get(SPLIT)
@entry(Verb.MERGE)
def splitting(edition: Edition, number: int) -> Response:
    """The proposal beside the parts to be written. One that is split already leads to undoing that."""
    found = proposals.get_proposal(edition, number, actor())
    if found.state == "closed" and (known := story.split_story(found)).parts and not known.ended:
        return render.see_other(url_for("duplicates.undoing_split", number=number))
    actions.check_whole(found)
    return _page(edition, found, split_form([]))


@bp.post(SPLIT)
@entry(Verb.MERGE)
def split(edition: Edition, number: int) -> Response:
    """One part more, a look at the parts, or the split itself; what was written is kept in each case."""
    found, wish = proposals.get_proposal(edition, number, actor()), request.form.get("do", "")
    parts, reason = parts_in(request.form), request.form.get("reason", "")
    if wish == "add":
        return _page(edition, found, split_form(parts, reason, more=1))
    form = split_form(parts, reason)
    if wish not in ("look", "split"):
        return _page(edition, found, form)
    try:
        if wish == "look":
            actions.check_whole(found)
            shown = actions.wordings_of(edition, found, form.parts)
            return _page(edition, found, form, preview=[(each, to_html(each.text)) for each in shown])
        made = actions.split_proposal(
            actor(), edition, number, form.parts, reason=reason, now=clock.now(),
            expected=whole_number(request.form.get("seen")) or None,
        )  # fmt: skip
    except (Invalid, Conflict) as problem:
        return _refused(edition, found, form, problem)
    original = proposals.by_ids([made.original_id])[made.original_id]
    return render.see_other(url_for("proposals.proposal", number_slug=proposals.address_of(original)))


def _refused(edition: Edition, found: Proposal, form: SplitForm, problem: DomainError) -> Response:
    for field, message in getattr(problem, "errors", {}).items():
        if field in form:
            form.add_error(field, message)
    return _page(edition, found, form, problem=problem, changes=getattr(problem, "changes", {}))


def _page(edition: Edition, found: Proposal, form: SplitForm, **given: Any) -> Response:
    problem: DomainError | None = given.get("problem")
    return render.page(
        "merging/splitting.html",
        problem.status if problem is not None else 200,
        proposal=found,
        form=form,
        message=problem.message if problem is not None else "",
        change=given.get("changes", {}).get(found.number),
        preview=given.get("preview"),
        ballot=votes.ballots_of([found], actor(), edition, clock.now())[found.id],
        comments=proposals.cards_of([found])[found.id].comments,
        seen=found.revision if problem is not None or "seen" not in request.form else request.form["seen"],
        most=MOST,
        limit=LIMIT,
        longest_title=TITLE,
        longest_text=TEXT,
    )


@bp.get(f"{SPLIT}/undo")
@entry(Verb.MERGE)
def undoing_split(edition: Edition, number: int) -> Response:
    """What undoing a split does, before it is done."""
    return _undo_page(edition, number)


@bp.post(f"{SPLIT}/undo")
@entry(Verb.MERGE)
def undo_split(edition: Edition, number: int) -> Response:
    """Undo a split: the original is open again as it was, and its parts can be read."""
    found, form = get_split(edition, number), UndoForm(request.form)
    try:
        actions.undo_split(actor(), found, reason=form.reason.data or "", now=clock.now())
    except Conflict as problem:
        return _undo_page(edition, number, form, problem)
    original = proposals.by_ids([found.original_id])[found.original_id]
    return render.see_other(url_for("proposals.proposal", number_slug=proposals.address_of(original)))


def _undo_page(
    edition: Edition, number: int, form: UndoForm | None = None, problem: DomainError | None = None
) -> Response:
    found = get_split(edition, number)
    original = proposals.by_ids([found.original_id])[found.original_id]
    return render.page(
        "merging/undoing_split.html",
        problem.status if problem is not None else 200,
        split=found,
        proposal=original,
        parts=story.split_story(original).parts,
        form=form or UndoForm(),
        message=problem.message if problem is not None else "",
        limit=LIMIT,
    )
