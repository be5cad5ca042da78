"""Merging proposals that say the same thing into one of them, and undoing it.

Edges only: votes, comments, authors and texts stay where they were given. What follows from the edges is kept
beside them in the same transaction: `lead_id` of every proposal below a lead, and the lead's effective votes.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select, update

from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, DomainError, Invalid, NotFound
from roadmap.core.i18n import _
from roadmap.core.permit import permit
from roadmap.core.signals import after_commit, proposal_changed
from roadmap.domain.lineage import Edge, Lineage, Refusal
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.log.actions import record
from roadmap.merging.models import Merge
from roadmap.proposals import queries as proposals
from roadmap.proposals.actions import add_revision
from roadmap.proposals.fields import TEXT, TITLE, Fields
from roadmap.proposals.models import LineageEdge, Proposal, Revision
from roadmap.votes.effective import forget, settle_lead
from roadmap.votes.models import VoteEvent
from roadmap.votes.reading import portions

LONGEST_REASON = 1_000


@use_case
def merge_proposals(
    actor: Actor,
    edition: Edition,
    lead: int,
    sources: Sequence[int],
    *,
    title: str,
    text: str,
    reason: str,
    now: datetime,
) -> Merge:
    """Make the proposals with the numbers `sources` sources of number `lead`, which takes the merged wording.

    Raises Refused or Closed where the actor may not merge now, NotFound for unknown numbers, Invalid for an
    empty choice or a wording that does not fit, and Conflict where the merge can no longer be made.
    """
    permit(actor, Verb.MERGE, facts_of(edition, now), time_zone=edition.time_zone)
    _hold(edition)
    found = _found(edition, [lead, *sources])
    lineage = proposals.lineage_of(edition)
    chosen = [found[number].id for number in sources]
    refusal = lineage.refusal(found[lead].id, chosen)
    new = lineage.not_yet_merged(found[lead].id, chosen)
    if refusal is not None or not new:
        raise _refused(refusal, lead)
    _keep_votes_out({lineage.lead_of(each.id) for each in found.values()})
    _check_live(found.values())
    fields = _wording(found, lead, title, text)
    before = found[lead].revision
    add_revision(found[lead], "merged", fields, author_id=actor.account, now=now, note=_short(reason))
    merge = Merge(
        edition_id=edition.id, lead_id=found[lead].id, revision_before=before, revision=found[lead].revision,
        reason=_short(reason), made=now, made_by=actor.account,
    )  # fmt: skip
    db.session.add(merge)
    db.session.flush()
    joined = lineage.joined(_add_edges(merge, new, now))
    _settle(lineage, joined, _tree(joined, merge.lead_id))
    merged = sorted(each.number for each in found.values() if each.id in new)
    record(
        actor, "merge", edition_id=edition.id, role=_role(actor, edition), now=now,
        facts={"lead": lead, "sources": merged}, reason=_short(reason),
    )  # fmt: skip
    after_commit(proposal_changed, proposal_id=merge.lead_id)
    return merge


@use_case
def undo_merge(actor: Actor, merge: Merge, *, reason: str, now: datetime) -> Merge:
    """End the edges of a merge: its sources have exactly the votes they had; answers on the lead stay there.

    The lead goes back to its wording from before, unless it has been given another one since. Raises Conflict
    where the merge was undone already.
    """
    edition = db.session.get_one(Edition, merge.edition_id)
    permit(actor, Verb.MERGE, facts_of(edition, now), time_zone=edition.time_zone)
    _hold(edition)
    db.session.refresh(merge)
    if merge.undone is not None:
        raise Conflict(_("This merge was undone already."))
    lineage = proposals.lineage_of(edition)
    edges = [edge for edge in proposals.edges_of(edition) if edge.merge_id == merge.id]
    touched = _tree(lineage, merge.lead_id)
    _keep_votes_out([touched[0]])
    for edge in edges:
        edge.ended = now
    merge.undone, merge.undone_by, merge.undo_reason = now, actor.account, _short(reason)
    db.session.flush()
    _settle(lineage, lineage.without([(edge.source_id, edge.lead_id) for edge in edges]), touched)
    lead = db.session.get_one(Proposal, merge.lead_id)
    _take_wording_back(actor, lead, merge, now)
    undone = proposals.by_ids(edge.source_id for edge in edges)
    record(
        actor, "undo-merge", edition_id=edition.id, role=_role(actor, edition), now=now,
        facts={"lead": lead.number, "sources": sorted(each.number for each in undone.values())},
        reason=_short(reason),
    )  # fmt: skip
    after_commit(proposal_changed, proposal_id=lead.id)
    return merge


def _hold(edition: Edition) -> None:
    """One merge at a time in an edition; people go on voting and writing meanwhile."""
    db.session.execute(select(Edition.id).where(Edition.id == edition.id).with_for_update(key_share=True))


def _keep_votes_out(leads: Collection[int]) -> None:
    """Wait for votes that are being cast below these leads, and let none begin before the deed is done."""
    for part in portions(leads):
        held = select(Proposal).where(Proposal.id.in_(part)).order_by(Proposal.id).with_for_update()
        db.session.scalars(held.execution_options(populate_existing=True)).all()


def _found(edition: Edition, numbers: Collection[int]) -> dict[int, Proposal]:
    found: dict[int, Proposal] = {}
    for part in portions(numbers):
        for row in db.session.scalars(
            select(Proposal).where(Proposal.edition_id == edition.id, Proposal.number.in_(part))
        ):
            found[row.number] = row
    if len(found) != len(set(numbers)):
        raise NotFound
    return found


def _tree(lineage: Lineage, proposal: int) -> tuple[int, ...]:
    """Everything that stands under the same last lead, the lead first."""
    top = lineage.lead_of(proposal)
    return (top, *lineage.all_sources(top))


def _check_live(found: Collection[Proposal]) -> None:
    for proposal in found:
        if proposal.state != "published":
            raise Conflict(
                _("No. %(number)s is not published, so it cannot be merged.", number=proposal.number)
            )


def _refused(refusal: Refusal | None, lead: int) -> DomainError:
    if refusal is Refusal.EMPTY:
        return Invalid(_("Choose at least one proposal to merge into No. %(number)s.", number=lead))
    if refusal is Refusal.ITSELF:
        return Invalid(_("No. %(number)s cannot be merged into itself. Choose another one.", number=lead))
    if refusal is Refusal.LEAD_MERGED:
        return Conflict(
            _("No. %(number)s was itself merged into another proposal. Merge into that one.", number=lead)
        )
    if refusal is Refusal.CIRCLE:
        return Conflict(_("No. %(number)s was merged into one of these. Undo that first.", number=lead))
    if refusal is Refusal.MERGED_ELSEWHERE:
        return Conflict(_("One of these was merged into another proposal meanwhile. Look again."))
    return Conflict(_("These proposals are merged into No. %(number)s already.", number=lead))


def _wording(found: dict[int, Proposal], lead: int, title: str, text: str) -> Fields:
    """The merged wording; it may be as long as the longest of the texts, which imports may exceed."""
    chosen = found[lead]
    fields = Fields(title=title, text=text, language=chosen.language, links=tuple(chosen.links)).cleaned()
    longest_title = max(TITLE, *(len(each.title) for each in found.values()))
    longest_text = max(TEXT, *(len(each.text) for each in found.values()))
    errors = {}
    if not fields.title:
        errors["title"] = _("Write the merged proposal in one sentence.")
    elif len(fields.title) > longest_title:
        errors["title"] = _(
            "Shorten the title to %(max)s characters; it has %(n)s.", max=longest_title, n=len(fields.title)
        )
    if len(fields.text) > longest_text:
        errors["text"] = _(
            "Shorten the text to %(max)s characters; it has %(n)s.", max=longest_text, n=len(fields.text)
        )
    if errors:
        raise Invalid(next(iter(errors.values())), errors)
    return fields


def _add_edges(merge: Merge, sources: Sequence[int], now: datetime) -> list[Edge]:
    """The new edges, after every answer given so far and before every answer to come."""
    sequence = db.session.scalar(select(func.max(VoteEvent.id))) or 0
    db.session.add_all(
        LineageEdge(merge_id=merge.id, source_id=source, lead_id=merge.lead_id, sequence=sequence, made=now)
        for source in sources
    )
    db.session.flush()
    return [Edge(source, merge.lead_id, sequence) for source in sources]


def _settle(before: Lineage, after: Lineage, touched: Collection[int]) -> None:
    """Bring `lead_id` and the effective votes of these proposals to what the lineage says now."""
    by_top: dict[int, list[int]] = {}
    for proposal in touched:
        by_top.setdefault(after.lead_of(proposal), []).append(proposal)
    for top, below in by_top.items():
        for part in portions(below):
            lead = {"lead_id": top} if len(below) > 1 else {"lead_id": None}
            db.session.execute(update(Proposal).where(Proposal.id.in_(part)).values(**lead))
        db.session.execute(update(Proposal).where(Proposal.id == top).values(lead_id=None))
    for proposal in touched:
        if before.direct_sources(before.lead_of(proposal)) and before.lead_of(proposal) == proposal:
            forget(proposal)
    for top, below in by_top.items():
        if len(below) > 1:
            settle_lead(top, after)


def _take_wording_back(actor: Actor, lead: Proposal, merge: Merge, now: datetime) -> None:
    if lead.revision != merge.revision:
        return
    old = db.session.scalar(
        select(Revision).where(Revision.proposal_id == lead.id, Revision.number == merge.revision_before)
    )
    if old is None:
        return
    fields = Fields(title=old.title, text=old.text, language=old.language, links=tuple(old.links))
    add_revision(lead, "undone", fields, author_id=actor.account, now=now)


def _role(actor: Actor, edition: Edition) -> str:
    return "facilitator" if (edition.id, Role.FACILITATOR) in actor.roles else "organiser"


def _short(reason: str) -> str:
    return reason.strip()[:LONGEST_REASON]
