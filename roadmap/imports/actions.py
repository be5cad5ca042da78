"""Storing an imported conversation, portion by portion, so that a stopped import goes on where it was.

`ImportSource.reached` counts, for each kind of thing, how many are stored. Portion and count are written
in one transaction: what is counted is there, what is not counted is not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.orm.attributes import flag_modified

from roadmap.accounts.models import Voter
from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict
from roadmap.core.i18n import LANGUAGES
from roadmap.core.markdown import to_html
from roadmap.core.signals import after_commit, edition_filled
from roadmap.domain.phases import Period, Phase
from roadmap.domain.policy import Actor
from roadmap.editions.actions import add_question, create_edition
from roadmap.editions.models import Edition, GuidingQuestion
from roadmap.editions.queries import find_edition, questions_of
from roadmap.editions.seed_file import EditionPlan, read_seed, seed_slugs
from roadmap.imports.models import ImportSource
from roadmap.imports.polis import Conversation, Statement
from roadmap.imports.queries import find_source, last_number, proposals_of, voters_of
from roadmap.log.actions import record
from roadmap.proposals.models import Proposal, Revision
from roadmap.votes.models import VoteEvent

PLATFORM = "polis"
PORTION = 5_000
REJECTED = "Rejected by the moderators of the conversation that it comes from."

Progress = Callable[[str, int, int], None]
"""Told after each portion: what is being stored, how many of them are, how many there are."""

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


def silent(_kind: str, _done: int, _all: int) -> None:
    """Tell nobody how far it is."""


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
    source = _begin(conversation, edition=edition, question=question, language=language, now=now)
    reached = dict(source.reached)
    parts: list[tuple[str, Sequence[Any], Callable[..., None]]] = [
        ("proposals", conversation.statements, _store_proposals),
        ("voters", conversation.voters, _store_voters),
        ("votes", conversation.answers, _store_votes),
    ]
    for kind, things, store in parts:
        begun = reached.get(kind, 0)
        progress(kind, begun, len(things))
        for start in range(begun, len(things), PORTION):
            portion = things[start : start + PORTION]
            _one_portion(source.id, kind, start, portion, store, now=now)
            progress(kind, start + len(portion), len(things))
    fresh = source.finished is None
    if fresh:
        _finish(actor, source.id, conversation, now=now)
    return Imported(
        fresh=fresh,
        resumed=fresh and reached.get("proposals", 0) > 0,
        proposals=len(conversation.statements),
        hidden=sum(statement.rejected for statement in conversation.statements),
        voters=len(conversation.voters),
        votes=len({(answer.voter, answer.statement) for answer in conversation.answers}),
    )


@use_case
def _begin(
    conversation: Conversation, *, edition: str, question: int, language: str, now: datetime
) -> ImportSource:
    into = find_edition(edition) or create_edition(
        plan_of(edition, conversation.topic, language, now), now=now
    )
    asked = _question(into, question, conversation.topic, language)
    source = find_source(into.id, PLATFORM, conversation.digest)
    sign = conversation.agree_sign
    if source is None:
        source = ImportSource(
            edition_id=into.id,
            question_id=asked.id,
            platform=PLATFORM,
            name=conversation.name,
            digest=conversation.digest,
            reached={"language": language, "sign": sign},
            made=now,
        )
        db.session.add(source)
        db.session.flush()
        return source
    if source.question_id != asked.id:
        raise Conflict("This conversation was imported into the edition under another question.")
    if (source.reached.get("language"), source.reached.get("sign")) != (language, sign):
        raise Conflict(
            "This conversation was imported before with another sign or language; nothing changed."
        )
    return source


def plan_of(slug: str, topic: str, language: str, now: datetime) -> EditionPlan:
    """The seed edition of that name, else a plain one in which people can propose, vote and draft from now on."""
    if slug in seed_slugs():
        return read_seed(slug)
    title = {language: topic} if topic else {"en": slug}
    return EditionPlan(
        slug=slug,
        title=title,
        languages=list(LANGUAGES),
        time_zone="UTC",
        periods=[Period(phase, now) for phase in (Phase.PROPOSING, Phase.VOTING, Phase.DRAFTING)],
        questions=[],
    )


def _question(edition: Edition, number: int, topic: str, language: str) -> GuidingQuestion:
    found = next((asked for asked in questions_of(edition) if asked.number == number), None)
    return found or add_question(
        edition, number, {language: topic} if topic else {"en": f"Question {number}"}
    )


@use_case
def _one_portion(
    source_id: int,
    kind: str,
    start: int,
    portion: Sequence[Any],
    store: Callable[..., None],
    *,
    now: datetime,
) -> None:
    source = db.session.get_one(ImportSource, source_id)
    if source.reached.get(kind, 0) != start:
        raise Conflict("Another import of this conversation is running.")
    store(source, portion, now)
    source.reached = {**source.reached, kind: start + len(portion)}
    flag_modified(source, "reached")


def _store_proposals(source: ImportSource, statements: Sequence[Statement], now: datetime) -> None:
    number = last_number(source.edition_id)
    language = source.reached["language"]
    proposals = [
        _as_proposal(source, statement, number + place, language, now)
        for place, statement in enumerate(statements, 1)
    ]
    db.session.execute(insert(Proposal), proposals)
    ids = proposals_of(source)
    db.session.execute(
        insert(Revision),
        [
            {
                "proposal_id": ids[proposal["origin_id"]],
                "number": 1,
                "kind": "first",
                **{name: proposal[name] for name in ("title", "text", "links", "language", "made")},
            }
            for proposal in proposals
        ],
    )


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


@use_case
def _finish(actor: Actor, source_id: int, conversation: Conversation, *, now: datetime) -> None:
    source = db.session.get_one(ImportSource, source_id)
    source.finished = now
    record(
        actor,
        "import",
        edition_id=source.edition_id,
        role="command",
        now=now,
        facts={
            "platform": source.platform,
            "name": source.name,
            "digest": source.digest,
            "proposals": len(conversation.statements),
            "voters": len(conversation.voters),
        },
    )
    after_commit(edition_filled, edition_id=source.edition_id)
