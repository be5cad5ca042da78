"""Reading drafts: which there are, what they say, what was changed by hand."""

import gzip
import json
from typing import Any

from sqlalchemy import func, select

from roadmap.core.db import db
from roadmap.core.errors import NotFound
from roadmap.domain.adjusting import Change, adjusted
from roadmap.domain.policy import Actor, Role
from roadmap.drafts.models import Compilation, Draft, DraftBallots, DraftChange
from roadmap.editions.models import Edition


def drafts_of(edition: Edition, actor: Actor) -> list[Draft]:
    """The versions this person may read, newest first: those not frozen are for organisers only."""
    found = select(Draft).where(Draft.edition_id == edition.id).order_by(Draft.version.desc())
    if not actor.has(Role.ORGANISER, edition.id):
        found = found.where(Draft.frozen.is_not(None))
    return list(db.session.scalars(found))


def get_draft(edition: Edition, version: int, actor: Actor) -> Draft:
    """One version; raises NotFound, alike for a missing one and one that is not for this person."""
    draft = find_draft(edition, version)
    if draft is None or (draft.frozen is None and not actor.has(Role.ORGANISER, edition.id)):
        raise NotFound
    return draft


def find_draft(edition: Edition, version: int) -> Draft | None:
    """The version, whoever asks."""
    return db.session.scalar(select(Draft).where(Draft.edition_id == edition.id, Draft.version == version))


def newest_frozen(edition: Edition) -> Draft | None:
    """The draft that is in force."""
    return db.session.scalar(
        select(Draft)
        .where(Draft.edition_id == edition.id, Draft.frozen.is_not(None))
        .order_by(Draft.version.desc())
        .limit(1)
    )


def compilation_of(edition: Edition) -> Compilation | None:
    """What was last asked to be compiled in the background."""
    return db.session.get(Compilation, edition.id)


def next_version(edition: Edition) -> int:
    """The number of the version that would be compiled now."""
    last = db.session.scalar(select(func.max(Draft.version)).where(Draft.edition_id == edition.id))
    return (last or 0) + 1


def frozen_documents(edition: Edition, *, before: int) -> list[tuple[Draft, dict[str, Any]]]:
    """Frozen versions below `before` with their documents, newest first."""
    found = (
        select(Draft)
        .where(Draft.edition_id == edition.id, Draft.frozen.is_not(None), Draft.version < before)
        .order_by(Draft.version.desc())
    )
    return [(draft, computed_document(draft)) for draft in db.session.scalars(found)]


def computed_document(draft: Draft) -> dict[str, Any]:
    """What is stored: of a frozen version the document, of another what was computed."""
    document: dict[str, Any] = json.loads(draft.document)
    return document


def comparison_of(draft: Draft) -> dict[str, Any] | None:
    """How the order hangs on what it was computed from and how; None of versions compiled before that was kept."""
    found: dict[str, Any] | None = json.loads(draft.comparison) if draft.comparison else None
    return found


def document_of(draft: Draft) -> dict[str, Any]:
    """The JSON document of a version, with what was changed by hand."""
    document = computed_document(draft)
    return document if draft.frozen else adjusted(document, changes_of(draft))


def rows_of_changes(draft: Draft) -> list[DraftChange]:
    """The changes by hand, in the order in which they were made."""
    return list(
        db.session.scalars(
            select(DraftChange).where(DraftChange.draft_id == draft.id).order_by(DraftChange.id)
        )
    )


def changes_of(draft: Draft) -> list[Change]:
    """The changes by hand as plain values."""
    return [row.plain() for row in rows_of_changes(draft)]


def last_change(draft: Draft) -> int:
    """The newest change by hand, so that whoever acts later can say what they have seen; 0 for none."""
    return db.session.scalar(select(func.max(DraftChange.id)).where(DraftChange.draft_id == draft.id)) or 0


def ballots_of(draft: Draft) -> tuple[bytes, str, int]:
    """The sealed ballot file of a version, its SHA-256 and its rows; raises NotFound."""
    found = db.session.get(DraftBallots, draft.id)
    if found is None:
        raise NotFound
    return gzip.decompress(found.data), found.sha256, found.rows
