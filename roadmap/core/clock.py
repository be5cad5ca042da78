"""The one place that reads the clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC; inside `standing_at` the moment that was asked for."""
    return _standing.get() or datetime.now(UTC)


@contextmanager
def standing_at(moment: datetime | None) -> Iterator[None]:
    """Pages made meanwhile are those of this moment, as a preview asks for it; None changes nothing."""
    before = _standing.set(moment or _standing.get())
    try:
        yield
    finally:
        _standing.reset(before)
