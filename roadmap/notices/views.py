"""A person's notices: the list, each with its buttons, and how they are told by mail."""

from flask import Blueprint, Response, request, url_for

from roadmap.core import clock
from roadmap.core.errors import DomainError, NotFound
from roadmap.domain.phases import Verb
from roadmap.merging.forms import LIMIT
from roadmap.merging.queries import get_merge
from roadmap.merging.tale import told_of
from roadmap.merging.views import forms_for
from roadmap.notices import actions, queries
from roadmap.notices.forms import WaysForm
from roadmap.notices.models import VOTER_KINDS
from roadmap.notices.sentences import sentence
from roadmap.proposals.queries import STUBS, lead_of
from roadmap.votes import queries as votes
from roadmap.votes.pacing import keep_pace
from roadmap.web import render
from roadmap.web.guards import actor, entry
from roadmap.web.pagination import page_number

bp = Blueprint("notices", __name__)


@bp.get("/me/notices")
@entry(Verb.OWN)
def notices() -> Response:
    """Everything that happened to one's proposals and votes, newest first."""
    listed = queries.notices_of(actor(), page_number(request.args.get("page")))
    if listed.number > listed.pages:
        raise NotFound
    as_author, as_voter = queries.ways_of(actor().account)
    return render.page(
        "notices/notices.html",
        listed=listed,
        unread=queries.unread(actor()),
        sentence=sentence,
        voter_kinds=VOTER_KINDS,
        ways=WaysForm(data={"as_author": as_author, "as_voter": as_voter}),
        said=request.args.get("said", ""),
    )


@bp.post("/me/notices/read")
@entry(Verb.OWN)
def read_all() -> Response:
    """Mark every notice as read."""
    actions.mark_read(actor(), now=clock.now())
    return render.see_other(url_for("notices.notices"))


@bp.post("/me/notices/mail")
@entry(Verb.OWN)
def choose() -> Response:
    """Choose how one is told by mail."""
    form = WaysForm(request.form)
    actions.choose_ways(
        actor(), as_author=form.as_author.data or "", as_voter=form.as_voter.data or "", now=clock.now()
    )
    return render.see_other(url_for("notices.notices", said="chosen") + "#mail")


@bp.get("/me/notices/<int:notice_id>")
@entry(Verb.OWN)
def notice(notice_id: int) -> Response:
    """One notice with its buttons."""
    return _page(notice_id)


@bp.post("/me/notices/<int:notice_id>")
@entry(Verb.OWN)
def answer(notice_id: int) -> Response:
    """Keep, change or withdraw a vote; or put a notice away."""
    choice, now = request.form.get("choice", ""), clock.now()
    try:
        if choice == "done":
            actions.settle_notice(actor(), notice_id, now=now)
        else:
            if choice != "keep":
                keep_pace()
            actions.answer_notice(actor(), notice_id, choice, now=now)
    except DomainError as error:
        if error.status not in (409, 422, 503):
            raise
        return _page(notice_id, error)
    return render.see_other(url_for("notices.notices", said="kept" if choice == "keep" else "answered"))


def _page(notice_id: int, error: DomainError | None = None) -> Response:
    now, reader = clock.now(), actor()
    (shown,) = queries.shown_of([queries.get_notice(reader, notice_id)])
    edition, lead = shown.edition, lead_of(shown.edition, shown.proposal)
    told = (
        [told_of(edition, get_merge(edition, shown.notice.merge_id), reader, now)]
        if shown.notice.kind == "merged" and shown.notice.merge_id
        else []
    )
    return render.page(
        "notices/notice.html",
        error.status if error is not None else 200,
        shown=shown,
        edition=edition,
        lead=lead,
        readable=lead.state not in STUBS and lead.state != "waiting",
        text=sentence(shown),
        about_vote=shown.notice.kind in VOTER_KINDS,
        ballot=votes.ballots_of([lead], reader, edition, now)[lead.id],
        told=told,
        forms=forms_for(told),
        limit=LIMIT,
        message=error.message if error is not None else "",
    )


@bp.get("/me/notices/stop/<key>")
@entry(Verb.READ)
def stop(key: str) -> Response:
    """Where the link in a mail leads: a page with the button that ends these mails."""
    if queries.find_choice(key) is None:
        raise NotFound
    return render.page("notices/stop.html", key=key, done="done" in request.args)


@bp.post("/me/notices/stop/<key>")
@entry(Verb.WRITE)  # whoever got the mail holds its key
def stop_now(key: str) -> Response:
    """End the mails."""
    actions.stop_mails(key, now=clock.now())
    return render.see_other(url_for("notices.stop", key=key, done=1))
