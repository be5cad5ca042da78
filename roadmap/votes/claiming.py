"""A guest's votes go over to the account that the guest turned out to be."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text

from roadmap.core import clock
from roadmap.core.db import db, is_sqlite, to_microseconds, use_case
from roadmap.domain.lineage import Edge, Lineage
from roadmap.votes.ballots import WORDS
from roadmap.votes.effective import settle_lead

_LOCK_PROPOSALS = """
SELECT t.id FROM proposals t WHERE t.id IN (SELECT COALESCE(p.lead_id, p.id) FROM votes v
  JOIN proposals p ON p.id = v.proposal_id WHERE v.voter_id = :guest)
ORDER BY t.id FOR KEY SHARE
"""
_LOCK_VOTERS = "SELECT w.id FROM voters w WHERE w.id IN (:guest, :account) ORDER BY w.id FOR NO KEY UPDATE"
_CLAIM = """
UPDATE voters SET claimed_by = :account, claimed = :now
WHERE id = :guest AND kind = 'guest' AND claimed_by IS NULL
  AND EXISTS (SELECT 1 FROM voters w WHERE w.id = :account AND w.kind = 'account')
"""
_POOL = """
SELECT CASE WHEN a.suspended IS NOT NULL THEN 'suspended' ELSE w.kind END
FROM voters w LEFT JOIN accounts a ON a.id = w.account_id WHERE w.id = :account
"""
_BOTH = """
SELECT g.proposal_id, p.number, p.title, g.choice, g.origin, g.revision, g.sequence, a.sequence, a.origin,
  COALESCE(p.lead_id, p.id)
FROM votes g JOIN proposals p ON p.id = g.proposal_id
  LEFT JOIN votes a ON a.voter_id = :account AND a.proposal_id = g.proposal_id
WHERE g.voter_id = :guest ORDER BY p.number
"""
_FIRST = """
SELECT e.proposal_id, e.origin FROM vote_events e
WHERE e.voter_id IN (:guest, :account)
  AND e.proposal_id IN (SELECT v.proposal_id FROM votes v WHERE v.voter_id = :guest) ORDER BY e.id DESC
"""
_TAKE = """
INSERT INTO votes (voter_id, proposal_id, pool, choice, origin, revision, sequence)
VALUES (:account, :proposal, :pool, :choice, :origin, :revision, :sequence)
ON CONFLICT (voter_id, proposal_id) DO UPDATE SET pool = excluded.pool, choice = excluded.choice,
  origin = excluded.origin, revision = excluded.revision, sequence = excluded.sequence
"""
_EDGES = """
SELECT g.source_id, g.lead_id, g.sequence FROM lineage_edges g JOIN proposals p ON p.id = g.source_id
WHERE g.ended IS NULL AND p.edition_id IN (SELECT o.edition_id FROM proposals o JOIN votes v
  ON v.proposal_id = o.id AND v.voter_id = :guest)
"""


@dataclass(frozen=True)
class Taken:
    """One vote that went over: on which proposal, and which it is (`agree`, `disagree` or `pass`)."""

    number: int
    title: str
    choice: str


@use_case
def claim(guest: int, account: int, *, now: datetime | None = None) -> list[Taken]:
    """Let an account's voter take over a guest's votes; the newer answer stays where both gave one.

    The events stay the guest's: who answered when is not rewritten, and `claimed_by` tells whose they are now.
    So each answer keeps its place among merges. Hands back what was taken over; claiming again, or by somebody
    else, changes nothing and hands back an empty list.
    """
    who: dict[str, Any] = {"guest": guest, "account": account}
    if not is_sqlite():
        db.session.execute(text(_LOCK_PROPOSALS), who)
        db.session.execute(text(_LOCK_VOTERS), who)
    done = db.session.execute(text(_CLAIM), {**who, "now": to_microseconds(now or clock.now())})
    if done.rowcount != 1:  # type: ignore[attr-defined]
        return []
    pool = db.session.execute(text(_POOL), who).scalar_one()
    rows = db.session.execute(text(_BOTH), who).all()
    first = {row.proposal_id: row.origin for row in db.session.execute(text(_FIRST), who)}
    lineage = Lineage(Edge(*edge) for edge in db.session.execute(text(_EDGES), who))
    values, taken = [], []
    for proposal, number, title, choice, _origin, revision, sequence, own, own_origin, _lead in rows:
        if own is not None and own > sequence:
            if own_origin != first[proposal]:
                _keep_first_origin(account, proposal, first[proposal])
            continue
        values.append(
            {
                "account": account, "proposal": proposal, "pool": pool, "choice": choice,
                "origin": first[proposal], "revision": revision, "sequence": sequence,
            }
        )  # fmt: skip
        if choice is not None:
            taken.append(Taken(number, title, WORDS[choice]))
    _move(guest, values)
    for lead in {row[9] for row in rows} & lineage.leads():
        settle_lead(lead, lineage, voter=account)
    return taken


def _keep_first_origin(account: int, proposal: int, origin: str) -> None:
    db.session.execute(
        text("UPDATE votes SET origin = :origin WHERE voter_id = :account AND proposal_id = :proposal"),
        {"account": account, "proposal": proposal, "origin": origin},
    )


def _move(guest: int, values: list[dict[str, Any]]) -> None:
    if values:
        db.session.execute(text(_TAKE), values)
    db.session.execute(text("DELETE FROM votes WHERE voter_id = :guest"), {"guest": guest})
    db.session.execute(text("DELETE FROM effective_votes WHERE voter_id = :guest"), {"guest": guest})
