"""Reading editions, their phases and guiding questions."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache, cached_property
from typing import Any, TypeVar

from sqlalchemy import JSON, Boolean, select
from sqlalchemy.orm import class_mapper

from roadmap.core.db import Moment, db, from_microseconds, is_sqlite, own_connection
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


_SHOWN = """
SELECT {columns},
  (SELECT {group}({array}(f.id, f.edition_id, f.kind, f.opens, f.closes)) FROM phases f WHERE f.edition_id = e.id),
  (SELECT {group}({array}(q.id, q.edition_id, q.number, {text}, {label}, {note}))
     FROM guiding_questions q WHERE q.edition_id = e.id)
FROM editions e
"""
_CURRENT = """
WHERE e.opened IS NOT NULL
ORDER BY e.is_current DESC, CASE WHEN e.archived IS NULL THEN 0 ELSE 1 END, e.id DESC LIMIT 1
"""
_COLUMNS = Edition.__table__.columns


class _ReadAlong:
    """The phases and guiding questions that were read in one statement with their edition."""

    def __init__(self, phases: Any, questions: Any) -> None:
        self._phases, self._questions = phases, questions

    @cached_property
    def phases(self) -> tuple[EditionPhase, ...]:
        found = [
            _loaded(
                EditionPhase, id=key, edition_id=edition, kind=kind, opens=from_microseconds(opens),
                closes=None if closes is None else from_microseconds(closes),
            )
            for key, edition, kind, opens, closes in _parsed(self._phases) or []
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda phase: (phase.opens, phase.id)))

    @cached_property
    def questions(self) -> tuple[GuidingQuestion, ...]:
        found = [
            _loaded(
                GuidingQuestion, id=key, edition_id=edition, number=number, text=text, label=label, note=note
            )
            for key, edition, number, text, label, note in _parsed(self._questions) or []
        ]
        return tuple(sorted(found, key=lambda question: question.number))


M = TypeVar("M", Edition, EditionPhase, GuidingQuestion)


def _loaded(model: type[M], **values: Any) -> M:
    """A row as the mapper makes one, without a session that could write it back."""
    made: M = class_mapper(model).class_manager.new_instance()
    vars(made).update(values)
    return made


def edition_shown(slug: str) -> Edition:
    """The edition with this slug for a page to show, its phases and questions read along in one statement.

    It belongs to no session: nothing is ever written through it, and it stays as it was read. For deeds there is
    `get_edition`, whose phases are read inside their transaction. Raises NotFound.
    """
    found = _shown("WHERE e.slug = :slug", {"slug": slug})
    if not found:
        raise NotFound
    return found[0]


def current_edition_shown() -> Edition | None:
    """What `find_current_edition` finds, for a page to show, as `edition_shown` reads it."""
    found = _shown(_CURRENT, {})
    return found[0] if found else None


def editions_shown(ids: Iterable[int]) -> dict[int, Edition]:
    """Editions by id for a page to show, as `edition_shown` reads them, in one statement."""
    wanted = ", ".join(str(int(each)) for each in sorted(set(ids)))
    return {edition.id: edition for edition in _shown(f"WHERE e.id IN ({wanted})", {})} if wanted else {}


def _shown(which: str, values: dict[str, Any]) -> list[Edition]:
    rows = own_connection().execute(_shown_statement(is_sqlite()) + which, values).fetchall()
    return [_edition_of(row) for row in rows]


@cache
def _shown_statement(sqlite: bool) -> str:
    texts = {name: f"json(q.{name})" if sqlite else f"q.{name}" for name in ("text", "label", "note")}
    group, array = ("json_group_array", "json_array") if sqlite else ("json_agg", "json_build_array")
    columns = ", ".join(f"e.{column.name}" for column in _COLUMNS)
    return _SHOWN.format(columns=columns, group=group, array=array, **texts)


def _edition_of(row: Any) -> Edition:
    values = {name: read(value) for (name, read), value in zip(_READERS, row, strict=False)}
    return _loaded(Edition, **values, read_along=_ReadAlong(row[-2], row[-1]))


def _parsed(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _reader(column: Any) -> Any:
    """What makes a value of the column out of what the driver hands over."""
    if isinstance(column.type, Moment):
        return lambda value: None if value is None else from_microseconds(value)
    if isinstance(column.type, Boolean):
        return bool
    return _parsed if isinstance(column.type, JSON) else lambda value: value


_READERS = [(column.name, _reader(column)) for column in _COLUMNS]


def phases_of(edition: Edition) -> list[EditionPhase]:
    """The edition's phases by opening date."""
    if "read_along" in vars(edition):
        return list(vars(edition)["read_along"].phases)
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
    if "read_along" in vars(edition):
        return list(vars(edition)["read_along"].questions)
    return list(
        db.session.scalars(
            select(GuidingQuestion)
            .where(GuidingQuestion.edition_id == edition.id)
            .order_by(GuidingQuestion.number)
        )
    )


def get_question(edition: Edition, number: int) -> GuidingQuestion:
    """A guiding question by its number in the edition; raises NotFound."""
    question = next((each for each in questions_of(edition) if each.number == number), None)
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
