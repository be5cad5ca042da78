"""Doors: each view declares the verb it is for, and whoever no role could ever let in is turned away."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import current_app, g, redirect, request, url_for
from werkzeug.exceptions import Forbidden

from roadmap.core import clock
from roadmap.core.permit import refuse_standstill
from roadmap.domain.phases import Verb
from roadmap.domain.policy import GUEST, Actor, Facts, could_ever

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PREVIEWED = frozenset({Verb.READ, Verb.WRITE, Verb.OWN})
"""What pages for participants declare."""

P = ParamSpec("P")
R = TypeVar("R")


def entry(verb: Verb) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare the verb of a view. People without an account are led to sign in where that would help.

    In an edition in preparation no change is let in that nobody could make there, and in a past one not even its
    form. Pages for participants are shown as of the moment that a preview asks for.
    """

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def enter(*args: P.args, **kwargs: P.kwargs) -> R:
            facts = _facts()
            if not could_ever(actor(), verb, facts):
                return _turn_away(verb, facts)  # type: ignore[no-any-return]
            if request.method not in SAFE or facts.archived:
                refuse_standstill(verb, facts)
            if request.method not in SAFE:
                return view(*args, **kwargs)
            with clock.standing_at(g.get("shown_at") if verb in PREVIEWED else None):
                return view(*args, **kwargs)

        enter.entry_verb = verb  # type: ignore[attr-defined]
        return enter

    return declare


def _facts() -> Facts:
    edition = g.get("edition")
    if edition is None:
        return Facts(now=clock.now())
    return Facts(
        now=clock.now(),
        edition=edition.id,
        archived=edition.archived is not None,
        opened=edition.opened is not None,
    )


def actor() -> Actor:
    """Who is acting in this request."""
    return g.get("actor") or GUEST


def _turn_away(verb: Verb, facts: Facts) -> Any:
    """To sign in, or to the second step that a role waits for, where that would help; else out."""
    person = actor()
    if request.method in SAFE and person.asleep and could_ever(person.awake(), verb, facts):
        return redirect(url_for("accounts.security"), 303)
    if person.signed_in or request.method not in ("GET", "HEAD"):
        raise Forbidden
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)


def same_origin() -> bool:
    """Whether a change comes from a page of our own, as the browser itself says."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == str(current_app.config["SETTINGS"].base_url)


def local_path(target: str, otherwise: str) -> str:
    """`target` where it is a path on this site, else `otherwise`."""
    parts = urlsplit(target)
    safe = (
        target.startswith("/")
        and not target.startswith(("//", "/\\"))
        and "\\" not in target
        and not parts.scheme
        and not parts.netloc
        and target.isprintable()
    )
    return target if safe else otherwise
