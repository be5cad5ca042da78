"""The votes of a suspended account change the pool that they are counted in, and back; no answer is touched."""

from typing import Any

from sqlalchemy import text

from roadmap.core.db import db, is_sqlite
from roadmap.editions.models import Edition

_VOTER = """
SELECT w.id, CASE WHEN a.suspended IS NOT NULL THEN 'suspended' ELSE w.kind END
FROM voters w JOIN accounts a ON a.id = w.account_id WHERE a.id = :account
"""
_LOCK_PROPOSALS = """
SELECT t.id FROM proposals t WHERE t.id IN (SELECT COALESCE(p.lead_id, p.id) FROM votes v
  JOIN proposals p ON p.id = v.proposal_id WHERE v.voter_id = :voter)
ORDER BY t.id FOR KEY SHARE
"""
_LOCK_VOTER = "SELECT w.id FROM voters w WHERE w.id = :voter FOR NO KEY UPDATE"
_MOVE = (
    "UPDATE votes SET pool = :pool WHERE voter_id = :voter AND pool <> :pool",
    "UPDATE effective_votes SET pool = :pool WHERE voter_id = :voter AND pool <> :pool",
)
_ANY = """
SELECT 1 FROM voters w JOIN accounts a ON a.id = w.account_id JOIN votes v ON v.voter_id = w.id
JOIN proposals p ON p.id = v.proposal_id
WHERE a.suspended IS NOT NULL AND p.edition_id = :edition AND v.choice IS NOT NULL LIMIT 1
"""


def count_anew(account_id: int) -> None:
    """Count the account's votes among those that count, or apart as suspended, whichever holds now.

    To be called inside a deed. Merges stay out meanwhile, and the voter's own next vote waits for the deed.
    """
    row = db.session.execute(text(_VOTER), {"account": account_id}).one_or_none()
    if row is None:
        return
    values: dict[str, Any] = {"voter": row[0], "pool": row[1]}
    if not is_sqlite():
        for statement in (_LOCK_PROPOSALS, _LOCK_VOTER, _LOCK_PROPOSALS):  # a vote may have come in between
            db.session.execute(text(statement), values)
    for statement in _MOVE:
        db.session.execute(text(statement), values)


def has_suspended_votes(edition: Edition) -> bool:
    """Whether some answer in the edition does not count because its account is suspended."""
    return db.session.execute(text(_ANY), {"edition": edition.id}).first() is not None
