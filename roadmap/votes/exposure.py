"""How often the deck drew each proposal, and with which probability."""

from datetime import datetime
from typing import Any

from sqlalchemy import text

from roadmap.core.db import db, to_microseconds
from roadmap.domain.document.comparison import Shown
from roadmap.editions.models import Edition
from roadmap.votes.impressions import ASKED_AGAIN

_SHOWN = """
SELECT p.number, count(*), sum(CASE WHEN i.answered THEN 1 ELSE 0 END), avg(i.probability)
FROM impressions i JOIN proposals p ON p.id = i.proposal_id
WHERE p.edition_id = :edition AND p.state = 'published' AND i.policy <> :again AND i.at < :moment
GROUP BY p.number ORDER BY p.number
"""


def exposure_of(edition: Edition, before: datetime) -> dict[int, Shown]:
    """By number, of every open proposal that was drawn before the moment. Own contradictions are no draws."""
    values: dict[str, Any] = {"edition": edition.id, "again": ASKED_AGAIN, "moment": to_microseconds(before)}
    return {
        row[0]: Shown(int(row[1]), int(row[2]), round(float(row[3]), 6))
        for row in db.session.execute(text(_SHOWN), values)
    }
