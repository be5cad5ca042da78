"""The drafts as everybody reads them."""

from typing import Any

from flask import Blueprint, Response, make_response, request

from roadmap.core import clock
from roadmap.core.errors import NotFound
from roadmap.core.i18n import current_language
from roadmap.core.markdown import excerpt, to_html
from roadmap.domain.phases import Phase, Verb
from roadmap.domain.ranking import METHODS
from roadmap.drafts import exports, reading, sentences
from roadmap.drafts.models import Draft
from roadmap.drafts.queries import (
    computed_document,
    document_of,
    drafts_of,
    frozen_documents,
    get_draft,
    newest_frozen,
)
from roadmap.editions.models import Edition
from roadmap.editions.queries import periods_of
from roadmap.web import render
from roadmap.web.guards import actor, entry
from roadmap.web.markup import markdown_markup

bp = Blueprint("drafts", __name__)


@bp.get("/roadmap")
@entry(Verb.READ)
def roadmap(edition: Edition) -> Response:
    """The drafts, newest first."""
    opens = [period.opens for period in periods_of(edition) if period.phase is Phase.DRAFTING]
    return render.page(
        "drafts/roadmap.html",
        drafts=drafts_of(edition, actor()),
        drafting_opens=opens[0] if opens and opens[0] > clock.now() else None,
        **shared(),
    )
