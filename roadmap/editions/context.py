"""The edition of an address: its slug becomes the edition before a view is entered."""

from datetime import datetime
from typing import Any

from flask import Flask, abort, current_app, g, has_request_context, redirect, request, session, url_for

from roadmap.core import clock
from roadmap.core.errors import NotFound
from roadmap.domain.phases import Verb
from roadmap.domain.policy import permits
from roadmap.editions.models import Edition
from roadmap.editions.queries import (
    FIXED_WORDS,
    current_edition_shown,
    edition_shown,
    get_edition,
    outline_of,
    periods_of,
)
from roadmap.web.guards import SAFE, actor

PREFIX = "/<edition>"
PREVIEW = "preview"
"""In a sign-in: by edition in preparation, the phase whose first moment is looked at."""


def init_app(app: Flask) -> None:
    """Take the edition out of addresses, and put the current one into those that want it."""

    @app.url_value_preprocessor
    def _take(endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and isinstance(values.get("edition"), str):
            g.edition = values["edition"] = _readable(values["edition"], endpoint)
            g.shown_at = _asked_moment(g.edition)

    @app.url_defaults
    def _put(endpoint: str, values: dict[str, Any]) -> None:
        wanted = values.get("edition")
        if wanted is not None and not isinstance(wanted, str):
            values["edition"] = wanted.slug
        elif wanted is None and current_app.url_map.is_endpoint_expecting(endpoint, "edition"):
            edition = g.edition if g.get("edition") else current_edition()
            if edition is not None:
                values["edition"] = edition.slug


def _readable(slug: str, endpoint: str | None) -> Edition:
    """The edition, where this reader may see it; raises NotFound, the same where there is none.

    An organiser whose role waits for the second step is led there.
    """
    find, person = edition_shown if _only_shows(endpoint) else get_edition, actor()
    edition = find(slug)
    facts = outline_of(edition, clock.now())
    if permits(person, Verb.READ, facts):
        return edition
    if request.method in SAFE and permits(person.awake(), Verb.READ, facts):
        abort(redirect(url_for("accounts.security"), 303))
    raise NotFound


def _asked_moment(edition: Edition) -> datetime | None:
    """When an edition in preparation is looked at: the first moment of the phase that was chosen."""
    phase = session.get(PREVIEW, {}).get(edition.slug) if edition.opened is None else None
    if phase is None:
        return None
    return next((period.opens for period in periods_of(edition) if period.phase.value == phase), None)


def _only_shows(endpoint: str | None) -> bool:
    """Whether the request changes no edition: it only looks, or it votes, which reads all it decides on itself."""
    if request.method in SAFE:
        return True
    view = current_app.view_functions.get(endpoint or "")
    return getattr(view, "entry_verb", None) is Verb.VOTE


def current_edition() -> Edition | None:
    """The current edition for a page to show, read once a request; None where there is no edition."""
    kept: dict[str, Any] = request.environ if has_request_context() else {}
    if "roadmap.current_edition" not in kept:
        kept["roadmap.current_edition"] = current_edition_shown()
    found: Edition | None = kept["roadmap.current_edition"]
    return found


def is_free_slug(slug: str) -> bool:
    """Whether an edition may be called so: not one of the fixed words of the addresses."""
    return slug not in FIXED_WORDS
