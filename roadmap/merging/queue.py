"""The groups that wait at the facilitators' desk, in the order in which they are offered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from roadmap.core.db import db
from roadmap.core.portions import portions
from roadmap.editions.models import Edition
from roadmap.merging.models import GroupHold
from roadmap.merging.objected import ObjectedGroup, objected_groups
from roadmap.proposals import queries as proposals
from roadmap.proposals.models import Proposal
from roadmap.similarity import queries as similarity
from roadmap.similarity.queries import FoundGroup

Numbers = tuple[int, ...]
"""Public numbers in rising order: they are the group's name."""


@dataclass(frozen=True)
class Waiting:
    """A group that waits for a decision: parted by an objection, or found alike. `held_by` is an account."""

    proposals: tuple[Proposal, ...]
    objected: ObjectedGroup | None = None
    found: FoundGroup | None = None
    held_by: int | None = None

    @property
    def numbers(self) -> Numbers:
        return tuple(each.number for each in self.proposals)

    def held_from(self, account: int | None) -> bool:
        """Whether somebody else has it open."""
        return self.held_by is not None and self.held_by != account


def queue_of(edition: Edition, now: datetime) -> list[Waiting]:
    """Every group that waits: those with an objection first, then the most alike."""
    groups = [
        Waiting(leads, objected=group)
        for group in objected_groups(edition)
        if len(leads := _leads(edition, group.numbers)) > 1
    ]
    taken = {number for group in groups for number in group.numbers}
    groups += [
        Waiting(group.proposals, found=group)
        for group in similarity.groups_of(edition)
        if taken.isdisjoint(each.number for each in group.proposals)
    ]
    holds = _holds([each.id for group in groups for each in group.proposals], now)
    return [
        Waiting(group.proposals, group.objected, group.found, _holder(group.proposals, holds))
        for group in groups
    ]


def holder_of(group: Collection[Proposal], now: datetime) -> int | None:
    """The account that has one of these proposals open."""
    return _holder(group, _holds([each.id for each in group], now))


def following(queue: list[Waiting], done: Numbers, place: int, account: int | None) -> Waiting | None:
    """The group to offer after the one that stood at `place`: the next that nobody else has open.

    A group that was skipped still stands there, one that was decided does not.
    """
    still = next((index for index, group in enumerate(queue) if group.numbers == done), None)
    start = place if still is None else still + 1
    return next((group for group in queue[start:] if not group.held_from(account)), None)


def _leads(edition: Edition, numbers: Numbers) -> tuple[Proposal, ...]:
    """What these proposals stand under now, as far as it is published: each once, by number."""
    found = db.session.scalars(
        select(Proposal).where(Proposal.edition_id == edition.id, Proposal.number.in_(numbers))
    ).all()
    leads = proposals.by_ids(each.lead_id or each.id for each in found)
    shown = (each for each in leads.values() if each.state == "published")
    return tuple(sorted(shown, key=lambda each: each.number))


def _holds(ids: list[int], now: datetime) -> dict[int, int]:
    found: dict[int, int] = {}
    for part in portions(ids):
        rows = db.session.execute(
            select(GroupHold.proposal_id, GroupHold.account_id).where(
                GroupHold.proposal_id.in_(part), GroupHold.until > now
            )
        )
        found.update((row[0], row[1]) for row in rows)
    return found


def _holder(group: Collection[Proposal], holds: dict[int, int]) -> int | None:
    return next((holds[each.id] for each in group if each.id in holds), None)
