"""Merging proposals that say the same thing into one of them.

Edges only: votes, comments, authors and texts stay where they were given. What follows from the edges is kept
beside them in the same transaction: `lead_id` of every proposal below a lead, and the lead's effective votes.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select

from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, DomainError, Invalid
from roadmap.core.hooks import merge_changed
from roadmap.core.i18n import _, listed
from roadmap.core.permit import permit
from roadmap.core.signals import after_commit, proposal_changed
from roadmap.domain import texts
from roadmap.domain.lineage import Edge, Refusal
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor, acting_role
from roadmap.editions.holding import hold
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.log.actions import record
from roadmap.merging.actions.answering import answer, check_objections
from roadmap.merging.actions.trees import (
    found_by_number,
    keep_votes_out,
    settle,
    tree_of,
)
from roadmap.merging.models import Merge, Objection
from roadmap.merging.objected import edges_made_by
from roadmap.proposals import queries as proposals
from roadmap.proposals.actions import add_revision
from roadmap.proposals.fields import TEXT, TITLE, Fields
from roadmap.proposals.models import LineageEdge, Proposal
from roadmap.proposals.story import Change, difference
from roadmap.similarity.actions import check_decided
from roadmap.similarity.queries import decided_pairs
from roadmap.votes.models import VoteEvent


class Changed(Conflict):
    """Some of the proposals were changed since the facilitator saw them.

    `changes` holds, by public number, what is different now from the wording that was seen.
    """

    def __init__(self, changes: Mapping[int, Change]) -> None:
        numbers = listed(str(number) for number in sorted(changes))
        super().__init__(
            _(
                "Somebody has changed these proposals since you opened this page: No. %(numbers)s. "
                "Look at what is different, and decide again. What you wrote is kept.",
                numbers=numbers,
            )
        )
        self.changes = dict(changes)


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
    expected: Mapping[int, int] | None = None,
    decided: datetime | None = None,
    answers_objection: str = "",
) -> Merge:
    """Make the proposals with the numbers `sources` sources of number `lead`, which takes the merged wording.

    `expected` holds the revision that the facilitator saw, by number, `decided` the newest decision about pairs
    among these that they knew of. `answers_objection` answers, in public, an objection by which some of these were
    parted before.

    Raises Refused or Closed where the actor may not merge now, NotFound for unknown numbers, Invalid for an
    empty choice, a wording that does not fit or a missing answer, Changed where a text is not the one that was
    seen, and Conflict where the merge can no longer be made.
    """
    permit(actor, Verb.MERGE, facts_of(edition, now), time_zone=edition.time_zone)
    hold(edition.id)
    found = found_by_number(edition, [lead, *sources])
    lineage = proposals.lineage_of(edition)
    chosen = [found[number].id for number in sources]
    refusal = lineage.refusal(found[lead].id, chosen)
    new = lineage.not_yet_merged(found[lead].id, chosen)
    if refusal is not None or not new:
        raise _refused(refusal, lead)
    keep_votes_out({lineage.lead_of(each.id) for each in found.values()})
    _check_live(found.values())
    check_seen(found, expected or {})
    if decided is not None:
        check_decided(decided_pairs(edition, [lead, *sources]), decided)
    trees = [set(tree_of(lineage, each)) for each in (found[lead].id, *new)]
    objections = check_objections(actor, edition, trees, answers_objection)
    fields = _wording(found, lead, title, text)
    before = found[lead].revision
    add_revision(
        found[lead], "merged", fields, author_id=actor.account, now=now, note=texts.as_reason(reason)
    )
    merge = Merge(
        edition_id=edition.id, lead_id=found[lead].id, revision_before=before, revision=found[lead].revision,
        reason=texts.as_reason(reason), made=now, made_by=actor.account,
    )  # fmt: skip
    db.session.add(merge)
    db.session.flush()
    joined = lineage.joined(_add_edges(merge, new, now))
    settle(lineage, joined, tree_of(joined, merge.lead_id))
    answer(objections, merge, answers_objection, now)
    _log(actor, edition, merge, [found[number] for number in sources], objections)
    merge_changed.run(merge.id)
    for changed in (merge.lead_id, *new):
        after_commit(proposal_changed, proposal_id=changed)
    return merge


def _log(
    actor: Actor, edition: Edition, merge: Merge, sources: Sequence[Proposal], objections: Sequence[Objection]
) -> None:
    """The merge and, where there were objections, the answer to them."""
    made = {edge.source_id for edge in edges_made_by(merge)}
    lead = db.session.get_one(Proposal, merge.lead_id)
    facts = {"lead": lead.number, "sources": sorted({each.number for each in sources if each.id in made})}
    role, now = acting_role(actor, edition.id), merge.made
    record(actor, "merge", edition_id=edition.id, role=role, now=now, facts=facts, reason=merge.reason)
    if objections:
        record(
            actor, "objection-answered", edition_id=edition.id, role=role, now=now, facts=facts,
            reason=objections[0].answer,
        )  # fmt: skip


def check_seen(found: Mapping[int, Proposal], expected: Mapping[int, int]) -> None:
    """Raise Changed where a proposal has another wording than the one that was seen."""
    changes = {}
    for number, seen in expected.items():
        proposal = found.get(number)
        if proposal is not None and proposal.revision != seen:
            wordings = {revision.number: revision for revision in proposals.revisions_of(proposal)}
            changes[number] = difference(wordings.get(seen), wordings[proposal.revision])
    if changes:
        raise Changed(changes)


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
