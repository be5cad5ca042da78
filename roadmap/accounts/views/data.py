"""My data: take it along, or erase the account."""

from typing import Any

from flask import Response, jsonify, request

from roadmap.accounts import actions
from roadmap.accounts.forms import EraseForm
from roadmap.accounts.own_data import own_data, own_tables
from roadmap.accounts.views.blueprint import bp, show, sign_in_row
from roadmap.accounts.views.safety import fresh
from roadmap.core import clock
from roadmap.core.i18n import current_language
from roadmap.domain.phases import Verb
from roadmap.web import render
from roadmap.web.guards import actor, entry


@bp.get("/me/data")
@entry(Verb.OWN)
def data() -> Response:
    """What can be done with one's data."""
    return show("data")


@bp.get("/me/data/download")
@entry(Verb.OWN)
@fresh
def download() -> Response:
    """Everything that is kept of the person, made now and kept nowhere."""
    return _file(jsonify(_data()), "my-data.json")


@bp.get("/me/data/tables")
@entry(Verb.OWN)
@fresh
def tables() -> Response:
    """The same as tables for spreadsheet programs, in one ZIP file."""
    return _file(Response(own_tables(_data()), mimetype="application/zip"), "my-data.zip")


def _data() -> dict[str, Any]:
    return own_data(actor().account or 0, clock.now())


def _file(response: Response, name: str) -> Response:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.get("/me/data/erase")
@entry(Verb.OWN)
@fresh
def erase() -> Response:
    """What erasing means, and the button."""
    return show("erase", form=EraseForm())


@bp.post("/me/data/erase")
@entry(Verb.OWN)
@fresh
def erase_account() -> Response:
    """Erase the account."""
    form = EraseForm(request.form)
    if not form.validate():
        return show("erase", 422, form=form)
    actions.erase(actor(), texts=form.texts.data == "remove", now=clock.now())
    sign_in_row().leave()
    return render.see_other(f"/{current_language()}/")
