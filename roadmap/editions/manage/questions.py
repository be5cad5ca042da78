"""Organisers: the guiding questions, their order and their words."""

from typing import Any

from flask import Response, request, url_for

from roadmap.core import clock
from roadmap.core.errors import Invalid
from roadmap.domain.phases import Verb
from roadmap.editions import actions, queries
from roadmap.editions.actions.questions import LONGEST
from roadmap.editions.fixed import fixed_since, proposals_under, why_fixed
from roadmap.editions.forms.questions import QuestionForm
from roadmap.editions.manage.blueprint import bp
from roadmap.editions.models import Edition, GuidingQuestion
from roadmap.web import render
from roadmap.web.guards import actor, entry


@bp.get("/manage/questions")
@entry(Verb.MANAGE)
def questions(edition: Edition) -> Response:
    """The questions in their order, with what is missing in which language."""
    asked, proposed = queries.questions_of(edition), proposals_under(edition)
    return render.page(
        "editions/questions.html",
        edition=edition,
        questions=[(question, proposed.get(question.id, 0)) for question in asked],
        movable=_movable(edition, asked, proposed),
        why=_why(edition),
        saved=request.args.get("saved", ""),
    )


@bp.get("/manage/questions/new")
@entry(Verb.MANAGE)
def new_question(edition: Edition) -> Response:
    """An empty question."""
    return _question_page(edition, QuestionForm(edition.languages, {}), None)


@bp.post("/manage/questions/new")
@entry(Verb.MANAGE)
def write_question(edition: Edition) -> Response:
    """Add a question after the others."""
    form = QuestionForm(edition.languages, request.form)
    try:
        made = actions.write_question(actor(), edition, form.wording(), now=clock.now())
    except Invalid as refusal:
        form.errors = refusal.errors
        return _question_page(edition, form, None)
    return _back("added", made.number)


@bp.get("/manage/questions/<int:number>/edit")
@entry(Verb.MANAGE)
def edit_question(edition: Edition, number: int) -> Response:
    """A question's words in each language."""
    question = queries.get_question(edition, number)
    return _question_page(edition, QuestionForm.filled(edition.languages, question), question)


@bp.post("/manage/questions/<int:number>/edit")
@entry(Verb.MANAGE)
def reword_question(edition: Edition, number: int) -> Response:
    """Keep the words; once voting has begun only a correction passes."""
    form = QuestionForm(edition.languages, request.form)
    try:
        actions.reword_question(actor(), edition, number, form.wording(), reason=form.reason, now=clock.now())
    except Invalid as refusal:
        form.errors = refusal.errors
        return _question_page(edition, form, queries.get_question(edition, number))
    return _back("reworded", number)


@bp.post("/manage/questions/<int:number>/move")
@entry(Verb.MANAGE)
def move_question(edition: Edition, number: int) -> Response:
    """Move a question by one place; the focus goes on with its button."""
    up = request.form.get("do") == "up"
    reached = actions.move_question(actor(), edition, number, up=up, now=clock.now())
    last = len(queries.questions_of(edition))
    place = [question.number for question in queries.questions_of(edition)].index(reached) + 1
    at_the_end = place == (1 if up else last)
    button = ("down" if up else "up") if at_the_end else ("up" if up else "down")
    return _back("moved", reached, f"{button}-{reached}")


@bp.get("/manage/questions/<int:number>/remove")
@entry(Verb.MANAGE)
def removing_question(edition: Edition, number: int) -> Response:
    """What removing the question would do, and the button that does it."""
    question = queries.get_question(edition, number)
    return render.page(
        "editions/question_remove.html",
        edition=edition,
        question=question,
        proposals=proposals_under(edition).get(question.id, 0),
        why=_why(edition),
    )


@bp.post("/manage/questions/<int:number>/remove")
@entry(Verb.MANAGE)
def remove_question(edition: Edition, number: int) -> Response:
    """Remove a question without proposals."""
    actions.remove_question(actor(), edition, number, now=clock.now())
    return _back("removed")


def _movable(
    edition: Edition, asked: list[GuidingQuestion], proposed: dict[int, int]
) -> list[tuple[bool, bool]]:
    """For each question whether it can move up, and down."""
    held = [edition.opened is not None and bool(proposed.get(question.id)) for question in asked]
    return [
        (
            place > 0 and not held[place] and not held[place - 1],
            place < len(asked) - 1 and not held[place] and not held[place + 1],
        )
        for place in range(len(asked))
    ]


def _why(edition: Edition) -> str:
    """Why questions are fixed; "" while they are not."""
    since = fixed_since(edition, clock.now())
    return why_fixed(edition, since) if since is not None else ""


def _back(saved: str, number: int | None = None, anchor: str = "") -> Response:
    place = anchor or (f"question-{number}" if number is not None else None)
    return render.see_other(url_for("editions.questions", saved=saved, _anchor=place))


def _question_page(edition: Edition, form: QuestionForm, question: GuidingQuestion | None) -> Response:
    shown: dict[str, Any] = {"edition": edition, "form": form, "question": question, "why": _why(edition)}
    return render.page("editions/question_edit.html", 422 if form.errors else 200, longest=LONGEST, **shown)
