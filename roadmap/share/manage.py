"""Organisers: what they need to tell people of the edition and its questions."""

from typing import Any

from flask import Blueprint, Response, current_app, make_response, request

from roadmap.core import clock
from roadmap.core.errors import NotFound
from roadmap.core.i18n import LOCALES, current_language, force_locale, in_language
from roadmap.domain.phases import Verb
from roadmap.editions.models import Edition
from roadmap.share import codes, pasting, queries
from roadmap.share.invitations import Invitation
from roadmap.share.poster import Around, Words, poster
from roadmap.share.sentences import NAMES
from roadmap.texts.queries import show as show_text
from roadmap.texts.queries import translation_note
from roadmap.texts.rendering import Rendered
from roadmap.web import render
from roadmap.web.guards import entry
from roadmap.web.requests import whole_number

bp = Blueprint("share", __name__)


@bp.get("/manage/share")
@entry(Verb.MANAGE)
def share(edition: Edition) -> Response:
    """Addresses, codes and posters of the edition and its questions; texts for one of them in one language."""
    invitations = queries.invitations_of(edition, _base(), clock.now())
    number, written = whole_number(request.args.get("about")), request.args.get("written", "")
    about = next((one for one in invitations if one.number == number), invitations[0])
    if written not in about.languages:
        written = current_language() if current_language() in about.languages else about.languages[0]
    return render.page(
        "share/share.html",
        edition=edition,
        invitations=invitations,
        about=about,
        written=written,
        texts=_texts(about, written),
        audiences=NAMES,
        longest=pasting.LONGEST_POST,
    )


@bp.get("/manage/share/<int:number>/code.<any(svg, png):picture>")
@entry(Verb.MANAGE)
def code(edition: Edition, number: int, picture: str) -> Response:
    """The code of a short address as a picture; 0 stands for the edition."""
    invitation = queries.get_invitation(edition, number, _base(), clock.now())
    name = f"{invitation.file_name}-code.{picture}"
    return _file(codes.picture(invitation.address, picture), codes.TYPES[picture], name)


@bp.get("/manage/share/<int:number>/poster-<written>.pdf", endpoint="poster")
@entry(Verb.MANAGE)
def poster_of(edition: Edition, number: int, written: str) -> Response:
    """The poster in a language of the edition."""
    invitation = queries.get_invitation(edition, number, _base(), clock.now())
    if written not in invitation.languages:
        raise NotFound
    around = Around(
        line=_line(edition, "home", "kicker", written),
        organiser=_line(edition, "campaign", "organiser", written),
        note=(translation_note(edition, written), written),
    )
    content = poster(invitation, written, around)
    return _file(content, "application/pdf", f"{invitation.file_name}-poster-{written}.pdf")


def _base() -> str:
    return str(current_app.config["SETTINGS"].base_url)


def _line(edition: Edition, name: str, field: str, language: str) -> Words:
    """A line of a text that organisers can edit."""
    title = in_language(edition.texts.get("short_title") or edition.title, language)[0]
    line = Rendered(show_text(edition, name, language), {"edition": title}).line(field)
    return line.text, line.language


def _texts(about: Invitation, written: str) -> list[tuple[str, Any, dict[str, str]]]:
    """(audience, its name, the text of each length) in the order in which they are shown."""
    with force_locale(LOCALES[written]):
        made = {
            audience: {length: make(about, audience) for length, make in pasting.LENGTHS.items()}
            for audience in NAMES
        }
    return [(audience.value, name, made[audience]) for audience, name in NAMES.items()]


def _file(content: bytes, content_type: str, name: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
