"""Organisers and translators: the texts of the edition, their versions, and what is not translated yet."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, current_app, request, url_for

from roadmap.core import clock
from roadmap.core.errors import Invalid, NotFound
from roadmap.core.i18n import LANGUAGES, _, in_language
from roadmap.core.permit import permit
from roadmap.core.phrases import TEXTS as NAMES
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Facts, Role, permits
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.log import phrases
from roadmap.texts import actions, queries
from roadmap.texts.actions import Others
from roadmap.texts.catalogue import GROUPS, PLACEHOLDERS, TEXTS, Text
from roadmap.texts.forms import TextForm
from roadmap.texts.messages import message
from roadmap.texts.queries import ShownText, State, Words
from roadmap.texts.rendering import SITE_NAME, Rendered
from roadmap.texts.story import changes_of, compared
from roadmap.web import render
from roadmap.web.guards import actor, entry

bp = Blueprint("texts", __name__)


@bp.get("/manage/texts")
@entry(Verb.WRITE_TEXTS)
def manage(edition: Edition) -> Response:
    """Every text in every language of the edition, and how many are not translated yet."""
    states = queries.states_of(edition)
    facts = facts_of(edition, clock.now())
    return render.page(
        "texts/manage.html",
        edition=edition,
        groups=[
            (identifier, heading, [text for text in TEXTS.values() if text.group == identifier])
            for identifier, heading in GROUPS.items()
        ],
        names=NAMES,
        states=states,
        State=State,
        untranslated=queries.untranslated_in(states, edition.languages),
        writable={code for code in edition.languages if _may_write(facts, code)},
    )


@bp.get("/manage/texts/<name>/<written>")
@entry(Verb.WRITE_TEXTS)
def edit(edition: Edition, name: str, written: str) -> Response:
    """A text in one language, to be changed; the original beside it where that is another language."""
    text, shown = _opened(edition, name, written), queries.show(edition, name, written)
    current = queries.current_of(edition, name)
    held, original = current.get(written), queries.original_of(edition, current)
    begun = shown
    if original is not None and original.language != written and (held is None or held.is_default):
        begun = queries.show_default(edition, name, written)
    values = {field: words.text if words.language == written else "" for field, words in begun.fields.items()}
    return _edit_page(edition, written, TextForm.filled(text, values, held.number if held else 0))


@bp.post("/manage/texts/<name>/<written>")
@entry(Verb.WRITE_TEXTS)
def save(edition: Edition, name: str, written: str) -> Response:
    """Save the text, or show it as it would be; what cannot be is said at its field, with everything as typed."""
    form = TextForm(_opened(edition, name, written), request.form)
    if form.validate() and not form.preview:
        try:
            actions.write_text(
                actor(), edition, name, written, fields=form.values, based_on=form.based_on, note=form.why,
                others=form.others, now=clock.now(),
            )  # fmt: skip
            return render.see_other(url_for("texts.edit", name=name, written=written, saved=1))
        except actions.ChangedMeanwhile as problem:
            return _edit_page(edition, written, form, changed=problem.message)
        except Invalid as problem:
            form.refuse(problem)
    return _edit_page(edition, written, form)


@bp.get("/manage/texts/<name>/<written>/history")
@entry(Verb.WRITE_TEXTS)
def history(edition: Edition, name: str, written: str) -> Response:
    """Every version with what it changed; two of them compared; the button that brings one back."""
    text, versions = _opened(edition, name, written), queries.versions_of(edition, name, written)
    before, after = (request.args.get(which, type=int) for which in ("before", "after"))
    return render.page(
        "texts/history.html",
        edition=edition,
        text=text,
        name=NAMES[name],
        written=written,
        changes=changes_of(edition, text, written, versions),
        numbers=[version.number for version, _entry in versions] + [0],
        compared=compared(edition, text, written, before, after) if before is not None else None,
        before=before,
        after=after,
        phrases=phrases,
        may_write=_may_write(facts_of(edition, clock.now()), written),
    )


@bp.post("/manage/texts/<name>/<written>/restore")
@entry(Verb.WRITE_TEXTS)
def restore(edition: Edition, name: str, written: str) -> Response:
    """Bring an older version back, or the default text."""
    _opened(edition, name, written)
    number, based_on = (request.form.get(field, -1, type=int) for field in ("number", "based_on"))
    actions.restore_text(actor(), edition, name, written, number=number, based_on=based_on, now=clock.now())
    return render.see_other(url_for("texts.edit", name=name, written=written, saved=1))


def _may_write(facts: Facts, language: str) -> bool:
    return permits(actor(), Verb.WRITE_TEXTS, replace(facts, language=language))


def _opened(edition: Edition, name: str, written: str) -> Text:
    """The text, for whoever may write it in this language."""
    text = queries.get_text(name)
    if written not in edition.languages:
        raise NotFound
    facts = replace(facts_of(edition, clock.now()), language=written)
    if not facts.archived:
        permit(actor(), Verb.WRITE_TEXTS, facts)
    return text


def _edit_page(edition: Edition, written: str, form: TextForm, changed: str = "") -> Response:
    text, name = form.text, form.text.name
    current = queries.current_of(edition, name)
    held, original = current.get(written), queries.original_of(edition, current)
    source = original.language if original is not None else edition.languages[0]
    if changed:
        form.based_on = held.number if held else 0
    return render.page(
        "texts/edit.html",
        409 if changed else 422 if form.errors else 200,
        edition=edition,
        form=form,
        text=text,
        name=NAMES[name],
        written=written,
        changed=changed,
        states={code: queries.state_of(edition, text, code, current) for code in edition.languages},
        State=State,
        open_to={code for code in edition.languages if _may_write(facts_of(edition, clock.now()), code)},
        theirs=queries.shown_from(edition, name, written, current) if changed else None,
        source=queries.shown_from(edition, name, source, current) if source != written else None,
        replaced=original is not None and original.language != written,
        asks_others=_asks_others(edition, text, written, source if original is not None else ""),
        has_versions=held is not None,
        placeholders=_placeholders(edition, text, written),
        preview=_preview(edition, form, written),
        saved=request.args.get("saved") == "1" and request.method == "GET",
    )


def _asks_others(edition: Edition, text: Text, written: str, original: str) -> list[str]:
    """What an organiser can say of the other languages; nothing where one of them holds the original."""
    alone = text.alone or len(edition.languages) == 1 or original not in ("", written)
    if alone or not actor().has(Role.ORGANISER, edition.id):
        return []
    return [other.value for other in Others if original or other is not Others.HOLD]


def _preview(edition: Edition, form: TextForm, written: str) -> Any:
    if not form.preview or form.errors:
        return None
    shown = ShownText(
        form.text, written, {name: Words(value, written) for name, value in form.cleaned().items()}
    )
    values = _examples(edition, written)
    return message(shown, values) if form.text.group == "mails" else Rendered(shown, values)


def _placeholders(edition: Edition, text: Text, written: str) -> list[tuple[str, str, str]]:
    """(placeholder, what it becomes in words, its value here)."""
    values = _examples(edition, written)
    return [("{" + name + "}", str(PLACEHOLDERS[name]), values[name]) for name in text.placeholders]


def _examples(edition: Edition, language: str) -> dict[str, str]:
    settings = current_app.config["SETTINGS"]
    return {
        "site_name": SITE_NAME,
        "contact_address": settings.contact_address,
        "edition": in_language(edition.texts.get("short_title") or edition.title, language)[0],
        "link": f"{settings.base_url}/{language if language in LANGUAGES else 'en'}/links/…",
        "name": _("Name"),
        "device": "Firefox, Linux",
        "about": _("This is about your proposal %(number)s on %(campaign)s.", number=1, campaign=SITE_NAME),
        "decision": _("A facilitator asks you to edit it."),
    }
