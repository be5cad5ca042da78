"""Words by hand that an earlier version has and a newer one lacks: compiling again starts without them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from roadmap.core.db import db
from roadmap.domain.adjusting import Change, texts_of
from roadmap.drafts.models import Draft, DraftChange
from roadmap.drafts.queries import computed_document

WORDS = ("introduction", "note", "title", "text")
"""The kinds of change that write words. The others set an order, and hold for the one they were decided on."""


@dataclass(frozen=True)
class Earlier:
    """What can be taken over from an earlier version, each as the change that it would be."""

    version: int
    changes: tuple[Change, ...]


def words_before(draft: Draft) -> Earlier | None:
    """The words of the newest earlier version that has any, where this one has none of its own in their place.

    The wording of an item counts only where the item says the same in both versions. None where nothing is left.
    """
    rows = db.session.execute(
        select(Draft, DraftChange)
        .join(Draft, Draft.id == DraftChange.draft_id)
        .where(Draft.edition_id == draft.edition_id, Draft.version <= draft.version)
        .where(DraftChange.kind.in_(WORDS))
        .order_by(DraftChange.id)
    ).all()
    before = max((each for each, _row in rows if each.version < draft.version), key=_version, default=None)
    if before is None:
        return None
    written, own = (
        [row.plain() for each, row in rows if each.version == version]
        for version in (before.version, draft.version)
    )
    found = tuple(_lacking(written, own, computed_document(before), computed_document(draft)))
    return Earlier(before.version, found) if found else None


def _version(draft: Draft) -> int:
    return draft.version


def _lacking(
    written: Sequence[Change], own: Sequence[Change], then: dict[str, Any], now: dict[str, Any]
) -> Iterator[Change]:
    questions = {section["question"]["number"] for section in now["sections"]}
    items_then, items_now = _items(then), _items(now)
    for kind, question, number in dict.fromkeys((each.kind, each.question, each.number) for each in written):
        words = texts_of(written, kind, question=question, number=number)
        if not words or texts_of(own, kind, question=question, number=number):
            continue
        if number is not None:
            fits = number in items_now and items_now[number][kind] == items_then[number][kind]
        else:
            fits = question is None or question in questions
        if fits:
            yield Change(kind, words, question, number)


def _items(document: dict[str, Any]) -> dict[int, dict[str, Any]]:
    return {
        item["number"]: item
        for section in document["sections"]
        for item in (*section["items"], *section["not_listed"])
    }
