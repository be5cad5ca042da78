"""Addresses begin with the language; those without one redirect by the reader's choice."""

from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    g,
    has_request_context,
    make_response,
    redirect,
    request,
)
from flask_babel import Babel
from werkzeug.exceptions import NotFound

from roadmap.core.i18n import DEFAULT_LANGUAGE, LANGUAGES, LOCALES
from roadmap.domain.phases import Verb
from roadmap.root import TRANSLATIONS
from roadmap.web import cookies
from roadmap.web.guards import entry, local_path

PREFIX = f"/<any({','.join(LANGUAGES)}):language>"

bp = Blueprint("languages", __name__)


def init_app(app: Flask) -> None:
    """Translations, and the language segment taken from and put into every address."""
    Babel(
        app,
        default_locale=LOCALES[DEFAULT_LANGUAGE],
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=lambda: LOCALES[wanted_language()],
    )

    @app.url_value_preprocessor
    def _take(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and "language" in values:
            g.language = values.pop("language")

    @app.url_defaults
    def _put(endpoint: str, values: dict[str, Any]) -> None:
        if "language" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "language"):
            values["language"] = wanted_language()


def wanted_language() -> str:
    """The language of the address; else the cookie's, the account's, the browser's; else English."""
    if "language" in g:
        return str(g.language)
    if not has_request_context():
        return DEFAULT_LANGUAGE
    actor = g.get("actor")
    for choice in (cookies.read(cookies.LANGUAGE), actor.language if actor else ""):
        if choice in LANGUAGES:
            return str(choice)
    return request.accept_languages.best_match(list(LANGUAGES)) or DEFAULT_LANGUAGE


@bp.get("/", defaults={"path": ""})
@bp.get("/<path:path>")
@entry(Verb.READ)
def redirect_to_language(path: str) -> Response:
    """Send an address without a language to the one in the reader's language; never back to itself."""
    first = path.split("/", maxsplit=1)[0]
    if first in LANGUAGES:
        g.language = first  # so that the page that says so is in the language of the address
    if first in (*LANGUAGES, "api", "static"):
        raise NotFound
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    response = make_response(redirect(f"/{wanted_language()}/{path.lstrip('/')}{query}", 302))
    response.vary.update(("Accept-Language", "Cookie"))
    return response


@bp.post("/theme")
@entry(Verb.READ)
def choose_theme() -> Response:
    """Keep the reader's choice of light or dark in a cookie; `system` forgets it."""
    response = make_response(redirect(local_path(request.form.get("back", ""), "/"), 303))
    theme = request.form.get("theme", "")
    if theme in ("light", "dark"):
        cookies.keep(response, cookies.THEME, theme)
    else:
        cookies.drop(response, cookies.THEME)
    return response
