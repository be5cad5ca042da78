"""The glue to the sign-in library, and the one check that every change passes."""

from hmac import compare_digest

from flask import Flask, Response, g, request, session
from flask_login import LoginManager, UserMixin

from roadmap.accounts.sign_ins import SignIn, SignIns, find_guest
from roadmap.domain.policy import Actor
from roadmap.root import Settings
from roadmap.web import errors
from roadmap.web.guards import same_origin

GUEST_COOKIE = "guest"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
TOKENLESS = frozenset({"votes.cast", "votes.answer", "languages.choose_theme"})
"""Ballots stand on pages that are the same for everybody, so they carry no token."""

manager = LoginManager()


class Person(UserMixin):  # type: ignore[misc]
    """The signed-in person, as Flask-Login wants one."""

    def __init__(self, actor: Actor) -> None:
        self.id = actor.account
        self.actor = actor


def init_app(app: Flask, settings: Settings) -> None:
    """Sessions as rows, the actor of each request, and the check of where a change comes from."""
    app.session_interface = SignIns(settings)
    app.config["SESSION_PROTECTION"] = None
    manager.init_app(app)
    app.before_request(_check_origin)
    app.before_request(_load_actor)


@manager.user_loader  # type: ignore[untyped-decorator]
def _load_person(_account: str) -> Person | None:
    return Person(session.actor) if isinstance(session, SignIn) and session.token else None


def _load_actor() -> None:
    sign_in = session
    if getattr(sign_in, "token", ""):
        g.actor = sign_in.actor  # type: ignore[attr-defined]
        return
    key = request.cookies.get(GUEST_COOKIE, "")
    g.actor = Actor(voter=find_guest(key)) if key else Actor()


def _check_origin() -> Response | None:
    """Refuse a change that does not come from a page of ours, or carries another sign-in's token."""
    if request.method in SAFE or request.headers.get("Authorization", "").startswith("Bearer "):
        return None
    if not same_origin():
        return errors.page(403, message="")
    token = getattr(session, "token", "")
    if not token or request.endpoint in TOKENLESS:
        return None
    given = request.form.get("token", "") or request.headers.get("X-Token", "")
    if compare_digest(given.encode(), session.csrf.encode()):  # type: ignore[attr-defined]
        return None
    return again(403)


def again(status: int) -> Response:
    """The fields once more with a fresh token: one press sends them."""
    kept = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name != "token" and not name.startswith("secret_")
    ]
    return errors.page(status, message="", kept=kept, again=request.path)
