"""The standing of an edition as JSON values: its order now, and its breakdowns with small cells withheld."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from roadmap.domain.document.figures import NO_REGION
from roadmap.domain.ranking import Ranking, Snapshot
from roadmap.domain.ranking.snapshot import STAKEHOLDERS
from roadmap.domain.ranking.stability import stability
from roadmap.domain.results import (
    Answers,
    agreed_by_all,
    backed_by_one,
    parted,
    set_apart,
    withheld,
)
from roadmap.domain.tallies import Tally, shown_people

NEW_VOTERS = 20
APART = timedelta(days=1)
"""Breakdowns are renewed after so many new voters, and not before so much time has passed."""
NO_GROUP = "-"


def breakdown_is_due(now: datetime, voters: int, *, last: datetime | None, last_voters: int) -> bool:
    """Whether breakdowns may be made anew: `last` is when they were, with `last_voters` voters."""
    enough = voters - last_voters >= NEW_VOTERS
    return enough and (last is None or now - last >= APART)


def order_figures(ranking: Ranking) -> dict[str, Any]:
    """Totals, and each question's order: rows of number, band, support with its interval, answers."""
    table = ranking.table
    row_of = {number: row for row, number in enumerate(table.number.tolist())}
    questions = {}
    for section in ranking.sections:
        rows = []
        for placed in section.placed:
            row = row_of[placed.number]
            score = [float(table.support[row]), float(table.low[row]), float(table.high[row])]
            rows.append([placed.number, *placed.band, *score, int(table.answers[row])])
        questions[str(section.question)] = {
            "people": section.people,
            "needed": section.needed,
            "order": rows,
        }
    counted = ranking.counted
    return {"voters": counted.voters, "votes": counted.votes, "questions": questions}


def breakdown_figures(snapshot: Snapshot, ranking: Ranking) -> dict[str, Any]:
    """Per question: who took part, what sets the opinion groups apart (and whether they are clear), and what
    stands out; small cells None."""
    answers, held = _answers(ranking), stability(snapshot, ranking)
    question_of = dict(zip(ranking.counted.number.tolist(), ranking.counted.question.tolist(), strict=True))
    found = {}
    for section in ranking.sections:
        here = [item for item in answers if question_of[item.number] == section.question]
        groups = {item.number: item.groups for item in here}
        found[str(section.question)] = {
            **_people(snapshot, ranking, section.question),
            "clear": held is None or held.clear,
            "apart": {letter: asdict(each) for letter, each in set_apart(here).items()},
            "agree": [_row(number, groups) for number in agreed_by_all(here)],
            "part": [_row(number, groups) for number in parted(here)],
            "backed": [{**_row(number, groups), "group": letter} for number, letter in backed_by_one(here)],
        }
    return {"questions": found}


def _row(number: int, groups: dict[int, dict[str, Tally | None]]) -> dict[str, Any]:
    cells = groups[number].items()
    return {
        "number": number,
        "groups": {
            letter: None if tally is None else [tally.agree, tally.disagree, tally.passed]
            for letter, tally in cells
        },
    }


def _answers(ranking: Ranking) -> list[Answers]:
    counted, table = ranking.counted, ranking.table
    row_of = {number: row for row, number in enumerate(table.number.tolist())}
    found = []
    for column, number in enumerate(counted.number.tolist()):
        if number not in row_of:
            continue
        groups = {
            group.id: Tally(*counted.by_opinion[at, :, column].tolist())
            for at, group in enumerate(ranking.groups)
        }
        total = Tally(*counted.tally[:, column].tolist())
        claims = {
            group.id: float(table.claims[at, row_of[number]]) for at, group in enumerate(ranking.groups)
        }
        found.append(Answers(number, total, withheld(groups, total, ranking.method.min_cell), claims))
    return found


def _people(snapshot: Snapshot, ranking: Ranking, question: int) -> dict[str, Any]:
    """Everybody with a vote that counts in the question, by opinion group, stakeholder group and region."""
    here = snapshot.question[snapshot.item] == question
    voted = np.flatnonzero(np.bincount(snapshot.person[here], minlength=snapshot.people))
    smallest = ranking.method.min_cell
    opinion = np.bincount(ranking.opinion[voted].astype(np.int64) + 1, minlength=len(ranking.groups) + 1)
    groups = {NO_GROUP: int(opinion[0])} | {
        group.id: int(opinion[at + 1]) for at, group in enumerate(ranking.groups)
    }
    shown = shown_people(groups, smallest)
    stakeholder = np.bincount(snapshot.stakeholder[voted], minlength=len(STAKEHOLDERS))
    regions: dict[str, int] = {}
    if snapshot.region is not None:
        codes, people = np.unique(snapshot.region[voted], return_counts=True)
        regions = {
            f"{code:03d}" if code else NO_REGION: int(number)
            for code, number in zip(codes.tolist(), people.tolist(), strict=True)
        }
    return {
        "people": len(voted),
        "groups": {group.id: shown[group.id] for group in ranking.groups},
        "by_group": shown_people(dict(zip(STAKEHOLDERS, stakeholder.tolist(), strict=True)), smallest),
        "by_region": shown_people(regions, smallest),
    }
