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
    find_current_edition,
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
    def _take(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and isinstance(values.get("edition"), str):
            g.edition = values["edition"] = _readable(values["edition"])
            g.shown_at = _asked_moment(g.edition)

    @app.url_defaults
    def _put(endpoint: str, values: dict[str, Any]) -> None:
        wanted = values.get("edition")
        if wanted is not None and not isinstance(wanted, str):
            values["edition"] = wanted.slug
        elif wanted is None and current_app.url_map.is_endpoint_expecting(endpoint, "edition"):
            slug = g.edition.slug if g.get("edition") else _current_slug()
            if slug:
                values["edition"] = slug


def _readable(slug: str) -> Edition:
    """The edition, where this reader may see it; raises NotFound, the same where there is none.

    An organiser whose role waits for the second step is led there.
    """
    edition, person = get_edition(slug), actor()
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


def _current_slug() -> str:
    """The current edition's slug, looked up once a request; "" where there is no edition."""
    kept: dict[str, Any] = request.environ if has_request_context() else {}
    if "roadmap.current_slug" not in kept:
        edition = find_current_edition()
        kept["roadmap.current_slug"] = edition.slug if edition is not None else ""
    return str(kept["roadmap.current_slug"])


def is_free_slug(slug: str) -> bool:
    """Whether an edition may be called so: not one of the fixed words of the addresses."""
    return slug not in FIXED_WORDS
