"""Organisers: who does what in an edition, invitations, and what people declared that has to be confirmed."""

from typing import Any

from flask import Blueprint, Response, request, url_for

from roadmap.accounts import invitations
from roadmap.accounts.actions import delivering, inviting, suspending
from roadmap.accounts.address_lists import Entry, read_list, text_of
from roadmap.accounts.people_forms import InviteForm, SuspendForm, SuspensionForm
from roadmap.accounts.queries import find_by_email, get_account, roles_of
from roadmap.accounts.suspended import standing_of, suspended_in, within_reach
from roadmap.accounts.undelivered import undelivered_of
from roadmap.core import clock
from roadmap.core.errors import Conflict, DomainError, Invalid, NotFound
from roadmap.core.i18n import LANGUAGES, _, current_language
from roadmap.core.phrases import TEXTS
from roadmap.domain.phases import Verb
from roadmap.editions.models import Edition
from roadmap.log.phrases import role_name
from roadmap.proposals.queries import authors_to_confirm
from roadmap.web import render
from roadmap.web.guards import actor, entry
from roadmap.web.requests import whole_number

bp = Blueprint("people", __name__)


@bp.get("/manage/people")
@entry(Verb.MANAGE)
def people(edition: Edition) -> Response:
    """Roles, invitations, and what waits to be confirmed."""
    return _page(edition, InviteForm(data={"role": "facilitator", "language": current_language()}))


@bp.post("/manage/people/preview")
@entry(Verb.MANAGE)
def preview(edition: Edition) -> Response:
    """What inviting this list would do to each entry; nothing is sent yet."""
    form = InviteForm(request.form)
    try:
        entries = _entries(form)
        role = inviting.read_role(form.role.data or "", form.languages.data or [])
    except Invalid as problem:
        return _page(edition, _refused(form, problem), problem)
    return render.page(
        "people/preview.html",
        planned=invitations.plan_of(actor(), edition, entries, role, clock.now()),
        role=role,
        role_name=role_name,
        fields=[
            ("addresses", "\n".join(each.address.email for each in entries if each.address)),
            ("role", role.value),
            ("language", form.language.data or ""),
            *(("languages", code) for code in form.languages.data or []),
        ],
    )


@bp.post("/manage/people/invite")
@entry(Verb.MANAGE)
def invite(edition: Edition) -> Response:
    """Send the invitations."""
    form = InviteForm(request.form)
    language = form.language.data if form.language.data in LANGUAGES else current_language()
    try:
        done = inviting.invite(
            actor(), edition, _entries(form), role=form.role.data or "", languages=form.languages.data or [],
            language=language or "en", now=clock.now(),
        )  # fmt: skip
    except Invalid as problem:
        return _page(edition, _refused(form, problem), problem)
    return render.see_other(url_for("people.people", sent=sum(each.acts for each in done)))


@bp.post("/manage/people/invitation")
@entry(Verb.MANAGE)
def change_invitation(edition: Edition) -> Response:
    """Withdraw an invitation, or send it again."""
    deed = inviting.invite_again if request.form.get("do") == "again" else inviting.withdraw_invitation
    deed(actor(), edition, request.form.get("invitation", ""), now=clock.now())
    return render.see_other(url_for("people.people") + "#invited")


@bp.get("/manage/people/<int:number>/end")
@entry(Verb.MANAGE)
def ending(edition: Edition, number: int) -> Response:
    """What ending a role means, with the button that does it."""
    return _ending(edition, number)


@bp.post("/manage/people/<int:number>/end")
@entry(Verb.MANAGE)
def end(edition: Edition, number: int) -> Response:
    """End a role."""
    try:
        inviting.end_role_in(actor(), edition, number, reason=request.form.get("reason", ""), now=clock.now())
    except Conflict as problem:
        return _ending(edition, number, problem)
    return render.see_other(url_for("people.people", ended=1))


@bp.post("/manage/people/decision-makers/<int:number>")
@entry(Verb.MANAGE)
def decision_maker(edition: Edition, number: int) -> Response:
    """Confirm a declared decision maker, or say that it cannot be confirmed."""
    inviting.confirm_decision_maker(
        actor(), edition, number, confirmed=request.form.get("decision") == "confirm", now=clock.now()
    )
    return render.see_other(url_for("people.people") + "#decision-makers")


@bp.post("/manage/people/undelivered/<int:number>")
@entry(Verb.MANAGE)
def set_aside(edition: Edition, number: int) -> Response:
    """Forget that a message could not be delivered."""
    delivering.set_aside(actor(), edition, number, now=clock.now())
    return render.see_other(url_for("people.people") + "#undelivered")


@bp.post("/manage/people/suspend")
@entry(Verb.MANAGE)
def find(edition: Edition) -> Response:
    """To the page that says what suspending the account of this address means."""
    form = SuspendForm(request.form)
    try:
        account = find_by_email(form.email.data or "")
        if account is None or not within_reach(actor(), account, edition.id):
            raise Invalid(_("Nobody with this address takes part in this edition alone."))
    except Invalid as problem:
        form.add_error("email", problem.message)
        return _page(edition, InviteForm(), problem, suspend_form=form)
    return render.see_other(url_for("people.suspension", number=account.id))


@bp.get("/manage/people/accounts/<int:number>/suspension")
@entry(Verb.MANAGE)
def suspension(edition: Edition, number: int) -> Response:
    """What suspending the account means, or ending that, with the button that does it."""
    return _suspension(edition, number, SuspensionForm())


@bp.post("/manage/people/accounts/<int:number>/suspension")
@entry(Verb.MANAGE)
def suspend(edition: Edition, number: int) -> Response:
    """Suspend the account, or end the suspension."""
    form = SuspensionForm(request.form)
    deed = suspending.restore if request.form.get("do") == "end" else suspending.suspend
    try:
        deed(actor(), edition, number, reason=form.reason.data or "", now=clock.now())
    except (Invalid, Conflict) as problem:
        return _suspension(edition, number, form, problem)
    return render.see_other(url_for("people.people") + "#suspended")


def _suspension(
    edition: Edition, number: int, form: SuspensionForm, problem: DomainError | None = None
) -> Response:
    account = get_account(number)
    if not within_reach(actor(), account, edition.id):
        raise NotFound
    if isinstance(problem, Invalid):
        for name, sentence in problem.errors.items():
            form.add_error(name, sentence)
    return render.page(
        "people/suspension.html", problem.status if problem else 200, account=account, form=form,
        votes=standing_of(account).votes.get(edition.id, 0),
        message=problem.message if isinstance(problem, Conflict) else "",
    )  # fmt: skip


def _ending(edition: Edition, number: int, problem: DomainError | None = None) -> Response:
    held = [pair for pair in roles_of(edition.id, clock.now()) if pair[1].id == number]
    if not held:
        return render.see_other(url_for("people.people"))
    account, membership = held[0]
    return render.page(
        "people/end.html", problem.status if problem else 200, account=account, membership=membership,
        role_name=role_name, message=problem.message if problem else "",
    )  # fmt: skip


def _entries(form: InviteForm) -> list[Entry]:
    """The typed addresses, and those of the file; a file's text joins what was typed, so that nothing is lost."""
    file = request.files.get("file")
    content = file.read() if file is not None else b""
    if content:
        form.addresses.data = "\n".join(filter(None, (form.addresses.data or "", text_of(content))))
    return read_list(form.addresses.data or "")


def _refused(form: InviteForm, problem: Invalid) -> InviteForm:
    for name, sentence in problem.errors.items():
        form.add_error(name, sentence)
    return form


def _page(
    edition: Edition,
    form: InviteForm,
    problem: DomainError | None = None,
    suspend_form: SuspendForm | None = None,
) -> Response:
    now = clock.now()
    held, past = roles_of(edition.id, now), invitations.past_roles_of(edition)
    invited = invitations.invitations_to(edition)
    givers: list[int | None] = [membership.granted_by for _, membership in (*held, *past)]
    context: dict[str, Any] = {
        "held": held,
        "past": past,
        "invited": [(link, invitations.state_of(link, now)) for link in invited],
        "givers": invitations.names_of([*givers, *(link.data.get("by") for link in invited)]),
        "declared": invitations.decision_makers_to_confirm(edition),
        "authors": authors_to_confirm(edition),
        "undelivered": undelivered_of(edition, now),
        "suspended": suspended_in(edition.id),
        "suspend_form": suspend_form or SuspendForm(),
    }
    return render.page(
        "people/people.html", problem.status if problem else 200, edition=edition, form=form,
        role_name=role_name, text_names=TEXTS, sent=whole_number(request.args.get("sent")),
        ended="ended" in request.args, **context,
    )  # fmt: skip
