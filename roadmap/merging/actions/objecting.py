"""What authors say to a merge: accept it, or object, which takes their proposal out at once."""

from dataclasses import replace
from datetime import datetime

from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid, NotFound, Refused
from roadmap.core.hooks import merge_changed
from roadmap.core.i18n import _
from roadmap.core.permit import permit
from roadmap.domain import objections as rules
from roadmap.domain import texts
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor, acting_role
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.log.actions import record
from roadmap.merging.actions.undoing import standing_edges, take_apart
from roadmap.merging.models import Acceptance, Merge, Objection
from roadmap.merging.objected import Voice, lineage_before, voices_for
from roadmap.proposals import queries as proposals
from roadmap.proposals.models import Proposal


@use_case
def accept_merge(actor: Actor, edition: Edition, merge: Merge, *, now: datetime) -> None:
    """An author says that the merge is fine with them; saying it twice is saying it once.

    Raises NotFound for anybody who wrote none of its proposals, Conflict where it was undone.
    """
    permit(actor, Verb.OWN, facts_of(edition, now))
    standing_edges(edition, merge)
    if not voices_for(edition, merge, actor.account):
        raise NotFound
    if db.session.get(Acceptance, (merge.id, actor.account)) is None:
        db.session.add(Acceptance(merge_id=merge.id, account_id=actor.account, made=now))
        db.session.flush()
    merge_changed.run(merge.id)


@use_case
def object_to_merge(
    actor: Actor, edition: Edition, merge: Merge, number: int, *, reason: str, now: datetime
) -> Objection:
    """An author of proposal `number` objects: it leaves the merge at once; the lead takes the whole merge with it.

    Raises NotFound where the person wrote nothing of it, Invalid without a reason, Conflict where the merge was
    undone or its five days are over.
    """
    permit(actor, Verb.OWN, facts_of(edition, now))
    edges = standing_edges(edition, merge)
    voice = _voice(actor, edition, merge, number)
    if not rules.is_open(merge.made, now):
        raise Conflict(
            _("The five days in which authors may object are over. Write to the facilitators instead.")
        )
    reason = texts.clean(reason).strip()
    if not reason:
        sentence = _("Say in a sentence why the merge is wrong. Everybody can read it.")
        raise Invalid(sentence, {"reason": sentence})
    leaving = edges if voice.leads else [edge for edge in edges if edge.source_id == voice.proposal]
    older = lineage_before(edition, merge)
    trees = {
        top: {top, *older.all_sources(top)} for top in (merge.lead_id, *(edge.source_id for edge in edges))
    }
    objection = Objection(
        edition_id=edition.id, merge_id=merge.id, proposal_id=voice.proposal, account_id=actor.account,
        whole=voice.leads, reason=texts.as_reason(reason), departed=sorted(trees[voice.proposal]),
        stayed=sorted(set().union(*(tree for top, tree in trees.items() if top != voice.proposal))), made=now,
    )  # fmt: skip
    db.session.add(objection)
    db.session.flush()
    take_apart(actor, edition, merge, leaving, reason=reason, now=now)
    found = proposals.by_ids([merge.lead_id, voice.proposal, voice.wrote])
    record(
        _named(actor, found[voice.wrote]), "objection", edition_id=edition.id, role="participant", now=now,
        facts={"lead": found[merge.lead_id].number, "number": found[voice.proposal].number,
               "whole": voice.leads}, reason=objection.reason,
    )  # fmt: skip
    return objection


@use_case
def leave_apart(actor: Actor, edition: Edition, objection: Objection, *, now: datetime) -> Objection:
    """Facilitators follow an objection: the group is not merged again and leaves their desk.

    Raises Conflict where somebody decided already.
    """
    permit(actor, Verb.MERGE, facts_of(edition, now), time_zone=edition.time_zone)
    db.session.refresh(objection, with_for_update=True)
    if objection.apart is not None or objection.answered is not None:
        raise Conflict(_("Somebody has decided about this objection already."))
    objection.apart, objection.apart_by = now, actor.account
    found = proposals.by_ids([objection.proposal_id, db.session.get_one(Merge, objection.merge_id).lead_id])
    record(
        actor, "objection-followed", edition_id=edition.id, role=acting_role(actor, edition.id), now=now,
        facts={"number": found[objection.proposal_id].number},
    )  # fmt: skip
    return objection


def _voice(actor: Actor, edition: Edition, merge: Merge, number: int) -> Voice:
    own = voices_for(edition, merge, actor.account)
    if not own:
        raise NotFound
    found = proposals.by_ids(voice.proposal for voice in own)
    voice = next((one for one in own if found[one.proposal].number == number), None)
    if voice is None:
        raise Refused(_("You did not write No. %(number)s, so you cannot object for it.", number=number))
    return voice


def _named(actor: Actor, wrote: Proposal) -> Actor:
    """The author as they are named on their proposal: somebody who gave no name gives none here."""
    return replace(actor, name=wrote.author_name if wrote.author_line == "name" else "")
