"""Reporting a text, and the page on which its author reads the decision and may appeal."""

from flask import Blueprint, Response, request, url_for

from roadmap.accounts.visitors import client_address
from roadmap.core import clock
from roadmap.core.errors import Conflict, DomainError, Invalid, NotFound
from roadmap.domain.phases import Verb
from roadmap.editions.models import Edition
from roadmap.moderation import actions, queries
from roadmap.moderation.forms import LIMIT, ReasonForm, ReportForm
from roadmap.moderation.rules import rule_name
from roadmap.moderation.things import Thing
from roadmap.proposals.queries import address_of
from roadmap.web import render, trap
from roadmap.web.forms import BaseForm
from roadmap.web.guards import actor, entry

bp = Blueprint("moderation", __name__)
THING = "/<any(proposals, comments):kind>/<int:number>"


@bp.get(f"{THING}/report")
@entry(Verb.REPORT)
def report(edition: Edition, kind: str, number: int) -> Response:
    """The form to report a text."""
    thing = queries.get_thing(edition, kind, number, actor())
    if thing.text.state not in ("published", "closed"):
        raise NotFound
    return render.page("moderation/report.html", thing=thing, form=ReportForm().offer(), limit=LIMIT)


@bp.post(f"{THING}/report")
@entry(Verb.REPORT)
def send_report(edition: Edition, kind: str, number: int) -> Response:
    """Report a text; what was written comes back where something stands in the way."""
    thing = queries.get_thing(edition, kind, number, actor())
    form = ReportForm(request.form).offer()
    if trap.sprung():
        return render.see_other(url_for("moderation.reported", kind=kind, number=number))
    try:
        actions.report(
            actor(), edition, thing, rule=form.rule.data or "", reason=form.reason.data or "",
            client=client_address(), now=clock.now(),
        )  # fmt: skip
    except Invalid as problem:
        refuse(form, problem)
        return render.page("moderation/report.html", 422, thing=thing, form=form, limit=LIMIT)
    return render.see_other(url_for("moderation.reported", kind=kind, number=number))


@bp.get(f"{THING}/reported")
@entry(Verb.REPORT)
def reported(edition: Edition, kind: str, number: int) -> Response:
    """Thanks, and what happens next."""
    thing = queries.get_thing(edition, kind, number, actor())
    return render.page("moderation/reported.html", back=address_of_thing(thing))


@bp.get(f"{THING}/decision")
@entry(Verb.OWN)
def decision(edition: Edition, kind: str, number: int) -> Response:
    """What was decided about a text of one's own."""
    return _decision_page(_own(edition, kind, number), ReasonForm())


@bp.post(f"{THING}/decision")
@entry(Verb.OWN)
def appeal(edition: Edition, kind: str, number: int) -> Response:
    """Ask for another decision."""
    thing, form = _own(edition, kind, number), ReasonForm(request.form)
    try:
        actions.appeal(actor(), edition, thing, reason=form.reason.data or "", now=clock.now())
    except (Invalid, Conflict) as problem:
        refuse(form, problem)
        return _decision_page(thing, form, problem)
    return render.see_other(url_for("moderation.decision", kind=kind, number=number))


def _own(edition: Edition, kind: str, number: int) -> Thing:
    thing = queries.get_thing(edition, kind, number, actor())
    if thing.text.author_id != actor().account:
        raise NotFound
    return thing


def _decision_page(thing: Thing, form: ReasonForm, problem: DomainError | None = None) -> Response:
    told = [each for each in queries.decisions_on(thing) if each.outcome != "leave"]
    hiding = queries.hiding_of(thing)
    return render.page(
        "moderation/decision.html",
        problem.status if problem else 200,
        thing=thing,
        decisions=told,
        may_appeal=hiding is not None and hiding.appealed is None,
        form=form,
        message=problem.message if problem else "",
        limit=LIMIT,
        rule_name=rule_name,
        back=address_of_thing(thing),
    )


def refuse(form: BaseForm, problem: DomainError) -> None:
    """Attach the sentences of a refusal to the fields that the form has."""
    for name, sentence in getattr(problem, "errors", {}).items():
        form.add_error(name, sentence)


def address_of_thing(thing: Thing) -> str:
    """Where the text stands."""
    if thing.comment is not None:
        return url_for("comments.comment", comment_id=thing.comment.id)
    return url_for("proposals.proposal", number_slug=address_of(thing.proposal))
