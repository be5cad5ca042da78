"""Short addresses: to the page that is meant, in the reader's language."""

from flask import Blueprint, Flask, Response, make_response, redirect, request, url_for
from werkzeug.routing import Map, UnicodeConverter

from roadmap.domain.phases import Verb
from roadmap.editions.queries import FIXED_WORDS
from roadmap.share.queries import is_public, question_part
from roadmap.web.guards import entry
from roadmap.web.languages import redirect_to_language, wanted_language

bp = Blueprint("short", __name__)


class EditionWord(UnicodeConverter):
    """What may be an edition's slug: none of the fixed words of addresses, and no other characters."""

    def __init__(self, map: Map) -> None:
        super().__init__(map)
        self.regex = rf"(?!(?:{'|'.join(sorted(FIXED_WORDS))})(?:/|\Z))[a-z0-9-]+"


def init_app(app: Flask) -> None:
    """Let addresses hold such a word; before the first blueprint is registered."""
    app.url_map.converters["edition_word"] = EditionWord


@bp.get("/<edition_word:slug>")
@entry(Verb.READ)
def edition(slug: str) -> Response:
    """To the edition's home; a word that is no edition's is an address without a language like any other."""
    if not is_public(slug):
        return redirect_to_language(slug)
    return _to(url_for("pages.edition_home", edition=slug, language=wanted_language()))


@bp.get("/<edition_word:slug>/<int:number>")
@entry(Verb.READ)
def question(slug: str, number: int) -> Response:
    """To the question; its page says whether it is there."""
    part = question_part(slug, number)
    return _to(url_for("questions.question", edition=slug, number_slug=part, language=wanted_language()))


def _to(address: str) -> Response:
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    response = make_response(redirect(address + query, 302))
    response.vary.update(("Accept-Language", "Cookie"))
    return response
