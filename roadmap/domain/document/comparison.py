"""What is kept beside a draft: how its order hangs on single choices of the rule and on votes under review.

Not part of the document and its fingerprint: nothing of it is needed to compute the order again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from roadmap.domain.ranking.result import Ranking
from roadmap.domain.ranking.sensitivity import Orders, unguarded_order, variations
from roadmap.domain.ranking.snapshot import Snapshot
from roadmap.domain.ranking.stability import stability


@dataclass(frozen=True)
class Shown:
    """How often the deck drew an item and how often that was answered; `chance`: mean probability, 0 to 1."""

    times: int
    answered: int
    chance: float


@dataclass(frozen=True)
class Reviewed:
    """Accounts that are looked at apart, how many votes of theirs there are, and the order of each question
    otherwise: without those under review, which count, or with those that are suspended, which do not."""

    accounts: int
    votes: int
    orders: Orders


def comparison_figures(
    snapshot: Snapshot,
    ranking: Ranking,
    *,
    shown: Mapping[int, Shown],
    reviewed: Reviewed | None = None,
    suspended: Reviewed | None = None,
) -> dict[str, Any]:
    """JSON values; `snapshot` is the one that was ranked, `shown` is by an item's number."""
    unguarded = unguarded_order(snapshot, ranking)
    varied, steady = variations(snapshot, ranking, unguarded)
    k, held = ranking.method.k, stability(snapshot, ranking)
    first = {section.question: [item.number for item in section.placed[:k]] for section in ranking.sections}
    return {
        "guard": _questions(ranking),
        "aside": _aside(ranking, unguarded),
        "without_guard": _orders(unguarded, first, k),
        "shown": {str(number): asdict(each) for number, each in sorted(shown.items())},
        "variations": [asdict(each) | {"numbers": list(each.numbers)} for each in varied],
        "steady": [{"question": each.question, "numbers": list(each.numbers)} for each in steady],
        "stability": None if held is None else {"agreement": held.agreement, "clear": held.clear},
        "review": _apart(reviewed, first, k),
        "suspended": _apart(suspended, first, k),
    }


def _apart(votes: Reviewed | None, first: Mapping[int, list[int]], k: int) -> dict[str, Any] | None:
    if votes is None:
        return None
    return {"accounts": votes.accounts, "votes": votes.votes, "orders": _orders(votes.orders, first, k)}


def _questions(ranking: Ranking) -> list[dict[str, Any]]:
    """Per question: whether votes were compared, and for how many items there were enough of both kinds."""
    guard, counted = ranking.guard, ranking.counted
    enough = guard.routed.sum(axis=0) >= ranking.method.guard_min_routed
    found = []
    for section in ranking.sections:
        rows = counted.question == section.question
        found.append(
            {
                "question": section.question,
                "acts": bool(guard.acts[rows].any()),
                "items": int((rows & (counted.tally.sum(axis=0) > 0)).sum()),
                "enough": int((rows & enough).sum()),
            }
        )
    return found


def _aside(ranking: Ranking, unguarded: Orders) -> dict[str, Any]:
    """By number, of items whose votes are set aside or that wait: both kinds of votes, and the place otherwise."""
    waiting = {number for asked in ranking.asked for number in asked.waiting}
    places = {number: place for order in unguarded.values() for place, number in enumerate(order, 1)}
    guard = ranking.guard
    found = {}
    for at, number in enumerate(ranking.counted.number.tolist()):
        if guard.set_aside[at] or number in waiting:
            found[str(number)] = {
                "chosen": int(guard.direct[:, at].sum()),
                "given": int(guard.routed[:, at].sum()),
                "place": places.get(number),
            }
    return found


def _orders(orders: Orders, first: Mapping[int, list[int]], k: int) -> list[dict[str, Any]]:
    return [
        {
            "question": question,
            "numbers": list(numbers[:k]),
            "overlap": len(set(numbers[:k]) & set(first.get(question, ()))),
        }
        for question, numbers in orders.items()
    ]
