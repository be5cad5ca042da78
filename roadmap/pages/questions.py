"""A guiding question with its proposals."""

from urllib.parse import urlencode

from flask import Blueprint, Response, request, url_for

from roadmap.core import clock
from roadmap.core.errors import NotFound
from roadmap.core.i18n import current_language
from roadmap.domain.phases import Verb, is_open
from roadmap.editions import queries as editions
from roadmap.editions.models import Edition, GuidingQuestion
from roadmap.proposals import queries as proposals
from roadmap.proposals.tags import find_tag, tags_of
from roadmap.texts.queries import translation_note
from roadmap.votes import queries as votes
from roadmap.web import cookies, render
from roadmap.web.guards import actor, entry
from roadmap.web.pagination import page_number
from roadmap.web.requests import whole_number
from roadmap.web.shared_pages import shared

bp = Blueprint("questions", __name__)

READ = "read"
"""In place of a language: all that the reader reads, once they have said which."""


def elsewhere_of(endpoint: str, question: GuidingQuestion, number_slug: str) -> Response | None:
    """The way to the one address of a question's page; None where it is this one."""
    address = editions.address_of(question)
    if number_slug == address:
        return None
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    return render.moved(url_for(endpoint, number_slug=address) + query)


@bp.get("/questions/<number_slug>")
@entry(Verb.READ)
@shared
def question(edition: Edition, number_slug: str) -> Response:
    """The proposals under a question: in fair order unless the reader chooses another."""
    found = editions.get_question(edition, editions.number_of(number_slug))
    if (elsewhere := elsewhere_of("questions.question", found, number_slug)) is not None:
        return elsewhere
    now, reader = clock.now(), actor()
    asked = {name: request.args.get(name, "")[:200] for name in ("sort", "written", "q", "todo", "tag")}
    order = asked["sort"] if asked["sort"] in proposals.ORDERS else "fair"
    reads = reader.reads if asked["written"] == READ else ()
    asked["written"] = "" if asked["written"] == READ and not reads else asked["written"]
    tag = find_tag(edition, whole_number(asked["tag"]))
    asked["tag"] = str(tag.number) if tag else ""
    listed = proposals.list_of(
        edition,
        found,
        order=order,
        language="" if reads else asked["written"],
        reads=reads,
        text=asked["q"],
        actor=reader,
        todo=asked["todo"] == "1",
        tag=tag.number if tag else 0,
        page=page_number(request.args.get("page")),
        seed=_seed(),
    )
    if listed.number > listed.pages:
        raise NotFound
    return render.page(
        "pages/question.html",
        edition=edition,
        question=found,
        questions_in_all=len(editions.questions_of(edition)),
        listed=listed,
        ballots=votes.ballots_of(listed.items, reader, edition, now),
        cards=proposals.cards_of(listed.items),
        asked={**asked, "sort": order},
        filtered=any(asked[name] for name in ("written", "q", "todo", "tag")) or order != "fair",
        written=listed.languages,
        reads=reader.reads,
        tags=tags_of(edition),
        tag=tag,
        page_href=lambda number: _page(asked, number),
        note=translation_note(edition, current_language()),
        can_propose=is_open(Verb.PROPOSE, editions.periods_of(edition), now),
        voting=votes.voting_of(edition, now),
    )


def _page(asked: dict[str, str], number: int) -> str:
    kept = {name: value for name, value in asked.items() if value}
    return "?" + urlencode({**kept, "page": number}) + "#list"


def _seed() -> str:
    """What makes the fair order this reader's own and stable: the voter, the guest key, else the day."""
    reader = actor()
    if reader.voter is not None:
        return f"voter {reader.voter}"
    return cookies.read(cookies.GUEST) or clock.now().strftime("day %Y-%m-%d")
