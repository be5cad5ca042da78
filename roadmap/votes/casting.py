"""The statements of a vote, on a driver connection that holds the write lock.

Plain path: the facts, the event, the current row (tallies follow by trigger). On PostgreSQL a lock comes
before them, on the proposal that leads: it keeps merges out (they lock leads FOR UPDATE), and a person's own
votes in order. A vote holds one lead at a time, so votes and merges never wait for each other in a circle.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from roadmap.core.db import DriverConnection, from_microseconds, is_sqlite, to_microseconds
from roadmap.domain.phases import Period, Phase
from roadmap.domain.policy import Facts

_LEAD = """
t.id = (SELECT COALESCE(p.lead_id, p.id) FROM proposals p WHERE p.edition_id = :edition AND p.number = :number)
"""
_LOCK = "SELECT t.id FROM proposals t WHERE {lead} FOR KEY SHARE".replace("{lead}", _LEAD)
_LOCK_WITH_VOTER = """
SELECT t.id FROM proposals t, voters w WHERE {lead} AND w.id = :voter
FOR KEY SHARE OF t FOR NO KEY UPDATE OF w
""".replace("{lead}", _LEAD)
_FACTS = """
SELECT t.id, t.number, t.state, t.revision, t.question_id, t.author_id, e.archived, e.opened,
  (SELECT {phases} FROM phases f WHERE f.edition_id = e.id),
  (SELECT max(g.sequence) FROM lineage_edges g WHERE g.lead_id = t.id AND g.ended IS NULL),
  CASE WHEN a.suspended IS NOT NULL THEN 'suspended' ELSE w.kind END, w.claimed_by,
  v.choice, v.origin, v.revision, v.sequence, p.state, t.title
FROM proposals p JOIN proposals t ON t.id = COALESCE(p.lead_id, p.id) JOIN editions e ON e.id = p.edition_id
  LEFT JOIN voters w ON w.id = :voter LEFT JOIN accounts a ON a.id = w.account_id
  LEFT JOIN votes v ON v.voter_id = :voter AND v.proposal_id = t.id
WHERE p.edition_id = :edition AND p.number = :number
"""
_PHASES = {
    True: "json_group_array(json_array(f.kind, f.opens, f.closes))",
    False: "json_agg(json_build_array(f.kind, f.opens, f.closes))",
}
FACTS = {sqlite: _FACTS.replace("{phases}", phases) for sqlite, phases in _PHASES.items()}
_VOTER = """
INSERT INTO voters (kind, account_id, key_hash, device, made) VALUES (:kind, :account, :key, '', :now) RETURNING id
"""
_EVENT = """
INSERT INTO vote_events (voter_id, proposal_id, revision, choice, origin, impression_id, at)
VALUES (:voter, :proposal, :revision, :choice, :origin, :impression, :now) RETURNING id
"""
_VOTE = """
INSERT INTO votes (voter_id, proposal_id, pool, choice, origin, revision, sequence)
VALUES (:voter, :proposal, :pool, :choice, :origin, :revision, :sequence)
ON CONFLICT (voter_id, proposal_id) DO UPDATE SET pool = excluded.pool, choice = excluded.choice,
  revision = excluded.revision, sequence = excluded.sequence
"""
_EFFECTIVE = """
INSERT INTO effective_votes (lead_id, voter_id, pool, choice, conflict, origin)
VALUES (:proposal, :voter, :pool, :choice, {no}, :origin)
ON CONFLICT (lead_id, voter_id) DO UPDATE SET pool = excluded.pool, choice = excluded.choice,
  conflict = excluded.conflict, origin = excluded.origin
"""
EFFECTIVE = {True: _EFFECTIVE.replace("{no}", "0"), False: _EFFECTIVE.replace("{no}", "false")}


@dataclass(frozen=True)
class Given:
    """An answer that is already there."""

    choice: int | None
    origin: str
    revision: int
    sequence: int


@dataclass(frozen=True)
class Target:
    """The proposal that an answer goes to (the lead, where the one addressed was merged), and what decides on it.

    `merged_at` is the sequence number of the newest merge into it, None where nothing was merged into it.
    `pool` is the voter's, None for one who is not there yet. `given` is the voter's own answer so far.
    """

    id: int
    number: int
    title: str
    state: str
    revision: int
    question: int
    author: int | None
    archived: bool
    opened: bool
    periods: tuple[Period, ...]
    merged_at: int | None
    pool: str | None
    claimed: bool
    given: Given | None

    def facts(self, edition: int, now: datetime) -> Facts:
        """What the policy needs to know."""
        return Facts(
            now=now, edition=edition, periods=self.periods, archived=self.archived, opened=self.opened,
            live=self.state == "published", author=self.author,
        )  # fmt: skip

    def says(self, choice: int | None) -> bool:
        """Whether the same answer is there already, on this wording and after every merge into the proposal."""
        return (
            self.given is not None
            and self.given.choice == choice
            and self.given.revision == self.revision
            and (self.merged_at is None or self.given.sequence > self.merged_at)
        )


def find_target(connection: DriverConnection, edition: int, number: int, voter: int | None) -> Target | None:
    """Lock what has to stand still, and read everything that decides on the vote."""
    values = {"edition": edition, "number": number, "voter": voter}
    while True:
        held = None
        if not is_sqlite():
            held = connection.execute(_LOCK if voter is None else _LOCK_WITH_VOTER, values).fetchone()
        row = connection.execute(FACTS[is_sqlite()], values).fetchone()
        if row is None or held is None or held[0] == row[0]:
            return None if row is None else _target(row)
        # a merge was made while this waited: another proposal leads now


def _target(row: Any) -> Target:
    phases = json.loads(row[8]) if isinstance(row[8], str) else row[8] or []
    asked, lead = row[16], row[2]
    return Target(
        id=row[0], number=row[1], title=row[17], state=lead if asked == "published" else asked, revision=row[3],
        question=row[4], author=row[5], archived=row[6] is not None, opened=row[7] is not None,
        periods=tuple(
            Period(Phase(kind), from_microseconds(opens), None if closes is None else from_microseconds(closes))
            for kind, opens, closes in phases
        ),
        merged_at=row[9], pool=row[10], claimed=row[11] is not None,
        given=None if row[15] is None else Given(row[12], row[13], row[14], row[15]),
    )  # fmt: skip


def add_voter(
    connection: DriverConnection, *, account: int | None, key_hash: str | None, now: datetime
) -> int:
    """A new voter: the account's, or a guest's under the hash of the key. Hands back its id."""
    row = connection.execute(
        _VOTER,
        {
            "kind": "guest" if account is None else "account",
            "account": account,
            "key": key_hash,
            "now": to_microseconds(now),
        },
    ).fetchone()
    return int(row[0])


@dataclass(frozen=True)
class Answer:
    """What is to be written: 1, -1, 0 or None (withdrawn), by whom, and where it came from."""

    voter: int
    pool: str
    choice: int | None
    origin: str
    impression: int | None
    at: datetime


def write(connection: DriverConnection, target: Target, answer: Answer) -> None:
    """The event, the voter's current row and, on a lead, the effective vote.

    An answer given now is younger than every merge into the lead, so it alone is the effective vote
    (domain/ballots.py, rule 1): nothing has to be read for that.
    """
    values = {
        "voter": answer.voter, "proposal": target.id, "revision": target.revision, "choice": answer.choice,
        "origin": answer.origin, "impression": answer.impression, "pool": answer.pool,
        "now": to_microseconds(answer.at),
    }  # fmt: skip
    sequence = int(connection.execute(_EVENT, values).fetchone()[0])
    connection.execute(_VOTE, {**values, "sequence": sequence})
    if target.merged_at is not None:
        kept = answer.origin if target.given is None else target.given.origin
        connection.execute(EFFECTIVE[is_sqlite()], {**values, "origin": kept})
