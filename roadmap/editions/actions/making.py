"""Making an edition and giving it questions."""

from datetime import datetime

from sqlalchemy import select

from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid
from roadmap.core.i18n import _
from roadmap.domain.slugs import is_slug
from roadmap.editions.actions.phases import set_periods
from roadmap.editions.models import Edition, GuidingQuestion
from roadmap.editions.queries import FIXED_WORDS, find_edition
from roadmap.editions.seed_file import EditionPlan


@use_case
def create_edition(
    plan: EditionPlan, *, now: datetime, demonstration: bool = False, in_preparation: bool = False
) -> Edition:
    """Make an edition with its phases and questions; the first open one becomes the current one.

    One `in_preparation` is seen by its organisers alone until they open it.

    Raises Invalid for a slug that is a fixed word of the addresses, Conflict for one that is taken.
    """
    if plan.slug in FIXED_WORDS or not is_slug(plan.slug):
        raise Invalid(
            _("Choose another short name: “%(slug)s” cannot be part of an address.", slug=plan.slug)
        )
    if find_edition(plan.slug) is not None:
        raise Conflict(_("There is an edition “%(slug)s” already.", slug=plan.slug))
    settings = plan.settings
    edition = Edition(
        slug=plan.slug,
        title=plan.title,
        languages=plan.languages,
        time_zone=plan.time_zone,
        texts={
            **plan.texts,
            "asks": {"group": settings.get("ask_group", True), "country": settings.get("ask_country", True)},
        },
        is_current=not in_preparation
        and db.session.scalar(select(Edition.id).where(Edition.is_current)) is None,
        is_demonstration=demonstration,
        moderation=settings.get("moderation", "after"),
        results=settings.get("results", "after-own-vote"),
        guests_count=settings.get("guest_votes", "apart") == "counted",
        paper_count=settings.get("paper_votes", "apart") == "counted",
        method=settings.get("method", "equal-persons"),
        made=now,
        opened=None if in_preparation else now,
    )
    db.session.add(edition)
    db.session.flush()
    set_periods(edition, plan.periods)
    for question in plan.questions:
        db.session.add(
            GuidingQuestion(
                edition_id=edition.id,
                number=question.number,
                text=question.text,
                label=question.label,
                note={},
            )
        )
    db.session.flush()
    return edition


@use_case
def add_question(edition: Edition, number: int, text: dict[str, str]) -> GuidingQuestion:
    """Add a guiding question under a number that is still free (an import names it)."""
    question = GuidingQuestion(edition_id=edition.id, number=number, text=text, label={}, note={})
    db.session.add(question)
    db.session.flush()
    return question
