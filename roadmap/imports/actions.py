"""Storing an imported Polis conversation with its voters and all their answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, text

from roadmap.accounts.models import Voter
from roadmap.core.db import db
from roadmap.core.markdown import to_html
from roadmap.domain.policy import Actor
from roadmap.imports.models import ImportSource
from roadmap.imports.polis import Conversation, Statement
from roadmap.imports.queries import last_number, proposals_of, voters_of
from roadmap.imports.stages import (
    Brought,
    Kind,
    Progress,
    begin,
    finish,
    insert_proposals,
    silent,
    store_kinds,
)
from roadmap.votes.models import VoteEvent

PLATFORM = "polis"
PORTION = 5_000
REJECTED = "Rejected by the moderators of the conversation that it comes from."

_TAKE_NEWEST = text("""
INSERT INTO votes (voter_id, proposal_id, pool, choice, origin, revision, sequence)
SELECT e.voter_id, e.proposal_id, 'imported', e.choice, 'imported', e.revision, e.id
  FROM vote_events e
  JOIN (SELECT max(vote_events.id) AS id
          FROM vote_events JOIN voters ON voters.id = vote_events.voter_id
         WHERE vote_events.id > :before AND voters.import_source_id = :source
         GROUP BY vote_events.voter_id, vote_events.proposal_id) newest ON newest.id = e.id
 WHERE true
ON CONFLICT (voter_id, proposal_id) DO UPDATE
   SET choice = excluded.choice, revision = excluded.revision, sequence = excluded.sequence
""")


@dataclass(frozen=True)
class Imported:
    """What one run did: whether anything was new, whether it went on from an earlier run, what there is now."""

    fresh: bool
    resumed: bool
    proposals: int
    hidden: int
    voters: int
    votes: int


def import_conversation(
    actor: Actor,
    conversation: Conversation,
    *,
    edition: str,
    question: int,
    language: str,
    now: datetime,
    progress: Progress = silent,
) -> Imported:
    """Store a whole conversation under a guiding question; make edition and question where they are missing.

    Run again with the same conversation it changes nothing, or goes on where it was stopped. Raises
    Conflict where the conversation stands under another question, or was begun with another sign or language.
    """
    brought = Brought(
        platform=PLATFORM, name=conversation.name, digest=conversation.digest, topic=conversation.topic,
        language=language, choices={"language": language, "sign": conversation.agree_sign},
    )  # fmt: skip
    source = begin(brought, edition=edition, question=question, now=now)
    begun = source.reached.get("proposals", 0) > 0
    kinds = [
        Kind("proposals", conversation.statements, _store_proposals, PORTION),
        Kind("voters", conversation.voters, _store_voters, PORTION),
        Kind("votes", conversation.answers, _store_votes, PORTION),
    ]
    store_kinds(source, kinds, now=now, progress=progress)
    fresh = source.finished is None
    if fresh:
        counted = {"proposals": len(conversation.statements), "voters": len(conversation.voters)}
        finish(actor, source.id, counted, now=now)
    return Imported(
        fresh=fresh,
        resumed=fresh and begun,
        proposals=len(conversation.statements),
        hidden=sum(statement.rejected for statement in conversation.statements),
        voters=len(conversation.voters),
        votes=len({(answer.voter, answer.statement) for answer in conversation.answers}),
    )


def _store_proposals(source: ImportSource, statements: Sequence[Statement], now: datetime) -> None:
    number = last_number(source.edition_id)
    language = source.reached["language"]
    proposals = [
        _as_proposal(source, statement, number + place, language, now)
        for place, statement in enumerate(statements, 1)
    ]
    insert_proposals(source, proposals)


def _as_proposal(
    source: ImportSource, statement: Statement, number: int, language: str, now: datetime
) -> dict[str, Any]:
    made = statement.made or now
    return {
        "edition_id": source.edition_id,
        "question_id": source.question_id,
        "number": number,
        "state": "hidden" if statement.rejected else "published",
        "state_reason": REJECTED if statement.rejected else "",
        "state_at": made if statement.rejected else None,
        "title": statement.title,
        "text": statement.text,
        "html": to_html(statement.text),
        "links": [],
        "language": language,
        "author_line": "none",
        "origin_platform": source.platform,
        "origin_id": str(statement.number),
        "import_source_id": source.id,
        "made": made,
        "changed": made,
    }


def _store_voters(source: ImportSource, voters: Sequence[int], now: datetime) -> None:
    db.session.execute(
        insert(Voter),
        [
            {"kind": "imported", "import_source_id": source.id, "reference": str(voter), "made": now}
            for voter in voters
        ],
    )


def _store_votes(source: ImportSource, answers: Sequence[Any], now: datetime) -> None:
    proposals, voters = proposals_of(source), voters_of(source)
    before = db.session.execute(text("SELECT coalesce(max(id), 0) FROM vote_events")).scalar_one()
    db.session.execute(
        insert(VoteEvent),
        [
            {
                "voter_id": voters[str(answer.voter)],
                "proposal_id": proposals[str(answer.statement)],
                "revision": 1,
                "choice": answer.choice,
                "origin": "imported",
                "at": answer.at or now,
            }
            for answer in answers
        ],
    )
    db.session.execute(_TAKE_NEWEST, {"before": before, "source": source.id})
