"""The ballots' door, and a voter's own votes."""

from collections.abc import Callable
from dataclasses import replace
from threading import Thread
from typing import Any

from flask import Blueprint, Response, current_app, g, request, url_for

from roadmap.accounts.actions import owning
from roadmap.accounts.forms import LanguagesForm
from roadmap.accounts.keys import digest, new_token
from roadmap.accounts.visitors import forget_guest, settings
from roadmap.core import clock
from roadmap.core.errors import Conflict, NotFound
from roadmap.core.i18n import LANGUAGES, current_language
from roadmap.domain import reading
from roadmap.domain.phases import Verb, is_open
from roadmap.domain.slugs import address_part
from roadmap.editions import queries as editions
from roadmap.editions.models import Edition, GuidingQuestion
from roadmap.proposals import queries as proposals
from roadmap.votes import actions, impressions, own, queries
from roadmap.votes.deck import ROUND, Hand, deck_of, hand_for
from roadmap.votes.impressions import Drawn
from roadmap.votes.pacing import keep_pace
from roadmap.votes.routing import Board
from roadmap.web import cookies, render
from roadmap.web.guards import actor, entry, local_path
from roadmap.web.pagination import page_number
from roadmap.web.requests import whole_number

bp = Blueprint("votes", __name__)

LOOKS = {"list": "list", "big": "big", "panel": "page"}
"""What a ballot's form says of its looks, and what the fragment is told."""


@bp.get("/<edition>/proposals/<int:number>/vote")
@entry(Verb.READ)
def ballot(edition: Edition, number: int) -> Response:
    """The address that votes are sent to is no page: go and see the proposal."""
    found = proposals.get_proposal(edition, number, actor())
    return render.see_other(url_for("proposals.proposal", number_slug=proposals.address_of(found)))


@bp.post("/<edition>/proposals/<int:number>/vote")
@entry(Verb.VOTE)
def cast(edition: Edition, number: int) -> Response:
    """A vote from any ballot; afterwards the page it came from, or the ballot alone for the script."""
    done, key = vote(edition, number, request.form.get("choice", ""))
    if render.wants_fragment("ballot"):
        return keeping(_ballot(edition, done.proposal), key)
    back = local_path(request.form.get("back", ""), "") if done.number == number else ""
    address = back.partition("#")[0]
    if not address:
        part = address_part(done.number, done.title)
        address = url_for("proposals.proposal", edition=edition, number_slug=part)
    if done.number == number and request.form.get("look") == "big":
        address = (
            f"{address.partition('?')[0]}?voted={number}"  # home chooses a ballot by itself: this one again
        )
    return keeping(render.see_other(f"{address}#vote-{done.number}"), key)


def vote(
    edition: Edition, number: int, choice: str, drawn: Drawn | None = None
) -> tuple[actions.Cast, str | None]:
    """Cast it for whoever sent the request. Hands back the new key of a guest who had none, else None."""
    key = new_token() if actor().voter is None and not actor().signed_in else None
    keep_pace()
    done = actions.cast_vote(
        actor(), edition, number, choice, drawn=drawn, new_key=digest(key) if key else None
    )
    g.actor = replace(actor(), voter=done.voter)
    return done, key if done.new_voter else None


def _ballot(edition: Edition, proposal_id: int) -> Response:
    proposal = proposals.by_ids([proposal_id])[proposal_id]
    shown = queries.ballots_of([proposal], actor(), edition, clock.now())[proposal_id]
    look = LOOKS.get(request.form.get("look", ""), "list")
    return render.fragment("votes/_ballot.html", ballot=shown, look=look, sent=True)


def keeping(response: Response, key: str | None) -> Response:
    """Let the browser of a guest who voted for the first time keep its key."""
    if key is not None:
        cookies.keep(response, cookies.GUEST, key)
    return response


@bp.get("/me/votes")
@entry(Verb.READ)
def mine() -> Response:
    """The reader's votes, with an account or without; each can be changed or withdrawn."""
    listed = own.own_votes(actor(), page_number(request.args.get("page")), clock.now())
    if listed.number > listed.pages:
        raise NotFound
    return render.page("votes/mine.html", listed=listed, cleared="cleared" in request.args)


@bp.post("/me/votes/clear")
@entry(Verb.READ)
def clear() -> Response:
    """For shared devices: withdraw this browser's votes where voting is open, and let it forget its key."""
    if actor().signed_in or actor().voter is None:
        return render.see_other(url_for("votes.mine"))
    for edition in own.editions_of(actor()):
        try:
            actions.withdraw_all(actor(), edition)
        except Conflict:
            continue  # what was counted at the close stays counted
    response = render.see_other(url_for("votes.mine", cleared=1))
    forget_guest(response)
    return response


@bp.get("/<edition>/vote")
@entry(Verb.READ)
def deck(edition: Edition) -> Response:
    """One proposal at a time, drawn by the server."""
    args = request.args
    question = _question(edition, args.get("question", ""))
    if (closed := _while_closed(edition)) is not None:
        return closed
    return _deck(
        edition, question, saved=whole_number(args.get("saved")), again=whole_number(args.get("again"))
    )


@bp.post("/<edition>/vote")
@entry(Verb.VOTE)
def answer(edition: Edition) -> Response:
    """Answer, skip, or take the last answer back; then the next proposal, or the deck's end."""
    form = request.form
    question, number = _question(edition, form.get("question", "")), whole_number(form.get("number"))
    drawn, deed = impressions.read(settings().secret_key, form.get("impression", "")), form.get("do", "")
    key, saved, again = None, 0, 0
    if deed == "skip":
        if actor().voter is not None:
            keep_pace()  # a skip is kept, too
        actions.skip_proposal(actor(), edition, drawn)
    else:
        choice = actions.CLEAR if deed == "undo" else form.get("choice", "")
        done, key = vote(edition, number, choice, drawn)
        saved, again = (0, done.number) if deed == "undo" else (done.number, 0)
    passed = whole_number(form.get("passed")) + (deed == "skip")
    return keeping(_onward(edition, question, saved=saved, again=again, passed=passed), key)


@bp.get("/<edition>/vote/languages")
@entry(Verb.READ)
def languages(edition: Edition) -> Response:
    """The address that a choice of languages is sent to is no page: go and see the deck."""
    return render.see_other(url_for("votes.deck"))


@bp.post("/<edition>/vote/languages")
@entry(Verb.VOTE)
def choose_languages(edition: Edition) -> Response:
    """Say which languages one reads: an account for good, anybody else in this browser."""
    question = _question(edition, request.form.get("question", ""))
    hand = _hand(edition, question, 0)
    form = _languages(edition, hand, sent=True)
    if not form.validate():
        return _deck(edition, question, hand=hand, form=form)
    reads = reading.chosen(form.reads.data or (), _offered(edition, hand), actor().reads)
    response = render.see_other(
        url_for("votes.deck", edition=edition, question=question.number if question else None)
    )
    if actor().signed_in:
        owning.choose_languages(actor(), reads, now=clock.now())
    else:
        cookies.keep(response, cookies.READS, reading.as_text(reads))
    return response


def _offered(edition: Edition, hand: Hand) -> tuple[str, ...]:
    return reading.offered(edition.languages, hand.written, LANGUAGES)


def _languages(edition: Edition, hand: Hand, *, sent: bool = False) -> LanguagesForm:
    """The form in which readers of the deck say which languages they read."""
    return LanguagesForm(_offered(edition, hand), actor().reads, request.form if sent else None)


def _onward(
    edition: Edition, question: GuidingQuestion | None, *, saved: int, again: int, passed: int
) -> Response:
    """What follows a press in the deck: the next card for the script, else the way to it."""
    asked: dict[str, Any] = {"question": question.number if question else None}
    hand = _hand(edition, question, passed)
    if hand.proposal is None or (saved and hand.answered % ROUND == 0):
        return render.see_other(url_for("votes.done", edition=edition, **asked))
    if render.wants_fragment("deck"):
        return _deck(edition, question, saved=saved, again=again, passed=passed, hand=hand)
    more = {"saved": saved, "again": again, "passed": passed if actor().voter is None else 0}
    asked |= {name: value for name, value in more.items() if value}
    return render.see_other(url_for("votes.deck", edition=edition, **asked))


def _deck(
    edition: Edition,
    question: GuidingQuestion | None,
    *,
    saved: int = 0,
    again: int = 0,
    passed: int | None = None,
    hand: Hand | None = None,
    form: LanguagesForm | None = None,
) -> Response:
    passed = whole_number(request.args.get("passed")) if passed is None else passed
    hand = hand or _hand(edition, question, passed)
    shown = deck_of(edition, actor(), hand, saved=saved, again=again, now=clock.now())
    context: dict[str, Any] = {
        "deck": shown,
        "question": question,
        "passed": passed,
        "impression": impressions.signed(settings().secret_key, shown.drawn) if shown.drawn else "",
    }
    if render.wants_fragment("deck"):
        return render.fragment("votes/_deck.html", sent=True, **context)
    form = form or _languages(edition, hand)
    return render.page("votes/deck.html", 422 if form.errors else 200, form=form, **context)


def _hand(edition: Edition, question: GuidingQuestion | None, passed: int) -> Hand:
    return hand_for(
        actor(), edition, question.id if question else None, secret=settings().secret_key,
        language=current_language(), board=_board(), now=clock.now(), passed=passed,
    )  # fmt: skip


def _board() -> Board:
    """The figures that the deck draws by, one set for the process."""
    if "routing" not in current_app.extensions:
        app = current_app._get_current_object()  # type: ignore[attr-defined]

        def work(function: Callable[[], None]) -> None:
            with app.app_context():
                function()

        def in_a_thread(function: Callable[[], None]) -> None:
            Thread(target=work, args=(function,), daemon=True).start()

        def at_once(function: Callable[[], None]) -> None:
            function()

        current_app.extensions["routing"] = Board(at_once if settings().jobs == "none" else in_a_thread)
    board: Board = current_app.extensions["routing"]
    return board


@bp.get("/<edition>/vote/done")
@entry(Verb.READ)
def done(edition: Edition) -> Response:
    """The deck's end, or a pause in it: keep the votes, go on, look elsewhere."""
    question = _question(edition, request.args.get("question", ""))
    if (closed := _while_closed(edition)) is not None:
        return closed
    hand = _hand(edition, question, 0)
    return render.page("votes/done.html", question=question, hand=hand, form=_languages(edition, hand))


def _while_closed(edition: Edition) -> Response | None:
    """What stands in the deck's place where nobody can vote: why, and where to go. None while voting is open."""
    voting = queries.voting_of(edition, clock.now())
    if not voting.reason:
        return None
    periods = editions.periods_of(edition)
    can_propose = edition.archived is None and is_open(Verb.PROPOSE, periods, clock.now())
    return render.page("votes/closed.html", voting=voting, can_propose=can_propose)


def _question(edition: Edition, text: str) -> GuidingQuestion | None:
    """The guiding question chosen, by its number; None for all of them."""
    number = whole_number(text)
    return editions.get_question(edition, number) if number else None
