"""A computed draft with what organisers changed by hand. The computed one is left as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from roadmap.domain.document.listing import arrange

STANDING = ("rank", "band", "moved", "places", "stays", "why", "flags")
"""What only a listed item has."""
ORDER = ("move", "leave-out", "last-place")
"""The kinds of change that set which items are listed, and where."""


class UnfitChangeError(ValueError):
    """A change that the list cannot take; `about` says why: `place`, `last-place`, `number`, `question`."""

    def __init__(self, about: str, message: str) -> None:
        super().__init__(message)
        self.about = about


@dataclass(frozen=True)
class Change:
    """One decision by hand, in the order in which they were taken.

    `kind`: move (`value` a place from 1), leave-out (true), last-place (a place), title, text,
    introduction, note (texts by language). A `value` of None takes back the earlier ones of the same
    kind on the same question or item.
    """

    kind: str
    value: Any
    question: int | None = None
    number: int | None = None
    reason: Mapping[str, str] | None = None


def adjusted(document: Mapping[str, Any], changes: Sequence[Change]) -> dict[str, Any]:
    """The document as the changes make it; its fingerprint is left out where anything differs.

    `document` is one in which nothing was changed by hand. Raises UnfitChangeError.
    """
    result: dict[str, Any] = deepcopy(dict(document))
    if not changes:
        return result
    result.pop("fingerprint", None)
    introduction = texts_of(changes, "introduction")
    if introduction:
        result["edition"]["introduction"] = introduction
    known = {section["question"]["number"] for section in result["sections"]}
    for change in changes:
        if change.question is not None and change.question not in known:
            raise UnfitChangeError("question", f"there is no question {change.question}")
    for section in result["sections"]:
        number = section["question"]["number"]
        section["question"]["note"] |= texts_of(changes, "note", question=number)
        _arrange(section, [change for change in changes if change.question == number])
        for item in (*section["items"], *section["not_listed"]):
            _reword(item, changes)
    return result


def order_of(section: Mapping[str, Any], changes: Iterable[Change]) -> list[int]:
    """The numbers of a computed section's items as moved by hand, one move after the other."""
    left_out = _left_out(changes)
    order = [item["number"] for item in section["items"] if item["number"] not in left_out]
    for move in _moves(changes):
        if move.number not in order:
            continue  # moved first, left out later
        order.remove(move.number)
        order.insert(move.value - 1, move.number)
    return order


def meets(one: Change, other: Change) -> bool:
    """Whether whoever makes one of the two should know of the other: both set the order of a question, or the same
    words in the same language."""
    if one.kind in ORDER or other.kind in ORDER:
        return one.kind in ORDER and other.kind in ORDER and one.question == other.question
    if (one.kind, one.question, one.number) != (other.kind, other.question, other.number):
        return False
    return one.value is None or other.value is None or bool(one.value.keys() & other.value.keys())


def _arrange(section: dict[str, Any], changes: Sequence[Change]) -> None:
    computed = {item["number"]: item for item in section["items"]}
    others = {item["number"] for item in section["not_listed"]}
    left_out, last = _left_out(changes), _last_place(changes)
    for number in left_out.keys() - computed.keys() - others:
        raise UnfitChangeError("number", f"item {number} is not in this question")
    _check_moves(changes, computed, left_out)
    order = order_of(section, changes)
    moved = {move.number for move in _moves(changes)}
    pins = {number: place for place, number in enumerate(order, 1) if number in moved}
    lines = arrange(
        list(computed),
        [item["band"][0] for item in computed.values()],
        moves=pins,
        left_out=left_out.keys(),
    )
    end = len(lines) if last is None else last.value
    if last is not None and (end < 1 or any(place > end for place in pins.values())):
        raise UnfitChangeError("last-place", "an item moved by hand would stand beyond the last place")
    reasons = {move.number: dict(move.reason or {}) for move in _moves(changes)}
    section["last_place"] = None if last is None else last.value
    section["last_place_reason"] = {} if last is None else dict(last.reason or {})
    section["items"] = [
        computed[line.number]
        | {
            "rank": line.rank,
            "band": list(line.band),
            "moved": {"from": line.place, "reason": reasons[line.number]} if line.moved else None,
        }
        for line in lines[:end]
    ]
    beyond = {line.number: "below-the-last-place" for line in lines[end:]}
    _put_aside(section, computed, beyond, left_out)


def _put_aside(
    section: dict[str, Any],
    computed: Mapping[int, dict[str, Any]],
    beyond: Mapping[int, str],
    left_out: Mapping[int, Change],
) -> None:
    aside = {item["number"]: item for item in section["not_listed"]}
    for number in (*beyond, *(number for number in left_out if number in computed)):
        bare = {name: value for name, value in computed[number].items() if name not in STANDING}
        aside[number] = bare | {"reason": beyond.get(number, ""), "note": {}}
    for number, change in left_out.items():
        # what waits has no place to be left out of, and has to be known to whoever computes the order again
        waits = aside[number]["reason"] == "waits-for-routed-answers"
        reason = aside[number]["reason"] if waits else "left-out-by-organisers"
        aside[number] = aside[number] | {"reason": reason, "note": dict(change.reason or {})}
    section["not_listed"] = [aside[number] for number in sorted(aside)]


def _check_moves(
    changes: Sequence[Change], computed: Mapping[int, object], left_out: Mapping[int, Change]
) -> None:
    for move in _moves(changes):
        if move.value < 1:
            raise UnfitChangeError("place", "places begin at 1")
        if move.number not in computed and move.number not in left_out:
            raise UnfitChangeError("number", f"item {move.number} has no computed place")


def _reword(item: dict[str, Any], changes: Iterable[Change]) -> None:
    for kind in ("title", "text"):
        words = texts_of(changes, kind, number=item["number"])
        if words:
            item.setdefault("original", {})[kind] = dict(item[kind])
            item[kind] = {**item[kind], **words}


def _moves(changes: Iterable[Change]) -> list[Change]:
    found: list[Change] = []
    for change in changes:
        if change.kind == "move" and change.value is None:
            found = [earlier for earlier in found if earlier.number != change.number]
        elif change.kind == "move":
            found.append(change)
    return found


def _left_out(changes: Iterable[Change]) -> dict[int, Change]:
    newest = {change.number: change for change in changes if change.kind == "leave-out"}
    return {number: change for number, change in newest.items() if change.value and number is not None}


def _last_place(changes: Iterable[Change]) -> Change | None:
    newest = None
    for change in changes:
        if change.kind == "last-place":
            newest = change
    return newest if newest is not None and newest.value is not None else None


def texts_of(
    changes: Iterable[Change], kind: str, *, question: int | None = None, number: int | None = None
) -> dict[str, str]:
    """The words of one kind by language, the newest of each; those that were emptied are left out."""
    found: dict[str, str] = {}
    for change in changes:
        if change.kind == kind and (change.question, change.number) == (question, number):
            found = {} if change.value is None else {**found, **change.value}
    return {language: text for language, text in found.items() if text}
