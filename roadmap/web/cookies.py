"""Cookies: bound to this host alone wherever the site is reached over https, and out of reach of scripts.

Over https each has `__Host-` before its name, so that no neighbouring host can plant one. Cookies of before are
still read under their plain names until a fixed day, and go on under the new name from the first answer on.
"""

from datetime import UTC, datetime, timedelta

from flask import Flask, Response, current_app, request

from roadmap.core import clock

PREFIX = "__Host-"
GUEST = "guest"
UNFINISHED = "unfinished"
LANGUAGE = "lang"
THEME = "theme"
READS = "reads"
YEAR = timedelta(days=365)
KEPT_FOR = {GUEST: YEAR, UNFINISHED: timedelta(days=60), LANGUAGE: YEAR, THEME: YEAR, READS: YEAR}
"""Every cookie but that of a sign-in, and how long browsers keep it."""
OF_BEFORE = (GUEST, UNFINISHED, LANGUAGE, THEME)
"""Those that browsers may still have under a plain name."""
PLAIN_NAMES_END = datetime(2028, 1, 1, tzinfo=UTC)
"""Browsers keep a plain one for a year at most. Until this day a neighbouring host could still plant one."""


def init_app(app: Flask) -> None:
    """Give cookies of before their new name with the answer to the first request that brings them."""
    app.after_request(_rename)


def name_of(cookie: str) -> str:
    """What the cookie is called on this site."""
    return f"{PREFIX}{cookie}" if _secure() else cookie


def read(cookie: str) -> str:
    """The cookie's value; "" where the browser has none."""
    return request.cookies.get(name_of(cookie), "") or _of_before(cookie)


def keep(response: Response, cookie: str, value: str) -> None:
    """Let the browser keep the value for as long as this cookie lasts."""
    response.set_cookie(
        name_of(cookie), value, max_age=KEPT_FOR[cookie], path="/", secure=_secure(), httponly=True,
        samesite="Lax",
    )  # fmt: skip


def drop(response: Response, cookie: str) -> None:
    """Let the browser forget the cookie, under whichever name it has it."""
    for name in {name_of(cookie), cookie} & set(request.cookies) or {name_of(cookie)}:
        response.delete_cookie(name, path="/", secure=_secure(), httponly=True, samesite="Lax")


def _secure() -> bool:
    return bool(current_app.config["SETTINGS"].secure)


def _of_before(cookie: str) -> str:
    if not _secure() or cookie not in OF_BEFORE or clock.now() >= PLAIN_NAMES_END:
        return ""
    return request.cookies.get(cookie, "")


def _rename(response: Response) -> Response:
    if not _secure() or not request.cookies:
        return response
    decided = {line.partition("=")[0] for line in response.headers.getlist("Set-Cookie")}
    for cookie in OF_BEFORE:
        if cookie not in request.cookies:
            continue
        value, new = _of_before(cookie), name_of(cookie)
        if value and new not in request.cookies and new not in decided and cookie not in decided:
            keep(response, cookie, value)
        if cookie not in decided:
            response.delete_cookie(cookie, path="/", secure=True, httponly=True, samesite="Lax")
    return response
