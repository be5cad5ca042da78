"""From a refusal to a page (or, for scripts and programs, to a problem document)."""

import secrets
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import structlog
from flask import Flask, Response, jsonify, make_response, render_template, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from roadmap.core.errors import Busy, Closed, DomainError, TooMany
from roadmap.core.i18n import _
from roadmap.web.guards import local_path

PAGES = frozenset({403, 404, 405, 409, 410, 413, 429, 500, 503})
logger = structlog.get_logger(__name__)


def init_app(app: Flask) -> None:
    """One table from errors to answers."""
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(Exception, _unforeseen)
    app.after_request(_stay_here)


def _stay_here(response: Response) -> Response:
    """An address that is put right names no host, in its head or its body: a request may name any."""
    if isinstance(request.routing_exception, RequestRedirect):
        parts = urlsplit(request.routing_exception.new_url)
        response.location = local_path(urlunsplit(("", "", parts.path, parts.query, "")), "/")
        response.set_data(b"")
    return response


def page(status: int, **context: Any) -> Response:
    """The page of an error status; statuses without a page of their own use the nearest."""
    shown = status if status in PAGES else (404 if status < 500 else 500)
    if request.path.startswith("/api/"):
        problem = {"title": context.get("message") or "", "status": status}
        response = jsonify(problem)
        response.mimetype = "application/problem+json"
    else:
        response = make_response(render_template(f"errors/{shown}.html", status=status, **context))
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _refused(error: DomainError) -> Response:
    names = {
        "title": _("Title"),
        "text": _("Text"),
        "reason": _("Reason"),
        "note": _("Note"),
        "links": _("Links"),
        "email": _("E-mail"),
    }
    kept = [(names[name], value) for name, value in request.form.items(multi=True) if value and name in names]
    closed = error.closed_at if isinstance(error, Closed) else None
    response = page(error.status, message=error.message, kept=kept, closed_at=closed)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, Busy):
        response.headers["Retry-After"] = "5"
    return response


def _http(error: HTTPException) -> Response:
    if error.response is not None or (error.code or 500) < 400:
        return make_response(error.get_response())
    response = page(error.code or 500, message="")
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _database(error: OperationalError) -> Response:
    logger.warning("database", error=str(error.orig))
    return _refused(Busy(_("The site is very busy. Nothing was changed. Try again in a few seconds.")))


def _unforeseen(error: Exception) -> Response:
    number = secrets.token_hex(4)
    logger.exception("unforeseen", number=number, path=request.path)
    try:
        return page(500, number=number)
    except Exception:
        logger.exception("error page failed", number=number)
        return Response(f"Error {number}", 500, mimetype="text/plain")
