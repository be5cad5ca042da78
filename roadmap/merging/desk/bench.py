"""The workbench: proposals side by side, the effect of a merge before it is made, and the decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for

from roadmap.accounts.queries import get_account
from roadmap.core import clock
from roadmap.core.errors import Conflict, DomainError, Invalid
from roadmap.core.i18n import _
from roadmap.domain import objections
from roadmap.domain.objections import Ruling
from roadmap.domain.phases import Verb
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of, questions_of
from roadmap.merging import actions, candidates, effects
from roadmap.merging.bench_forms import LIMIT, BenchForm
from roadmap.merging.candidates import Candidate
from roadmap.merging.desk.blueprint import bench_of, bp, name_of, numbers_in
from roadmap.merging.done import done_by_ids
from roadmap.merging.objected import objected_groups
from roadmap.merging.queue import Numbers, holder_of, queue_of
from roadmap.proposals.fields import TEXT, TITLE
from roadmap.proposals.models import Proposal
from roadmap.proposals.tags import tags_on
from roadmap.similarity.actions import decide_group
from roadmap.similarity.models import DECISIONS
from roadmap.similarity.queries import newest_decision
from roadmap.votes.openness import has_closed
from roadmap.web import render
from roadmap.web.guards import actor, entry
from roadmap.web.requests import whole_number

BENCH = "/desk/duplicates/<group>"


@dataclass(frozen=True)
class Group:
    """A group on the bench: what can still be decided about, and the same side by side."""

    numbers: Numbers
    proposals: list[Proposal]
    candidates: list[Candidate]


@bp.get(BENCH)
@entry(Verb.MERGE)
def bench(edition: Edition, group: str) -> Response:
    """A group to decide about."""
    opened = _opened(edition, group)
    if opened is None:
        return render.see_other(url_for("duplicates.waiting", over=1))
    return _page(edition, opened, _fresh(edition, opened))


@bp.post(BENCH)
@entry(Verb.MERGE)
def decide(edition: Edition, group: str) -> Response:
    """Merge, link as related, find not the same, skip; or work the effect out again."""
    opened = _opened(edition, group)
    if opened is None:
        raise Conflict(_("This group was decided meanwhile. Go back to the desk for the next one."))
    form, wish = BenchForm(opened.proposals, request.form), request.form.get("do", "")
    if wish == "effect":
        return _effect(edition, opened, form)
    try:
        told = _do(edition, opened, form, wish)
    except (Invalid, Conflict) as problem:
        return _refused(edition, opened, form, problem)
    return _next(edition, opened.numbers, whole_number(request.form.get("place")), told)


def _do(edition: Edition, group: Group, form: BenchForm, wish: str) -> dict[str, Any]:
    """Carry the decision out; what to tell on the next page."""
    chosen = [number for number in form.include.data or [] if number in group.numbers]
    if wish == "skip":
        return {}
    if wish == "merge":
        lead = form.lead.data or 0
        merge = actions.merge_proposals(
            actor(), edition, lead if lead in group.numbers else candidates.most_answered(group.candidates),
            [number for number in chosen if number != lead], title=form.title.data or "",
            text=form.text.data or "", reason=form.reason.data or "", now=clock.now(),
            expected={number: form.seen[number] for number in {lead, *chosen} & form.seen.keys()},
            decided=form.decided, answers_objection=form.answers_objection.data or "",
        )  # fmt: skip
        return {"merged": str(merge.id)}
    if wish not in DECISIONS:
        raise Invalid(_("Choose what is to happen with these proposals."))
    decide_group(
        actor(), edition, chosen, decision=wish, reason=form.reason.data or "",
        revisions={number: form.seen[number] for number in chosen}, seen=form.decided, now=clock.now(),
    )  # fmt: skip
    for objected in objected_groups(edition):
        if set(chosen) <= {*objected.numbers, objected.lead.number} and objected.left.number in chosen:
            actions.leave_apart(actor(), edition, objected.objection, now=clock.now())
    return {wish: name_of(chosen)}


def _next(edition: Edition, done: Numbers, place: int, told: dict[str, Any]) -> Response:
    group = actions.open_next(actor(), edition, after=done, place=place, now=clock.now())
    if group is None:
        return render.see_other(url_for("duplicates.waiting", end=1, **told))
    return render.see_other(bench_of(group.numbers, **told))


def _opened(edition: Edition, group: str) -> Group | None:
    """The group of the address; None where fewer than two of it are left to decide about."""
    numbers = numbers_in(group)
    still = candidates.get_group(edition, numbers)
    if len(still) < 2:
        return None
    return Group(tuple(each.number for each in still), still, candidates.candidates_of(edition, still))


def _fresh(edition: Edition, group: Group) -> BenchForm:
    number = candidates.most_answered(group.candidates)
    lead = next(each for each in group.proposals if each.number == number)
    return BenchForm(
        group.proposals,
        decided=newest_decision(edition, group.numbers),
        data={"include": list(group.numbers), "lead": number, "title": lead.title, "text": lead.text},
    )


def _effect(edition: Edition, group: Group, form: BenchForm) -> Response:
    """The same page, or its part for the script, for what is ticked now; the wording follows another lead."""
    lead = _lead(group, form)
    untouched = (form.title.data, form.text.data) in {(each.title, each.text) for each in group.proposals}
    if untouched:
        form.title.data, form.text.data = lead.title, lead.text
    if render.wants_fragment("effect"):
        return render.fragment("merging/_effect.html", **_shown(edition, group, form))
    return _page(edition, group, form)


def _refused(edition: Edition, group: Group, form: BenchForm, problem: DomainError) -> Response:
    """The page again with what was typed; where texts were changed meanwhile, with what is different."""
    changes = getattr(problem, "changes", {})
    for field, message in getattr(problem, "errors", {}).items():
        if field in form:
            form.add_error(field, message)
        else:
            form.add_error("include", message)
    if changes:
        form.seen = {each.number: each.revision for each in group.proposals}
    elif isinstance(problem, Conflict):
        form.decided = newest_decision(edition, group.numbers)
    return _page(edition, group, form, problem, changes=changes)


def _lead(group: Group, form: BenchForm) -> Proposal:
    number = form.lead.data or 0
    if number not in group.numbers:
        number = candidates.most_answered(group.candidates)
    return next(each for each in group.proposals if each.number == number)


def _shown(edition: Edition, group: Group, form: BenchForm) -> dict[str, Any]:
    """What the effect tells: of what is ticked, and of the lead in any case."""
    now, lead = clock.now(), _lead(group, form)
    ticked = set(form.include.data or ())
    sources: Sequence[Proposal] = [
        each for each in group.proposals if each.number in ticked and each is not lead
    ]
    chosen = [each for each in group.candidates if each.proposal in (lead, *sources)]
    return {
        "form": form,
        "lead": lead,
        "sources": sources,
        "effect": effects.effect(lead, sources) if sources else None,
        "places": effects.places(edition, lead.number, [each.number for each in sources], now)
        if sources
        else None,
        "authors": sorted({each.proposal.author_id or -each.proposal.id for each in chosen}),
        "comments": sum(each.card.comments for each in chosen),
        "until": objections.closes(now),
    }


def _page(
    edition: Edition,
    group: Group,
    form: BenchForm,
    problem: DomainError | None = None,
    changes: dict[int, Any] | None = None,
) -> Response:
    now, queue = clock.now(), queue_of(edition, clock.now())
    say = candidates.say_against(edition, group.proposals)
    holder = holder_of(group.proposals, now)
    return render.page(
        "merging/bench.html",
        problem.status if problem is not None else 200,
        group=group,
        group_name=name_of(group.numbers),
        message=problem.message if problem is not None else "",
        changes=changes or {},
        say=say,
        ended=say.ruling is Ruling.ENDED,
        cautions=candidates.cautions_in(group.proposals),
        likeness=candidates.likeness_of(edition, group.numbers),
        questions={each.number: each for each in questions_of(edition)},
        held_by=get_account(holder).name if holder is not None and holder != actor().account else None,
        left=len(queue),
        place=next((index for index, each in enumerate(queue) if each.numbers == group.numbers), 0),
        tags={each.number: tags_on(edition, each) for each in group.proposals},
        figures_shown=edition.results != "at-close" or has_closed(facts_of(edition, now)),
        merges=done_by_ids(edition, [whole_number(request.args.get("merged"))]),
        decided={name: _numbers_of(request.args.get(name)) for name in DECISIONS},
        name_of=name_of,
        limit=LIMIT,
        longest_title=TITLE,
        longest_text=TEXT,
        **_shown(edition, group, form),
    )


def _numbers_of(name: str | None) -> Numbers:
    """The numbers in a name that the last page handed on; none where it is no group's."""
    return tuple(filter(None, (whole_number(part) for part in (name or "").split("-"))))
