"""Votes to rank: written by hand, drawn by a seed, or held by strangers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.conversations import CONVERSATIONS as CONVERSATIONS
from benchmarks.conversations import read_conversation
from roadmap.domain.document import (
    DraftVersion,
    EditionText,
    ItemText,
    Origin,
    QuestionText,
    Source,
    build_document,
)
from roadmap.domain.ranking import ORIGINS, STAKEHOLDERS, Method, Ranking, Snapshot, rank
from roadmap.domain.ranking.sealed import BallotFile, ballot_file, seal
from tests import recounting

CHOICE = {"+": 1, "-": -1, "o": 0}


def a_snapshot(
    rows: Iterable[tuple[int, int, int]],
    *,
    numbers: Iterable[int],
    people: int,
    questions: Mapping[int, int] | None = None,
    stakeholders: Iterable[str] | None = None,
) -> Snapshot:
    """Rows of (person, number, choice); everybody direct, public and in question 1 unless told."""
    number = sorted(numbers)
    at = {item: index for index, item in enumerate(number)}
    votes = list(rows)
    groups = ["public"] * people if stakeholders is None else list(stakeholders)
    return Snapshot(
        person=np.array([person for person, _, _ in votes], dtype=int),
        item=np.array([at[item] for _, item, _ in votes], dtype=int),
        choice=np.array([choice for _, _, choice in votes], dtype=int),
        origin=np.full(len(votes), ORIGINS.index("direct"), dtype=int),
        number=np.array(number, dtype=int),
        question=np.array([(questions or {}).get(item, 1) for item in number], dtype=int),
        stakeholder=np.array([STAKEHOLDERS.index(group) for group in groups], dtype=int),
    )


def written(ballots: Mapping[int, str], *, people: int | None = None) -> Snapshot:
    """One text per item, a letter per voter: + agree, - disagree, o pass, blank no vote."""
    rows = [
        (person, number, CHOICE[letter])
        for number, letters in ballots.items()
        for person, letter in enumerate(letters)
        if letter != " "
    ]
    most = max((len(letters) for letters in ballots.values()), default=0)
    return a_snapshot(rows, numbers=ballots, people=max(most, people or 0))


def by_hand() -> Snapshot:
    """Ten voters and four items a, b, c, d, numbered 1 to 4."""
    return written({1: "++++++++-o", 2: "+++++++---", 3: "+++oo", 4: "++--------"})


def drawn(
    seed: int,
    people: int,
    items: int,
    *,
    answers: int | None = None,
    camps: int = 2,
    questions: int = 1,
    groups: bool = False,
) -> Snapshot:
    """People of unequal camps who lean differently on each item; `answers` items each."""
    chance = np.random.default_rng(seed)
    leaning = chance.normal(0.6, 1.2, size=(camps, items))
    camp = np.minimum(chance.geometric(0.6, size=people) - 1, camps - 1)
    each = items if answers is None else min(answers, items)
    rows = []
    for person in range(people):
        for item in chance.permutation(items)[:each]:
            force = leaning[camp[person], item] + chance.normal()
            rows.append((person, 10 + 3 * int(item), 1 if force > 0.3 else -1 if force < -0.3 else 0))
    numbers = [10 + 3 * item for item in range(items)]
    kinds = np.array(STAKEHOLDERS)[chance.choice(3, size=people, p=[0.3, 0.1, 0.6])]
    return a_snapshot(
        rows,
        numbers=numbers,
        people=people,
        questions={number: 1 + at % questions for at, number in enumerate(numbers)},
        stakeholders=kinds if groups else None,
    )


def folder_of_conversations() -> Path:
    """Where the real conversations lie; skips the test where that is not told."""
    folder = os.environ.get("ROADMAP_TEST_DATA")
    if not folder:
        pytest.skip("ROADMAP_TEST_DATA is not set: the real conversations are not at hand")
    return Path(folder) / "polis"


def conversation(name: str) -> Snapshot:
    """All voters, items that were not rejected, the newest vote of each pair."""
    return read_conversation(folder_of_conversations(), name)


def frozen(
    snapshot: Snapshot, method: Method | None = None, **decisions: Any
) -> tuple[dict[str, Any], BallotFile, Ranking]:
    """A frozen draft of the snapshot with its sealed ballots; `decisions` for question 1.

    docs/recount.py must agree with it, whatever the test is about.
    """
    sealed = seal(snapshot, 7)
    ranking = rank(sealed, method)
    ballots = ballot_file(sealed, ranking)
    document = build_document(
        ranking,
        edition=EditionText("2026", {"en": "An edition"}),
        questions=[
            QuestionText(number, {"en": f"Question {number}?"}, **(decisions if number == 1 else {}))
            for number in sorted({1, *snapshot.question.tolist()})
        ],
        items=[an_item(number) for number in snapshot.number.tolist()],
        version=DraftVersion(
            number=1,
            software="roadmap 0",
            frozen_at=datetime(2026, 9, 30, 12, tzinfo=UTC),
            ballots_sha256=ballots.sha256,
            ballots_rows=ballots.rows,
        ),
    )
    assert recounting.differences(document) == []
    return document, ballots, ranking


def an_item(number: int) -> ItemText:
    source = Source(number, ("An author",), "en", f"/en/2026/proposals/{number}")
    return ItemText(
        number,
        {"en": f"Title {number}", "ar": f"عنوان {number}"},
        {"en": f"Text of proposal {number}."},
        origin=Origin("polis", str(number)),
        authors=("An author",),
        language="en",
        sources=(source,),
    )


def change(path: Sequence[str | int], value: Any) -> Callable[[Any], None]:
    """A function that puts `value`, or what it makes of the old one, at a path of a document."""

    def changed(document: Any) -> None:
        target = document
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = value(target[path[-1]]) if callable(value) else value

    return changed
