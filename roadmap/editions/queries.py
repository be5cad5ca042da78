"""Reading editions, their phases and guiding questions."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from roadmap.core.db import db
from roadmap.core.errors import NotFound
from roadmap.domain import readiness, slugs
from roadmap.domain.phases import Period
from roadmap.domain.policy import Facts
from roadmap.editions.models import Edition, EditionPhase, GuidingQuestion

FIXED_WORDS = frozenset(
    {
        "about", "how-it-works", "charter", "privacy", "accessibility", "contact", "sign-in", "sign-up",
        "sign-out", "me", "manage", "links", "api", "static", "new", "en", "fr", "pt", "es", "ar",
        "healthz", "readyz", "metrics", "theme",
    }
)  # fmt: skip
"""Words that stand where an edition's slug could: no edition may be called so."""


def find_edition(slug: str) -> Edition | None:
    """The edition with this slug, if any."""
    return db.session.scalar(select(Edition).where(Edition.slug == slug))


def get_edition(slug: str) -> Edition:
    """The edition with this slug; raises NotFound."""
    edition = find_edition(slug)
    if edition is None:
        raise NotFound
    return edition


def find_current_edition() -> Edition | None:
    """The edition that the home page shows: the one marked current, else the newest that is open, else none.

    One in preparation is never shown; a past one only where there is no other.
    """
    return db.session.scalar(
        select(Edition)
        .where(Edition.opened.is_not(None))
        .order_by(Edition.is_current.desc(), Edition.archived.is_(None).desc(), Edition.id.desc())
        .limit(1)
    )


def find_open_edition() -> Edition | None:
    """The current edition, where it is not a past one."""
    edition = find_current_edition()
    return edition if edition is not None and edition.archived is None else None


def all_editions() -> list[Edition]:
    """Every edition, newest first."""
    return list(db.session.scalars(select(Edition).order_by(Edition.id.desc())))


def other_editions(edition: Edition | None) -> list[Edition]:
    """Every edition that everybody may read but this one, newest first."""
    return [
        other
        for other in all_editions()
        if other.opened is not None and (edition is None or other.id != edition.id)
    ]


def free_slug(wanted: str) -> str:
    """`wanted` as a slug that no edition has and no address needs; numbered where it is not free."""
    base = slugs.slug(wanted) or "edition"
    taken = FIXED_WORDS | set(db.session.scalars(select(Edition.slug)))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base[: slugs.LONGEST - 4].rstrip('-')}-{number}"
    return slug


def free_year(year: int) -> str:
    """The first year from this one on that no edition is called by."""
    taken = set(db.session.scalars(select(Edition.slug)))
    return next(slug for slug in map(str, range(year, year + len(taken) + 1)) if slug not in taken)


def is_any() -> bool:
    """Whether there is an edition at all, also one in preparation."""
    return db.session.scalar(select(Edition.id).limit(1)) is not None


def phases_of(edition: Edition) -> list[EditionPhase]:
    """The edition's phases by opening date."""
    return list(
        db.session.scalars(
            select(EditionPhase)
            .where(EditionPhase.edition_id == edition.id)
            .order_by(EditionPhase.opens, EditionPhase.id)
        )
    )


def periods_of(edition: Edition) -> tuple[Period, ...]:
    """The edition's phases as plain values, for the domain to decide by. Closing an edition ended them all."""
    periods = (phase.period for phase in phases_of(edition))
    if edition.archived is None:
        return tuple(periods)
    return tuple(cut for period in periods if (cut := period.cut(edition.archived)) is not None)


def questions_of(edition: Edition) -> list[GuidingQuestion]:
    """The guiding questions in their order."""
    return list(
        db.session.scalars(
            select(GuidingQuestion)
            .where(GuidingQuestion.edition_id == edition.id)
            .order_by(GuidingQuestion.number)
        )
    )


def get_question(edition: Edition, number: int) -> GuidingQuestion:
    """A guiding question by its number in the edition; raises NotFound."""
    question = db.session.scalar(
        select(GuidingQuestion).where(
            GuidingQuestion.edition_id == edition.id, GuidingQuestion.number == number
        )
    )
    if question is None:
        raise NotFound
    return question


def facts_of(edition: Edition, now: datetime) -> Facts:
    """What the policy needs to know of the edition itself."""
    return replace(outline_of(edition, now), periods=periods_of(edition))


def outline_of(edition: Edition, now: datetime) -> Facts:
    """What can be known of the edition without asking the database: whether it is open at all, and past."""
    return Facts(
        now=now, edition=edition.id, archived=edition.archived is not None, opened=edition.opened is not None
    )


def stand_of(edition: Edition, now: datetime) -> readiness.Stand:
    """How far the edition is set up, and what stands in the way of opening it."""
    return readiness.stand_of(
        languages=edition.languages,
        title=edition.title,
        questions=[(question.number, question.text) for question in questions_of(edition)],
        periods=periods_of(edition),
        now=now,
    )


def address_of(question: GuidingQuestion) -> str:
    """The address part of a guiding question: its number and its label (English, so that it stays)."""
    return slugs.address_part(question.number, question.label.get("en") or question.text.get("en", ""))


def number_of(number_slug: str) -> int:
    """The number at the start of an address part such as `4-agents-and-support`; raises NotFound."""
    digits = number_slug.partition("-")[0]
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        raise NotFound
    return int(digits)
