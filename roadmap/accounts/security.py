"""The glue to the sign-in library, and the one check that every change passes."""

from hmac import compare_digest

from flask import Flask, Response, current_app, g, render_template, request, session
from flask_login import LoginManager, UserMixin

from roadmap.accounts.sign_ins import SignIn, SignIns, find_guest
from roadmap.accounts.visitors import languages_read_here
from roadmap.core import clock
from roadmap.domain.policy import GUEST, Actor, Facts, could_ever
from roadmap.root import Settings
from roadmap.web import cookies, errors
from roadmap.web.guards import same_origin

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
    app.url_value_preprocessor(lambda _endpoint, _values: _load_actor())  # before an address is looked at
    app.before_request(_check_origin)


@manager.user_loader  # type: ignore[untyped-decorator]
def _load_person(_account: str) -> Person | None:
    return Person(session.actor) if isinstance(session, SignIn) and session.token else None


def _load_actor() -> None:
    sign_in = session
    if getattr(sign_in, "token", ""):
        g.actor = sign_in.actor  # type: ignore[attr-defined]
        return
    key = cookies.read(cookies.GUEST)
    g.actor = Actor(voter=find_guest(key) if key else None, reads=languages_read_here())


def _check_origin() -> Response | None:
    """Refuse a change that does not come from a page of ours, or carries another sign-in's token."""
    if request.method in SAFE or request.routing_exception is not None:
        return None
    if not same_origin():
        return errors.page(403, message="")
    token = getattr(session, "token", "")
    if request.endpoint in TOKENLESS:
        return None
    given = request.form.get("token", "") or request.headers.get("X-Token", "")
    if not token:
        return again(signed_out=True) if given and not _open_to_guests() else None
    if compare_digest(given.encode(), session.csrf.encode()):  # type: ignore[attr-defined]
        return None
    return again()


def _open_to_guests() -> bool:
    """Whether the door takes what people without an account send; it then loses nothing by itself."""
    view = current_app.view_functions.get(request.endpoint or "")
    verb = getattr(view, "entry_verb", None)
    return verb is None or could_ever(GUEST, verb, Facts(now=clock.now()))


def again(*, signed_out: bool = False) -> Response:
    """The fields once more with a fresh token: one press sends them. Passwords are never repeated."""
    kept = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name != "token" and not name.startswith("secret_")
    ]
    page = render_template("accounts/again.html", kept=kept, again=request.full_path.rstrip("?"), form=None,
                           signed_out=signed_out)  # fmt: skip
    return Response(page, 403, {"Cache-Control": "private, no-store"}, mimetype="text/html")
