"""Reading the standing of an edition, and whether it still holds."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, text

from roadmap.core.db import db
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.standing.models import Standing
from roadmap.votes.openness import has_closed

_MARK = """
SELECT
  (SELECT coalesce(sum(t.version), 0) FROM tallies t JOIN proposals p ON p.id = t.proposal_id
    WHERE p.edition_id = :edition),
  (SELECT coalesce(sum(t.version), 0) FROM effective_tallies t JOIN proposals p ON p.id = t.lead_id
    WHERE p.edition_id = :edition),
  (SELECT count(*) FROM proposals p WHERE p.edition_id = :edition AND p.state = 'published'),
  (SELECT coalesce(max(p.state_at), 0) FROM proposals p WHERE p.edition_id = :edition),
  (SELECT count(p.lead_id) FROM proposals p WHERE p.edition_id = :edition)
"""


@dataclass(frozen=True)
class Shown:
    """What is kept of one question, as JSON values; `breakdown` None as long as too few have voted."""

    as_of: datetime
    voters: int
    votes: int
    order: dict[str, Any]
    breakdown: dict[str, Any] | None
    breakdown_as_of: datetime | None


def mark_of(edition: Edition) -> str:
    """Changes with every vote, merge, and proposal that comes or goes; reads tallies, never votes."""
    rows = db.session.execute(text(_MARK), {"edition": edition.id}).one()
    return ".".join(str(int(each)) for each in (*rows, edition.revision))


def find_standing(edition_id: int) -> Standing | None:
    """The row, its long texts not loaded."""
    return db.session.get(Standing, edition_id)


def results_wait(edition: Edition, now: datetime) -> bool:
    """Whether the edition keeps its results until voting closes, and it has not."""
    return edition.results == "at-close" and not has_closed(facts_of(edition, now))


def standing_of(edition: Edition, question: int) -> Shown | None:
    """The kept figures of a question; None before the first computation."""
    row = db.session.execute(
        select(Standing.as_of, Standing.figures, Standing.breakdown, Standing.breakdown_as_of).where(
            Standing.edition_id == edition.id, Standing.as_of.is_not(None)
        )
    ).first()
    if row is None:
        return None
    figures = json.loads(row.figures)
    breakdown = json.loads(row.breakdown)["questions"] if row.breakdown else {}
    nothing = {"people": 0, "needed": 1, "order": []}
    return Shown(
        row.as_of,
        figures["voters"],
        figures["votes"],
        figures["questions"].get(str(question), nothing),
        breakdown.get(str(question)),
        row.breakdown_as_of,
    )
