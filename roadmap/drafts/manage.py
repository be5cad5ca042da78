"""Organisers: compile, look, change by hand, freeze, hand over ballots."""

from typing import Any

from flask import Response, current_app, make_response, request, url_for

from roadmap.core import clock
from roadmap.core.errors import Conflict, DomainError, Invalid, NotFound
from roadmap.core.i18n import _, current_language
from roadmap.domain.phases import Verb
from roadmap.domain.policy import permits
from roadmap.drafts import actions, reading
from roadmap.drafts.forms import ChangeForm, CompileForm, FreezeForm, WordingForm
from roadmap.drafts.models import Draft
from roadmap.drafts.queries import (
    changes_of,
    checklist,
    compilation_of,
    computed_document,
    document_of,
    drafts_of,
    find_draft,
    last_change,
    newest_frozen,
)
from roadmap.drafts.queries.words import words_before
from roadmap.drafts.showing import TOOLS
from roadmap.drafts.views import bp as bp
from roadmap.drafts.views import offered
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
    return _freeze_page(edition, _unfrozen(edition, v), FreezeForm())


@bp.post("/manage/roadmap/<int:v>/freeze")
@entry(Verb.FREEZE)
def freeze_now(edition: Edition, v: int) -> Response:
    """Freeze the version."""
    draft, form = _unfrozen(edition, v), FreezeForm(request.form)
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


@bp.get("/manage/roadmap/<int:v>/edit")
@entry(Verb.EDIT_DRAFT)
def edit(edition: Edition, v: int) -> Response:
    """Order, last places and the organisers' own words."""
    return _edit_page(edition, _unfrozen(edition, v), ChangeForm())


@bp.post("/manage/roadmap/<int:v>/edit")
@entry(Verb.EDIT_DRAFT)
def change(edition: Edition, v: int) -> Response:
    """One change by hand; what cannot be done is said beside what was typed."""
    draft, form = _unfrozen(edition, v), ChangeForm(request.form)
    if form.validate():
        try:
            _change(draft, form)
            return render.see_other(
                url_for("drafts.edit", v=v, saved=form.about, _anchor=f"about-{form.about}")
            )
        except Invalid as problem:
            form.errors["place" if form.do in ("place", "last-place") else "do"] = problem.message
    return _edit_page(edition, draft, form)


@bp.get("/manage/roadmap/<int:v>/edit/<int:number>")
@entry(Verb.EDIT_DRAFT)
def word(edition: Edition, v: int, number: int) -> Response:
    """Title and text of an item, to be worded anew."""
    draft, item = _item(edition, v, number)
    shown = WordingForm(TOOLS["words"].title(item)[0], TOOLS["words"].text(item)[0])
    return _word_page(draft, item, shown)


@bp.post("/manage/roadmap/<int:v>/edit/<int:number>")
@entry(Verb.EDIT_DRAFT)
def reword(edition: Edition, v: int, number: int) -> Response:
    """Keep the new wording; the original stays beside it."""
    draft, item = _item(edition, v, number)
    form = WordingForm(*(request.form.get(name, "") for name in ("title", "text", "seen")))
    if not form.validate():
        return _word_page(draft, item, form)
    try:
        actions.write_wording(
            actor(), draft, number, title=form.title, text=form.text, now=clock.now(), seen=form.seen
        )
    except Invalid as problem:
        form.errors["title"] = problem.message
        return _word_page(draft, item, form)
    return render.see_other(url_for("drafts.edit", v=v, saved=number, _anchor=f"about-{number}"))


@bp.get("/manage/roadmap/<int:v>/ballots")
@entry(Verb.OVERSEE)
def ballots(edition: Edition, v: int) -> Response:
    """What the sealed ballot file is, and the button that hands it over."""
    draft = _version(edition, v)
    if draft.frozen is None:
        raise NotFound
    return render.page("drafts/ballots.html", draft=draft, document=computed_document(draft), **TOOLS)


@bp.post("/manage/roadmap/<int:v>/ballots")
@entry(Verb.OVERSEE)
def download_ballots(edition: Edition, v: int) -> Response:
    """The sealed ballot file; the public log tells of it."""
    draft = _version(edition, v)
    response = make_response(actions.hand_over_ballots(actor(), draft, now=clock.now()))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    name = f"votes-{edition.slug}-draft-{v}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _change(draft: Draft, form: ChangeForm) -> None:
    common: dict[str, Any] = {"now": clock.now(), "seen": form.seen}
    reason = {current_language(): form.reason}
    number, question = form.number or 0, form.question or 0
    if form.do in ("up", "down", "place"):
        found = reading.find_item(document_of(draft), number)
        stands = found[1].get("rank", 0) if found else 0
        place = form.place or 0 if form.do == "place" else stands + (-1 if form.do == "up" else 1)
        if place == stands:
            raise Invalid(_("It stands at this place already. Choose another one."))
        actions.move_item(actor(), draft, number, place=place, reason=reason, **common)
    elif form.do == "return":
        actions.take_back_move(actor(), draft, number, **common)
    elif form.do == "leave-out":
        actions.leave_out(actor(), draft, number, reason=reason, **common)
    elif form.do == "put-back":
        actions.put_back(actor(), draft, number, **common)
    elif form.do == "last-place":
        actions.set_last_place(actor(), draft, question, place=form.place, reason=reason, **common)
    elif form.do == "introduction":
        actions.write_introduction(actor(), draft, text=form.texts, **common)
    elif form.do == "note":
        actions.write_note(actor(), draft, question, text=form.texts, **common)
    elif form.do == "take-over":
        actions.take_over_words(actor(), draft, now=clock.now())
    else:
        raise Invalid(_("Choose what to change."))


def _version(edition: Edition, v: int) -> Draft:
    draft = find_draft(edition, v)
    if draft is None:
        raise NotFound
    return draft


def _unfrozen(edition: Edition, v: int) -> Draft:
    draft = _version(edition, v)
    if draft.frozen is not None:
        raise Conflict(_("Draft %(version)s is frozen. A frozen draft never changes.", version=v))
    return draft


def _item(edition: Edition, v: int, number: int) -> tuple[Draft, dict[str, Any]]:
    draft = _unfrozen(edition, v)
    found = reading.find_item(document_of(draft), number)
    if found is None:
        raise NotFound
    return draft, found[1]


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


def _edit_page(edition: Edition, draft: Draft, form: ChangeForm) -> Response:
    return render.page(
        "drafts/edit.html",
        422 if form.errors else 200,
        draft=draft,
        document=document_of(draft),
        seen=last_change(draft),
        earlier=words_before(draft),
        form=form,
        saved=request.args.get("saved", ""),
        **TOOLS,
    )


def _word_page(draft: Draft, item: dict[str, Any], form: WordingForm) -> Response:
    return render.page(
        "drafts/word.html",
        422 if form.errors else 200,
        draft=draft,
        item=item,
        seen=last_change(draft),
        form=form,
        **TOOLS,
    )
