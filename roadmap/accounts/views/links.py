"""Mailed links: a page that says what its button does, and the button. Opening one changes nothing."""

from datetime import datetime

from babel.dates import format_timedelta
from flask import Response, request, url_for

from roadmap.accounts import actions, visitors
from roadmap.accounts.actions import inviting
from roadmap.accounts.actions.asking import MAILED_AGAIN
from roadmap.accounts.actions.entering import WRONG_CODES
from roadmap.accounts.addresses import Address, read_address
from roadmap.accounts.forms import AddressForm, CodeForm
from roadmap.accounts.invitations import edition_invited_to
from roadmap.accounts.models import Link
from roadmap.accounts.queries import find_by_key, find_link, get_account, guest_votes, has_administrator
from roadmap.accounts.views.blueprint import (
    bp,
    come_in,
    place_of_work,
    say,
    show,
    visit,
    waits_for_opening,
)
from roadmap.core import clock
from roadmap.core.errors import DomainError, Gone, Invalid, TooMany
from roadmap.core.i18n import _, current_language, locale_of
from roadmap.core.phrases import ROLE_MEANINGS
from roadmap.domain.phases import Verb
from roadmap.editions.queries import is_any
from roadmap.log.phrases import role_name
from roadmap.web import render
from roadmap.web.guards import entry


@bp.get("/links/<secret>")
@entry(Verb.READ)
def link(secret: str) -> Response:
    """What the link will do, for which address, and which votes it offers to take over."""
    found = find_link(secret)
    if found is None or not _is_good(found):
        return _gone(secret, found)
    return _page(secret, found)


@bp.post("/links/<secret>")
@entry(Verb.READ)
def use_link(secret: str) -> Response:
    """Do it, once."""
    found = find_link(secret)
    if found is None or not _is_good(found):
        return _gone(secret, found)
    form = AddressForm(request.form)
    purpose, needs_code, begins = found.purpose, _needs_code(found), _first_steps(found)
    try:
        address = _first_address(found, form)
        entered = actions.use_link(
            secret, now=clock.now(), visit=visit(), vault=visitors.vault(),
            take_over=request.form.get("votes") != "without", code=request.form.get("code", ""),
            address=address,
        )  # fmt: skip
    except Invalid as error:
        if not form.errors:
            form.add_error("email", error.message)
        return _page(secret, found, 422, form)
    except Gone:
        return _gone(secret, find_link(secret))
    if entered.wrong_code:
        code = CodeForm(request.form)
        if code.validate():
            code.add_error("code", _("This code is not right. Write the six digits that are shown now."))
        again = find_link(secret)
        return _page(secret, again, 422, code) if again and _is_good(again) else _gone(secret, again)
    if purpose == "address":
        return render.see_other(url_for("accounts.sign_in", changed="yes"))
    assert needs_code is not None
    response = come_in(entered, begins)
    if purpose == "invitation" and not begins:
        say(waits_for_opening())
    return response


def _first_steps(link: Link) -> str:
    """Where the first administrator goes, and whoever was invited to a role; "" for everybody else."""
    if link.purpose == "first-administrator" and not is_any():
        return url_for("all_editions.new")
    edition = edition_invited_to(link)
    return place_of_work(link.data["role"], edition) if edition is not None else ""


@bp.post("/links/<secret>/decline")
@entry(Verb.READ)
def decline(secret: str) -> Response:
    """Say no to an invitation."""
    found = find_link(secret)
    if found is None or not _is_good(found) or found.purpose != "invitation":
        return _gone(secret, found)
    inviting.decline_link(found, now=clock.now())
    return show("declined")


@bp.post("/links/<secret>/again")
@entry(Verb.READ)
def send_again(secret: str) -> Response:
    """Mail a new link in the place of one that was used or is too old."""
    try:
        actions.mail_again(
            secret, now=clock.now(), client=visitors.client_address(), device=visitors.device()
        )
    except TooMany as error:
        return show("link_gone", error.status, secret=secret, renewable=True, used=False,
                    problem=error.message)  # fmt: skip
    except DomainError:
        return _gone(secret, None)
    return render.see_other(url_for("accounts.sent"))


def _is_good(found: Link) -> bool:
    closed = found.purpose == "first-administrator" and has_administrator()
    return found.used is None and found.until > clock.now() and found.wrong < WRONG_CODES and not closed


def _needs_code(found: Link) -> bool:
    if found.purpose == "address":
        return False
    known = get_account(found.account_id) if found.account_id else find_by_key(found.address_key)
    return known is not None and bool(known.totp)


def _first_address(found: Link, form: AddressForm) -> Address | None:
    if found.purpose != "first-administrator":
        return None
    if not form.validate():
        raise Invalid
    return read_address(form.email.data or "")


def _page(
    secret: str, found: Link, status: int = 200, form: AddressForm | CodeForm | None = None
) -> Response:
    here = visitors.guest_voter()
    held = [] if found.purpose == "address" else guest_votes([found.guest_id, here], here, found.device)
    return show(
        "link", status, secret=secret, link=found, held=held, here=here,
        elsewhere=[votes for votes in held if not votes.here],
        needs_code=_needs_code(found), form=form, role_name=role_name, time_ago=_time_ago,
        role_meanings=ROLE_MEANINGS, edition_invited_to=edition_invited_to(found),
        code_form=form if isinstance(form, CodeForm) else CodeForm(),
        address_form=form if isinstance(form, AddressForm) else AddressForm(),
    )  # fmt: skip


def _time_ago(moment: datetime) -> str:
    """How long ago, in the reader's language."""
    return str(
        format_timedelta(moment - clock.now(), add_direction=True, locale=locale_of(current_language()))
    )


def _gone(secret: str, found: Link | None) -> Response:
    renewable = found is not None and found.purpose in MAILED_AGAIN
    used = found is not None and found.used is not None
    return show("link_gone", 410, secret=secret, renewable=renewable, used=used, problem="")
