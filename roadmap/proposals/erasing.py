"""Taking the words out of the proposals of somebody who erases the account."""

from datetime import datetime

from sqlalchemy import delete, or_, select, update

from roadmap.core.db import db, use_case
from roadmap.core.signals import after_commit, proposal_changed
from roadmap.domain.policy import GUEST
from roadmap.log.actions import record
from roadmap.proposals.models import Correction, LineageEdge, Proposal, Revision, SplitPart


@use_case
def erase_proposals(account_id: int, now: datetime) -> None:
    """Empty the person's proposals with all revisions; a page with the number stays, withdrawn.

    Those that ever were in a merge or a split stay: the votes of others rest on their words. To be called before
    the account goes.
    """
    held = select(LineageEdge.id).where(
        or_(LineageEdge.source_id == Proposal.id, LineageEdge.lead_id == Proposal.id)
    )
    parted = select(SplitPart.part_id).where(
        or_(SplitPart.original_id == Proposal.id, SplitPart.part_id == Proposal.id)
    )
    proposals = list(
        db.session.scalars(
            select(Proposal).where(Proposal.author_id == account_id, ~held.exists(), ~parted.exists())
        )
    )
    ids = [proposal.id for proposal in proposals]
    db.session.execute(
        update(Revision)
        .where(Revision.proposal_id.in_(ids))
        .values(title="", text="", links=[], note="")
        .execution_options(synchronize_session=False)
    )
    db.session.execute(delete(Correction).where(Correction.proposal_id.in_(ids)))
    for proposal in proposals:
        if proposal.state in ("published", "closed"):
            record(
                GUEST, "withdrawal", edition_id=proposal.edition_id, role="participant", now=now,
                facts={"number": proposal.number},
            )  # fmt: skip
        if proposal.state != "hidden":
            proposal.state, proposal.state_at, proposal.state_reason = "withdrawn", now, ""
        proposal.title = proposal.text = proposal.html = ""
        proposal.links, proposal.region = [], ""
        after_commit(proposal_changed, proposal_id=proposal.id)
