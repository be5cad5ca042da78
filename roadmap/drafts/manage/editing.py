"""Organisers change a version by hand: its order, last places and words."""

from typing import Any

from flask import Response, request, url_for

from roadmap.core import clock
from roadmap.core.errors import Invalid, NotFound
from roadmap.core.i18n import _, current_language
from roadmap.domain.phases import Verb
from roadmap.drafts import actions, reading
from roadmap.drafts.forms import ChangeForm, WordingForm
from roadmap.drafts.manage.versions import unfrozen
from roadmap.drafts.models import Draft
from roadmap.drafts.queries import (
    document_of,
    last_change,
)
from roadmap.drafts.queries.words import words_before
from roadmap.drafts.showing import TOOLS
from roadmap.drafts.views import bp
from roadmap.editions.models import Edition
from roadmap.web import render
from roadmap.web.guards import actor, entry


@bp.get("/manage/roadmap/<int:v>/edit")
@entry(Verb.EDIT_DRAFT)
def edit(edition: Edition, v: int) -> Response:
    """Order, last places and the organisers' own words."""
    return _edit_page(edition, unfrozen(edition, v), ChangeForm())


@bp.post("/manage/roadmap/<int:v>/edit")
@entry(Verb.EDIT_DRAFT)
def change(edition: Edition, v: int) -> Response:
    """One change by hand; what cannot be done is said beside what was typed."""
    draft, form = unfrozen(edition, v), ChangeForm(request.form)
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


def _item(edition: Edition, v: int, number: int) -> tuple[Draft, dict[str, Any]]:
    draft = unfrozen(edition, v)
    found = reading.find_item(document_of(draft), number)
    if found is None:
        raise NotFound
    return draft, found[1]


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
