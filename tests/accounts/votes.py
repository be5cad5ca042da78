"""A vote as it lies in the tables, for tests below the floor of votes."""

from roadmap.accounts.models import Voter
from roadmap.proposals.models import Proposal
from roadmap.votes.models import Vote, VoteEvent
from tests.factories import NOW, saved


def a_vote(voter: Voter, proposal: Proposal, choice: int | None = 1) -> Vote:
    event = saved(
        VoteEvent(
            voter_id=voter.id, proposal_id=proposal.id, revision=1, choice=choice, origin="direct", at=NOW
        )
    )
    return saved(
        Vote(
            voter_id=voter.id, proposal_id=proposal.id, pool=voter.kind, choice=choice, origin="direct",
            revision=1, sequence=event.id,
        )
    )  # fmt: skip
