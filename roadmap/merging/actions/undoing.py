"""Undoing a merge, whole or for one of its sources: everybody has exactly the votes they gave."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict
from roadmap.core.hooks import merge_changed
from roadmap.core.i18n import _
from roadmap.core.permit import permit
from roadmap.core.signals import after_commit, proposal_changed
from roadmap.domain import texts
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor, acting_role
from roadmap.editions.holding import hold
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.log.actions import record
from roadmap.merging.actions.trees import keep_votes_out, settle, tree_of
from roadmap.merging.models import Merge
from roadmap.proposals import queries as proposals
from roadmap.proposals.actions import add_revision
from roadmap.proposals.fields import Fields
from roadmap.proposals.models import LineageEdge, Proposal, Revision


@use_case
def undo_merge(actor: Actor, merge: Merge, *, reason: str, now: datetime) -> Merge:
    """End the edges of a merge: its sources have exactly the votes they had; answers on the lead stay there.

    The lead goes back to its wording from before, unless it has been given another one since. Raises Conflict
    where the merge was undone already.
    """
    edition = db.session.get_one(Edition, merge.edition_id)
    permit(actor, Verb.MERGE, facts_of(edition, now), time_zone=edition.time_zone)
    edges = standing_edges(edition, merge)
    undone = proposals.by_ids(edge.source_id for edge in edges)
    take_apart(actor, edition, merge, edges, reason=reason, now=now)
    lead = db.session.get_one(Proposal, merge.lead_id)
    record(
        actor, "undo-merge", edition_id=edition.id, role=acting_role(actor, edition.id), now=now,
        facts={"lead": lead.number, "sources": sorted(each.number for each in undone.values())},
        reason=texts.as_reason(reason),
    )  # fmt: skip
    return merge


def standing_edges(edition: Edition, merge: Merge) -> list[LineageEdge]:
    """The edges of a merge that are in force, once no other deed on the lineage can change them.

    Raises Conflict where the merge was undone already.
    """
    hold(edition.id)
    db.session.refresh(merge)
    if merge.undone is not None:
        raise Conflict(_("This merge was undone already."))
    return [edge for edge in proposals.edges_of(edition) if edge.merge_id == merge.id]


def take_apart(
    actor: Actor,
    edition: Edition,
    merge: Merge,
    leaving: Collection[LineageEdge],
    *,
    reason: str,
    now: datetime,
) -> None:
    """End these edges of a merge; with the last of them the merge is undone."""
    lineage = proposals.lineage_of(edition)
    touched = tree_of(lineage, merge.lead_id)
    keep_votes_out({touched[0], merge.lead_id})
    for edge in leaving:
        edge.ended = now
    db.session.flush()
    settle(lineage, lineage.without([(edge.source_id, edge.lead_id) for edge in leaving]), touched)
    if not any(edge.merge_id == merge.id for edge in proposals.edges_of(edition)):
        merge.undone, merge.undone_by, merge.undo_reason = now, actor.account, texts.as_reason(reason)
        _take_wording_back(actor, db.session.get_one(Proposal, merge.lead_id), merge, now)
    merge_changed.run(merge.id)
    for changed in {merge.lead_id, *(edge.source_id for edge in leaving)}:
        after_commit(proposal_changed, proposal_id=changed)


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
