"""The figures of a draft under the names of its JSON form. Small cells are withheld here."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from roadmap.domain.ranking.result import Placed, Ranking, Section
from roadmap.domain.ranking.snapshot import STAKEHOLDERS
from roadmap.domain.tallies import Tally, shown_people, shown_tallies

NO_REGION = "not-stated"


def item_figures(ranking: Ranking, number: int) -> dict[str, Any]:
    """Tally, breakdown, score and claims of an item; score and claims are None without an answer."""
    counted, table = ranking.counted, ranking.table
    column = counted.column(number)
    tally = _tally(counted.tally[:, column].tolist())
    parts = {
        name: _tally(counted.by_stakeholder[at, :, column].tolist()) for at, name in enumerate(STAKEHOLDERS)
    }
    shown = shown_tallies(parts, ranking.method.min_cell)
    figures: dict[str, Any] = {
        "tally": tally.printed(),
        "by_group": {name: None if part is None else part.printed() for name, part in shown.items()},
        "score": None,
        "claims": None,
    }
    if tally.answers:
        row = int(np.searchsorted(table.number, number))
        figures["score"] = {
            "support": float(table.support[row]),
            "opposition": float(table.opposition[row]),
            "interval": [float(table.low[row]), float(table.high[row])],
            "answers": int(table.answers[row]),
            "set_aside": tally.answers - int(table.answers[row]),
            "common_ground": float(table.common_ground[row]),
        }
        figures["claims"] = {
            group.id: float(table.claims[at, row]) for at, group in enumerate(ranking.groups)
        }
    return figures


def standing_figures(placed: Placed) -> dict[str, Any]:
    """What the draws tell (None without draws, `places` open at its end), and why it stands there."""
    standing = placed.standing
    return {
        "places": None if standing is None else [standing.first, standing.last],
        "stays": None if standing is None else standing.stays,
        "why": asdict(placed.why),
        "flags": list(placed.flags),
    }


def minority_figures(section: Section) -> list[dict[str, Any]]:
    return [asdict(note) for note in section.minority]


def method_figures(ranking: Ranking, software: str) -> dict[str, Any]:
    """Name, seed, parameters, estimates, stakeholder weights and the orders of all methods."""
    estimated = ranking.estimated
    return {
        "name": ranking.method.name,
        "software": software,
        "seed": ranking.method.seed,
        "parameters": ranking.method.parameters(),
        "estimated": {
            "k0": estimated.k0,
            "mu": {"agree": estimated.agree, "disagree": estimated.disagree, "pass": estimated.passed},
        },
        "stakeholders": [
            {"group": voice.name, "people": voice.people, "weight": voice.weight} for voice in ranking.voices
        ],
        "orders": [
            {
                "name": order.name,
                "question": order.question,
                "numbers": list(order.numbers),
                "overlap": order.overlap,
            }
            for order in ranking.orders
        ],
    }


def group_figures(ranking: Ranking) -> list[dict[str, Any]]:
    return [
        {"id": group.id, "people": group.people, "weight": group.weight, "typical": list(group.typical)}
        for group in ranking.groups
    ]


def participation_figures(ranking: Ranking) -> dict[str, Any]:
    """Voters and votes that count, with breakdowns in which small cells are None."""
    counted, smallest = ranking.counted, ranking.method.min_cell
    groups = dict(zip(STAKEHOLDERS, counted.stakeholder_people.tolist(), strict=True))
    regions = {
        f"{code:03d}" if code else NO_REGION: people for code, people in sorted(counted.region_people.items())
    }
    return {
        "voters": counted.voters,
        "imported": counted.imported,
        "votes": counted.votes,
        "by_group": shown_people(groups, smallest),
        "by_region": shown_people(regions, smallest),
    }


def _tally(counts: list[int]) -> Tally:
    return Tally(*counts)
