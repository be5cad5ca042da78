"""The blueprint of accounts, and what its doors share."""

from typing import Any

from flask import Blueprint, Response, flash, get_flashed_messages, request, session, url_for

from roadmap.accounts import visitors
from roadmap.accounts.actions import owning
from roadmap.accounts.actions.entering import Entered, Visit
from roadmap.accounts.sign_ins import SignIn, form_token
from roadmap.core import clock
from roadmap.core.i18n import _
from roadmap.domain.policy import Role
from roadmap.editions.models import Edition
from roadmap.web import cookies, render
from roadmap.web.guards import local_path

bp = Blueprint("accounts", __name__)


def sign_in_row() -> SignIn:
    """The sign-in of this request; without a token nobody is signed in."""
    assert isinstance(session, SignIn) or session is not None
    return session  # type: ignore[return-value]


def visit() -> Visit:
    """This browser, for deeds that begin or end sign-ins."""
    row = sign_in_row()
    return Visit(visitors.device(), row.key if row.token else "", visitors.guest_voter())


def show(template: str, status: int = 200, **context: Any) -> Response:
    """A page of accounts, with what has just been done said above it; kept by nobody."""
    context.setdefault("form", None)
    notices = get_flashed_messages(with_categories=True) if sign_in_row().token else []
    response = render.page(f"accounts/{template}.html", status, notices=notices, **context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def said(sentence: str, address: str) -> Response:
    """Go on to another page, which says first what has been done."""
    say(sentence)
    return render.see_other(address)


def say(sentence: str) -> None:
    """Let the next page of accounts say what has been done."""
    if sign_in_row().token:
        flash(sentence, "good")


def following() -> str:
    """The local path to go on to, from the form or the address; "" for none."""
    return local_path(request.values.get("following") or request.args.get("next", ""), "")


def place_of_work(role: str, edition: Edition) -> str:
    """Where somebody begins who has just taken a role up; "" where the edition is not open to the role yet."""
    if role == Role.ORGANISER:
        return url_for("today.manage", edition=edition, done="joined")
    return url_for("desk.front", edition=edition, joined=role) if edition.opened is not None else ""


def waits_for_opening() -> str:
    """What is said to those whose work begins later."""
    return _("You have accepted. The edition is still in preparation: your work begins once it is opened.")


def come_in(entered: Entered, onward: str = "") -> Response:
    """Adopt a sign-in that has begun, and go on: to what was taken over first, if anything was.

    The languages that were chosen in this browser go over to an account that has chosen none; from now on those of
    the account count.
    """
    now = clock.now()
    row = sign_in_row()
    row.adopt(entered.token, form_token(visitors.settings().secret_key, entered.token), now)
    onward = local_path(onward or entered.following, "") or url_for("accounts.me")
    if entered.taken_over:
        onward = url_for("accounts.taken_over", next=onward)
    response = render.see_other(onward)
    if entered.taken_over:
        visitors.forget_guest(response)
    if here := visitors.languages_read_here():
        owning.bring_languages(entered.account, here, now=now)
        cookies.drop(response, cookies.READS)
    return response
