"""Home, the list of guiding questions, and the platform's own texts."""

from typing import Any

from flask import Blueprint, Response, current_app, g, request, url_for

from roadmap.core import clock
from roadmap.core.i18n import current_language, in_language
from roadmap.core.phrases import PHASES
from roadmap.domain.phases import Verb, is_open
from roadmap.editions import queries as editions
from roadmap.editions.announcements import announcements_of
from roadmap.editions.context import current_edition
from roadmap.editions.models import Edition
from roadmap.pages.phases_shown import steps
from roadmap.proposals import queries as proposals
from roadmap.proposals.places import place_name
from roadmap.texts import queries as texts
from roadmap.texts.rendering import Rendered
from roadmap.votes import counts
from roadmap.votes import queries as votes
from roadmap.web import render
from roadmap.web.guards import actor, entry
from roadmap.web.requests import whole_number
from roadmap.web.shared_pages import shared

bp = Blueprint("pages", __name__)
NAMES = ("about", "how-it-works", "charter", "privacy", "accessibility", "contact")


@bp.get("/")
@entry(Verb.READ)
@shared
def home() -> Response:
    """The current edition's home; before there is one, what the platform is for."""
    edition = current_edition()
    if edition is None:
        return render.page("pages/welcome.html", text=_text_of(None, "home"), is_any=editions.is_any())
    g.edition = edition  # from here on as at the edition's own address
    return _home_of(edition)


@bp.get("/<edition>/")
@entry(Verb.READ)
def edition_home(edition: Edition) -> Response:
    """An edition's home, at an address that holds for ever."""
    return _home_of(edition)


def _home_of(edition: Edition) -> Response:
    now = clock.now()
    periods = editions.periods_of(edition)
    first = proposals.first_ballot(edition, current_language(), whole_number(request.args.get("voted")))
    ballots = votes.ballots_of([first] if first else [], actor(), edition, now)
    listed = _questions(edition)
    return render.page(
        "pages/home.html",
        edition=edition,
        home=_text_of(edition, "home"),
        steps=steps(edition, periods, now),
        first=first,
        first_place=place_name(first.region) if first and first.region else "",
        first_address=url_for("proposals.proposal", number_slug=proposals.address_of(first)) if first else "",
        ballot=ballots[first.id] if first else None,
        questions=listed,
        figures=counts.participation_of(edition, now, sum(each["votes"] for each in listed)),
        others=editions.other_editions(edition),
        announcements=[(PHASES[told.phase], told) for told in announcements_of(edition, now)],
        can_propose=is_open(Verb.PROPOSE, periods, now),
        voting=votes.voting_of(edition, now),
    )


@bp.get("/<edition>/questions")
@entry(Verb.READ)
@shared
def questions(edition: Edition) -> Response:
    """The guiding questions in their exact words, with what there is under each."""
    return render.page(
        "pages/questions.html",
        edition=edition,
        questions=_questions(edition),
        note=texts.translation_note(edition, current_language()),
        voting=votes.voting_of(edition, clock.now()),
    )


def _questions(edition: Edition) -> list[dict[str, Any]]:
    answered = counts.by_question(edition)
    return [
        {
            "question": question,
            "address": url_for("questions.question", number_slug=editions.address_of(question)),
            "proposals": answered.get(question.id, counts.Answered()).proposals,
            "votes": answered.get(question.id, counts.Answered()).votes,
        }
        for question in editions.questions_of(edition)
    ]


@entry(Verb.READ)
def text(name: str) -> Response:
    """About and its sisters."""
    edition = current_edition()
    with_campaign = name == "about" and edition is not None
    return render.page(
        "pages/text.html",
        text=_text_of(edition, name),
        parts=_text_of(edition, "campaign") if with_campaign else None,
        about=edition if with_campaign else None,
        others=editions.other_editions(edition) if with_campaign and edition else [],
        note=texts.translation_note(edition, current_language()) if with_campaign and edition else "",
    )


def _text_of(edition: Edition | None, name: str) -> Rendered:
    language = current_language()
    title = in_language(edition.texts.get("short_title") or edition.title)[0] if edition is not None else ""
    return Rendered(
        texts.show(edition, name, language),
        {"contact_address": current_app.config["SETTINGS"].contact_address, "edition": title},
    )


for _name in NAMES:
    bp.add_url_rule(f"/{_name}", "text", text, defaults={"name": _name}, methods=["GET"])
