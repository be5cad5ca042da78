"""Keeping the effective votes of leads: one row for everybody who answered anywhere on the lineage."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import insert, text

from roadmap.core.db import db
from roadmap.domain.ballots import Answer, effective
from roadmap.domain.lineage import Lineage
from roadmap.votes.models import EffectiveVote

WRITTEN_AT_ONCE = 5_000

_ANSWERS = """
SELECT v.voter_id, v.proposal_id, v.choice, v.sequence, v.origin, v.pool FROM votes v
WHERE v.proposal_id IN (SELECT p.id FROM proposals p WHERE p.id = :lead OR p.lead_id = :lead){voter}
ORDER BY v.voter_id
"""
ANSWERS = {
    False: _ANSWERS.replace("{voter}", ""),
    True: _ANSWERS.replace("{voter}", " AND v.voter_id = :voter"),
}


def forget(lead: int, voter: int | None = None) -> None:
    """Drop the effective votes of a proposal that leads no longer; or those of one voter there."""
    statement = "DELETE FROM effective_votes WHERE lead_id = :lead"
    if voter is not None:
        statement += " AND voter_id = :voter"
    db.session.execute(
        text(statement), {"lead": lead, "voter": voter} if voter is not None else {"lead": lead}
    )


def settle_lead(lead: int, lineage: Lineage, voter: int | None = None) -> None:
    """Work out anew the effective votes on a lead, for everybody or for one voter.

    The `lead_id` of the proposals below it has to be right already. To be called inside a deed.
    """
    forget(lead, voter)
    values = {"lead": lead, "voter": voter} if voter is not None else {"lead": lead}
    rows = db.session.execute(text(ANSWERS[voter is not None]), values)
    waiting: list[dict[str, Any]] = []
    for row in _effective_rows(lead, lineage, list(rows)):
        waiting.append(row)
        if len(waiting) == WRITTEN_AT_ONCE:
            db.session.execute(insert(EffectiveVote), waiting)
            waiting = []
    if waiting:
        db.session.execute(insert(EffectiveVote), waiting)


def _effective_rows(lead: int, lineage: Lineage, rows: list[Any]) -> Iterator[dict[str, Any]]:
    for voter, own in groupby(rows, key=itemgetter(0)):
        answers, origins, pool = {}, {}, ""
        for _, proposal, choice, sequence, origin, pool in own:  # noqa: B007 - the pool is the voter's in all of them
            answers[proposal] = Answer(choice, sequence)
            origins[proposal] = origin
        vote = effective(lead, lineage, answers)
        if vote.deciding:
            yield {
                "lead_id": lead, "voter_id": voter, "pool": pool, "choice": vote.counted,
                "conflict": vote.asked_again, "origin": origins[vote.deciding[0].proposal],
            }  # fmt: skip
