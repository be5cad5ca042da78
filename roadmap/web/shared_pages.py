"""Pages that are the same for every stranger, kept for a moment in this process.

A reader without cookies gets a page that is at most `page_age` seconds old. Whoever has voted or signed in
never does: their pages are made for them. Nothing is told between processes, and nothing needs to be.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec

from flask import Response, current_app, request

from roadmap.core import clock

P = ParamSpec("P")
MOST = 100
LONGEST_QUERY = 40


@dataclass(frozen=True)
class Kept:
    """A page as it was sent, and the second at which it was made."""

    made: float
    body: bytes
    content_type: str


def shared(view: Callable[P, Response]) -> Callable[P, Response]:
    """Let strangers share the page of this view. It must say nothing about the reader."""

    @wraps(view)
    def show(*args: P.args, **kwargs: P.kwargs) -> Response:
        age = current_app.config["SETTINGS"].page_age
        if not age or request.cookies or len(request.query_string) > LONGEST_QUERY:
            return view(*args, **kwargs)
        pages: dict[str, Kept] = current_app.extensions.setdefault("shared-pages", {})
        now, address = clock.now().timestamp(), request.full_path
        kept = pages.get(address)
        if kept is not None and 0 <= now - kept.made < age:
            return _answer(kept)
        response = view(*args, **kwargs)
        if response.status_code == 200 and "Set-Cookie" not in response.headers:
            if len(pages) >= MOST:
                pages.clear()
            pages[address] = Kept(now, response.get_data(), response.content_type or "")
        return response

    return show


def _answer(kept: Kept) -> Response:
    response = Response(kept.body, content_type=kept.content_type)
    response.vary.add("Cookie")
    return response
