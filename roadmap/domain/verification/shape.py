"""Reading single values out of a foreign JSON document, each with a path for the message."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

GREATEST = 2**53 - 1


class ShapeError(Exception):
    """A value is missing or of the wrong kind; the text says which, where."""


class Node:
    """A value of a document together with the path to it."""

    def __init__(self, value: Any, path: str = "") -> None:
        self.value = value
        self.path = path

    def __getitem__(self, name: str) -> Node:
        """The member of this name. Raises ShapeError where it is missing."""
        members = self._of(dict, "an object")
        path = f"{self.path}.{name}" if self.path else name
        if name not in members:
            raise ShapeError(f"{path} is missing")
        return Node(members[name], path)

    def get(self, name: str) -> Node:
        """The member of this name, a null where it is missing."""
        members = self._of(dict, "an object")
        return Node(members.get(name), f"{self.path}.{name}" if self.path else name)

    def __iter__(self) -> Iterator[Node]:
        """The values of a list."""
        for index, value in enumerate(self._of(list, "a list")):
            yield Node(value, f"{self.path}[{index}]")

    @property
    def missing(self) -> bool:
        return self.value is None

    def members(self) -> dict[str, Any]:
        return dict(self._of(dict, "an object"))

    def text(self) -> str:
        return str(self._of(str, "a text"))

    def whole(self, low: int = 0, high: int = GREATEST) -> int:
        """A whole number between the bounds, both included; 3.0 counts as 3."""
        value = self.real(low, high)
        if value != int(value):
            raise ShapeError(f"{self.path} is not a whole number")
        return int(self.value)

    def real(self, low: float, high: float) -> float:
        """A number between the bounds, both included."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ShapeError(f"{self.path} is not a number")
        if isinstance(value, float) and not math.isfinite(value):
            raise ShapeError(f"{self.path} is not a number that JSON can hold")
        if not low <= value <= high:
            raise ShapeError(f"{self.path} does not lie between {low} and {high}")
        return float(value)

    def pair(self) -> tuple[Node, Node]:
        """The two values of a list of two."""
        values = list(self)
        if len(values) != 2:
            raise ShapeError(f"{self.path} does not hold two values")
        return values[0], values[1]

    def _of(self, kind: type, words: str) -> Any:
        if not isinstance(self.value, kind):
            raise ShapeError(f"{self.path or 'the document'} is not {words}")
        return self.value
