"""Reading votes: ballots, figures, a voter's own answers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from operator import add

from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of as facts_of_edition
from roadmap.proposals.models import Proposal
from roadmap.votes.ballots import WORDS, Ballot, Figures
from roadmap.votes.counts import participation_of as participation_of
from roadmap.votes.openness import Voting, closed_reason, has_closed, voting_under
from roadmap.votes.reading import Answer, counted_pools, tallies_and_answers, tally_rows
from roadmap.votes.recounts import recount as recount
from roadmap.votes.snapshots import snapshot as snapshot

Both = tuple[Figures, Figures]
_NO_ANSWER = Answer(None, False, None)


def voting_of(edition: Edition, now: datetime) -> Voting:
    """Whether votes can be cast in the edition now, and why not."""
    return voting_under(facts_of_edition(edition, now), edition.time_zone)


def ballots_of(
    proposals: Sequence[Proposal], actor: Actor, edition: Edition, now: datetime
) -> dict[int, Ballot]:
    """The ballot of each proposal for this reader, by proposal id; one statement for a page of them."""
    return ballots_in([(proposal, edition) for proposal in proposals], actor, now)


def ballots_in(pairs: Sequence[tuple[Proposal, Edition]], actor: Actor, now: datetime) -> dict[int, Ballot]:
    """The same for proposals of several editions, each given with its own; still one statement."""
    rows, answers = tallies_and_answers(actor.voter, [proposal.id for proposal, _edition in pairs])
    editions = {edition.id: edition for _proposal, edition in pairs}
    counted = {key: counted_pools(edition) for key, edition in editions.items()}
    figures = _figures(rows, {proposal.id: counted[edition.id] for proposal, edition in pairs})
    facts = {key: facts_of_edition(edition, now) for key, edition in editions.items()}
    reasons: dict[tuple[int, str], str] = {}
    ballots: dict[int, Ballot] = {}
    for proposal, edition in pairs:
        case = (edition.id, proposal.state)
        if case not in reasons:
            reasons[case] = closed_reason(facts[edition.id], proposal.state, edition.time_zone)
        ballots[proposal.id] = _ballot(
            proposal,
            answers.get(proposal.id, _NO_ANSWER),
            figures.get(proposal.id, (Figures(), Figures())),
            shown=(has_closed(facts[edition.id]), edition.results == "after-own-vote"),
            closed=reasons[case],
        )
    return ballots


def _ballot(
    proposal: Proposal, answer: Answer, figures: Both, *, shown: tuple[bool, bool], closed: str
) -> Ballot:
    voted = answer.choice is not None
    over, after_own_vote = shown
    return Ballot(
        number=proposal.number,
        title=proposal.title,
        language=proposal.language,
        choice=WORDS.get(answer.choice, ""),
        figures=figures[0],
        guests=figures[1],
        visible=over or (voted and after_own_vote),
        closed_reason=closed,
        asked_again=answer.asked_again,
        changed_since_vote=voted and answer.revision is not None and answer.revision < proposal.revision,
    )


def figures_of(edition: Edition, proposal_ids: Iterable[int]) -> dict[int, Figures]:
    """The votes that count, by proposal id; proposals without any are left out."""
    return {proposal: counted for proposal, (counted, _) in apart_figures_of(edition, proposal_ids).items()}


def apart_figures_of(edition: Edition, proposal_ids: Iterable[int]) -> dict[int, Both]:
    """By proposal id: the votes that count, and the guests' votes where those are shown apart."""
    ids, counted = list(proposal_ids), counted_pools(edition)
    return _figures(tally_rows(ids), dict.fromkeys(ids, counted))


def _figures(
    rows: Iterable[tuple[int, str, int, int, int, int]], counted: Mapping[int, Collection[str]]
) -> dict[int, Both]:
    sums: dict[int, tuple[list[int], list[int]]] = {}
    for proposal, pool, *counts in rows:
        apart = pool not in counted[proposal]
        both = sums.setdefault(proposal, ([0, 0, 0, 0], [0, 0, 0, 0]))
        if not apart or pool == "guest":
            both[apart][:] = map(add, both[apart], counts)
    return {proposal: (Figures(*own), Figures(*apart)) for proposal, (own, apart) in sums.items()}


def apart_of(edition: Edition, proposal_ids: Iterable[int]) -> dict[int, dict[str, Figures]]:
    """By proposal id, the votes of `guest` and `paper` as far as they do not count in the edition."""
    apart = {"guest", "paper"} - set(counted_pools(edition))
    found: dict[int, dict[str, Figures]] = {}
    for proposal, pool, *counts in tally_rows(proposal_ids):
        if pool in apart:
            found.setdefault(proposal, {})[pool] = Figures(*counts)
    return found
