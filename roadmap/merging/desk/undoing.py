"""Undoing what was decided at the desk: a merge, or a decision about a group."""

from flask import Response, request, url_for

from roadmap.core import clock
from roadmap.domain.phases import Verb
from roadmap.editions.models import Edition
from roadmap.merging import actions
from roadmap.merging.bench_forms import LIMIT, UndoForm
from roadmap.merging.desk.blueprint import bench_of, bp, numbers_in
from roadmap.merging.done import done_of
from roadmap.merging.queries import get_merge
from roadmap.proposals import queries as proposals
from roadmap.similarity import actions as similarity
from roadmap.web import render
from roadmap.web.guards import actor, entry, local_path


@bp.get("/desk/merges/<int:merge>/undo")
@entry(Verb.MERGE)
def undoing(edition: Edition, merge: int) -> Response:
    """What undoing a merge does, before it is done."""
    found = get_merge(edition, merge)
    return render.page("merging/undoing.html", done=done_of(found), form=UndoForm(), limit=LIMIT)


@bp.post("/desk/merges/<int:merge>/undo")
@entry(Verb.MERGE)
def undo(edition: Edition, merge: int) -> Response:
    """Undo a merge: everybody has the votes they gave."""
    found, form = get_merge(edition, merge), UndoForm(request.form)
    actions.undo_merge(actor(), found, reason=form.reason.data or "", now=clock.now())
    lead, back = done_of(found).lead, local_path(request.form.get("back", ""), "")
    return render.see_other(
        back or url_for("merging.origins", number_slug=proposals.address_of(lead)) + f"#merge-{found.id}"
    )


@bp.post("/desk/duplicates/<group>/take-back")
@entry(Verb.MERGE)
def take_back(edition: Edition, group: str) -> Response:
    """Take back that these are related, or not the same: the group waits again."""
    numbers = numbers_in(group)
    similarity.undo_decision(actor(), edition, numbers, now=clock.now())
    return render.see_other(bench_of(numbers))
