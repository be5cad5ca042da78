"""What keeps an account safe: sign-ins, password, second step, address."""

from collections.abc import Callable
from functools import wraps

from flask import Response, request, url_for

from roadmap.accounts import actions, second_factor, visitors
from roadmap.accounts.actions import entering, owning, proving
from roadmap.accounts.forms import AddressForm, CodeForm, NewPasswordForm, PasswordSignInForm
from roadmap.accounts.models import Account
from roadmap.accounts.queries import get_account, sign_ins_of, spare_codes_left
from roadmap.accounts.sign_ins import form_token
from roadmap.accounts.views.blueprint import bp, following, said, show, sign_in_row, visit
from roadmap.core import clock
from roadmap.core.errors import Invalid, TooMany
from roadmap.core.i18n import _, current_language
from roadmap.domain.phases import Verb
from roadmap.web import render
from roadmap.web.guards import actor, entry


def fresh(view: Callable[[], Response]) -> Callable[[], Response]:
    """Only for people who gave a secret within the last quarter of an hour; others prove it first."""

    @wraps(view)
    def enter() -> Response:
        if sign_in_row().is_fresh(clock.now()):
            return view()
        here = request.path if request.method in ("GET", "HEAD") else url_for("accounts.security")
        return render.see_other(url_for("accounts.prove", next=here))

    return enter


@bp.get("/me/security")
@entry(Verb.OWN)
def security() -> Response:
    """The sign-ins, and ways to the password, the second step and the address."""
    account = _account()
    return show("security", account=account, sign_ins=sign_ins_of(account.id), current=sign_in_row().key,
                asleep=bool(actor().asleep), spare=spare_codes_left(account.id))  # fmt: skip


@bp.post("/me/security/end")
@entry(Verb.OWN)
def end_sign_in() -> Response:
    """End one sign-in."""
    key = request.form.get("sign_in", "")
    owning.end_sign_in(actor(), key, now=clock.now())
    if key == sign_in_row().key:
        sign_in_row().leave()
        return render.see_other(f"/{current_language()}/")
    return said(_("This sign-in has ended."), url_for("accounts.security"))


@bp.post("/me/security/end-others")
@entry(Verb.OWN)
def end_other_sign_ins() -> Response:
    """End every sign-in but this one."""
    owning.end_other_sign_ins(actor(), sign_in_row().key, now=clock.now())
    return said(_("All other sign-ins have ended."), url_for("accounts.security"))


@bp.get("/me/security/prove")
@entry(Verb.OWN)
def prove() -> Response:
    """Give a secret once more before a delicate change."""
    return show("prove", account=_account(), following=following(), code_form=CodeForm(),
                password_form=PasswordSignInForm())  # fmt: skip


@bp.post("/me/security/prove")
@entry(Verb.OWN)
def send_proof() -> Response:
    """Check the password or the code, and go on under a new id."""
    account, now = _account(), clock.now()
    code_form, password_form = CodeForm(request.form), PasswordSignInForm(request.form)
    by_code = "code" in request.form
    form: CodeForm | PasswordSignInForm = code_form if by_code else password_form
    field, status = ("code" if by_code else "secret_password"), 422
    try:
        if by_code:
            right = proving.check_code(account.id, code_form.code.data or "", vault=visitors.vault(), now=now)
        else:
            right = bool(
                entering.check_password(
                    account.email_key, password_form.secret_password.data or "",
                    client=visitors.client_address(), now=now,
                )
            )  # fmt: skip
        if right:
            _renew(max(int(by_code), sign_in_row().factor))
            return render.see_other(following() or url_for("accounts.security"))
        form.add_error(field, _("This is not right. Try again."))
    except TooMany as error:
        status = error.status
        form.add_error(field, error.message)
    return show("prove", status, account=_account(), following=following(), form=form, code_form=code_form,
                password_form=password_form)  # fmt: skip


@bp.post("/me/security/link")
@entry(Verb.OWN)
def send_own_link() -> Response:
    """Mail a link that proves it, to one's own address."""
    actions.ask_for_link(
        _account().email, current_language(), now=clock.now(),
        following=following() or url_for("accounts.security"), client=visitors.client_address(),
        device=visitors.device(),
    )  # fmt: skip
    return render.see_other(url_for("accounts.sent"))


@bp.get("/me/security/password")
@entry(Verb.OWN)
@fresh
def password() -> Response:
    """Choose a password, or another one."""
    return show("password", form=NewPasswordForm(), account=_account())


@bp.post("/me/security/password")
@entry(Verb.OWN)
@fresh
def choose_password() -> Response:
    """Keep the password; every other sign-in ends."""
    form = NewPasswordForm(request.form)
    if not form.validate():
        return show("password", 422, form=form, account=_account())
    try:
        owning.choose_password(
            actor(), form.secret_password.data or "", sign_in=sign_in_row().key, now=clock.now()
        )
    except Invalid as error:
        form.add_error("secret_password", error.message)
        return show("password", 422, form=form, account=_account())
    _renew(sign_in_row().factor)
    return said(_("Your password is saved. All other sign-ins have ended."), url_for("accounts.security"))


@bp.get("/me/security/address")
@entry(Verb.OWN)
@fresh
def address() -> Response:
    """Change the e-mail address."""
    return show("address", form=AddressForm(), account=_account())


@bp.post("/me/security/address")
@entry(Verb.OWN)
@fresh
def change_address() -> Response:
    """Mail a link to the new address; it changes when its button is pressed there."""
    form = AddressForm(request.form)
    status = 422
    if form.validate():
        try:
            actions.ask_for_link(
                form.email.data or "", current_language(), now=clock.now(), purpose="address",
                account=actor().account, client=visitors.client_address(), device=visitors.device(),
            )  # fmt: skip
            return said(
                _("We sent a link to the new address. The old one holds until you press its button."),
                url_for("accounts.security"),
            )
        except (Invalid, TooMany) as error:
            status = error.status
            form.add_error("email", error.message)
    return show("address", status, form=form, account=_account())


@bp.get("/me/security/second-step")
@entry(Verb.OWN)
@fresh
def second_step() -> Response:
    """Switch the second step on or off."""
    return _second_step_page(CodeForm(), second_factor.new_secret())


@bp.post("/me/security/second-step")
@entry(Verb.OWN)
@fresh
def begin_second_step() -> Response:
    """Switch it on; shows the spare codes, once, so this page is the answer itself."""
    form = CodeForm(request.form)
    secret = visitors.vault().open(request.form.get("sealed", ""))
    if not form.validate():
        return _second_step_page(form, secret or second_factor.new_secret(), 422)
    try:
        codes = owning.begin_second_step(
            actor(), secret, form.code.data or "", vault=visitors.vault(), now=clock.now()
        )
    except Invalid as error:
        form.add_error("code", error.message)
        return _second_step_page(form, secret or second_factor.new_secret(), 422)
    _renew(1)
    return show("spare_codes", codes=codes)


@bp.post("/me/security/second-step/end")
@entry(Verb.OWN)
@fresh
def end_second_step() -> Response:
    """Switch it off with a last code."""
    form = CodeForm(request.form)
    if form.validate():
        try:
            owning.end_second_step(actor(), form.code.data or "", vault=visitors.vault(), now=clock.now())
            return said(_("The second step is off."), url_for("accounts.security"))
        except Invalid as error:
            form.add_error("code", error.message)
    return _second_step_page(form, second_factor.new_secret(), 422)


def _second_step_page(form: CodeForm, secret: str, status: int = 200) -> Response:
    account = _account()
    picture = second_factor.picture_of(second_factor.address_of(secret, account.email))
    return show("second_step", status, form=form, account=account, secret=secret, picture=picture,
                sealed=visitors.vault().seal(secret))  # fmt: skip


def _account() -> Account:
    return get_account(actor().account or 0)


def _renew(factor: int) -> None:
    """Go on under a new id, as after every secret that was given."""
    now, row = clock.now(), sign_in_row()
    token = entering.begin(actor().account or 0, visit=visit(), factor=factor, now=now)
    row.adopt(token, form_token(visitors.settings().secret_key, token), now)
    row.factor = factor
