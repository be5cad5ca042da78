"""The drafts as everybody reads them."""

from typing import Any

from flask import Blueprint, Response, abort, make_response, request, url_for

from roadmap.core import clock
from roadmap.core.errors import NotFound
from roadmap.core.i18n import current_language
from roadmap.domain.phases import Phase, Verb
from roadmap.domain.ranking import METHODS
from roadmap.drafts import exports, reading
from roadmap.drafts.models import Draft
from roadmap.drafts.queries import (
    comparison_of,
    document_of,
    drafts_of,
    frozen_documents,
    get_draft,
    newest_frozen,
)
from roadmap.drafts.showing import TOOLS
from roadmap.drafts.worked_example import example_ranking, example_rows
from roadmap.editions.models import Edition
from roadmap.editions.queries import periods_of
from roadmap.web import render
from roadmap.web.guards import actor, entry

bp = Blueprint("drafts", __name__)


@bp.get("/roadmap")
@entry(Verb.READ)
def roadmap(edition: Edition) -> Response:
    """The drafts, newest first."""
    now = clock.now()
    ahead = [
        period.opens
        for period in periods_of(edition)
        if period.phase is Phase.DRAFTING and period.opens > now
    ]
    return render.page(
        "drafts/roadmap.html",
        drafts=drafts_of(edition, actor()),
        drafting_opens=ahead[0] if ahead else None,
        **TOOLS,
    )


@bp.get("/roadmap/<int:v>")
@entry(Verb.READ)
def version(edition: Edition, v: int) -> Response:
    """One draft, to be read from cover to method."""
    draft = get_draft(edition, v, actor())
    return render.page("drafts/draft.html", formats=offered(draft), **_around(edition, draft), **TOOLS)


@bp.get("/roadmap/<int:v>/items/<int:number>")
@entry(Verb.READ)
def item(edition: Edition, v: int, number: int) -> Response:
    """Why an item stands where it stands."""
    draft = get_draft(edition, v, actor())
    around = _around(edition, draft)
    found = reading.find_item(around["document"], number)
    if found is None:
        raise NotFound
    earlier = [(other.version, document) for other, document in frozen_documents(edition, before=v)]
    return render.page(
        "drafts/item.html",
        section=found[0],
        item=found[1],
        history=reading.history([(v, around["document"]), *earlier], number),
        **around,
        **TOOLS,
    )


@bp.get("/roadmap/<int:v>/method")
@entry(Verb.READ)
def method(edition: Edition, v: int) -> Response:
    """The rule, its figures, and how to check them."""
    draft = get_draft(edition, v, actor())
    name = f"roadmap-{edition.slug}-draft-{v}.json"
    return render.page(
        "drafts/method.html",
        example=example_rows(),
        commands=(f"roadmap verify {name} --expect {draft.fingerprint}", f"python recount.py {name}"),
        example_estimate=example_ranking().estimated,
        methods=METHODS,
        formats=offered(draft),
        **_around(edition, draft),
        **TOOLS,
    )


@bp.get("/roadmap/<int:v>/compare/<int:w>")
@entry(Verb.READ)
def compare(edition: Edition, v: int, w: int) -> Response:
    """What changed from version `w` to version `v`."""
    draft, other = get_draft(edition, v, actor()), get_draft(edition, w, actor())
    around = _around(edition, draft)
    return render.page(
        "drafts/compare.html",
        other=other,
        differences=reading.differences(document_of(other), around["document"]),
        **around,
        **TOOLS,
    )


@bp.get("/roadmap/<int:v>.<any(md, html, csv, xlsx, json, pdf, docx, odt, epub):format>")
@entry(Verb.READ)
def export(edition: Edition, v: int, format: str) -> Response:
    """A frozen version as a file, the same bytes each time."""
    draft = get_draft(edition, v, actor())
    if draft.frozen is None:
        abort(404)
    made = exports.export(document_of(draft), format, current_language())
    response = make_response(made.content)
    response.headers["Content-Type"] = made.content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "public, max-age=300"
    response.set_etag(made.etag)
    response.make_conditional(request)
    return response


def offered(draft: Draft) -> list[tuple[str, str]]:
    """(address, name of the format) of each export of a frozen version."""
    if draft.frozen is None:
        return []
    return [
        (url_for("drafts.export", v=draft.version, format=name), label)
        for name, label in exports.offered().items()
    ]


def _around(edition: Edition, draft: Draft) -> dict[str, Any]:
    """What each page of a version shows: the version, its document, and the one that is in force."""
    newest = newest_frozen(edition)
    document = document_of(draft)
    return {
        "draft": draft,
        "document": document,
        "as_of": reading.moment(document, "as_of"),
        "comparison": comparison_of(draft),
        "newer": newest if newest is not None and newest.version > draft.version else None,
    }
