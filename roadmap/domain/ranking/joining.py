"""A snapshot as it would be after a merge, to tell its effect before it is made."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from roadmap.domain.ballots import joined
from roadmap.domain.ranking.snapshot import Snapshot


def join_items(snapshot: Snapshot, lead: int, sources: Collection[int]) -> Snapshot:
    """The snapshot with the items numbered `sources` merged into the one numbered `lead`.

    Opposite votes of a person are left out; a vote that is joined keeps its first origin. The sources stay as items
    without votes. Raises ValueError where an item is not there.
    """
    numbers = snapshot.number.tolist()
    top = numbers.index(lead)
    chosen = np.isin(snapshot.item, [top, *(numbers.index(each) for each in sources)])
    rows = np.flatnonzero(chosen)
    own: dict[int, list[int]] = {}
    for row, person in zip(rows.tolist(), snapshot.person[rows].tolist(), strict=True):
        own.setdefault(person, []).append(row)
    kept, choices = [], []
    for votes in own.values():
        after = joined(snapshot.choice[votes].tolist())
        if isinstance(after, int):
            kept.append(votes[0])
            choices.append(after)
    others = np.flatnonzero(~chosen)
    order = np.concatenate([others, np.array(kept, dtype=np.int64)])
    item = snapshot.item[order].copy()
    item[len(others) :] = top
    return replace(
        snapshot,
        person=snapshot.person[order],
        item=item,
        choice=np.concatenate([snapshot.choice[others], np.array(choices, dtype=np.int8)]),
        origin=snapshot.origin[order],
    )
