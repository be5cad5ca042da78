"""Doors: each view declares the verb it is for, and whoever no role could ever let in is turned away."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import current_app, g, redirect, request, url_for
from werkzeug.exceptions import Forbidden

from roadmap.core import clock
from roadmap.domain.phases import Verb
from roadmap.domain.policy import GUEST, Actor, Facts, could_ever

P = ParamSpec("P")
R = TypeVar("R")


def entry(verb: Verb) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare the verb of a view. People without an account are led to sign in where that would help."""

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def enter(*args: P.args, **kwargs: P.kwargs) -> R:
            edition = g.get("edition")
            facts = Facts(now=clock.now(), edition=edition.id if edition is not None else None)
            if not could_ever(actor(), verb, facts):
                return _turn_away()  # type: ignore[no-any-return]
            return view(*args, **kwargs)

        enter.entry_verb = verb  # type: ignore[attr-defined]
        return enter

    return declare


def actor() -> Actor:
    """Who is acting in this request."""
    return g.get("actor") or GUEST


def _turn_away() -> Any:
    if actor().signed_in or request.method not in ("GET", "HEAD"):
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
