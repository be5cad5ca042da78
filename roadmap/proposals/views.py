"""Reading one proposal, its history and its origins; changing and withdrawing it."""

import re
import secrets
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, current_app, make_response, redirect, request, url_for

from roadmap.comments import queries as comments
from roadmap.core import clock
from roadmap.core.errors import DomainError, Invalid, NotFound
from roadmap.core.i18n import current_language
from roadmap.core.markdown import excerpt
from roadmap.core.permit import closed
from roadmap.domain.phases import Verb, is_open
from roadmap.domain.policy import permits
from roadmap.editions.choices import languages_for
from roadmap.editions.models import Edition, GuidingQuestion
from roadmap.editions.queries import address_of as question_address
from roadmap.editions.queries import questions_of
from roadmap.proposals import actions, corrections, queries, story
from roadmap.proposals.fields import TEXT, TITLE, Fields
from roadmap.proposals.forms import EditForm, WithdrawForm
from roadmap.proposals.models import Proposal
from roadmap.proposals.places import place_name
from roadmap.proposals.tags import tags_of, tags_on
from roadmap.votes import queries as votes
from roadmap.web import render
from roadmap.web.guards import actor, entry
from roadmap.web.pagination import page_number

bp = Blueprint("proposals", __name__)
bp.add_app_template_global(queries.address_of, "address_of")
bp.add_app_template_global(queries.card_values, "card_values")
bp.add_app_template_global(place_name, "place_name")
bp.add_app_template_global(current_language, "current_language")
bp.add_app_template_filter(excerpt, "excerpt")

MOST_RELATED = 8
"""So many related proposals are named on a proposal's page."""
_NUMBER = re.compile(r"([1-9][0-9]{0,8})(?:-.*)?\Z", re.ASCII | re.DOTALL)


def number_in(number_slug: str) -> int:
    """The number at the beginning of an address part; raises NotFound where there is none."""
    found = _NUMBER.match(number_slug)
    if found is None:
        raise NotFound
    return int(found[1])


def question_of(edition: Edition, proposal: Proposal) -> GuidingQuestion:
    """The guiding question that the proposal answers."""
    return next(question for question in questions_of(edition) if question.id == proposal.question_id)


def question_href(question: GuidingQuestion) -> str:
    """The address of a guiding question's page."""
    return url_for("questions.question", number_slug=question_address(question))


@bp.get("/proposals/<number_slug>")
@entry(Verb.READ)
def proposal(edition: Edition, number_slug: str) -> Response:
    """One proposal; another slug leads to its one address, a merged proposal to its lead."""
    found = queries.get_proposal(edition, number_in(number_slug), actor())
    if found.lead_id is not None and found.state == "published":
        lead = queries.lead_of(edition, found)
        target = url_for("proposals.proposal", number_slug=queries.address_of(lead)) + f"?from={found.number}"
        response = make_response(redirect(target, 302))
        response.headers["Cache-Control"] = "no-store"  # a merge can be undone
        return response
    if (elsewhere := elsewhere_of(found, number_slug)) is not None:
        return elsewhere
    question = question_of(edition, found)
    if found.state in queries.STUBS:
        return render.page(
            "proposals/stub.html", proposal=found, question=question, question_href=question_href(question)
        )
    return render.page("proposals/proposal.html", **_shown(edition, found, question, clock.now()))


def elsewhere_of(found: Proposal, number_slug: str) -> Response | None:
    """The way to the one address of the page; None where it is this one. A stub answers at each: it may end."""
    address = queries.address_of(found)
    if address == number_slug or found.state in queries.STUBS:
        return None
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    return render.moved(url_for(str(request.endpoint), number_slug=address) + query)


def _shown(edition: Edition, found: Proposal, question: GuidingQuestion, now: datetime) -> dict[str, Any]:
    """All that a proposal's page shows."""
    reader, address = actor(), queries.address_of(found)
    facts = queries.facts_of(edition, found, now)
    sources = story.sources_of(found)
    tied = story.relations_of(found)
    came_from = page_number(request.args.get("from")) if request.args.get("from") else 0
    ballot = votes.ballots_of([found], reader, edition, now)[found.id]
    here = url_for("proposals.proposal", number_slug=address)
    return {
        "proposal": found,
        "edition": edition,
        "question": question,
        "question_href": question_href(question),
        "card": queries.Card(
            found.comment_count + sum(one.proposal.comment_count for one in sources), len(sources)
        ),
        "voting": is_open(Verb.VOTE, facts.periods, now),
        "ballot": ballot,
        "changed": story.since_vote(found, reader.voter)
        if ballot.changed_since_vote and reader.voter
        else None,
        "followed": next((one for one in sources if one.proposal.number == came_from), None),
        "sources": sources,
        "split": tied.split,
        "older": tied.older,
        "newer": tied.newer,
        "tags": tags_on(edition, found),
        "all_tags": tags_of(edition),
        "related": tied.related[:MOST_RELATED],
        "canonical": current_app.config["SETTINGS"].base_url + here,
        "may_propose": is_open(Verb.PROPOSE, facts.periods, now) and not facts.archived,
        **_rights(edition, found, tied, now),
        **_talk(edition, found, sources, here, now),
    }


def _rights(edition: Edition, found: Proposal, tied: story.Relations, now: datetime) -> dict[str, Any]:
    """What this reader may do with the proposal, and what waits for a decision."""
    reader = actor()
    own = reader.signed_in and reader.account == found.author_id
    facilitates = permits(reader, Verb.MODERATE, queries.facts_of(edition, found, now))
    may_merge = permits(reader, Verb.MERGE, queries.facts_of(edition, found, now))
    may_change = permits(reader, Verb.EDIT_PROPOSAL, queries.facts_of(edition, found, now))
    correction = story.waiting_correction(found) if own or facilitates else None
    return {
        "own": own,
        "facilitates": facilitates,
        "may_merge": may_merge and found.state == "published",
        "may_undo_split": may_merge
        and found.state == "closed"
        and bool(tied.split.parts)
        and not tied.split.ended,
        "may_change": may_change,
        "asks": may_change and actions.must_ask(edition, found, reader),
        "correction": story.proposed(found, correction) if correction else None,
        "correction_id": correction.id if correction else 0,
        "correction_note": correction.note if correction else "",
        "refused": story.last_decision(found) if own else None,
    }


def _talk(
    edition: Edition, found: Proposal, sources: list[story.Source], here: str, now: datetime
) -> dict[str, Any]:
    """The comments, and whether this reader may add one."""
    facts = queries.facts_of(edition, found, now)
    asked = page_number(request.args.get("page"))
    below = [one.proposal for one in sources]
    thread = comments.thread_of(edition, found, actor(), page=asked, sources=below)
    if asked > thread.pages:
        raise NotFound
    is_closed = not is_open(Verb.COMMENT, facts.periods, now) or facts.archived
    return {
        "thread": thread,
        "may_comment": permits(actor(), Verb.COMMENT, facts),
        "comment_closed": closed(Verb.COMMENT, facts, edition.time_zone).message if is_closed else "",
        "nonce": secrets.token_urlsafe(16),
        "page_href": lambda number: f"{here}?page={number}#comments",
    }


def readable(edition: Edition, number_slug: str) -> Proposal:
    """The proposal where its text may be read; raises NotFound for stubs too."""
    found = queries.get_proposal(edition, number_in(number_slug), actor())
    if found.state in queries.STUBS:
        raise NotFound
    return found


@bp.get("/proposals/<number_slug>/history")
@entry(Verb.READ)
def history(edition: Edition, number_slug: str) -> Response:
    """Every wording with what it changed, and the difference between any two."""
    found = readable(edition, number_slug)
    if (elsewhere := elsewhere_of(found, number_slug)) is not None:
        return elsewhere
    revisions = {revision.number: revision for revision in queries.revisions_of(found)}
    before, after = (page_number(request.args.get(name) or "0") for name in ("before", "after"))
    asked = "before" in request.args and before in revisions and after in revisions and before != after
    return render.page(
        "proposals/history.html",
        proposal=found,
        revisions=list(revisions.values()),
        changes=story.changes_of(found),
        before=before if asked else max(1, found.revision - 1),
        after=after if asked else found.revision,
        compared=story.difference(revisions[before], revisions[after]) if asked else None,
    )


@bp.get("/proposals/<number_slug>/edit")
@entry(Verb.OWN)
def edit(edition: Edition, number_slug: str) -> Response:
    """The form to change one's own proposal, or to ask for a correction."""
    found = _own(edition, number_slug)
    if (elsewhere := elsewhere_of(found, number_slug)) is not None:
        return elsewhere
    values = {**Fields.read(vars(found)).stored(), "links": "\n".join(found.links)}
    return _edit_page(
        edition, found, EditForm(languages_for(edition, found.language), data=values), WithdrawForm()
    )


def _own(edition: Edition, number_slug: str) -> Proposal:
    found = readable(edition, number_slug)
    if not actor().signed_in or found.author_id != actor().account:
        raise NotFound
    return found


def _edit_page(
    edition: Edition, found: Proposal, form: EditForm, withdrawing: WithdrawForm, *,
    error: DomainError | None = None,
) -> Response:  # fmt: skip
    asks = actions.must_ask(edition, found, actor())
    failed = form if error is not None and not withdrawing.errors else withdrawing
    return render.page(
        "proposals/edit.html", error.status if error is not None else 200, proposal=found,
        form=failed if failed.errors else form, wording=form, withdrawing=withdrawing, asks=asks,
        message=error.message if error is not None else "",
        longest_title=TITLE, longest_text=TEXT,
    )  # fmt: skip


@bp.post("/proposals/<number_slug>/edit")
@entry(Verb.OWN)
def change(edition: Edition, number_slug: str) -> Response:
    """Change one's own proposal, or ask for a correction once others have voted."""
    found = readable(edition, number_slug)
    form = EditForm(languages_for(edition, found.language), request.form)
    fields = form.wording(Fields.read(vars(found)))
    try:
        corrections.change_proposal(
            actor(), edition, found, fields, note=form.note.data or "", now=clock.now()
        )
    except DomainError as error:
        if isinstance(error, Invalid):
            form.complain(error.errors)
        return _edit_page(edition, found, form, WithdrawForm(), error=error)
    return render.see_other(url_for("proposals.proposal", number_slug=queries.address_of(found)))


@bp.post("/proposals/<number_slug>/withdraw")
@entry(Verb.OWN)
def withdraw(edition: Edition, number_slug: str) -> Response:
    """Take back one's own proposal."""
    found, form = _own(edition, number_slug), WithdrawForm(request.form)
    try:
        actions.withdraw_proposal(actor(), edition, found, reason=form.reason.data or "", now=clock.now())
    except Invalid as error:
        for name, sentence in error.errors.items():
            form.add_error(name, sentence)
        values = {**Fields.read(vars(found)).stored(), "links": "\n".join(found.links)}
        return _edit_page(
            edition, found, EditForm(languages_for(edition, found.language), data=values), form, error=error
        )
    return render.see_other(url_for("proposals.proposal", number_slug=queries.address_of(found)))
