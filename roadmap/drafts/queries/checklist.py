"""What an organiser should know before a draft is compiled, and before it is frozen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from roadmap.core.db import db
from roadmap.core.portions import portions
from roadmap.domain.objections import TIME_TO_OBJECT, closes
from roadmap.domain.tallies import SMALLEST_SHOWN
from roadmap.drafts.models import Draft
from roadmap.editions.models import Edition
from roadmap.merging.models import Merge
from roadmap.moderation.queries import waiting_at
from roadmap.proposals.models import Proposal
from roadmap.votes.models import Tally


@dataclass(frozen=True)
class OpenMerge:
    """A merge to which its authors may still object, and until when."""

    lead: int
    until: datetime


@dataclass(frozen=True)
class Stale:
    """What changed since a version was compiled: items no longer open, and leads merged or parted."""

    gone: tuple[int, ...] = ()
    merged: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.gone or self.merged)


@dataclass(frozen=True)
class OpenPoints:
    """What is not settled: reports and appeals, texts nobody has read yet, merges open to objection."""

    reports: int
    unread: int
    merges: tuple[OpenMerge, ...]

    def __bool__(self) -> bool:
        return bool(self.reports or self.unread or self.merges)

    def counts(self) -> dict[str, int]:
        """Plain numbers, for the log."""
        return {"reports": self.reports, "unread": self.unread, "merges": len(self.merges)}


def open_points(edition: Edition, now: datetime) -> OpenPoints:
    """What an organiser would pass over by freezing now."""
    waiting = waiting_at(edition)
    return OpenPoints(waiting.reports + waiting.appeals, waiting.unread, tuple(open_merges(edition, now)))


def unplaced(document: dict[str, Any]) -> int:
    """How many proposals of the version have too few votes to be placed."""
    return sum(
        item["reason"] == "too-few-votes"
        for section in document["sections"]
        for item in section["not_listed"]
    )


def open_merges(edition: Edition, now: datetime) -> list[OpenMerge]:
    """Merges in force that are still inside their five days, oldest first."""
    rows = db.session.execute(
        select(Proposal.number, Merge.made)
        .join(Proposal, Proposal.id == Merge.lead_id)
        .where(Merge.edition_id == edition.id, Merge.undone.is_(None), Merge.made > now - TIME_TO_OBJECT)
        .order_by(Merge.made)
    )
    return [OpenMerge(number, closes(made)) for number, made in rows]


def has_votes(edition: Edition) -> bool:
    """Whether anybody has voted whose votes count."""
    apart = [
        pool
        for pool, counts in (("guest", edition.guests_count), ("paper", edition.paper_count))
        if not counts
    ]
    return bool(
        db.session.scalar(
            select(Tally.proposal_id)
            .join(Proposal, Proposal.id == Tally.proposal_id)
            .where(Proposal.edition_id == edition.id, Tally.pool.not_in([*apart, "suspended"]))
            .where(Tally.agree + Tally.disagree + Tally.passed > 0)
            .limit(1)
        )
    )


def waiting_proposals(edition: Edition) -> list[int]:
    """Numbers of proposals that nobody has let through yet: they take no part."""
    return list(
        db.session.scalars(
            select(Proposal.number)
            .where(Proposal.edition_id == edition.id, Proposal.state == "waiting")
            .order_by(Proposal.number)
        )
    )


def stale(edition: Edition, draft: Draft, document: dict[str, Any]) -> Stale:
    """What would be wrong with freezing this version as it was compiled."""
    printed = [
        item["number"]
        for section in document["sections"]
        for item in (*section["items"], *section["not_listed"])
    ]
    standing: set[int] = set()
    for part in portions(printed):
        standing |= set(
            db.session.scalars(
                select(Proposal.number).where(
                    Proposal.edition_id == edition.id,
                    Proposal.number.in_(part),
                    Proposal.state == "published",
                    Proposal.lead_id.is_(None),
                )
            )
        )
    merged = db.session.scalars(
        select(Proposal.number)
        .join(Merge, Merge.lead_id == Proposal.id)
        .where(
            Merge.edition_id == edition.id,
            or_(Merge.made > draft.as_of, Merge.undone > draft.as_of),
        )
    )
    return Stale(tuple(sorted(set(printed) - standing)), tuple(sorted(set(merged))))


def few_voters(document: dict[str, Any]) -> bool:
    """Whether so few people voted that single votes can be guessed from the totals."""
    return bool(document["participation"]["voters"] < SMALLEST_SHOWN)
