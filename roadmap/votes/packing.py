"""Many votes at once: each read as one whole number, so that millions of them are read fast and fit.

From the high end: voter (31 bits), proposal (27), choice (2), origin (2), with room between the last two.
"""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import text

from roadmap.core.db import db, is_sqlite
from roadmap.domain.ranking import ORIGINS

Whole = npt.NDArray[np.int64]

READ_AT_ONCE = 50_000
WITHDRAWN = 2
"""What stands for no choice in a column of choices."""

_ORIGIN = "CASE t.origin " + " ".join(f"WHEN '{name}' THEN {at}" for at, name in enumerate(ORIGINS)) + " END"
_PACKED = "({voter} << 32) | (t.{proposal} << 5) | (COALESCE(t.choice + 1, 3) << 2) | {origin}"


def packed(proposal: str, voter: str = "t.voter_id") -> str:
    """The SQL of a packed vote in a table called `t`; `proposal` is the column that names the proposal."""
    return _PACKED.replace("{voter}", voter).replace("{proposal}", proposal).replace("{origin}", _ORIGIN)


@dataclass(frozen=True)
class Columns:
    """One row per vote. `choice` is 1, -1, 0 or WITHDRAWN; `origin` an index into domain.ranking.ORIGINS."""

    voter: Whole
    proposal: Whole
    choice: Whole
    origin: Whole

    def __len__(self) -> int:
        return len(self.voter)

    def where(self, rows: npt.NDArray[Any]) -> "Columns":
        """Only these rows, by mask or by index."""
        return Columns(self.voter[rows], self.proposal[rows], self.choice[rows], self.origin[rows])

    def and_also(self, other: "Columns") -> "Columns":
        """These rows, then the other's."""
        mine, theirs = astuple(self), astuple(other)
        return Columns(*(np.concatenate(pair) for pair in zip(mine, theirs, strict=True)))


def read(statement: str, values: dict[str, Any]) -> Columns:
    """The packed votes that the statement selects, in its order and in the session's transaction."""
    return unpacked(whole_numbers(statement, values))


def unpacked(numbers: Whole) -> Columns:
    """Packed votes as columns."""
    return Columns(numbers >> 32, (numbers & 0xFFFF_FFFF) >> 5, ((numbers >> 2) & 3) - 1, numbers & 3)


def whole_numbers(statement: str, values: dict[str, Any]) -> Whole:
    """The one column of whole numbers that the statement selects."""
    return np.fromiter(chain.from_iterable(_rows(statement, values)), dtype=np.int64)


def _rows(statement: str, values: dict[str, Any]) -> Iterator[Any]:
    connection = db.session.connection()
    if is_sqlite():  # the driver itself: a third of the time
        driver: Any = connection.connection.driver_connection
        return iter(driver.execute(statement, values))
    options = {"stream_results": True, "yield_per": READ_AT_ONCE}
    return iter(connection.execute(text(statement), values, execution_options=options))
