"""A voter's own votes: each once, on the proposal where it counts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from roadmap.core.db import db
from roadmap.core.paging import Page
from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition
from roadmap.editions.queries import editions_shown
from roadmap.proposals.models import Proposal
from roadmap.proposals.queries import by_ids
from roadmap.votes.ballots import Ballot
from roadmap.votes.queries import ballots_in

PER_PAGE = 50

_STANDING = """
SELECT t.id, t.edition_id FROM votes v JOIN proposals p ON p.id = v.proposal_id
  JOIN proposals t ON t.id = COALESCE(p.lead_id, p.id)
  LEFT JOIN effective_votes f ON f.lead_id = t.id AND f.voter_id = v.voter_id
WHERE v.voter_id = :voter AND (f.choice IS NOT NULL OR f.conflict OR (f.lead_id IS NULL AND v.choice IS NOT NULL))
GROUP BY t.id, t.edition_id ORDER BY max(v.sequence) DESC
"""


@dataclass(frozen=True)
class OwnVote:
    """A proposal with the reader's ballot on it, in its edition."""

    proposal: Proposal
    edition: Edition
    ballot: Ballot


def standing_of(voter: int) -> list[tuple[int, int]]:
    """(proposal, edition) of each answer that stands or is asked again, newest first."""
    return [(row[0], row[1]) for row in db.session.execute(text(_STANDING), {"voter": voter})]


def own_votes(actor: Actor, page: int, now: datetime) -> Page[OwnVote]:
    """One page of a voter's votes, newest first; withdrawn ones are left out."""
    if actor.voter is None:
        return Page([], page, 0, PER_PAGE)
    standing = standing_of(actor.voter)
    shown = standing[(page - 1) * PER_PAGE : page * PER_PAGE]
    found = by_ids(proposal for proposal, _ in shown)
    editions = editions_shown(edition for _, edition in shown)
    ballots = ballots_in([(found[proposal], editions[of]) for proposal, of in shown], actor, now)
    items = [OwnVote(found[each], editions[of], ballots[each]) for each, of in shown]
    return Page(items, page, len(standing), PER_PAGE)


def voted_on(actor: Actor, page: int) -> Page[Proposal]:
    """One page of the proposals on which a vote of this voter stands, newest vote first."""
    standing = standing_of(actor.voter) if actor.voter is not None else []
    shown = [proposal for proposal, _ in standing[(page - 1) * PER_PAGE : page * PER_PAGE]]
    found = by_ids(shown)
    return Page([found[each] for each in shown], page, len(standing), PER_PAGE)


def editions_of(actor: Actor) -> list[Edition]:
    """The editions in which a vote of this voter stands."""
    standing = standing_of(actor.voter) if actor.voter is not None else []
    return [db.session.get_one(Edition, each) for each in sorted({edition for _, edition in standing})]
