"""Organisers: the settings of the edition, each with what it means for people."""

from flask import Response, request, url_for

from roadmap.core import clock
from roadmap.core.errors import Conflict, Invalid
from roadmap.core.phrases import STAKEHOLDER_GROUPS
from roadmap.domain.phases import Verb
from roadmap.editions import actions
from roadmap.editions.choices import ALLOWED, choices_of, fixed_settings
from roadmap.editions.fixed import fixed_since, why_fixed, written_in
from roadmap.editions.forms.settings import MEANINGS, SettingsForm
from roadmap.editions.manage.blueprint import bp
from roadmap.editions.models import Edition
from roadmap.editions.weights import example_weights
from roadmap.web import render
from roadmap.web.guards import actor, entry


@bp.get("/manage/settings")
@entry(Verb.MANAGE)
def settings(edition: Edition) -> Response:
    """Every setting, what it means, and which are fixed."""
    return _settings_page(edition, SettingsForm(choices_of(edition), edition.revision))


@bp.post("/manage/settings")
@entry(Verb.MANAGE)
def change_settings(edition: Edition) -> Response:
    """Keep the settings; what is refused comes back as typed, with a sentence at its field."""
    form = SettingsForm(choices_of(edition), edition.revision, request.form)
    try:
        actions.change_settings(
            actor(), edition, form.wanted(), revision=form.written_over(), now=clock.now()
        )
    except Invalid as refusal:
        form.complain(refusal.errors)
        return _settings_page(edition, form, 422)
    except Conflict as refusal:
        if type(refusal) is not Conflict:  # a past edition: there is nothing to save again
            raise
        return _settings_page(edition, form, 409, conflict=refusal.message)
    return render.see_other(url_for("editions.settings", saved=1))


def _settings_page(
    edition: Edition, form: SettingsForm, status: int = 200, *, conflict: str = ""
) -> Response:
    stored = choices_of(edition)
    since = fixed_since(edition, clock.now())
    return render.page(
        "editions/settings.html",
        status,
        edition=edition,
        form=form,
        revision=edition.revision,
        stored=stored,
        fixed=fixed_settings(stored.method) if since is not None else (),
        why=why_fixed(edition, since) if since is not None else "",
        conflict=conflict,
        meanings=MEANINGS,
        recommended={name: allowed[0] for name, allowed in ALLOWED.items()},
        written=written_in(edition),
        still_written=actions.still_written,
        weights=example_weights(),
        group_names=STAKEHOLDER_GROUPS,
        saved=request.args.get("saved") == "1",
    )
