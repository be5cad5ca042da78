"""The deck's draw: which proposal the server shows next, and what is recorded of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from roadmap.core.db import DriverConnection, to_microseconds

POLICY = "uniform-1"
LIFE = timedelta(hours=24)
PATIENCE = 9
"""After so many draws, whoever answered fewer than a third of them is picking: their answers are `direct`."""

_SETTLED = """
SELECT count(*), COALESCE(sum(CASE WHEN i.answered THEN 1 ELSE 0 END), 0) FROM impressions i
WHERE i.voter_id = :voter AND i.question_id IN (SELECT q.id FROM guiding_questions q WHERE q.edition_id = :edition)
"""
_IMPRESSION = """
INSERT INTO impressions (voter_id, question_id, proposal_id, draw, probability, policy, language, answered, at)
VALUES (:voter, :question, :proposal, :draw, :probability, :policy, :language, :answered, :now)
ON CONFLICT (voter_id, question_id, draw) DO NOTHING RETURNING id
"""


@dataclass(frozen=True)
class Drawn:
    """An impression as the signed field of a form carries it: drawn for this voter, this proposal, once.

    `draw` counts the voter's answers and skips in the question before it; `probability` is that of the draw.
    """

    voter: int | None
    question: int
    proposal: int
    draw: int
    probability: float
    language: str
    made: datetime

    def is_for(self, voter: int | None, proposal: int, now: datetime) -> bool:
        """Whether it was drawn for this very voter and proposal, and is not too old."""
        return (
            voter is not None
            and self.voter == voter
            and self.proposal == proposal
            and self.made <= now < self.made + LIFE
        )


def settle(
    connection: DriverConnection, drawn: Drawn, edition: int, *, answered: bool, now: datetime
) -> tuple[str, int | None]:
    """Record that the impression was answered or skipped. Hands back the origin it gives, and its number.

    A draw that was used before gives `direct` and no number.
    """
    drawings, answers = connection.execute(_SETTLED, {"voter": drawn.voter, "edition": edition}).fetchone()
    row = connection.execute(
        _IMPRESSION,
        {
            "voter": drawn.voter, "question": drawn.question, "proposal": drawn.proposal, "draw": drawn.draw,
            "probability": drawn.probability, "policy": POLICY, "language": drawn.language,
            "answered": answered, "now": to_microseconds(now),
        },
    ).fetchone()  # fmt: skip
    if row is None:
        return "direct", None
    picks = drawings >= PATIENCE and 3 * answers < drawings
    return ("direct" if picks else "routed"), int(row[0])
