"""Reading votes: ballots, figures, a voter's own answers."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import add

from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of as facts_of_edition
from roadmap.proposals.models import Proposal
from roadmap.votes.ballots import WORDS, Ballot, Figures
from roadmap.votes.counts import participation_of as participation_of
from roadmap.votes.counts import votes_by_question as votes_by_question
from roadmap.votes.openness import closed_reason, has_closed
from roadmap.votes.reading import answer_rows, counted_pools, tally_rows
from roadmap.votes.recounts import recount as recount
from roadmap.votes.snapshots import snapshot as snapshot


def ballots_of(
    proposals: Sequence[Proposal], actor: Actor, edition: Edition, now: datetime
) -> dict[int, Ballot]:
    """The ballot of each proposal for this reader, by proposal id; three statements for a page of them."""
    ids = [proposal.id for proposal in proposals]
    facts = facts_of_edition(edition, now)
    figures = apart_figures_of(edition, ids)
    answers = {row[0]: row for row in answer_rows(actor.voter, ids)} if actor.voter is not None else {}
    over = has_closed(facts)
    reasons = {
        state: closed_reason(facts, state, edition.time_zone)
        for state in {proposal.state for proposal in proposals}
    }
    ballots: dict[int, Ballot] = {}
    for proposal in proposals:
        _, choice, asked_again, revision = answers.get(proposal.id, (proposal.id, None, 0, None))
        counted, guests = figures.get(proposal.id, (Figures(), Figures()))
        ballots[proposal.id] = Ballot(
            number=proposal.number,
            title=proposal.title,
            language=proposal.language,
            choice=WORDS.get(choice, ""),
            figures=counted,
            guests=guests,
            visible=over or (choice is not None and edition.results == "after-own-vote"),
            closed_reason=reasons[proposal.state],
            asked_again=bool(asked_again),
            changed_since_vote=choice is not None and revision is not None and revision < proposal.revision,
        )
    return ballots


def figures_of(edition: Edition, proposal_ids: Iterable[int]) -> dict[int, Figures]:
    """The votes that count, by proposal id; proposals without any are left out."""
    return {proposal: counted for proposal, (counted, _) in apart_figures_of(edition, proposal_ids).items()}


def apart_figures_of(edition: Edition, proposal_ids: Iterable[int]) -> dict[int, tuple[Figures, Figures]]:
    """By proposal id: the votes that count, and the guests' votes where those are shown apart."""
    counted = counted_pools(edition)
    sums: dict[int, tuple[list[int], list[int]]] = {}
    for proposal, pool, *counts in tally_rows(proposal_ids):
        both = sums.setdefault(proposal, ([0, 0, 0, 0], [0, 0, 0, 0]))
        if pool in counted or pool == "guest":
            both[pool not in counted][:] = map(add, both[pool not in counted], counts)
    return {proposal: (Figures(*own), Figures(*apart)) for proposal, (own, apart) in sums.items()}


def apart_of(edition: Edition, proposal_ids: Iterable[int]) -> dict[int, dict[str, Figures]]:
    """By proposal id, the votes of `guest` and `paper` as far as they do not count in the edition."""
    apart = {"guest", "paper"} - set(counted_pools(edition))
    found: dict[int, dict[str, Figures]] = {}
    for proposal, pool, *counts in tally_rows(proposal_ids):
        if pool in apart:
            found.setdefault(proposal, {})[pool] = Figures(*counts)
    return found
