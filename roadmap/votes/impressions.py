"""Impressions: what the server drew, signed into the form, and what is recorded once it is answered or skipped."""

from dataclasses import astuple, dataclass
from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from roadmap.core.db import DriverConnection, from_microseconds, to_microseconds

UNIFORM, ADAPTIVE, ASKED_AGAIN, TAKES_UP = "uniform-1", "adaptive-1", "asked-again", "takes-up"
"""Policies: drawn uniformly; by ranking rule 10; or no draw, since the reader's own contradiction comes first,
or what takes up a proposal that they voted on."""
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
    """A draw for this voter and this proposal, to be used once.

    `draw` counts the voter's answers and skips in the question before it; `probability` is that of the draw.
    `made` is in microseconds since 1970.
    """

    voter: int
    question: int
    proposal: int
    draw: int
    probability: float
    policy: str
    language: str
    made: int

    def is_for(self, voter: int | None, proposal: int, now: datetime) -> bool:
        """Whether it was drawn for this very voter and proposal, and is not too old."""
        made = from_microseconds(self.made)
        return (self.voter, self.proposal) == (voter, proposal) and made <= now < made + LIFE


def signed(secret: str, drawn: Drawn) -> str:
    """The draw as a form carries it."""
    return str(_signer(secret).dumps(list(astuple(drawn))))


def read(secret: str, text: str) -> Drawn | None:
    """The draw that a form brought back; None unless this server signed it."""
    try:
        return Drawn(*_signer(secret).loads(text)) if text else None
    except (BadData, TypeError):
        return None


def _signer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="impression")


def settle(
    connection: DriverConnection, drawn: Drawn, edition: int, *, answered: bool, now: datetime
) -> tuple[str, int | None]:
    """Record that the draw was answered or skipped. Hands back the origin it gives, and its number.

    One that was used before gives `direct` and no number.
    """
    draws, answers = connection.execute(_SETTLED, {"voter": drawn.voter, "edition": edition}).fetchone()
    row = connection.execute(
        _IMPRESSION,
        {
            "voter": drawn.voter, "question": drawn.question, "proposal": drawn.proposal, "draw": drawn.draw,
            "probability": drawn.probability, "policy": drawn.policy, "language": drawn.language,
            "answered": answered, "now": to_microseconds(now),
        },
    ).fetchone()  # fmt: skip
    if row is None:
        return "direct", None
    picks = draws >= PATIENCE and 3 * answers < draws
    return ("routed" if drawn.policy in (UNIFORM, ADAPTIVE) and not picks else "direct"), int(row[0])
