"""Signing in and up, asking for links, signing out."""

from flask import Response, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer

from roadmap.accounts import actions, visitors
from roadmap.accounts.actions import entering, owning, proving
from roadmap.accounts.addresses import read_address
from roadmap.accounts.forms import AddressForm, CodeForm, PasswordSignInForm
from roadmap.accounts.keys import digest
from roadmap.accounts.queries import get_account, guest_votes
from roadmap.accounts.views.blueprint import bp, come_in, following, show, sign_in_row, visit
from roadmap.core import clock
from roadmap.core.errors import DomainError, Invalid, TooMany
from roadmap.core.i18n import _, current_language
from roadmap.domain.phases import Verb
from roadmap.web import render
from roadmap.web.guards import actor, entry

TICKET_SECONDS = 300


@bp.get("/sign-in")
@entry(Verb.READ)
def sign_in() -> Response:
    """One page: a link first, a password for those who have one."""
    if actor().signed_in:
        return render.see_other(following() or url_for("accounts.me"))
    return _sign_in_page(AddressForm(), PasswordSignInForm())


@bp.post("/sign-in")
@entry(Verb.READ)
def send_link() -> Response:
    """Mail a link to sign in; the same answer for every address."""
    form = AddressForm(request.form)
    problem = _ask(form, "sign-in")
    if problem is None:
        return render.see_other(url_for("accounts.sent"))
    return _sign_in_page(form, PasswordSignInForm(), problem)


@bp.get("/sign-up")
@entry(Verb.READ)
def sign_up() -> Response:
    """Create an account: an address is all it takes."""
    if actor().signed_in:
        return render.see_other(url_for("accounts.me"))
    return _sign_up_page(AddressForm())


@bp.post("/sign-up")
@entry(Verb.READ)
def send_first_link() -> Response:
    """Mail a link that makes the account; an address that has one gets a link to sign in."""
    form = AddressForm(request.form)
    problem = _ask(form, "sign-in")
    if problem is None:
        return render.see_other(url_for("accounts.sent"))
    return _sign_up_page(form, problem)


@bp.get("/sign-in/new-password")
@entry(Verb.READ)
def new_password() -> Response:
    """Ask for a link to choose a new password."""
    return show("new_password", form=AddressForm())


@bp.post("/sign-in/new-password")
@entry(Verb.READ)
def send_password_link() -> Response:
    """Mail a link that leads to choosing a new password."""
    form = AddressForm(request.form)
    problem = _ask(form, "password", url_for("accounts.password"))
    if problem is None:
        return render.see_other(url_for("accounts.sent"))
    return show("new_password", problem, form=form)


@bp.get("/sign-in/sent")
@entry(Verb.READ)
def sent() -> Response:
    """What happens next: look in your mail."""
    return show("sent")


@bp.post("/sign-in/password")
@entry(Verb.READ)
def send_password() -> Response:
    """Sign in by password; ask for the code where there is a second step."""
    form = PasswordSignInForm(request.form)
    link_form = AddressForm(data={"email": form.email.data})
    if not form.validate():
        return _sign_in_page(link_form, form, 422, by_password=True)
    wrong = _("This address and password do not go together. Try again, or sign in by link.")
    try:
        address = read_address(form.email.data or "")
        entered = actions.sign_in_by_password(
            address, form.secret_password.data or "", visit=visit(), take_over=_takes_over(),
            client=visitors.client_address(), now=clock.now(),
        )  # fmt: skip
    except DomainError as error:
        form.add_error("email", error.message)
        return _sign_in_page(link_form, form, error.status, by_password=True)
    if entered is None:
        form.add_error("secret_password", wrong)
        return _sign_in_page(link_form, form, 422, by_password=True)
    if entered.wrong_code:
        return show("code", form=CodeForm(), ticket=_ticket(entered.account), take_over=_takes_over(),
                    following=following())  # fmt: skip
    return come_in(entered, following())


@bp.post("/sign-in/code")
@entry(Verb.READ)
def send_code() -> Response:
    """The second step after a password."""
    account = _read_ticket(request.form.get("ticket", ""))
    if account is None:
        form = AddressForm()
        form.add_error("email", _("More than five minutes have passed. Sign in again."))
        return _sign_in_page(form, PasswordSignInForm(), 422)
    code = CodeForm(request.form)
    now = clock.now()
    status = 422
    if code.validate():
        try:
            if proving.check_code(account, code.code.data or "", vault=visitors.vault(), now=now):
                entered = entering.enter(account, visit=visit(), take_over=_takes_over(), factor=1, now=now)
                return come_in(entered, following())
            code.add_error("code", _("This code is not right. Write the six digits that are shown now."))
        except TooMany as error:
            status = error.status
            code.add_error("code", error.message)
    return show("code", status, form=code, ticket=_ticket(account), take_over=_takes_over(),
                following=following())  # fmt: skip


@bp.post("/sign-out")
@entry(Verb.READ)
def sign_out() -> Response:
    """End this sign-in, here and on the server."""
    row = sign_in_row()
    if row.token:
        owning.end_sign_in(actor(), row.key, now=clock.now())
        row.leave()
    return render.see_other(f"/{current_language()}/")


def _ask(form: AddressForm, purpose: str, onward: str = "") -> int | None:
    """Ask for the link; the status to answer with where it could not be asked for."""
    if not form.validate():
        return 422
    try:
        actions.ask_for_link(
            form.email.data or "", current_language(), now=clock.now(), purpose=purpose,
            guest=visitors.guest_voter(), following=onward or following(),
            reads=visitors.languages_read_here(),
            client=visitors.client_address(), device=visitors.device(),
        )  # fmt: skip
    except (Invalid, TooMany) as error:
        form.add_error("email", error.message)
        return error.status
    return None


def _sign_in_page(
    link_form: AddressForm, password_form: PasswordSignInForm, status: int = 200, *, by_password: bool = False
) -> Response:
    guest = visitors.guest_voter()
    return show(
        "sign_in", status, form=password_form if by_password else link_form, link_form=link_form,
        password_form=password_form, by_password=by_password, following=following(),
        changed="changed" in request.args, held=guest_votes([guest], guest),
    )  # fmt: skip


def _sign_up_page(form: AddressForm, status: int = 200) -> Response:
    guest = visitors.guest_voter()
    return show("sign_up", status, form=form, following=following(), held=guest_votes([guest], guest))


def _takes_over() -> bool:
    """Whether the votes of this browser are to go over; the tick stands only where there are some."""
    return request.form.get("take_over") == "yes"


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(visitors.settings().secret_key, salt="second step")


def _ticket(account: int) -> str:
    """That the password was right: good for five minutes and as long as the password stays the same."""
    return str(_serializer().dumps([account, digest(get_account(account).password or "")[:16]]))


def _read_ticket(ticket: str) -> int | None:
    try:
        account, mark = _serializer().loads(ticket, max_age=TICKET_SECONDS)
    except (BadSignature, ValueError, TypeError):
        return None
    found = get_account(account)
    return found.id if digest(found.password or "")[:16] == mark else None
