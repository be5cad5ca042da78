"""The public facilitation log of an edition: a list that can be filtered, and a feed."""

from urllib.parse import urlencode

from feedgenerator import Atom1Feed
from flask import Blueprint, Response, current_app, request, url_for

from roadmap.core.errors import NotFound
from roadmap.core.i18n import _, current_language, in_language
from roadmap.domain.phases import Verb
from roadmap.editions.models import Edition
from roadmap.log import parts, phrases
from roadmap.log import queries as entries
from roadmap.log.models import LogEntry
from roadmap.web import render
from roadmap.web.guards import entry
from roadmap.web.pagination import page_number

bp = Blueprint("log", __name__)
PER_PAGE = 50
IN_THE_FEED = 30


@bp.get("/log")
@entry(Verb.READ)
def log(edition: Edition) -> Response:
    """Every deed, newest first; one part of them where the reader asks for it."""
    part = request.args.get("part", "")
    part = part if part in parts.PARTS else ""
    listed = entries.page_of(
        edition.id, parts.PARTS.get(part, ()), page_number(request.args.get("page")), PER_PAGE
    )
    if listed.number > listed.pages:
        raise NotFound
    return render.page(
        "pages/log.html",
        edition=edition,
        listed=listed,
        part=part,
        phrases=phrases,
        parts=parts,
        page_href=lambda number: (
            "?" + urlencode({**({"part": part} if part else {}), "page": number}) + "#list"
        ),
    )


@bp.get("/log/feed.atom")
@entry(Verb.READ)
def feed(edition: Edition) -> Response:
    """The newest deeds as an Atom feed."""
    root = str(current_app.config["SETTINGS"].base_url)
    title = in_language(edition.title)[0]
    atom = Atom1Feed(
        title=_("Public facilitation log – %(title)s", title=title),
        link=root + url_for("log.log"),
        feed_url=root + url_for("log.feed"),
        description=title,
        language=current_language(),
    )
    for each in entries.newest_of(edition.id, IN_THE_FEED):
        _add(atom, each, root)
    return render.feed(atom.writeString("utf-8"))


def _add(atom: Atom1Feed, each: LogEntry, root: str) -> None:
    address = f"{root}{url_for('log.log')}#entry-{each.position}"
    atom.add_item(
        title=phrases.line(each.kind, each.facts),
        link=address,
        description=each.reason,
        author_name=phrases.doer(each.role, each.personal),
        pubdate=each.at,
        updateddate=each.at,
        unique_id=address,
    )
