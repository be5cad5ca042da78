"""What every deed on the lineage does: hold what has to stand still, and keep what follows from the edges."""

from collections.abc import Collection

from sqlalchemy import select, update

from roadmap.core.db import db
from roadmap.core.errors import NotFound
from roadmap.core.portions import portions
from roadmap.domain.lineage import Lineage
from roadmap.editions.models import Edition
from roadmap.proposals.models import Proposal
from roadmap.votes.effective import forget, settle_lead


def keep_votes_out(leads: Collection[int]) -> None:
    """Wait for votes that are being cast below these leads, and let none begin before the deed is done."""
    for part in portions(sorted(set(leads))):
        held = select(Proposal).where(Proposal.id.in_(part)).order_by(Proposal.id).with_for_update()
        db.session.scalars(held.execution_options(populate_existing=True)).all()


def found_by_number(edition: Edition, numbers: Collection[int]) -> dict[int, Proposal]:
    """The proposals with these public numbers; raises NotFound where one is missing."""
    found: dict[int, Proposal] = {}
    for part in portions(sorted(set(numbers))):
        for row in db.session.scalars(
            select(Proposal).where(Proposal.edition_id == edition.id, Proposal.number.in_(part))
        ):
            found[row.number] = row
    if len(found) != len(set(numbers)):
        raise NotFound
    return found


def tree_of(lineage: Lineage, proposal: int) -> tuple[int, ...]:
    """Everything that stands under the same last lead, the lead first."""
    top = lineage.lead_of(proposal)
    return (top, *lineage.all_sources(top))


def settle(before: Lineage, after: Lineage, touched: Collection[int]) -> None:
    """Bring `lead_id` and the effective votes of these proposals to what the lineage says now."""
    by_top: dict[int, list[int]] = {}
    for proposal in touched:
        by_top.setdefault(after.lead_of(proposal), []).append(proposal)
    for top, below in by_top.items():
        for part in portions(sorted(below)):
            lead = {"lead_id": top} if len(below) > 1 else {"lead_id": None}
            db.session.execute(update(Proposal).where(Proposal.id.in_(part)).values(**lead))
        db.session.execute(update(Proposal).where(Proposal.id == top).values(lead_id=None))
    for proposal in touched:
        if before.direct_sources(before.lead_of(proposal)) and before.lead_of(proposal) == proposal:
            forget(proposal)
    for top, below in by_top.items():
        if len(below) > 1:
            settle_lead(top, after)
