"""Confirming that an organisation or an informal group stands behind what was proposed in its name."""

from datetime import datetime

from roadmap.core.db import use_case
from roadmap.core.errors import Conflict
from roadmap.core.i18n import _
from roadmap.core.permit import permit
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.log.actions import record
from roadmap.proposals import queries
from roadmap.proposals.actions import locked
from roadmap.proposals.models import Proposal


@use_case
def confirm_author(
    actor: Actor, edition: Edition, proposal: Proposal, *, confirmed: bool, now: datetime
) -> Proposal:
    """Say that the name is right, or not confirmed any longer. Raises Conflict for a person's own name."""
    proposal = locked(proposal)
    permit(actor, Verb.MODERATE, queries.facts_of(edition, proposal, now), time_zone=edition.time_zone)
    if proposal.author_line not in ("organisation", "group"):
        raise Conflict(_("This proposal is not in the name of an organisation or a group."))
    if (proposal.author_confirmed is not None) == confirmed:
        return proposal
    proposal.author_confirmed = now if confirmed else None
    record(
        actor, "author-confirmed" if confirmed else "author-not-confirmed", edition_id=edition.id,
        role=Role.FACILITATOR, now=now, facts={"number": proposal.number},
    )  # fmt: skip
    return proposal
