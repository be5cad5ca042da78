"""Splitting a proposal that says several things, and undoing it.

The original keeps its number, text, comments and votes and can be read; each part is a proposal of its own that
starts without votes and comes first in the deck of the original's voters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid
from roadmap.core.hooks import split_changed
from roadmap.core.i18n import _
from roadmap.core.permit import permit
from roadmap.core.signals import after_commit, proposal_changed, proposal_published
from roadmap.domain import texts
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor, acting_role
from roadmap.editions.choices import languages_for
from roadmap.editions.holding import hold
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.log.actions import record
from roadmap.merging.actions.merging import check_seen
from roadmap.merging.actions.trees import found_by_number, keep_votes_out
from roadmap.merging.models import Split
from roadmap.proposals import queries as proposals
from roadmap.proposals.actions import add_revision
from roadmap.proposals.fields import Fields, wording_faults
from roadmap.proposals.models import Proposal, SplitPart

FEWEST, MOST = 2, 10
"""How many parts a split has."""


@dataclass(frozen=True)
class Part:
    """The wording of one part."""

    title: str
    text: str


@use_case
def split_proposal(
    actor: Actor,
    edition: Edition,
    number: int,
    parts: Sequence[Part],
    *,
    reason: str,
    now: datetime,
    expected: int | None = None,
) -> Split:
    """Make each of the parts a proposal of its own, in the name of the original's author.

    `expected` is the revision that the facilitator saw. Raises Refused or Closed where the actor may not do it
    now, NotFound, Invalid for wordings that do not fit, Changed where the text is not the one that was seen,
    Conflict where the proposal is not open or was merged into another.
    """
    permit(actor, Verb.MERGE, facts_of(edition, now), time_zone=edition.time_zone)
    hold(edition.id)
    original = found_by_number(edition, [number])[number]
    keep_votes_out([original.id])
    check_whole(original)
    if expected is not None:
        check_seen({number: original}, {number: expected})
    wordings = wordings_of(edition, original, parts)
    split = Split(
        edition_id=edition.id,
        original_id=original.id,
        reason=texts.as_reason(reason),
        made=now,
        made_by=actor.account,
    )
    db.session.add(split)
    db.session.flush()
    made = _add_parts(edition, original, split, wordings, now)
    original.state, original.state_at = "closed", now
    record(
        actor, "split", edition_id=edition.id, role=acting_role(actor, edition.id), now=now,
        facts={"number": number, "parts": [each.number for each in made]}, reason=texts.as_reason(reason),
    )  # fmt: skip
    split_changed.run(split.id)
    after_commit(proposal_changed, proposal_id=original.id)
    for each in made:
        after_commit(proposal_published, proposal_id=each.id)
    return split


@use_case
def undo_split(actor: Actor, split: Split, *, reason: str, now: datetime) -> Split:
    """Open the original again as it was; its parts can still be read, with what was said and voted on them.

    Raises Conflict where it was undone already, or where a part or the original stands in a merge.
    """
    edition = db.session.get_one(Edition, split.edition_id)
    permit(actor, Verb.MERGE, facts_of(edition, now), time_zone=edition.time_zone)
    hold(edition.id)
    db.session.refresh(split)
    if split.undone is not None:
        raise Conflict(_("This split was undone already."))
    rows = list(db.session.scalars(select(SplitPart).where(SplitPart.split_id == split.id)))
    ids = [row.part_id for row in rows]
    keep_votes_out([split.original_id, *ids])
    parts = proposals.by_ids(ids)
    _check_apart(list(parts.values()))
    for row in rows:
        row.ended = now
        if parts[row.part_id].state == "published":
            parts[row.part_id].state, parts[row.part_id].state_at = "closed", now
    original = db.session.get_one(Proposal, split.original_id)
    if original.state == "closed":
        original.state, original.state_at = "published", now
    split.undone, split.undone_by, split.undo_reason = now, actor.account, texts.as_reason(reason)
    record(
        actor, "undo-split", edition_id=edition.id, role=acting_role(actor, edition.id), now=now,
        facts={"number": original.number, "parts": sorted(each.number for each in parts.values())},
        reason=texts.as_reason(reason),
    )  # fmt: skip
    split_changed.run(split.id)
    for changed in (original.id, *ids):
        after_commit(proposal_changed, proposal_id=changed)
    return split


def check_whole(original: Proposal) -> None:
    """Raise Conflict where the proposal cannot be split: it is not open, or stands under another."""
    if original.state != "published":
        raise Conflict(_("No. %(number)s is not published, so it cannot be split.", number=original.number))
    if original.lead_id is not None:
        raise Conflict(
            _("No. %(number)s was merged into another proposal. Undo that first.", number=original.number)
        )


def _check_apart(parts: Sequence[Proposal]) -> None:
    """Raise Conflict where a part has been merged, or was split itself."""
    edges = proposals.edges_around([part.id for part in parts])
    merged = {end for edge in edges for end in (edge.source_id, edge.lead_id)}
    for part in parts:
        if part.id in merged:
            raise Conflict(_("No. %(number)s is part of a merge. Undo that first.", number=part.number))
        if part.state == "closed":
            raise Conflict(_("No. %(number)s was split itself. Undo that first.", number=part.number))


def wordings_of(edition: Edition, original: Proposal, parts: Sequence[Part]) -> list[Fields]:
    """The parts as they would be published. Raises Invalid, a sentence for each field such as `title_2`."""
    if not FEWEST <= len(parts) <= MOST:
        raise Invalid(_("Write between %(fewest)s and %(most)s parts.", fewest=FEWEST, most=MOST))
    found, errors = [], {}
    for place, part in enumerate(parts, 1):
        fields = Fields(
            title=part.title, text=part.text, language=original.language, links=tuple(original.links)
        ).cleaned()
        faults = wording_faults(fields, languages_for(edition, original.language))
        errors.update({f"{name}_{place}": sentence for name, sentence in faults.items()})
        found.append(fields)
    if errors:
        raise Invalid(next(iter(errors.values())), errors)
    return found


def _add_parts(
    edition: Edition, original: Proposal, split: Split, wordings: Sequence[Fields], now: datetime
) -> list[Proposal]:
    newest = (
        db.session.scalar(select(func.max(Proposal.number)).where(Proposal.edition_id == edition.id)) or 0
    )
    made = []
    for place, fields in enumerate(wordings, 1):
        part = Proposal(
            edition_id=edition.id, question_id=original.question_id, number=newest + place, state="published",
            title=fields.title, text=fields.text, html="", links=list(fields.links), language=fields.language,
            tags=list(original.tags), region=original.region, author_id=original.author_id,
            author_line=original.author_line, author_name=original.author_name,
            author_contact=original.author_contact, author_confirmed=original.author_confirmed,
            revision=0, made=now, changed=now,
        )  # fmt: skip
        db.session.add(part)
        db.session.flush()
        add_revision(part, "first", fields, author_id=original.author_id, now=now)
        db.session.add(SplitPart(part_id=part.id, split_id=split.id, original_id=original.id))
        made.append(part)
    db.session.flush()
    return made
