"""Tags at the facilitators' desk: making them, and putting them on one proposal or on several at once."""

from typing import Any

from flask import Response, request, url_for
from wtforms import StringField

from roadmap.core import clock
from roadmap.core.errors import DomainError, Invalid, NotFound
from roadmap.core.i18n import language_name, lazy
from roadmap.domain.phases import Verb
from roadmap.editions.models import Edition
from roadmap.proposals import queries, tagging
from roadmap.proposals.searching import found_by
from roadmap.proposals.tags import MOST, NAME, Tag, counts_of, find_tag, tagged, tags_of
from roadmap.proposals.views import readable
from roadmap.proposals.writing import bp as bp
from roadmap.web import render
from roadmap.web.forms import BaseForm, cleaned_line
from roadmap.web.guards import actor, entry
from roadmap.web.requests import whole_number

TAG = "/desk/tags/<int:number>"


class FindForm(BaseForm):
    """Which proposals are looked for, to put a tag on them."""

    q = StringField(
        lazy("Words or numbers"),
        filters=[cleaned_line],
        description=lazy("For example: kitchens, or 77 128."),
    )


def _form(edition: Edition, given: Any = None, tag: Tag | None = None) -> BaseForm:
    """A field for the name in each language of the edition."""
    fields = {
        f"name_{code}": StringField(language_name(code), filters=[cleaned_line]) for code in edition.languages
    }
    made: type[BaseForm] = type("TagForm", (BaseForm,), fields)
    return made(given, data={f"name_{code}": word for code, word in (tag.name if tag else {}).items()})


def _name(edition: Edition, form: BaseForm) -> dict[str, str]:
    return {code: form[f"name_{code}"].data or "" for code in edition.languages}


def _complain(form: BaseForm, problem: Invalid) -> None:
    for field, sentence in problem.errors.items():
        if field in form:
            form.add_error(field, sentence)


@bp.get("/desk/tags")
@entry(Verb.MODERATE)
def tags(edition: Edition) -> Response:
    """The tags of the edition, and a form for one more."""
    return _all(edition, _form(edition))


@bp.post("/desk/tags")
@entry(Verb.MODERATE)
def make_tag(edition: Edition) -> Response:
    """Make a tag; its page follows, where it is put on proposals."""
    form = _form(edition, request.form)
    try:
        tag = tagging.make_tag(actor(), edition, _name(edition, form), now=clock.now())
    except Invalid as problem:
        _complain(form, problem)
        return _all(edition, form, problem)
    return render.see_other(url_for("proposals.tag", number=tag.number))


def _all(edition: Edition, form: BaseForm, problem: DomainError | None = None) -> Response:
    return render.page(
        "proposals/tags.html", problem.status if problem else 200, edition=edition, form=form,
        message=problem.message if problem else "", tags=tags_of(edition), counts=counts_of(edition),
        most=MOST, longest=NAME,
    )  # fmt: skip


@bp.get(TAG)
@entry(Verb.MODERATE)
def tag(edition: Edition, number: int) -> Response:
    """A tag with its proposals, and a search for more of them."""
    found = _tag(edition, number)
    return _one(edition, found, _form(edition, tag=found))


@bp.post(TAG)
@entry(Verb.MODERATE)
def change_tag(edition: Edition, number: int) -> Response:
    """Give the tag another name, put it on what was ticked, take it off what was ticked, or remove it."""
    found, wish = _tag(edition, number), request.form.get("do", "")
    form = _form(edition, request.form if wish == "name" else None, found)
    chosen = {whole_number(each) for each in request.form.getlist("number")} - {0}
    try:
        if wish == "remove":
            tagging.remove_tag(actor(), edition, number, now=clock.now())
            return render.see_other(url_for("proposals.tags"))
        if wish == "name":
            tagging.rename_tag(actor(), edition, number, _name(edition, form), now=clock.now())
        elif wish in ("put", "take"):
            put, take = ([number], []) if wish == "put" else ([], [number])
            tagging.tag_proposals(actor(), edition, chosen, put=put, take=take, now=clock.now())
    except Invalid as problem:
        _complain(form, problem)
        return _one(edition, found, form, problem)
    return render.see_other(url_for("proposals.tag", number=number, q=request.form.get("q") or None))


def _tag(edition: Edition, number: int) -> Tag:
    found = find_tag(edition, number)
    if found is None:
        raise NotFound
    return found


def _one(edition: Edition, found: Tag, form: BaseForm, problem: DomainError | None = None) -> Response:
    words = request.values.get("q", "")
    having = tagged(edition, found.number)
    numbers = {each.number for each in having}
    listed = found_by(edition, words)
    return render.page(
        "proposals/tag.html", problem.status if problem else 200, edition=edition, tag=found, form=form,
        message=problem.message if problem else "", find=FindForm(data={"q": words}), having=having,
        listed=None if listed is None else [each for each in listed if each.number not in numbers],
        longest=NAME,
    )  # fmt: skip


@bp.post("/proposals/<number_slug>/tags")
@entry(Verb.MODERATE)
def tag_one(edition: Edition, number_slug: str) -> Response:
    """Give a proposal the tags that were ticked, and no others."""
    found = readable(edition, number_slug)
    known = {each.number for each in tags_of(edition)}
    ticked = {whole_number(each) for each in request.form.getlist("tag")} & known
    tagging.tag_proposals(actor(), edition, [found.number], put=ticked, take=known - ticked, now=clock.now())
    return render.see_other(url_for("proposals.proposal", number_slug=queries.address_of(found)) + "#tags")
