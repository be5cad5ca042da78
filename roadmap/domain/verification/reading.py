"""The figures of a printed draft, read and checked for shape only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from roadmap.domain.document import FORMAT
from roadmap.domain.ranking.groups import LETTERS
from roadmap.domain.ranking.method import METHODS, PLAIN, Method
from roadmap.domain.ranking.scores import Estimate
from roadmap.domain.ranking.table import Table
from roadmap.domain.verification.shape import Node, ShapeError

WAITS = "waits-for-routed-answers"
REASONS = (
    "too-few-votes",
    WAITS,
    "below-the-last-place",
    "no-group-in-favour",
    "left-out-by-organisers",
)


@dataclass(frozen=True)
class Score:
    """Printed figures of an item with an answer; `common_ground` None where not printed."""

    support: float
    opposition: float
    low: float
    high: float
    answers: int
    set_aside: int
    common_ground: float | None
    claims: tuple[float, ...]


@dataclass(frozen=True)
class Item:
    """An item as printed, listed (`rank`) or not (`reason`); `body` is all of its JSON."""

    number: int
    tally: tuple[int, int, int]
    score: Score | None
    body: dict[str, Any]
    rank: int | None = None
    moved_from: int | None = None
    reason: str | None = None

    @property
    def answers(self) -> int:
        return self.score.answers if self.score else 0


@dataclass(frozen=True)
class PrintedSection:
    """A question as printed; `body` is all of its JSON."""

    question: int
    people: int
    needed: float
    last_place: int | None
    items: tuple[Item, ...]
    not_listed: tuple[Item, ...]
    body: dict[str, Any]

    @property
    def all_items(self) -> tuple[Item, ...]:
        return self.items + self.not_listed

    @property
    def waiting(self) -> tuple[int, ...]:
        """Numbers of the items that are said to wait for routed answers."""
        return tuple(item.number for item in self.not_listed if item.reason == WAITS)


@dataclass(frozen=True)
class Group:
    id: str
    people: int
    weight: float


@dataclass(frozen=True)
class Printed:
    """A draft as printed; `orders` by method name and question."""

    method: Method
    estimated: Estimate
    stakeholders: int
    groups: tuple[Group, ...]
    sections: tuple[PrintedSection, ...]
    orders: dict[tuple[str, int], tuple[int, ...]]
    body: dict[str, Any]

    @property
    def unguarded(self) -> bool:
        """Whether the method is one of the plain counts, which set nothing aside."""
        return self.method.name in PLAIN

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.all_items)


def read(document: Any) -> Printed:
    """Raises ShapeError, naming the first value that is missing or of the wrong kind."""
    root = Node(document)
    if root["format"].text() != FORMAT:
        raise ShapeError(f"format is not {FORMAT}")
    groups = tuple(
        Group(group["id"].text(), group["people"].whole(), group["weight"].real(0, 1))
        for group in root["groups"]
    )
    letters = [group.id for group in groups]
    if not groups or letters != list(LETTERS[: len(letters)]):
        raise ShapeError("groups are not lettered A, B, … in order")
    sections = tuple(_section(section, letters) for section in root["sections"])
    _no_repeats("sections", [section.question for section in sections])
    _no_repeats("items", [item.number for section in sections for item in section.all_items])
    method = root["method"]
    return Printed(
        method=_method(method),
        estimated=_estimate(method["estimated"]),
        stakeholders=len(list(method["stakeholders"])),
        groups=groups,
        sections=sections,
        orders=_orders(method["orders"]),
        body=root.members(),
    )


def table(printed: Printed) -> Table:
    """The table of all items with an answer, by ascending number."""
    rows = sorted(
        (
            (item.number, section.question, item.tally, item.score)
            for section in printed.sections
            for item in section.all_items
            if item.score is not None
        ),
        key=lambda row: row[0],
    )
    scores = [row[3] for row in rows]
    ground = [np.nan if score.common_ground is None else score.common_ground for score in scores]
    claims = np.array([score.claims for score in scores], dtype=np.float64)
    return Table(
        number=np.array([row[0] for row in rows], dtype=np.int64),
        question=np.array([row[1] for row in rows], dtype=np.int64),
        tally=np.array([row[2] for row in rows], dtype=np.int64).reshape(-1, 3).T,
        answers=np.array([score.answers for score in scores], dtype=np.int64),
        support=np.array([score.support for score in scores]),
        opposition=np.array([score.opposition for score in scores]),
        low=np.array([score.low for score in scores]),
        high=np.array([score.high for score in scores]),
        common_ground=np.array(ground, dtype=np.float64),
        claims=claims.reshape(-1, len(printed.groups)).T,
        weights=np.array([group.weight for group in printed.groups]),
        people=np.array([group.people for group in printed.groups], dtype=np.int64),
    )


def _method(node: Node) -> Method:
    name = node["name"].text()
    if name not in METHODS:
        raise ShapeError(f"there is no method {name!r}")
    try:
        return Method.read(name, node["seed"].whole(0, 2**32 - 1), node["parameters"].members())
    except ValueError as error:
        raise ShapeError(f"method.parameters: {error}") from error


def _estimate(node: Node) -> Estimate:
    shares = [node["mu"][name].real(0, 1) for name in ("agree", "disagree", "pass")]
    return Estimate(node["k0"].real(0, 1e6), *shares)


def _orders(node: Node) -> dict[tuple[str, int], tuple[int, ...]]:
    return {
        (order["name"].text(), order["question"].whole()): tuple(
            number.whole() for number in order["numbers"]
        )
        for order in node
    }


def _section(node: Node, letters: Sequence[str]) -> PrintedSection:
    last = node.get("last_place")
    return PrintedSection(
        question=node["question"]["number"].whole(0, 2**15 - 1),
        people=node["people"].whole(),
        needed=node["needed"].real(0, 1e6),
        last_place=None if last.missing else last.whole(1),
        items=tuple(_item(item, letters, listed=True) for item in node["items"]),
        not_listed=tuple(_item(item, letters, listed=False) for item in node["not_listed"]),
        body=node.members(),
    )


def _item(node: Node, letters: Sequence[str], *, listed: bool) -> Item:
    tally = node["tally"]
    moved = node.get("moved")
    reason = None if listed else node["reason"].text()
    if reason is not None and reason not in REASONS:
        raise ShapeError(f"{node.path}.reason is not one of {', '.join(REASONS)}")
    score = None if node["score"].missing else _score(node, letters)
    if listed and score is None:
        raise ShapeError(f"{node.path}.score is missing from a listed item")
    return Item(
        number=node["number"].whole(),
        tally=(tally["agree"].whole(), tally["disagree"].whole(), tally["pass"].whole()),
        score=score,
        body=node.members(),
        rank=node["rank"].whole(1) if listed else None,
        moved_from=moved["from"].whole(1) if listed and not moved.missing else None,
        reason=reason,
    )


def _score(node: Node, letters: Sequence[str]) -> Score:
    score, claims = node["score"], node["claims"]
    low, high = score["interval"].pair()
    ground = score.get("common_ground")
    if set(claims.members()) != set(letters):
        raise ShapeError(f"{claims.path} does not name the groups {', '.join(letters)}")
    return Score(
        support=score["support"].real(0, 1),
        opposition=score["opposition"].real(0, 1),
        low=low.real(0, 1),
        high=high.real(0, 1),
        answers=score["answers"].whole(1),
        set_aside=score["set_aside"].whole(),
        common_ground=None if ground.missing else ground.real(0, 1),
        claims=tuple(claims[letter].real(-1, 1) for letter in letters),
    )


def _no_repeats(what: str, numbers: Sequence[int]) -> None:
    seen: set[int] = set()
    for number in numbers:
        if number in seen:
            raise ShapeError(f"{what}: number {number} stands there twice")
        seen.add(number)
