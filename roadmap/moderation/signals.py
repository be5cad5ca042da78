"""Looking through an edition's votes for signs of manipulation, and what was found when that was last done."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import select, text

from roadmap.accounts.models import Account, Voter
from roadmap.core import clock
from roadmap.core.db import db, from_microseconds
from roadmap.core.jobs import job
from roadmap.domain import signals
from roadmap.domain.ranking import Method, Snapshot
from roadmap.domain.ranking.groups import opinion_groups
from roadmap.domain.ranking.guard import compare
from roadmap.editions.models import Edition
from roadmap.moderation.models import SignalReport
from roadmap.votes.packing import Columns, packed, read, whole_numbers
from roadmap.votes.snapshots import snapshot

HOUR = 3_600_000_000
MOST = 30
"""So many findings of a kind are kept, and so many accounts of each; how many there were is kept too."""
COMPARED = 1_500
"""People with the most answers, among whom pairs are looked for."""

_VOTES = """
SELECT {packed} FROM votes t JOIN proposals p ON p.id = t.proposal_id
WHERE p.edition_id = :edition AND t.pool = 'account' AND t.choice IS NOT NULL ORDER BY t.voter_id, t.proposal_id
""".replace("{packed}", packed("proposal_id"))
_EVENTS = """
SELECT t.{column} FROM vote_events t JOIN proposals p ON p.id = t.proposal_id JOIN voters w ON w.id = t.voter_id
WHERE p.edition_id = :edition AND w.kind = 'account' AND t.choice IS NOT NULL ORDER BY t.id
"""
_MADE = """
SELECT a.made FROM accounts a WHERE EXISTS (SELECT 1 FROM voters w JOIN votes v ON v.voter_id = w.id
  JOIN proposals p ON p.id = v.proposal_id WHERE w.account_id = a.id AND p.edition_id = :edition)
"""


@job
def look_through(edition_id: int) -> None:
    """Look through the votes of accounts and keep what was found in place of what was found before."""
    edition = db.session.get_one(Edition, edition_id)
    findings = json.dumps(findings_in(edition), ensure_ascii=False)
    kept = db.session.get(SignalReport, edition_id)
    if kept is None:
        kept = SignalReport(edition_id=edition_id)
        db.session.add(kept)
    kept.made, kept.findings = clock.now(), findings
    db.session.commit()


def findings_in(edition: Edition) -> dict[str, Any]:
    """JSON values: bursts of new accounts, equal ballots, fast voters, pairs that are alike, the guard's z."""
    values = {"edition": edition.id}
    votes = read(_VOTES, values)
    voters = whole_numbers(_EVENTS.replace("{column}", "voter_id"), values)
    moments = whole_numbers(_EVENTS.replace("{column}", "at"), values)
    equal = signals.equal_ballots(votes.voter, votes.proposal, votes.choice)
    fast = signals.too_fast(voters, moments)
    pairs = _pairs(votes, edition)
    named = [
        *(who for each in equal[:MOST] for who in each.people[:MOST]),
        *(each.person for each in fast[:MOST]),
    ]
    named += [who for each in pairs[:MOST] for who in each.people]
    accounts = _accounts(named)
    hours = (whole_numbers(_MADE, values) // HOUR).tolist()
    return {
        "bursts": _listed(asdict(each) | {"accounts": _made_in(each.hour)} for each in signals.bursts(hours)),
        "equal": _listed(
            {
                "people": len(each.people),
                "votes": each.votes,
                "accounts": [accounts[who] for who in each.people[:MOST] if who in accounts],
            }
            for each in equal
        ),
        "fast": _listed(
            {"accounts": [accounts.get(each.person)], "votes": each.votes, "seconds": each.seconds}
            for each in fast
        ),
        "pairs": _listed(
            {"accounts": [accounts.get(who) for who in each.people], "common": each.common, "z": each.z}
            for each in pairs
        ),
        "guard": _guard(edition),
    }


def report_of(edition: Edition) -> tuple[datetime, dict[str, Any]] | None:
    """When the votes were last looked through, and what was found; None where that was never done."""
    kept = db.session.get(SignalReport, edition.id)
    return None if kept is None else (kept.made, json.loads(kept.findings))


def hour_of(number: int) -> datetime:
    """The beginning of the hour that a burst names."""
    return from_microseconds(number * HOUR)


def accounts_in(findings: dict[str, Any], more: Iterable[int] = ()) -> dict[int, Account]:
    """By id, the accounts that the findings name, and `more`, as far as they are still there."""
    named = {
        number
        for kind in ("bursts", "equal", "fast", "pairs")
        for each in findings.get(kind, {"rows": ()})["rows"]
        for number in each["accounts"]
        if number is not None
    }
    found = db.session.scalars(select(Account).where(Account.id.in_(named | set(more))))
    return {account.id: account for account in found}


def _listed(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    kept = list(rows)
    return {"number": len(kept), "rows": kept[:MOST]}


def _accounts(voters: Iterable[int]) -> dict[int, int]:
    rows = db.session.execute(select(Voter.id, Voter.account_id).where(Voter.id.in_(set(voters))))
    return {voter: account for voter, account in rows if account is not None}


def _made_in(hour: int) -> list[int]:
    rows = db.session.execute(
        text("SELECT id FROM accounts WHERE made >= :low AND made < :high ORDER BY id LIMIT :most"),
        {"low": hour * HOUR, "high": (hour + 1) * HOUR, "most": MOST},
    )
    return [row[0] for row in rows]


def _pairs(votes: Columns, edition: Edition) -> list[signals.Pair]:
    """Pairs by voters' ids; opinion groups as the ranking finds them among these votes."""
    voters, person = np.unique(votes.voter, return_inverse=True)
    proposals, item = np.unique(votes.proposal, return_inverse=True)
    if not len(voters):
        return []
    ballots = Snapshot(
        person=person.astype(np.int32), item=item.astype(np.int32), choice=votes.choice.astype(np.int8),
        origin=np.zeros(len(person), dtype=np.int8), number=proposals,
        question=np.ones(len(proposals), dtype=np.int16), stakeholder=np.full(len(voters), 2, dtype=np.int8),
    )  # fmt: skip
    group = opinion_groups(ballots, Method(edition.method, edition.seed)).of_person
    found = signals.alike_pairs(person, item, votes.choice, group, COMPARED)
    return [
        signals.Pair((int(voters[each.people[0]]), int(voters[each.people[1]])), each.common, each.z)
        for each in found
    ]


def _guard(edition: Edition) -> dict[str, Any]:
    """Proposals with the most different direct votes first, as far as both kinds of votes are enough."""
    votes, method = snapshot(edition), Method(edition.method, edition.seed)
    guard = compare(votes, method)
    chosen, given = guard.direct.sum(axis=0), guard.routed.sum(axis=0)
    far = np.abs(guard.z).max(axis=0, initial=0.0)
    shown = (chosen >= method.guard_min_direct) & (given >= method.guard_min_routed) & (far > 2)
    return _listed(
        {
            "number": int(votes.number[at]),
            "z": [round(float(z), 1) for z in guard.z[:, at]],
            "chosen": int(chosen[at]),
            "given": int(given[at]),
            "aside": bool(guard.set_aside[at]),
        }
        for at in np.argsort(-far, kind="stable")
        if shown[at]
    )
