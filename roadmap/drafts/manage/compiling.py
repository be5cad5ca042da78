"""Organisers: compile, look, freeze, hand over ballots."""

from typing import Any

from flask import Response, current_app, make_response, request, url_for

from roadmap.core import clock
from roadmap.core.errors import Conflict, DomainError, Invalid, NotFound
from roadmap.core.i18n import _
from roadmap.domain.phases import Verb
from roadmap.domain.policy import permits
from roadmap.drafts import actions
from roadmap.drafts.forms import CompileForm, FreezeForm
from roadmap.drafts.manage.versions import unfrozen, version_of
from roadmap.drafts.models import Draft
from roadmap.drafts.queries import (
    changes_of,
    checklist,
    compilation_of,
    computed_document,
    document_of,
    drafts_of,
    last_change,
    newest_frozen,
)
from roadmap.drafts.showing import TOOLS
from roadmap.drafts.views import bp, offered
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.similarity.queries import number_of_groups
from roadmap.web import render
from roadmap.web.guards import actor, entry


@bp.get("/manage/roadmap")
@entry(Verb.MANAGE)
def manage(edition: Edition) -> Response:
    """All versions with what can be done to each."""
    return render.page(
        "drafts/manage.html",
        versions=[(draft, offered(draft)) for draft in drafts_of(edition, actor())],
        done=request.args.get("done", ""),
        **TOOLS,
    )


@bp.get("/manage/roadmap/new")
@entry(Verb.MANAGE)
def new(edition: Edition) -> Response:
    """The checklist before a version is compiled."""
    return _new_page(edition, CompileForm(own=edition.method))


@bp.post("/manage/roadmap/new")
@entry(Verb.MANAGE)
def compile(edition: Edition) -> Response:
    """Compile a version from the votes given until now; where they are many, in the background."""
    form = CompileForm(request.form, own=edition.method)
    if not form.validate():
        return _new_page(edition, form)
    try:
        draft = actions.compile_or_ask(
            actor(),
            edition,
            method=form.method.data,
            site=current_app.config["SETTINGS"].base_url,
            now=clock.now(),
        )
    except Conflict as problem:
        return _new_page(edition, form, problem)
    if draft is None:
        return render.see_other(url_for("drafts.new"))
    return render.see_other(url_for("drafts.version", v=draft.version))


@bp.get("/manage/roadmap/<int:v>/freeze")
@entry(Verb.FREEZE)
def freeze(edition: Edition, v: int) -> Response:
    """What freezing does, and what to look at before."""
    return _freeze_page(edition, unfrozen(edition, v), FreezeForm())


@bp.post("/manage/roadmap/<int:v>/freeze")
@entry(Verb.FREEZE)
def freeze_now(edition: Edition, v: int) -> Response:
    """Freeze the version."""
    draft, form = unfrozen(edition, v), FreezeForm(request.form)
    if not form.validate():
        return _freeze_page(edition, draft, form)
    try:
        actions.freeze_draft(actor(), draft, now=clock.now(), reason=form.reason.data or "", seen=form.seen)
    except Invalid as problem:
        for name, sentence in problem.errors.items():
            form.add_error(name, sentence)
        form.sure.data = form.sure.data and "sure" not in problem.errors
        return _freeze_page(edition, draft, form)
    return render.see_other(url_for("drafts.manage", done="frozen"))


@bp.get("/manage/roadmap/<int:v>/ballots")
@entry(Verb.OVERSEE)
def ballots(edition: Edition, v: int) -> Response:
    """What the sealed ballot file is, and the button that hands it over."""
    draft = version_of(edition, v)
    if draft.frozen is None:
        raise NotFound
    return render.page("drafts/ballots.html", draft=draft, document=computed_document(draft), **TOOLS)


@bp.post("/manage/roadmap/<int:v>/ballots")
@entry(Verb.OVERSEE)
def download_ballots(edition: Edition, v: int) -> Response:
    """The sealed ballot file; the public log tells of it."""
    draft = version_of(edition, v)
    response = make_response(actions.hand_over_ballots(actor(), draft, now=clock.now()))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    name = f"votes-{edition.slug}-draft-{v}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _new_page(edition: Edition, form: CompileForm, problem: DomainError | None = None) -> Response:
    now, compilation = clock.now(), compilation_of(edition)
    return render.page(
        "drafts/new.html",
        problem.status if problem is not None else 422 if form.errors else 200,
        form=form,
        message=problem.message if problem is not None else "",
        compilation=compilation,
        going_on=compilation is not None and compilation.going_on(now),
        open_merges=checklist.open_merges(edition, now),
        has_votes=checklist.has_votes(edition),
        alike=number_of_groups(edition),
        waiting=checklist.waiting_proposals(edition),
        voting_is_open=permits(actor(), Verb.VOTE, facts_of(edition, now)),
        **TOOLS,
    )


def _freeze_page(edition: Edition, draft: Draft, form: FreezeForm) -> Response:
    document, now = document_of(draft), clock.now()
    return render.page(
        "drafts/freeze.html",
        422 if form.errors else 200,
        draft=draft,
        document=document,
        form=form,
        seen=last_change(draft),
        changes=len(changes_of(draft)),
        few_voters=checklist.few_voters(document),
        unplaced=checklist.unplaced(document),
        alike=number_of_groups(edition),
        newer=_newer(edition, draft),
        open_points=checklist.open_points(edition, now),
        obstacle=_obstacle(edition, draft, document),
        voting_is_open=permits(actor(), Verb.VOTE, facts_of(edition, now)),
        **TOOLS,
    )


def _newer(edition: Edition, draft: Draft) -> Draft | None:
    """The version in force, where this one could not take its place any more."""
    frozen = newest_frozen(edition)
    return frozen if frozen is not None and frozen.version > draft.version else None


def _obstacle(edition: Edition, draft: Draft, document: dict[str, Any]) -> str:
    if draft.method != edition.method:
        return _("This version was compiled by another method, for looking only. It cannot be frozen.")
    try:
        actions.refuse_stale(checklist.stale(edition, draft, document))
    except DomainError as error:
        return error.message
    return ""
