"""Many ids, a portion at a time: a database takes only so many values in one statement."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from sqlalchemy import select

from roadmap.core.db import Model, db

AT_A_TIME = 400
T = TypeVar("T")
M = TypeVar("M", bound=Model)


def portions(values: Iterable[T], size: int = AT_A_TIME) -> Iterator[Sequence[T]]:
    """The values in the order given, at most `size` at a time; none where there are none."""
    left = iter(values)
    while part := list(islice(left, size)):
        yield part


def rows_by_id(model: type[M], ids: Iterable[int]) -> dict[int, M]:
    """The rows of a table by their id; ids without a row are left out."""
    key = model.__mapper__.primary_key[0]
    return {
        row.id: row  # type: ignore[attr-defined]
        for part in portions(sorted(set(ids)))
        for row in db.session.scalars(select(model).where(key.in_(part)))
    }
