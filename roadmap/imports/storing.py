"""Storing imported proposals with their comments and supports, portion by portion.

What came with a proposal from elsewhere stays apart from its text: `Proposal.supports` holds the figure, the
address there, how it ended there and what was answered. A rejection was a decision of that platform and not of
our facilitators, so the proposal comes in published. The answer is not made a part of the text, in which it would
be ranked, compared and printed as the proposers' own words, nor a comment, which nobody wrote and which would be
counted; the proposal's page shows it under a heading that says where it was given.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, insert, update

from roadmap.comments.models import Comment
from roadmap.core.db import db
from roadmap.core.markdown import to_html
from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition
from roadmap.imports.discussions import Discussion, Item, Remark
from roadmap.imports.models import ImportSource
from roadmap.imports.queries import comments_of, last_number, proposals_of
from roadmap.imports.stages import (
    Brought,
    Kind,
    Progress,
    begin,
    finish,
    insert_proposals,
    silent,
    store_kinds,
)
from roadmap.proposals.models import Proposal

PORTION = 250
"""Few enough that others who write meanwhile do not wait long: each text is rendered inside."""


@dataclass(frozen=True)
class ImportedDiscussion:
    """What one run did: whether anything was new, whether it went on from an earlier run, what there is now."""

    fresh: bool
    resumed: bool
    proposals: int
    comments: int
    supports: int
    time_zone: str
    """In which the times that name no zone were read: the edition's own."""


def import_discussion(
    actor: Actor,
    discussion: Discussion,
    *,
    edition: str,
    question: int,
    now: datetime,
    progress: Progress = silent,
) -> ImportedDiscussion:
    """Store a whole discussion under a guiding question; make edition and question where they are missing.

    Run again with the same discussion it changes nothing, or goes on where it was stopped. Raises Conflict
    where it stands under another question, or was begun with another language.
    """
    brought = Brought(
        platform=discussion.platform, name=discussion.name, digest=discussion.digest, topic="",
        language=discussion.language, choices={"language": discussion.language},
    )  # fmt: skip
    source = begin(brought, edition=edition, question=question, now=now)
    zone = db.session.get_one(Edition, source.edition_id).time_zone
    begun = source.reached.get("proposals", 0) > 0
    kinds = [
        Kind("proposals", discussion.items, _store_items, PORTION),
        Kind("comments", discussion.remarks, _store_remarks, PORTION),
    ]
    store_kinds(source, kinds, now=now, progress=progress)
    fresh = source.finished is None
    counted = {"proposals": len(discussion.items), "comments": len(discussion.remarks)}
    if fresh:
        finish(actor, source.id, counted, now=now)
    return ImportedDiscussion(
        fresh=fresh, resumed=fresh and begun, supports=discussion.supports, time_zone=zone, **counted
    )


def _store_items(source: ImportSource, items: Sequence[Item], _now: datetime) -> None:
    number = last_number(source.edition_id)
    zone = _zone(source)
    insert_proposals(
        source, [_as_proposal(source, item, number + place, zone) for place, item in enumerate(items, 1)]
    )


def _zone(source: ImportSource) -> ZoneInfo:
    return ZoneInfo(db.session.get_one(Edition, source.edition_id).time_zone)


def _placed_in(moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment with its zone: its own, else the edition's, so that a day stays the day it was."""
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _as_proposal(source: ImportSource, item: Item, number: int, zone: ZoneInfo) -> dict[str, Any]:
    made = _placed_in(item.made, zone)
    return {
        "edition_id": source.edition_id,
        "question_id": source.question_id,
        "number": number,
        "state": "published",
        "title": item.title,
        "text": item.text,
        "html": to_html(item.text),
        "links": [],
        "language": item.language,
        "author_line": "none",
        "supports": _brought_along(item),
        "origin_platform": source.platform,
        "origin_id": str(item.number),
        "import_source_id": source.id,
        "made": made,
        "changed": made,
    }


def _brought_along(item: Item) -> dict[str, Any]:
    """What stands beside the text: nothing in it is a vote, and all of it is the platform's word."""
    told = {
        "count": item.supports,
        "url": item.url,
        "outcome": item.outcome,
        "answer": to_html(item.answer),
        "language": item.language if item.answer else "",
    }
    return {name: value for name, value in told.items() if value not in (None, "")}


def _store_remarks(source: ImportSource, remarks: Sequence[Remark], _now: datetime) -> None:
    """Comments first, then whom each answers: ids are only known once all of a portion are there."""
    proposals, zone = proposals_of(source), _zone(source)
    db.session.execute(
        insert(Comment),
        [
            {
                "proposal_id": proposals[str(remark.proposal)],
                "depth": remark.depth,
                "stance": remark.stance,
                "language": remark.language,
                "text": remark.text,
                "html": to_html(remark.text),
                "state": "published",
                "made": _placed_in(remark.made, zone),
                "import_source_id": source.id,
                "origin_id": str(remark.number),
            }
            for remark in remarks
        ],
    )
    answers = [(str(remark.number), str(remark.parent)) for remark in remarks if remark.parent is not None]
    ids = comments_of(source, {name for pair in answers for name in pair})
    parents = [{"which": ids[answer], "above": ids[above]} for answer, above in answers]
    _update_each(Comment, {"parent_id": bindparam("above")}, parents)
    came = Counter(proposals[str(remark.proposal)] for remark in remarks)
    counts = [{"which": proposal, "more": count} for proposal, count in sorted(came.items())]
    _update_each(Proposal, {"comment_count": Proposal.__table__.c.comment_count + bindparam("more")}, counts)


def _update_each(model: Any, values: dict[str, Any], rows: list[dict[str, int]]) -> None:
    """One statement for many rows; `which` is the id of each."""
    if rows:
        table = model.__table__
        db.session.connection().execute(
            update(table).where(table.c.id == bindparam("which")).values(values), rows
        )
