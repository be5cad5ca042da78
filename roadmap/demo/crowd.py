"""The invented participants and their votes as rows, in bulk; tallies follow by themselves."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from babel.core import get_global
from sqlalchemy import insert, select

from roadmap.accounts.models import Account, Declaration, Voter
from roadmap.core.db import db
from roadmap.demo.camps import Votes
from roadmap.demo.content import STAKEHOLDERS
from roadmap.proposals.models import Proposal
from roadmap.votes.models import Impression, Vote, VoteEvent

ADDRESS = "{name}@demonstration.example"
POLICY = "uniform-1"
"""The rule by which proposals are drawn while every one is as likely as another (votes.drawing)."""


def country_code(m49: int) -> str:
    """The two letters of a country by its M49 number; "" for 0, which means not stated."""
    letters = get_global("territory_aliases").get(f"{m49:03}", [])
    return str(letters[0]) if letters else ""


def account_row(name: str, shown: str, language: str, made: datetime) -> dict[str, Any]:
    """An account with a confirmed address that leads nowhere."""
    address = ADDRESS.format(name=name)
    return {
        "email": address, "email_key": address, "name": shown, "name_key": shown.casefold(),
        "language": language, "confirmed": made, "made": made,
    }  # fmt: skip


def add_accounts(rows: Sequence[Mapping[str, Any]]) -> list[tuple[int, int]]:
    """Store accounts, each with the voter behind its votes: (account, voter) in the order of the rows."""
    db.session.execute(insert(Account), list(rows))
    ids = dict(db.session.execute(select(Account.email_key, Account.id)).all())
    accounts = [ids[row["email_key"]] for row in rows]
    db.session.execute(
        insert(Voter),
        [
            {"kind": "account", "account_id": account, "made": row["made"]}
            for account, row in zip(accounts, rows, strict=True)
        ],
    )
    voters = {
        account: number
        for account, number in db.session.execute(select(Voter.account_id, Voter.id))
        if account is not None
    }
    return [(account, voters[account]) for account in accounts]


def declare(edition: int, declared: Sequence[tuple[int, str, int]], now: datetime) -> None:
    """Store what people declare to be: (voter, stakeholder group, M49 country); decision makers confirmed."""
    db.session.execute(
        insert(Declaration),
        [
            {
                "voter_id": voter, "edition_id": edition, "stakeholder_group": group,
                "country": country_code(country), "made": now,
                "confirmed": now if group == "decision-maker" else None,
            }
            for voter, group, country in declared
        ],
    )  # fmt: skip


def add_crowd(cast: Votes, edition: int, now: datetime) -> list[int]:
    """Store the participants: (voter) of each row of the crowd. Guests have a key that nobody knows."""
    crowd = cast.crowd
    people = [int(row) for row in range(len(crowd.guest)) if not crowd.guest[row]]
    rows = [
        account_row(f"participant-{row + 1}", "", str(crowd.language[row]), _before(now, crowd.arrived[row]))
        for row in people
    ]
    voters = dict(zip(people, (voter for _, voter in add_accounts(rows)), strict=True))
    guests = [int(row) for row in range(len(crowd.guest)) if crowd.guest[row]]
    if guests:
        db.session.execute(
            insert(Voter),
            [
                {
                    "kind": "guest",
                    "key_hash": f"demonstration-{row}",
                    "made": _before(now, crowd.arrived[row]),
                }
                for row in guests
            ],
        )
        keys = select(Voter.key_hash, Voter.id).where(Voter.kind == "guest")
        found = dict(db.session.execute(keys).all())
        voters |= {row: found[f"demonstration-{row}"] for row in guests}
    declare(
        edition,
        [(voters[row], STAKEHOLDERS[crowd.stakeholder[row]], int(crowd.country[row])) for row in people],
        now,
    )
    return [voters[row] for row in range(len(crowd.guest))]


def _before(now: datetime, minutes: int) -> datetime:
    return now - timedelta(minutes=int(minutes))


@dataclass
class Box:
    """Puts votes into the database, oldest first, up to one moment after another."""

    cast: Votes
    voters: Sequence[int]
    proposals: Sequence[int]
    """Database id of each proposal of the content."""
    now: datetime
    done: int = 0
    draws: Counter[tuple[int, int]] = field(default_factory=Counter)

    def fill_until(self, minutes: int) -> int:
        """Store the votes given until so many minutes before now; hands back how many there are."""
        rows = list(self._rows(minutes))
        if rows:
            impressions = self._impressions(rows)
            for row in rows:
                row["impression_id"] = impressions.get((row["voter_id"], row["question"], row["draw"]))
            self._votes(rows)
        return self.done

    def _rows(self, minutes: int) -> Iterator[dict[str, Any]]:
        standing = {
            number: (revision, question)
            for number, revision, question in db.session.execute(
                select(Proposal.id, Proposal.revision, Proposal.question_id)
            )
        }
        sizes = Counter(question for _, question in standing.values())
        cast = self.cast
        while self.done < len(cast.person) and cast.minutes[self.done] > minutes:
            place, self.done = self.done, self.done + 1
            person, proposal = int(cast.person[place]), self.proposals[int(cast.proposal[place])]
            revision, question = standing[proposal]
            draw = self.draws[person, question]
            self.draws[person, question] += 1
            yield {
                "voter_id": self.voters[person], "proposal_id": proposal, "revision": revision,
                "choice": int(cast.choice[place]), "at": _before(self.now, cast.minutes[place]),
                "origin": "routed" if cast.routed[place] else "direct",
                "pool": "guest" if cast.crowd.guest[person] else "account",
                "question": question, "draw": draw, "language": str(cast.crowd.language[person]),
                "probability": 1 / max(1, sizes[question] - draw),
            }  # fmt: skip

    def _impressions(self, rows: Sequence[dict[str, Any]]) -> dict[tuple[int, int, int], int]:
        drawn = [row for row in rows if row["origin"] == "routed"]
        db.session.execute(
            insert(Impression),
            [
                {
                    "voter_id": row["voter_id"], "question_id": row["question"],
                    "proposal_id": row["proposal_id"], "draw": row["draw"],
                    "probability": row["probability"], "policy": POLICY,
                    "language": row["language"], "answered": True, "at": row["at"],
                }
                for row in drawn
            ],
        )  # fmt: skip
        found = db.session.execute(
            select(Impression.voter_id, Impression.question_id, Impression.draw, Impression.id)
        )
        return {(voter, question, draw): number for voter, question, draw, number in found}

    def _votes(self, rows: Sequence[dict[str, Any]]) -> None:
        events = ("voter_id", "proposal_id", "revision", "choice", "origin", "impression_id", "at")
        db.session.execute(insert(VoteEvent), [{name: row[name] for name in events} for row in rows])
        sequences = {
            (voter, proposal): number
            for voter, proposal, number in db.session.execute(
                select(VoteEvent.voter_id, VoteEvent.proposal_id, VoteEvent.id)
            )
        }
        current = ("voter_id", "proposal_id", "revision", "choice", "origin", "pool")
        db.session.execute(
            insert(Vote),
            [
                {name: row[name] for name in current}
                | {"sequence": sequences[row["voter_id"], row["proposal_id"]]}
                for row in rows
            ],
        )
