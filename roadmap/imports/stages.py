"""What every import does: find or make where it belongs, store portion by portion, say that it is done.

`ImportSource.reached` counts, for each kind of thing, how many are stored. Portion and count are written
in one transaction: what is counted is there, what is not counted is not. So a stopped import goes on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm.attributes import flag_modified

from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict
from roadmap.core.i18n import LANGUAGES
from roadmap.core.signals import after_commit, edition_filled
from roadmap.domain.phases import Period, Phase
from roadmap.domain.policy import Actor
from roadmap.editions.actions import add_question, create_edition
from roadmap.editions.models import Edition, GuidingQuestion
from roadmap.editions.queries import find_edition, questions_of
from roadmap.editions.seed_file import EditionPlan, read_seed, seed_slugs
from roadmap.imports.models import ImportSource
from roadmap.imports.queries import find_source, proposals_of
from roadmap.log.actions import record
from roadmap.proposals.models import Proposal, Revision

Progress = Callable[[str, int, int], None]
"""Told after each portion: what is being stored, how many of them are, how many there are."""
Store = Callable[[ImportSource, Sequence[Any], datetime], None]
"""Stores a portion of things of one kind, inside the transaction that counts them."""


def silent(_kind: str, _done: int, _all: int) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True)
class Brought:
    """What tells one import from another, and the words for a missing edition or question."""

    platform: str
    name: str
    digest: str
    topic: str
    language: str
    choices: Mapping[str, Any]
    """What the command was told besides; another time it has to be told the same."""


@dataclass(frozen=True)
class Kind:
    """Things of one kind in the order of storing, so many in a portion."""

    name: str
    things: Sequence[Any]
    store: Store
    portion: int


def store_kinds(source: ImportSource, kinds: Sequence[Kind], *, now: datetime, progress: Progress) -> None:
    """Store what is not stored yet, kind after kind."""
    reached = dict(source.reached)
    for kind in kinds:
        begun = reached.get(kind.name, 0)
        progress(kind.name, begun, len(kind.things))
        for start in range(begun, len(kind.things), kind.portion):
            portion = kind.things[start : start + kind.portion]
            _one_portion(source.id, kind, start, portion, now=now)
            progress(kind.name, start + len(portion), len(kind.things))


@use_case
def begin(brought: Brought, *, edition: str, question: int, now: datetime) -> ImportSource:
    """The source that is brought in, under its question; both and the edition are made where they are missing.

    Raises Conflict where it stands under another question, or was begun with other choices.
    """
    into = find_edition(edition) or create_edition(
        plan_of(edition, brought.topic, brought.language, now), now=now
    )
    asked = _question(into, question, brought.topic, brought.language)
    source = find_source(into.id, brought.platform, brought.digest)
    if source is None:
        source = ImportSource(
            edition_id=into.id, question_id=asked.id, platform=brought.platform, name=brought.name,
            digest=brought.digest, reached=dict(brought.choices), made=now,
        )  # fmt: skip
        db.session.add(source)
        db.session.flush()
        return source
    if source.question_id != asked.id:
        raise Conflict("This conversation was imported into the edition under another question.")
    if {name: source.reached.get(name) for name in brought.choices} != dict(brought.choices):
        told = " or ".join(sorted(brought.choices, reverse=True))
        raise Conflict(f"This conversation was imported before with another {told}; nothing changed.")
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
def _one_portion(source_id: int, kind: Kind, start: int, portion: Sequence[Any], *, now: datetime) -> None:
    source = db.session.get_one(ImportSource, source_id)
    if source.reached.get(kind.name, 0) != start:
        raise Conflict("Another import of this conversation is running.")
    kind.store(source, portion, now)
    source.reached = {**source.reached, kind.name: start + len(portion)}
    flag_modified(source, "reached")


def insert_proposals(source: ImportSource, rows: list[dict[str, Any]]) -> None:
    """Insert imported proposals, all columns given, with the wording that each begins with."""
    db.session.execute(insert(Proposal), rows)
    ids = proposals_of(source)
    copied = ("title", "text", "links", "language", "made")
    db.session.execute(
        insert(Revision),
        [
            {
                "proposal_id": ids[row["origin_id"]],
                "number": 1,
                "kind": "first",
                **{name: row[name] for name in copied},
            }
            for row in rows
        ],
    )


@use_case
def finish(actor: Actor, source_id: int, counted: Mapping[str, int], *, now: datetime) -> None:
    """Mark the source as whole, write it into the public log, and tell that the edition has new proposals."""
    source = db.session.get_one(ImportSource, source_id)
    source.finished = now
    facts = {"platform": source.platform, "name": source.name, "digest": source.digest, **counted}
    record(actor, "import", edition_id=source.edition_id, role="command", now=now, facts=facts)
    after_commit(edition_filled, edition_id=source.edition_id)
