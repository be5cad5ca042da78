"""Changing a proposal: freely while nobody else has voted, afterwards by a correction that is let through."""

from datetime import datetime

from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid, NotFound
from roadmap.core.hooks import correction_accepted
from roadmap.core.i18n import _
from roadmap.core.permit import permit
from roadmap.core.signals import after_commit, proposal_changed
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor, Role
from roadmap.editions.choices import languages_for
from roadmap.editions.models import Edition
from roadmap.log.actions import record
from roadmap.proposals import queries
from roadmap.proposals.actions import (
    LONGEST_REASON,
    add_revision,
    edit_proposal,
    locked,
    must_ask,
    permit_change,
    same_wording,
)
from roadmap.proposals.fields import Fields, wording_faults
from roadmap.proposals.models import Correction, Proposal, Revision
from roadmap.proposals.story import waiting_correction


@use_case
def change_proposal(
    actor: Actor, edition: Edition, proposal: Proposal, fields: Fields, *, note: str = "", now: datetime
) -> Revision | Correction | None:
    """Edit where that is still free, else ask for a correction; None where nothing is different."""
    proposal = locked(proposal)
    permit_change(actor, edition, proposal, now)
    if must_ask(edition, proposal, actor):
        return ask_correction(actor, edition, proposal, fields, note=note, now=now)
    return edit_proposal(actor, edition, proposal, fields, now=now)


@use_case
def ask_correction(
    actor: Actor, edition: Edition, proposal: Proposal, fields: Fields, *, note: str, now: datetime
) -> Correction | None:
    """Ask for a change after others have voted; asked again, the new wording takes the place of the old."""
    proposal, fields = locked(proposal), fields.cleaned()
    permit_change(actor, edition, proposal, now)
    if found := wording_faults(fields, languages_for(edition, proposal.language)):
        raise Invalid(errors=found)
    if same_wording(proposal, fields):
        return None
    correction = waiting_correction(proposal)
    if correction is None:
        correction = Correction(proposal_id=proposal.id, author_id=actor.account, made=now)
        db.session.add(correction)
    correction.base_revision, correction.made = proposal.revision, now
    correction.title, correction.text, correction.links = fields.title, fields.text, list(fields.links)
    correction.note = note.strip()[:LONGEST_REASON]
    db.session.flush()
    return correction


@use_case
def decide_correction(
    actor: Actor, edition: Edition, correction: Correction, *, accept: bool, answer: str, now: datetime
) -> Revision | None:
    """A facilitator lets a correction through, or not. Votes stay. Raises Conflict where it was decided
    already, or where the text has changed since it was asked for."""
    found = db.session.get(Proposal, correction.proposal_id)
    if found is None:
        raise NotFound
    proposal = locked(found)
    facts = queries.facts_of(edition, proposal, now)
    permit(actor, Verb.MODERATE, facts, time_zone=edition.time_zone)
    if correction.state != "waiting":
        raise Conflict(_("Somebody has decided on this correction already."))
    if accept and correction.base_revision != proposal.revision:
        raise Conflict(
            _("The text has changed since this correction was asked for, so it cannot be let through.")
        )
    correction.state = "accepted" if accept else "refused"
    correction.answer, correction.decided, correction.decided_by = answer.strip(), now, actor.account
    record(
        actor, "correction" if accept else "correction-refused", edition_id=edition.id,
        role=Role.FACILITATOR, now=now, facts={"number": proposal.number}, reason=correction.answer,
    )  # fmt: skip
    if not accept:
        return None
    fields = Fields(
        title=correction.title,
        text=correction.text,
        links=tuple(correction.links),
        language=proposal.language,
    )
    revision = add_revision(
        proposal, "correction", fields, author_id=correction.author_id, now=now, note=correction.note
    )
    correction_accepted.run(proposal.id)
    after_commit(proposal_changed, proposal_id=proposal.id)
    return revision
