"""Counting: from the rows of a snapshot to whole numbers per item, and to a table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from roadmap.domain.ranking import scores
from roadmap.domain.ranking.arrays import Floats, Integers, Truths
from roadmap.domain.ranking.groups import OpinionGroups, opinion_groups
from roadmap.domain.ranking.guard import Guard, compare
from roadmap.domain.ranking.method import Method
from roadmap.domain.ranking.placing import Asked, needed
from roadmap.domain.ranking.result import Counted
from roadmap.domain.ranking.scores import Estimate, Voice
from roadmap.domain.ranking.snapshot import ORIGINS, STAKEHOLDERS, Snapshot
from roadmap.domain.ranking.table import Counts, Table, build, wanted_everywhere


@dataclass(frozen=True, eq=False)
class Count:
    """A snapshot counted once; tables for different stakeholder weights follow from it.

    `snapshot` holds the votes that decide on places, `by_stakeholder` (3, 3, items) counts them; what the
    guard sets aside is only in `counted`.
    """

    snapshot: Snapshot
    method: Method
    guard: Guard
    opinions: OpinionGroups
    counted: Counted
    by_stakeholder: Integers
    answered: Truths
    average: Estimate

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        method: Method,
        *,
        guarded: bool = True,
        opinions: OpinionGroups | None = None,
    ) -> Count:
        """`guarded` False sets no vote aside; `opinions`: groups of these people that need not be found anew."""
        guard = compare(snapshot, method, acting=guarded)
        kept = guard.kept(snapshot)
        opinions = opinions or opinion_groups(kept, method)
        by_stakeholder = scores.count(kept, kept.stakeholder, len(STAKEHOLDERS))
        counted = _counted(snapshot, kept, opinions)
        total = by_stakeholder.sum(axis=0)
        answered = total.sum(axis=0) > 0
        average = scores.estimate(total[:, answered], method)
        return cls(kept, method, guard, opinions, counted, by_stakeholder, answered, average)

    def table(self, rows: tuple[Voice, ...]) -> Table:
        """The printed table under these stakeholder voices."""
        weights = _group_weights(self.snapshot, self.opinions, rows)
        return build(self._counts(rows), rows, weights, self.average, self.method)

    def everywhere(self, rows: tuple[Voice, ...]) -> Truths:
        """Which items of the table every opinion group wants."""
        return wanted_everywhere(self._counts(rows), self.average, self.method)

    def _counts(self, rows: tuple[Voice, ...]) -> Counts:
        counted, answered = self.counted, self.answered
        by_voice = [self.by_stakeholder[list(row.members)].sum(axis=0) for row in rows]
        letters = self.opinions.of_person
        return Counts(
            number=counted.number[answered],
            question=counted.question[answered],
            tally=counted.tally[:, answered],
            total=self.by_stakeholder.sum(axis=0)[:, answered],
            by_voice=np.stack(by_voice)[:, :, answered],
            by_group=counted.by_opinion[:, :, answered],
            people=np.bincount(letters[letters >= 0], minlength=self.opinions.number),
        )

    def asked(self) -> tuple[Asked, ...]:
        """Every question of the snapshot with its people, the answers needed for a place, and what waits."""
        snapshot = self.snapshot
        questions, of_item = np.unique(snapshot.question, return_inverse=True)
        votes = np.bincount(
            snapshot.person.astype(np.int64) * max(len(questions), 1) + of_item[snapshot.item],
            minlength=snapshot.people * len(questions),
        )
        people = np.count_nonzero(votes.reshape(snapshot.people, len(questions)), axis=0)
        answers = self.by_stakeholder.sum(axis=(0, 1))
        found = []
        for at, (question, number) in enumerate(zip(questions, people, strict=True)):
            least = needed(int(number), answers[of_item == at], self.method.min_eff)
            enough = (of_item == at) & (answers >= least)
            waits = enough & self.guard.waits
            # somebody's item has to stand first: where all would wait, nobody does
            waiting = tuple(snapshot.number[waits].tolist()) if (enough & ~waits).any() else ()
            found.append(Asked(int(question), int(number), least, waiting))
        return tuple(found)


def _counted(snapshot: Snapshot, kept: Snapshot, opinions: OpinionGroups) -> Counted:
    """All votes that count; people as far as one of their votes is not set aside."""
    voted = np.bincount(kept.person, minlength=snapshot.people) > 0
    by_stakeholder = scores.count(snapshot, snapshot.stakeholder, len(STAKEHOLDERS))
    region = np.zeros(snapshot.people, dtype=np.int16) if snapshot.region is None else snapshot.region
    codes, people = np.unique(region[voted], return_counts=True)

    def people_by(origin: str) -> int:
        rows = snapshot.origin == ORIGINS.index(origin)
        return int(np.count_nonzero(np.bincount(snapshot.person[rows], minlength=1)))

    return Counted(
        number=snapshot.number,
        question=snapshot.question.astype(np.int64),
        tally=by_stakeholder.sum(axis=0),
        by_stakeholder=by_stakeholder,
        by_opinion=scores.count(kept, opinions.of_person, opinions.number),
        stakeholder_people=np.bincount(snapshot.stakeholder[voted], minlength=len(STAKEHOLDERS)),
        region_people=dict(zip(codes.tolist(), people.tolist(), strict=True)),
        voters=int(voted.sum()),
        votes=snapshot.votes,
        imported=people_by("imported"),
        paper=people_by("paper"),
    )


def _group_weights(snapshot: Snapshot, opinions: OpinionGroups, rows: tuple[Voice, ...]) -> Floats:
    """Sum of the weights of the people in each opinion group; all together 1."""
    if not any(row.people for row in rows):
        return np.ones(opinions.number)
    each = np.zeros(len(STAKEHOLDERS))
    for row in rows:
        each[list(row.members)] = row.weight / row.people
    voters = opinions.of_person >= 0
    cell = opinions.of_person[voters].astype(np.int64) * len(STAKEHOLDERS) + snapshot.stakeholder[voters]
    people = np.bincount(cell, minlength=opinions.number * len(STAKEHOLDERS))
    return np.asarray(people.reshape(opinions.number, len(STAKEHOLDERS)) @ each)
