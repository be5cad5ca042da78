"""What a ballot shows: the reader's own vote, and the figures where they may be seen."""

from dataclasses import dataclass, field
from typing import Final

CHOICES: Final = {"agree": 1, "disagree": -1, "pass": 0}
"""What people choose, and how it is stored."""
WORDS: Final[dict[int | None, str]] = {number: word for word, number in CHOICES.items()}


@dataclass(frozen=True)
class Figures:
    """Counted answers to one proposal. `asked_again` people gave opposite answers on merged proposals."""

    agree: int = 0
    disagree: int = 0
    passed: int = 0
    asked_again: int = 0

    @property
    def total(self) -> int:
        return self.agree + self.disagree + self.passed

    def share(self, choice: str) -> float:
        """The share of `agree`, `disagree` or `pass` among all answers, 0 where there are none."""
        count = {"agree": self.agree, "disagree": self.disagree, "pass": self.passed}[choice]
        return count / self.total if self.total else 0.0


@dataclass(frozen=True)
class Ballot:
    """One proposal's ballot for one reader.

    `choice` is `agree`, `disagree`, `pass` or "" (no vote, or withdrawn). `figures` hold every vote that
    counts, `guests` those shown apart. `visible` tells whether shares may be shown to this reader now.
    `closed_reason` is a sentence where voting is not possible, else "".
    """

    number: int
    title: str
    language: str
    choice: str = ""
    figures: Figures = field(default_factory=Figures)
    guests: Figures = field(default_factory=Figures)
    visible: bool = False
    closed_reason: str = ""
    asked_again: bool = False
    changed_since_vote: bool = False

    @property
    def open(self) -> bool:
        return not self.closed_reason
