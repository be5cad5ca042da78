"""What waits at the desk: objections, groups that look alike, pairs that are all but the same."""

from flask import Response, request, url_for

from roadmap.core import clock
from roadmap.core.errors import DomainError, Invalid
from roadmap.core.i18n import _
from roadmap.domain.phases import Verb
from roadmap.editions.models import Edition
from roadmap.merging import actions
from roadmap.merging.bench_forms import SearchForm
from roadmap.merging.desk.blueprint import FEWEST, MOST, bench_of, bp, name_of
from roadmap.merging.done import done_by_ids
from roadmap.merging.queue import queue_of
from roadmap.proposals import queries as proposals
from roadmap.proposals.models import Proposal
from roadmap.proposals.searching import found_by
from roadmap.similarity import queries as similarity
from roadmap.web import render
from roadmap.web.guards import actor, entry
from roadmap.web.pagination import page_number
from roadmap.web.requests import whole_number


@bp.get("/desk/duplicates")
@entry(Verb.MERGE)
def waiting(edition: Edition) -> Response:
    """Everything that waits for a decision about sameness, and a search to gather a group by hand."""
    if request.args.get("near"):
        return _near(edition)
    return _waiting(edition)


@bp.post("/desk/duplicates")
@entry(Verb.MERGE)
def begin(edition: Edition) -> Response:
    """Open the first group that nobody else has before them."""
    group = actions.open_next(actor(), edition, now=clock.now())
    if group is None:
        return render.see_other(url_for("duplicates.waiting", end="1"))
    return render.see_other(bench_of(group.numbers))


@bp.get("/desk/duplicates/gather")
@entry(Verb.MERGE)
def gather(edition: Edition) -> Response:
    """A group made by hand from what was ticked in a search."""
    numbers = {whole_number(each) for each in request.args.getlist("number")} - {0}
    if not FEWEST <= len(numbers) <= MOST:
        return _waiting(
            edition,
            Invalid(
                _("Tick from %(fewest)s to %(most)s proposals to compare them.", fewest=FEWEST, most=MOST)
            ),
        )
    return render.see_other(bench_of(numbers))


@bp.post("/desk/duplicates/near")
@entry(Verb.MERGE)
def merge_near(edition: Edition) -> Response:
    """Merge every pair that was ticked, each as a deed of its own: the newer one into the older one."""
    made: list[str] = []
    problems: list[str] = []
    for pair in request.form.getlist("pair"):
        older, _dash, newer = pair.partition("-")
        lead = proposals.find_proposal(edition, whole_number(older))
        source = proposals.find_proposal(edition, whole_number(newer))
        if lead is None or source is None:
            continue
        try:
            merge = _merge_pair(edition, lead, source)
            made.append(str(merge))
        except DomainError as problem:
            problems.append(problem.message)
    if problems or not made:
        return _near(edition, made, problems or [_("Tick the pairs that say the same.")])
    page = page_number(request.form.get("page") or "1")
    return render.see_other(url_for("duplicates.waiting", near=1, page=page, merged=",".join(made)))


def _merge_pair(edition: Edition, lead: Proposal, source: Proposal) -> int:
    """Merge a pair of the page, on which only those stand about which nothing was decided."""
    seen = {
        number: whole_number(request.form.get(f"seen-{number}")) or -1
        for number in (lead.number, source.number)
    }
    merge = actions.merge_proposals(
        actor(), edition, lead.number, [source.number], title=lead.title, text=lead.text, reason="",
        expected=seen, decided=similarity.NOTHING_DECIDED, now=clock.now(),
    )  # fmt: skip
    return merge.id


def _waiting(edition: Edition, problem: DomainError | None = None) -> Response:
    now, form = clock.now(), SearchForm(request.args)
    queue = queue_of(edition, now)
    return render.page(
        "merging/waiting.html",
        problem.status if problem is not None else 200,
        form=form,
        message=problem.message if problem is not None else "",
        queue=queue,
        free=[group for group in queue if not group.held_from(actor().account)],
        near=similarity.pairs_near_identical(edition).total,
        last=similarity.last_compared(edition),
        backlog=similarity.waiting(edition),
        found=_search(edition, form.q.data or ""),
        name_of=name_of,
        merges=done_by_ids(edition, [whole_number(request.args.get("merged"))]),
        end=request.args.get("end"),
    )


def _near(edition: Edition, made: list[str] | None = None, problems: list[str] | None = None) -> Response:
    page = page_number(request.values.get("page") or "1")
    ids = made if made is not None else request.args.get("merged", "").split(",")
    return render.page(
        "merging/near.html",
        422 if problems else 200,
        page=similarity.pairs_near_identical(edition, page),
        merges=done_by_ids(edition, [whole_number(each) for each in ids]),
        problems=problems or [],
        name_of=name_of,
    )


def _search(edition: Edition, words: str) -> list[Proposal] | None:
    """What was asked for; beside one proposal alone, what says most nearly the same."""
    found = found_by(edition, words)
    by_number = found is not None and words.strip() == str(found[0].number if found else "")
    return _with_alike(edition, found[0]) if found and by_number else found


def _with_alike(edition: Edition, one: Proposal) -> list[Proposal]:
    """The proposal, and what says most nearly the same."""
    alike = similarity.similar_to(edition, one.title, one.text, one.language, limit=MOST)
    return [one, *(each for each in alike if each.id != one.id)][:MOST]
