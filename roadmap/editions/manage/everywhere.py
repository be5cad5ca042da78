"""All editions of the site for those who make them, and making another one."""

from flask import Blueprint, Response, request, url_for

from roadmap.core import clock
from roadmap.core.errors import Invalid
from roadmap.core.i18n import LANGUAGES
from roadmap.domain.phases import Verb
from roadmap.domain.policy import permits
from roadmap.editions import actions, queries
from roadmap.editions.forms.new import TODAY, NewEditionForm
from roadmap.editions.models import Edition
from roadmap.web import render
from roadmap.web.guards import actor, entry

site = Blueprint("all_editions", __name__)


@site.get("/manage")
@entry(Verb.CREATE_EDITION)
def listing() -> Response:
    """The editions that the reader organises, with where each of them stands."""
    return render.page("editions/listing.html", editions=_organised())


@site.get("/manage/new")
@entry(Verb.CREATE_EDITION)
def new() -> Response:
    """The form of a new edition, with good defaults; `from` names one to clone."""
    sources = _organised()
    asked = request.args.get("from", "")
    source = next((edition for edition in sources if edition.slug == asked), None)
    newest = source or (sources[0] if sources else None)
    form = NewEditionForm(
        sources,
        data={
            "languages": newest.languages if newest else list(LANGUAGES),
            "slug": queries.free_year(clock.now().year),
            "time_zone": newest.time_zone if newest else actor().time_zone or "UTC",
            "start": source.slug if source else "",
            "dates": TODAY,
        },
    )
    return _new_page(form)


@site.post("/manage/new")
@entry(Verb.CREATE_EDITION)
def create() -> Response:
    """Make it, and go on to the list of what it still needs; nothing that was typed is lost."""
    form = NewEditionForm(_organised(), request.form)
    try:
        made = actions.found_edition(
            actor(), form.plan(), source=form.source, with_dates=form.dates.data == TODAY, now=clock.now()
        )
    except Invalid as problem:
        form.complain(problem.errors)
        return _new_page(form)
    return render.see_other(url_for("editions.setup", edition=made.slug, made=1))


def _new_page(form: NewEditionForm) -> Response:
    return render.page(
        "editions/new.html", 422 if form.errors else 200, form=form, first=not queries.is_any()
    )


def _organised() -> list[Edition]:
    now = clock.now()
    return [
        edition
        for edition in queries.all_editions()
        if permits(actor(), Verb.OVERSEE, queries.outline_of(edition, now))
    ]
