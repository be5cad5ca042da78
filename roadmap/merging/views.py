"""Where a proposal comes from: what was merged, split or built on, and what its authors say to that."""

from flask import Blueprint, Response, request, url_for

from roadmap.core import clock
from roadmap.core.errors import DomainError, Invalid
from roadmap.domain.phases import Verb
from roadmap.domain.policy import permits
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.merging import actions
from roadmap.merging.forms import LIMIT, ObjectForm
from roadmap.merging.queries import get_merge
from roadmap.merging.tale import Told, tale_of
from roadmap.proposals import story
from roadmap.proposals.models import Proposal
from roadmap.proposals.queries import address_of
from roadmap.proposals.views import elsewhere_of, readable
from roadmap.votes import queries as votes
from roadmap.web import render
from roadmap.web.guards import actor, entry
from roadmap.web.requests import whole_number

bp = Blueprint("merging", __name__)


@bp.get("/proposals/<number_slug>/origins")
@entry(Verb.READ)
def origins(edition: Edition, number_slug: str) -> Response:
    """What was merged into a proposal, by whom it was written, and how votes were carried."""
    found = readable(edition, number_slug)
    if (elsewhere := elsewhere_of(found, number_slug)) is not None:
        return elsewhere
    return _page(edition, found)


def _page(
    edition: Edition, found: Proposal, sent: ObjectForm | None = None, error: DomainError | None = None
) -> Response:
    now = clock.now()
    told = tale_of(edition, found, actor(), now)
    tied = story.relations_of(found)
    return render.page(
        "merging/origins.html",
        error.status if error is not None else 200,
        proposal=found,
        sources=story.sources_of(found),
        split=tied.split,
        older=tied.older,
        newer=tied.newer,
        related=tied.related,
        told=told,
        may_merge=permits(actor(), Verb.MERGE, facts_of(edition, now)),
        forms=forms_for(told, sent),
        form=sent,
        message=error.message if error is not None else "",
        said=request.args.get("said", ""),
        limit=LIMIT,
        ballot=votes.ballots_of([found], actor(), edition, now)[found.id],
    )


def forms_for(told: list[Told], sent: ObjectForm | None = None) -> dict[tuple[int, int], ObjectForm]:
    """A form for each objection that the reader could make, by its place; `sent` is one that came back."""
    places = [(each.merge.id, choice.proposal.number) for each in told for choice in each.choices]
    forms = {place: ObjectForm(*place) for place in places}
    return {**forms, sent.place: sent} if sent is not None else forms


@bp.post("/proposals/<number_slug>/origins/object")
@entry(Verb.OWN)
def object_to(edition: Edition, number_slug: str) -> Response:
    """An author objects: their proposal leaves the merge at once."""
    found, number = readable(edition, number_slug), whole_number(request.form.get("number"))
    merge = get_merge(edition, whole_number(request.form.get("merge")))
    form = ObjectForm(merge.id, number, request.form)
    try:
        actions.object_to_merge(
            actor(), edition, merge, number, reason=form.reason.data or "", now=clock.now()
        )
    except DomainError as error:
        if isinstance(error, Invalid):
            for name, sentence in error.errors.items():
                form.add_error(name, sentence)
        elif error.status != 409:
            raise
        return _page(edition, found, form, error)
    return render.see_other(url_for("merging.origins", number_slug=address_of(found), said="objected"))


@bp.post("/proposals/<number_slug>/origins/accept")
@entry(Verb.OWN)
def accept(edition: Edition, number_slug: str) -> Response:
    """An author says that a merge is fine with them."""
    found = readable(edition, number_slug)
    merge = get_merge(edition, whole_number(request.form.get("merge")))
    actions.accept_merge(actor(), edition, merge, now=clock.now())
    return render.see_other(url_for("merging.origins", number_slug=address_of(found), said="accepted"))
