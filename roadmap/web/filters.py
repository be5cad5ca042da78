"""What every template may use."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, request, session, url_for
from jinja2 import StrictUndefined
from markupsafe import Markup, escape

from roadmap.core import clock, i18n
from roadmap.core.i18n import LANGUAGES
from roadmap.core.phrases import VERBS
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Facts, could_ever
from roadmap.web import remembered, tiles
from roadmap.web.guards import actor


def init_app(app: Flask) -> None:
    """Strict templates, and the functions and values that all of them share."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        tiles.DRAWINGS,
        ngettext=_ngettext,
        language_name=i18n.language_name,
        number=i18n.number,
        percent=i18n.percent,
        date=_date,
        datetime=_datetime,
        direction_of=i18n.direction_of,
        in_language=i18n.in_language,
        languages=list(LANGUAGES.items()),
        static_url=static_url,
        csrf_field=csrf_field,
        could=could,
        Verb=Verb,
        isolate=isolate,
        remembered=remembered.remembered,
        LEFT_OPEN=remembered.MARK,
        listed=i18n.listed,
        in_a_row=i18n.in_a_row,
    )
    app.jinja_env.filters["stored_html"] = Markup  # only for what core.markdown rendered on saving
    app.jinja_env.filters["put_in"] = remembered.put_in
    app.jinja_env.filters["verb_name"] = lambda verb: str(VERBS[verb])
    app.context_processor(_context)


def _context() -> dict[str, Any]:
    language = i18n.current_language()
    return {
        "language": language,
        "direction": i18n.direction_of(language),
        "person": actor() if actor().signed_in else None,
        "edition": g.get("edition"),
        "alternates": alternates,
    }


def _ngettext(singular: str, plural: str, count: int, **values: Any) -> Markup:
    """A counted message, its count written as the language does; values are escaped."""
    message = Markup(i18n.plural_message(singular, plural, count))  # noqa: S704 - from our own catalogues
    return message % {"num": i18n.number(count), **values}


def static_url(path: str) -> str:
    """The address of a static file, with a mark that changes when the file does."""
    return url_for("static", filename=path, v=current_app.config.get("STATIC_MARK", ""))


def alternates() -> list[tuple[str, str, str]]:
    """This page in every language: (code, the language's own name, address with the same query)."""
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    first, _, rest = request.path.lstrip("/").partition("/")
    if first not in LANGUAGES or request.method not in ("GET", "HEAD"):
        rest, query = "", ""
    return [(code, name, f"/{code}/{rest}{query}") for code, name in LANGUAGES.items()]


def csrf_field() -> Markup:
    """The hidden field that binds a form to this sign-in; nothing for people who are not signed in."""
    token = getattr(session, "csrf", "")
    return Markup('<input type="hidden" name="token" value="{}">').format(token) if token else Markup("")


def could(verb: Verb, edition_id: int | None = None) -> bool:
    """Whether this person's roles could ever allow the verb there, or in the page's edition: for links."""
    edition = g.get("edition")
    shown = edition.id if edition is not None and edition_id is None else edition_id
    facts = Facts(now=clock.now(), edition=shown)
    return could_ever(actor(), verb, facts)


def isolate(text: str, language: str = "") -> Markup:
    """A name or other foreign words inside a sentence, kept from disturbing its direction."""
    if language:
        return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(language, i18n.direction_of(language), text)
    return Markup("<bdi>{}</bdi>").format(escape(text))


def _zone() -> Any:
    edition = g.get("edition")
    return ZoneInfo(actor().time_zone or (edition.time_zone if edition is not None else "UTC"))


def _date(value: datetime) -> str:
    return i18n.date(value, _zone())


def _datetime(value: datetime) -> Markup:
    """A `time` element: the moment in the reader's own zone if they chose one, else the edition's; it is named."""
    zone = _zone()
    name = i18n.timezone_name(zone)
    return Markup('<time datetime="{}" data-zone="{}">{} ({})</time>').format(
        value.isoformat(timespec="seconds"), zone, i18n.date_and_time(value, zone), name
    )


def texts(value: Mapping[str, str]) -> str:
    """The text of a language-keyed value in the reader's language."""
    return i18n.in_language(value)[0]
