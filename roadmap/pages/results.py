"""What people agree on under a guiding question, and where they part, as far as votes have been counted."""

from flask import Response, make_response, url_for

from roadmap.core import clock
from roadmap.core.errors import NotFound
from roadmap.domain.phases import Verb, is_open
from roadmap.drafts import naming
from roadmap.editions import queries as editions
from roadmap.editions.models import Edition
from roadmap.pages import results_table
from roadmap.pages.questions import bp as bp
from roadmap.pages.questions import elsewhere_of
from roadmap.pages.standing_out import results_of
from roadmap.web import render
from roadmap.web.guards import entry
from roadmap.web.shared_pages import shared


@bp.get("/questions/<number_slug>/results")
@entry(Verb.READ)
@shared
def results(edition: Edition, number_slug: str) -> Response:
    """The kept standing of a question; nothing is counted here."""
    found = editions.get_question(edition, editions.number_of(number_slug))
    if (elsewhere := elsewhere_of("questions.results", found, number_slug)) is not None:
        return elsewhere
    now = clock.now()
    return render.page(
        "pages/results.html",
        edition=edition,
        question=found,
        question_href=url_for("questions.question", number_slug=editions.address_of(found)),
        shown=results_of(edition, found, now),
        voting=is_open(Verb.VOTE, editions.periods_of(edition), now) and edition.archived is None,
        naming=naming,
    )


@bp.get("/questions/<number_slug>/results.csv")
@entry(Verb.READ)
def figures(edition: Edition, number_slug: str) -> Response:
    """The figures of the page as a table; not found as long as the page shows none."""
    found = editions.get_question(edition, editions.number_of(number_slug))
    shown = results_of(edition, found, clock.now())
    if shown.kept is None:
        raise NotFound
    response = make_response(results_table.write(shown))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    name = f"results-{edition.slug}-question-{found.number}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
