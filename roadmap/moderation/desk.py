"""The facilitators' desk: texts that wait, and deciding about one. The last module that fills the blueprint."""

from typing import Any

from flask import Response, request, url_for

from roadmap.core import clock
from roadmap.core.errors import Conflict, DomainError, Invalid
from roadmap.domain.phases import Verb
from roadmap.editions.models import Edition
from roadmap.moderation import actions, queries
from roadmap.moderation.forms import LIMIT, AnswerForm, DecisionForm, NoteForm, ReasonForm, ReviewForm
from roadmap.moderation.queries import Seen
from roadmap.moderation.reviews import reviews_of
from roadmap.moderation.rules import rule_name
from roadmap.moderation.signals import accounts_in, hour_of, report_of
from roadmap.moderation.things import Thing
from roadmap.moderation.views import THING, address_of_thing, refuse
from roadmap.moderation.views import bp as bp
from roadmap.web import render
from roadmap.web.guards import actor, entry
from roadmap.web.requests import whole_number

CASE = f"/desk/reports{THING}"


@bp.get("/desk/reports")
@entry(Verb.MODERATE)
def reports(edition: Edition) -> Response:
    """Everything that waits for a decision, the oldest first."""
    return render.page(
        "moderation/reports.html",
        cases=queries.cases_of(edition),
        address=address_of_thing,
        decided=queries.get_decision(edition, whole_number(request.args.get("decided"))),
    )


@bp.get("/desk/signals")
@entry(Verb.MODERATE)
def signals(edition: Edition) -> Response:
    """What stands out among the votes, and which accounts are under review."""
    return _signals(edition, ReviewForm())


@bp.post("/desk/signals")
@entry(Verb.MODERATE)
def look_for_signals(edition: Edition) -> Response:
    """Have the votes looked through; the page shows what was found once that is done."""
    actions.look_for_signals(actor(), edition, now=clock.now())
    return render.see_other(url_for("moderation.signals", looking=1))


@bp.post("/desk/signals/review")
@entry(Verb.MANAGE)
def review_accounts(edition: Edition) -> Response:
    """Put accounts under review."""
    form = ReviewForm(request.form)
    accounts = {number for number in form.accounts.data or () if number}
    try:
        actions.begin_review(actor(), edition, accounts, reason=form.reason.data or "", now=clock.now())
    except (Invalid, Conflict) as problem:
        refuse(form, problem)
        return _signals(edition, form, problem)
    return render.see_other(url_for("moderation.signals") + "#under-review")


@bp.post("/desk/signals/review/<int:number>/end")
@entry(Verb.MANAGE)
def end_review(edition: Edition, number: int) -> Response:
    """End a review."""
    actions.end_review(actor(), edition, number, now=clock.now())
    return render.see_other(url_for("moderation.signals") + "#under-review")


def _signals(edition: Edition, form: ReviewForm, problem: DomainError | None = None) -> Response:
    report, reviews = report_of(edition), reviews_of(edition)
    findings = report[1] if report else {}
    return render.page(
        "moderation/signals.html",
        problem.status if problem else 200,
        message=problem.message if isinstance(problem, Conflict) else "",
        looked=report[0] if report else None,
        looking="looking" in request.args,
        findings=findings,
        reviews=reviews,
        accounts=accounts_in(findings, (review.account_id for review in reviews)),
        form=form,
        hour=hour_of,
    )


@bp.get(CASE)
@entry(Verb.MODERATE)
def case(edition: Edition, kind: str, number: int) -> Response:
    """One text with what stands around it, why it is here, and what can be decided."""
    return _case(edition, queries.get_thing(edition, kind, number, actor()))


@bp.post(CASE)
@entry(Verb.MODERATE)
def decide(edition: Edition, kind: str, number: int) -> Response:
    """Decide about a text."""
    thing, form = queries.get_thing(edition, kind, number, actor()), DecisionForm(request.form).offer()
    try:
        decision = actions.decide(
            actor(), edition, thing, outcome=form.outcome.data or "", rule=form.rule.data or "",
            sentence=form.sentence.data or "", seen=_seen(), now=clock.now(),
        )  # fmt: skip
    except (Invalid, Conflict) as problem:
        refuse(form, problem)
        return _case(edition, thing, problem, decision_form=form)
    return render.see_other(url_for("moderation.reports", decided=decision.id))


def _seen() -> Seen | None:
    """What the form says its reader had before them."""
    wording = request.form.get("wording", "")
    return Seen(wording, whole_number(request.form.get("decision"))) if wording else None


@bp.post(f"{CASE}/restore")
@entry(Verb.MODERATE)
def restore(edition: Edition, kind: str, number: int) -> Response:
    """Show a hidden text again."""
    thing, form = queries.get_thing(edition, kind, number, actor()), ReasonForm(request.form)
    try:
        actions.restore(actor(), edition, thing, reason=form.reason.data or "", now=clock.now())
    except (Invalid, Conflict) as problem:
        refuse(form, problem)
        return _case(edition, thing, problem, reason_form=form)
    return render.see_other(url_for("moderation.case", kind=kind, number=number))


@bp.post(f"{CASE}/appeal")
@entry(Verb.MODERATE)
def answer_appeal(edition: Edition, kind: str, number: int) -> Response:
    """Uphold a decision or reverse it."""
    thing, form = queries.get_thing(edition, kind, number, actor()), AnswerForm(request.form)
    try:
        decision = actions.answer_appeal(
            actor(), edition, thing, reverse=request.form.get("decision") == "reverse",
            answer=form.answer.data or "", now=clock.now(),
        )  # fmt: skip
    except (Invalid, Conflict) as problem:
        refuse(form, problem)
        return _case(edition, thing, problem, answer_form=form)
    return render.see_other(url_for("moderation.reports", decided=decision.id))


@bp.post(f"{CASE}/note")
@entry(Verb.MODERATE)
def note(edition: Edition, kind: str, number: int) -> Response:
    """Write to the other facilitators about a text."""
    thing, form = queries.get_thing(edition, kind, number, actor()), NoteForm(request.form)
    try:
        actions.note(actor(), edition, thing, text=form.text.data or "", now=clock.now())
    except Invalid as problem:
        refuse(form, problem)
        return _case(edition, thing, problem, note_form=form)
    return render.see_other(url_for("moderation.case", kind=kind, number=number) + "#notes")


def _case(edition: Edition, thing: Thing, problem: DomainError | None = None, **forms: Any) -> Response:
    above, below = queries.around(edition, thing, actor())
    hiding = queries.hiding_of(thing)
    given = {
        "decision_form": DecisionForm(data={"outcome": "leave"}).offer(),
        "reason_form": ReasonForm(),
        "answer_form": AnswerForm(),
        "note_form": NoteForm(),
        **forms,
    }
    return render.page(
        "moderation/case.html",
        problem.status if problem else 200,
        thing=thing,
        message=problem.message if problem else "",
        form=next(iter(forms.values()), None),
        reports=queries.reports_on(thing),
        decisions=queries.decisions_on(thing),
        hiding=hiding,
        own=thing.text.author_id is not None and thing.text.author_id == actor().account,
        may_answer=hiding is None or actions.may_answer(actor(), edition, hiding),
        seen=queries.seen_of(thing),
        notes=queries.notes_on(thing),
        above=above,
        below=below,
        back=address_of_thing(thing),
        rule_name=rule_name,
        limit=LIMIT,
        **given,
    )
