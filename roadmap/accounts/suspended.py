"""Suspended accounts: who they are, where they take part, and whose suspension an organiser may decide on."""

from dataclasses import dataclass

from sqlalchemy import select, text

from roadmap.accounts.models import Account
from roadmap.core.db import db
from roadmap.domain.policy import Actor, Role

_TAKES_PART = """
EXISTS (SELECT 1 FROM memberships m WHERE m.edition_id = :edition AND m.account_id = a.id)
OR EXISTS (SELECT 1 FROM proposals p WHERE p.edition_id = :edition AND p.author_id = a.id)
OR EXISTS (SELECT 1 FROM comments c JOIN proposals p ON p.id = c.proposal_id
  WHERE p.edition_id = :edition AND c.author_id = a.id)
OR EXISTS (SELECT 1 FROM voters w JOIN votes v ON v.voter_id = w.id JOIN proposals p ON p.id = v.proposal_id
  WHERE p.edition_id = :edition AND w.account_id = a.id)
"""
_WITHIN = "SELECT 1 FROM accounts a WHERE a.id = :account AND ({takes_part})".replace(
    "{takes_part}", _TAKES_PART
)
_SUSPENDED = """
SELECT a.id FROM accounts a WHERE a.suspended IS NOT NULL AND ({takes_part}) ORDER BY a.suspended DESC, a.id
""".replace("{takes_part}", _TAKES_PART)
_VOTES = """
SELECT p.edition_id, count(*) FROM votes v JOIN voters w ON w.id = v.voter_id
  JOIN proposals p ON p.id = v.proposal_id
WHERE w.account_id = :account AND v.choice IS NOT NULL GROUP BY p.edition_id ORDER BY p.edition_id
"""
_ROLES = """
SELECT m.edition_id, m.role FROM memberships m WHERE m.account_id = :account AND m.until IS NULL
"""


@dataclass(frozen=True)
class Standing:
    """What has to be known before an account is suspended: in how many answers of which editions it shows."""

    account: Account
    votes: dict[int, int]


def standing_of(account: Account) -> Standing:
    """The account with the number of its answers that stand, by edition."""
    rows = db.session.execute(text(_VOTES), {"account": account.id})
    return Standing(account, {edition: int(votes) for edition, votes in rows})


def suspended_in(edition_id: int) -> list[Account]:
    """Suspended accounts of people who take part in the edition, suspended last first."""
    ids = list(db.session.scalars(text(_SUSPENDED), {"edition": edition_id}))
    found = {
        account.id: account for account in db.session.scalars(select(Account).where(Account.id.in_(ids)))
    }
    return [found[number] for number in ids]


def within_reach(actor: Actor, account: Account, edition_id: int) -> bool:
    """Whether an organiser of the edition may decide on the account: the whole of it takes part here alone.

    An administrator may decide on everybody. Nobody else decides on people who are not in the edition, on
    administrators, or on those who hold a role elsewhere.
    """
    if actor.has(Role.ADMINISTRATOR, None):
        return True
    if any(
        edition != edition_id for edition, _role in db.session.execute(text(_ROLES), {"account": account.id})
    ):
        return False
    values = {"account": account.id, "edition": edition_id}
    return db.session.execute(text(_WITHIN), values).first() is not None
