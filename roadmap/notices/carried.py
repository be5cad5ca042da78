"""Whose votes a merge carried or set aside, and who voted before a text was changed."""

from sqlalchemy import bindparam, text

from roadmap.core.db import db
from roadmap.core.portions import portions
from roadmap.editions.models import Edition
from roadmap.merging.models import Merge
from roadmap.merging.objected import edges_made_by, lineage_before
from roadmap.proposals.models import Proposal

_CARRIED = """
SELECT w.account_id, f.conflict FROM effective_votes f JOIN voters w ON w.id = f.voter_id
WHERE f.lead_id = :lead AND f.pool = 'account' AND w.account_id IS NOT NULL
  AND (f.choice IS NOT NULL OR f.conflict)
  AND EXISTS (SELECT 1 FROM votes v WHERE v.voter_id = f.voter_id AND v.choice IS NOT NULL
    AND v.proposal_id IN :ids)
  AND NOT EXISTS (SELECT 1 FROM votes o WHERE o.voter_id = f.voter_id AND o.proposal_id = :lead
    AND o.sequence > :sequence)
"""
_BEFORE = """
SELECT w.account_id FROM votes v JOIN voters w ON w.id = v.voter_id
WHERE v.proposal_id = :proposal AND v.pool = 'account' AND v.choice IS NOT NULL AND v.revision < :revision
  AND w.account_id IS NOT NULL
"""


def carried_by(edition: Edition, merge: Merge, lead: int) -> dict[int, bool]:
    """By account: whether its votes on what this merge brought in are set aside (True) or carried to the lead.

    Whoever has answered on the lead since is left out. `lead` is the proposal that leads it all in the end.
    """
    standing = [edge for edge in edges_made_by(merge) if edge.ended is None]
    if not standing:
        return {}
    older = lineage_before(edition, merge)
    brought = {each for edge in standing for each in (edge.source_id, *older.all_sources(edge.source_id))}
    statement = text(_CARRIED).bindparams(bindparam("ids", expanding=True))
    found: dict[int, bool] = {}
    for part in portions(sorted(brought)):
        values = {"lead": lead, "ids": part, "sequence": standing[0].sequence}
        found.update({row[0]: bool(row[1]) for row in db.session.execute(statement, values)})
    return found


def asked_about_change(proposal: Proposal) -> list[int]:
    """The accounts whose own vote on the proposal was given on an older wording."""
    values = {"proposal": proposal.id, "revision": proposal.revision}
    return [row[0] for row in db.session.execute(text(_BEFORE), values)]
