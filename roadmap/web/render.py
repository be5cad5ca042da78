"""Answers: a page, the part of it that a script asked for, or a redirect after a change."""

from typing import Any

from flask import Response, make_response, redirect, render_template, request

from roadmap.web import cookies
from roadmap.web.guards import actor


def page(template: str, status: int = 200, **context: Any) -> Response:
    """A whole page; kept out of shared caches where it was made for somebody."""
    return _for_this_reader(make_response(render_template(template, **context), status))


def feed(body: str) -> Response:
    """An Atom feed in the language of its address."""
    return _for_this_reader(Response(body, content_type="application/atom+xml; charset=utf-8"))


def _for_this_reader(response: Response) -> Response:
    response.vary.add("Cookie")
    if actor().signed_in or cookies.read(cookies.GUEST):
        response.headers["Cache-Control"] = "private, no-store"
    return response


def wants_fragment(name: str) -> bool:
    """Whether a script of ours asked for this part of the page alone."""
    return request.headers.get("X-Fragment") == name


def fragment(template: str, status: int = 200, **context: Any) -> Response:
    """A part of a page, for the script that asked for it."""
    response = make_response(render_template(template, **context), status)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Fragment"] = request.headers.get("X-Fragment", "")
    return response


def see_other(address: str) -> Response:
    """After a change: go and look at the result."""
    return Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})


def moved(address: str) -> Response:
    """The same thing has one address: this one."""
    return make_response(redirect(address, 301))
