"""Pages that are the same for every stranger, kept for a moment in this process.

A reader without cookies gets a page that is at most `page_age` seconds old. Whoever has voted or signed in
never does: their pages are made for them. Nothing is told between processes, and nothing needs to be.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import ParamSpec

from flask import Flask, Response, current_app, g, request

from roadmap.core import clock

P = ParamSpec("P")
MOST = 100
LONGEST_QUERY = 40
ENCODINGS = 4
"""Browsers name the compressions they take in a few ways; for so many of them the compressed page is kept too."""


@dataclass(frozen=True)
class Kept:
    """A page as it was made, the second at which that was, and as it was compressed, by what was asked for."""

    made: float
    body: bytes
    content_type: str
    compressed: dict[str, tuple[bytes, str]] = field(default_factory=dict)


def init_app(app: Flask) -> None:
    """Remember what a shared page was compressed to: this comes first in the row, which is walked backwards."""
    app.after_request_funcs.setdefault(None, []).insert(0, _remember)


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
            g.shared_page = pages[address] = Kept(now, response.get_data(), response.content_type or "")
        return response

    return show


def _answer(kept: Kept) -> Response:
    ready = kept.compressed.get(request.headers.get("Accept-Encoding", ""))
    response = Response(ready[0] if ready else kept.body, content_type=kept.content_type)
    response.vary.add("Cookie")
    if ready:
        response.headers["Content-Encoding"] = ready[1]
    else:
        g.shared_page = kept
    return response


def _remember(response: Response) -> Response:
    kept: Kept | None = g.pop("shared_page", None)
    encoding = response.headers.get("Content-Encoding")
    if kept is not None and encoding and len(kept.compressed) < ENCODINGS and request.method == "GET":
        asked = request.headers.get("Accept-Encoding", "")
        kept.compressed[asked] = (response.get_data(), encoding)
    return response
