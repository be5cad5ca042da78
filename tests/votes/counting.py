"""What tests look at after votes."""

from sqlalchemy import select

from roadmap.core.db import db
from roadmap.proposals.models import Proposal
from roadmap.votes.models import EffectiveTally, EffectiveVote, Tally


def tallies(proposal: Proposal) -> dict[str, tuple[int, int, int]]:
    """Agree, disagree, pass by pool, without pools that are empty."""
    rows = db.session.scalars(select(Tally).where(Tally.proposal_id == proposal.id))
    counts = {row.pool: (row.agree, row.disagree, row.passed) for row in rows}
    return {pool: count for pool, count in counts.items() if any(count)}


def effective_tallies(proposal: Proposal) -> dict[str, tuple[int, int, int, int]]:
    """Agree, disagree, pass, asked again by pool, without pools that are empty."""
    rows = db.session.scalars(select(EffectiveTally).where(EffectiveTally.lead_id == proposal.id))
    counts = {row.pool: (row.agree, row.disagree, row.passed, row.asked_again) for row in rows}
    return {pool: count for pool, count in counts.items() if any(count)}


def effective_of(proposal: Proposal) -> dict[int, int | str | None]:
    """The effective vote of each voter on a lead, "conflict" where they are asked again."""
    rows = db.session.scalars(select(EffectiveVote).where(EffectiveVote.lead_id == proposal.id))
    return {row.voter_id: "conflict" if row.conflict else row.choice for row in rows}
