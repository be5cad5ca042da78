"""Where a proposal comes from and what became of it: wordings, corrections, merges, what it is built on."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Select, cast, column, literal, null, select, table, union_all

from roadmap.core.db import db
from roadmap.domain.textdiff import Token, differences
from roadmap.editions.models import Edition
from roadmap.proposals import queries
from roadmap.proposals.counts import voted_revision
from roadmap.proposals.models import BuiltOn, Correction, Proposal, Revision, SplitPart

_PAIRS = table("likely_pairs", column("a_id"), column("b_id"), column("decision"))
"""Pairs of proposals stand a floor higher; their table is named here as foreign keys name tables."""


@dataclass(frozen=True)
class Change:
    """A wording and what it changed: differences of title and text, links that came and went."""

    revision: Revision
    title: tuple[Token, ...]
    text: tuple[Token, ...]
    links_added: tuple[str, ...]
    links_removed: tuple[str, ...]


def difference(before: Revision | None, after: Revision) -> Change:
    """What `after` changed in `before`; everything is new where there is none before."""
    old_links = tuple(before.links) if before else ()
    return Change(
        after,
        differences(before.title if before else "", after.title),
        differences(before.text if before else "", after.text),
        tuple(link for link in after.links if link not in old_links),
        tuple(link for link in old_links if link not in after.links),
    )


def waiting_correction(proposal: Proposal) -> Correction | None:
    """The correction that waits for a facilitator's decision, if there is one."""
    return db.session.scalar(
        select(Correction)
        .where(Correction.proposal_id == proposal.id, Correction.state == "waiting")
        .order_by(Correction.id.desc())
        .limit(1)
    )


def find_correction(proposal: Proposal, correction_id: int) -> Correction | None:
    """A correction of this very proposal."""
    return db.session.scalar(
        select(Correction).where(Correction.id == correction_id, Correction.proposal_id == proposal.id)
    )


def last_decision(proposal: Proposal) -> Correction | None:
    """The newest correction that was not let through, for telling its writer why."""
    newest = db.session.scalar(
        select(Correction)
        .where(Correction.proposal_id == proposal.id)
        .order_by(Correction.id.desc())
        .limit(1)
    )
    return newest if newest is not None and newest.state == "refused" else None


def corrections_waiting(edition: Edition) -> list[tuple[Correction, Proposal]]:
    """Corrections that wait in an edition, what waits longest first."""
    rows = db.session.execute(
        select(Correction, Proposal)
        .join(Proposal, Proposal.id == Correction.proposal_id)
        .where(Proposal.edition_id == edition.id, Correction.state == "waiting")
        .order_by(Correction.made, Correction.id)
    )
    return [(row[0], row[1]) for row in rows]


def proposals_waiting(edition: Edition) -> list[Proposal]:
    """Proposals that wait for a facilitator, what waits longest first."""
    return list(
        db.session.scalars(
            select(Proposal)
            .where(Proposal.edition_id == edition.id, Proposal.state == "waiting")
            .order_by(Proposal.made, Proposal.id)
        )
    )


@dataclass(frozen=True)
class SplitStory:
    """How a proposal stands in splits: what it was split into, what it is a part of, and whether that stands.

    `parts` are those of the newest split of the proposal, `original` what the proposal was split off; `ended` is
    when the split was undone.
    """

    parts: tuple[Proposal, ...] = ()
    original: Proposal | None = None
    ended: datetime | None = None


@dataclass(frozen=True)
class Relations:
    """What a proposal is built on (`older`), what is built on it (`newer`), and how it stands in splits.

    `related` are proposals of their own that facilitators linked with it.
    """

    older: tuple[Proposal, ...] = ()
    newer: tuple[Proposal, ...] = ()
    related: tuple[Proposal, ...] = ()
    split: SplitStory = field(default_factory=SplitStory)


def relations_of(proposal: Proposal) -> Relations:
    """Everything but merges that ties the proposal to others, each by number; asked in one statement.

    What is built on what is told only of proposals that may be read.
    """
    rows = db.session.execute(_related(proposal.id)).all()
    readable = [(row, found) for *row, found in rows if found.state in ("published", "closed")]
    older = tuple(found for (kind, _, _), found in readable if kind == "older")
    newer = tuple(found for (kind, _, _), found in readable if kind == "newer")
    related = tuple(
        found
        for (kind, _, _), found in readable
        if kind == "related" and found.state == "published" and found.lead_id is None
    )
    newest = max((row[1] for row in rows if row[0] == "part"), default=0)
    parts = [row for row in rows if row[0] == "part" and row[1] == newest]
    above = next((row for row in rows if row[0] == "original"), None)
    ended = above[2] if above is not None else parts[0][2] if parts else None
    split = SplitStory(tuple(row[3] for row in parts), above[3] if above is not None else None, ended)
    return Relations(older, newer, related, split)


def _related(of: int) -> Select[Any]:
    """(kind, split, when it ended, proposal) of all that is tied to the proposal with this id."""

    def ties(kind: str, other: Any, split: Any, ended: Any, where: Any) -> Select[Any]:
        return select(
            literal(kind).label("kind"), other.label("other"), split.label("split"), ended.label("ended")
        ).where(where)

    part, none = SplitPart, cast(null(), BigInteger)
    linked = _PAIRS.c.decision == "related"
    tied = union_all(
        ties("part", part.part_id, part.split_id, part.ended, part.original_id == of),
        ties("original", part.original_id, part.split_id, part.ended, part.part_id == of),
        ties("older", BuiltOn.older_id, literal(0), none, BuiltOn.proposal_id == of),
        ties("newer", BuiltOn.proposal_id, literal(0), none, BuiltOn.older_id == of),
        ties("related", _PAIRS.c.b_id, literal(0), none, (_PAIRS.c.a_id == of) & linked),
        ties("related", _PAIRS.c.a_id, literal(0), none, (_PAIRS.c.b_id == of) & linked),
    ).subquery()
    return (
        select(tied.c.kind, tied.c.split, tied.c.ended, Proposal)
        .join(Proposal, Proposal.id == tied.c.other)
        .order_by(Proposal.number)
    )


def split_story(proposal: Proposal) -> SplitStory:
    """The splits around the proposal."""
    return relations_of(proposal).split


def resting_state(proposal: Proposal) -> str:
    """The state of the proposal where nobody hides it: `closed` because of a split, else `published`."""
    closed = select(SplitPart.part_id).where(
        ((SplitPart.original_id == proposal.id) & SplitPart.ended.is_(None))
        | ((SplitPart.part_id == proposal.id) & SplitPart.ended.is_not(None))
    )
    return "closed" if db.session.scalar(closed.limit(1)) is not None else "published"


@dataclass(frozen=True)
class Source:
    """A proposal that was merged into another: how deep it stands below, and when it was merged."""

    proposal: Proposal
    lead: Proposal
    depth: int
    merged: datetime


def sources_of(proposal: Proposal) -> list[Source]:
    """Everything merged into the proposal, as a tree read from top to bottom, oldest merge first."""
    below = queries.merged_into(proposal)
    found = {proposal.id: proposal, **{source.id: source for _edge, source, _depth in below}}
    return [Source(source, found[edge.lead_id], depth, edge.made) for edge, source, depth in below]


def since_vote(proposal: Proposal, voter_id: int) -> Change | None:
    """What has changed since this voter answered; None where nothing has."""
    answered_on = voted_revision(voter_id, proposal.id)
    rows = db.session.execute(
        select(Revision, answered_on).where(
            Revision.proposal_id == proposal.id, Revision.number.in_((proposal.revision, answered_on))
        )
    ).all()
    voted = rows[0][1] if rows else None
    if voted is None or voted >= proposal.revision:
        return None
    wordings = {revision.number: revision for revision, _voted in rows}
    before, now = wordings.get(voted), wordings[proposal.revision]
    if before is not None and (before.title, before.text, before.links) == (now.title, now.text, now.links):
        return None
    return difference(before, now)


def proposed(proposal: Proposal, correction: Correction) -> Change:
    """What a correction would change in the text as it stands."""
    now = _wording(proposal, proposal.title, proposal.text, proposal.links)
    return difference(now, _wording(proposal, correction.title, correction.text, correction.links))


def _wording(proposal: Proposal, title: str, text: str, links: list[str]) -> Revision:
    return Revision(title=title, text=text, links=links, language=proposal.language)


def changes_of(proposal: Proposal) -> list[Change]:
    """Every wording with what it changed in the one before, newest first."""
    wordings = queries.revisions_of(proposal)
    pairs = zip([None, *wordings[:-1]], wordings, strict=True)
    return [difference(before, after) for before, after in pairs][::-1]
