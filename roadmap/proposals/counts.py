"""Votes as far as proposals need to know of them: how many there are, never whose.

Votes stand a floor higher; their tables are named here as foreign keys name tables.
"""

from collections.abc import Collection
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import ScalarSelect, column, func, literal, select, table, true, union_all

from roadmap.core.db import db
from roadmap.core.portions import portions
from roadmap.editions.models import Edition
from roadmap.proposals.models import LineageEdge, Proposal

EVERY_POOL = ("account", "guest", "imported", "paper")

_VOTES = table("votes", column("voter_id"), column("proposal_id"), column("choice"), column("revision"))
_EFFECTIVE = table(
    "effective_votes", column("lead_id"), column("voter_id"), column("choice"), column("conflict")
)
_TALLIES = table(
    "tallies", column("proposal_id"), column("pool"), column("agree"), column("disagree"), column("passed")
)
_LEADS = table(
    "effective_tallies",
    column("lead_id"),
    column("pool"),
    column("agree"),
    column("disagree"),
    column("passed"),
)
_VOTERS = table("voters", column("id"), column("account_id"))


@dataclass(frozen=True)
class Count:
    """How many answered, and how many of them agree."""

    votes: int
    agreeing: int


def counted_pools(edition: Edition) -> tuple[str, ...]:
    """Whose votes are counted in the ranking of an edition."""
    return (
        "account",
        "imported",
        *(["guest"] if edition.guests_count else []),
        *(["paper"] if edition.paper_count else []),
    )


def votes_in(question_id: int, pools: Collection[str]) -> dict[int, Count]:
    """Votes by proposal id in a question; the effective ones where a proposal leads others."""
    leading = select(LineageEdge.lead_id).where(LineageEdge.ended.is_(None))
    arms = [
        select(
            literal(place).label("place"),
            key.label("proposal"),
            func.sum(tallies.c.agree + tallies.c.disagree + tallies.c.passed).label("votes"),
            func.sum(tallies.c.agree).label("agreeing"),
        )
        .select_from(tallies)
        .where(key.in_(select(Proposal.id).where(Proposal.question_id == question_id)))
        .where(tallies.c.pool.in_(pools), among)
        .group_by(key)
        for place, (tallies, key, among) in enumerate(
            (
                (_TALLIES, _TALLIES.c.proposal_id, true()),
                (_LEADS, _LEADS.c.lead_id, _LEADS.c.lead_id.in_(leading)),
            )
        )
    ]
    rows = sorted(db.session.execute(union_all(*arms)), key=itemgetter(0))
    return {row.proposal: Count(int(row.votes), int(row.agreeing)) for row in rows}


def votes_on(proposal_id: Any) -> ScalarSelect[int]:
    """Inside a statement: how many own votes there are on the proposal of a row, whoever gave them."""
    return (
        select(func.coalesce(func.sum(_TALLIES.c.agree + _TALLIES.c.disagree + _TALLIES.c.passed), 0))
        .where(_TALLIES.c.proposal_id == proposal_id)
        .scalar_subquery()
    )


def answered_in(question_id: int, voter_id: int) -> set[int]:
    """Ids of the question's proposals on which this voter has an answer that stands."""
    asked = select(Proposal.id).where(Proposal.question_id == question_id)
    own = select(literal(0).label("place"), _VOTES.c.proposal_id, _VOTES.c.choice).where(
        _VOTES.c.voter_id == voter_id, _VOTES.c.choice.is_not(None), _VOTES.c.proposal_id.in_(asked)
    )
    effective = select(literal(1).label("place"), _EFFECTIVE.c.lead_id, _EFFECTIVE.c.choice).where(
        _EFFECTIVE.c.voter_id == voter_id, _EFFECTIVE.c.lead_id.in_(asked)
    )
    answered: set[int] = set()
    for _place, proposal, choice in sorted(db.session.execute(union_all(own, effective)), key=itemgetter(0)):
        (answered.discard if choice is None else answered.add)(proposal)
    return answered


def others_voted(proposal: Proposal, ids: Collection[int]) -> bool:
    """Whether a vote of anyone but the author stands on one of these proposals."""
    own = select(_VOTERS.c.id).where(_VOTERS.c.account_id == proposal.author_id).scalar_subquery()
    for part in portions(ids):
        total = db.session.scalar(
            select(
                func.coalesce(func.sum(_TALLIES.c.agree + _TALLIES.c.disagree + _TALLIES.c.passed), 0)
            ).where(_TALLIES.c.proposal_id.in_(part))
        )
        mine = db.session.scalar(
            select(func.count())
            .select_from(_VOTES)
            .where(_VOTES.c.voter_id == own, _VOTES.c.proposal_id.in_(part), _VOTES.c.choice.is_not(None))
        )
        if int(total or 0) > int(mine or 0):
            return True
    return False


def voted_revision(voter_id: int, proposal_id: int) -> ScalarSelect[int]:
    """Inside a statement: the wording on which this voter's own answer was given; none without one."""
    return (
        select(_VOTES.c.revision)
        .where(
            _VOTES.c.voter_id == voter_id, _VOTES.c.proposal_id == proposal_id, _VOTES.c.choice.is_not(None)
        )
        .scalar_subquery()
    )
