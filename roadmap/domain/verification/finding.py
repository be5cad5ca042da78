"""What does not hold in a draft."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold, and where.

    `about`: "shape", "tally", "threshold", "estimate", "support", "claims", "order", "bands",
    "explanation", "orders", "groups", "fingerprint", "expected" or "ballots". `question` is a
    question's number, `place` a rank, `number` an item's public number, each where it applies.
    """

    about: str
    message: str
    question: int | None = None
    place: int | None = None
    number: int | None = None

    def __str__(self) -> str:
        where = [
            f"{word} {value}"
            for word, value in (
                ("question", self.question),
                ("place", self.place),
                ("item", self.number),
            )
            if value is not None
        ]
        return f"{', '.join(where)}: {self.message}" if where else self.message
