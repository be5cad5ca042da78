"""Editions with votes to compile, and the people who may."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, insert, select

from roadmap.accounts.models import Account, Voter
from roadmap.core.db import db
from roadmap.domain.policy import Actor, Role
from roadmap.domain.ranking import ORIGINS, Snapshot
from roadmap.drafts.actions import compile_draft, freeze_draft
from roadmap.drafts.models import Draft
from roadmap.drafts.queries import document_of
from roadmap.drafts.worked_example import BALLOTS, CHOICE
from roadmap.editions.models import Edition
from roadmap.votes.models import Vote, VoteEvent
from tests.factories import DAY, NOW, a_proposal, a_role, an_account, an_edition, the_actor


def voters(count: int) -> list[int]:
    """Ids of imported voters: they count, and nobody stands behind them."""
    made = [Voter(kind="imported", made=NOW - DAY) for _ in range(count)]
    db.session.add_all(made)
    db.session.commit()
    return [voter.id for voter in made]


def cast(rows: list[tuple[int, int, int]], origin: str = "imported") -> None:
    """(voter id, proposal id, choice) as answers given yesterday."""
    if not rows:
        return
    last = db.session.scalar(select(func.max(VoteEvent.id))) or 0
    common = {"origin": origin, "revision": 1}
    events = [
        {"voter_id": voter, "proposal_id": item, "choice": choice, **common, "at": NOW - DAY}
        for voter, item, choice in rows
    ]
    db.session.execute(insert(VoteEvent), events)
    votes = [
        {"voter_id": event.voter_id, "proposal_id": event.proposal_id, "choice": event.choice, **common,
         "pool": "imported", "sequence": event.id}
        for event in db.session.scalars(select(VoteEvent).where(VoteEvent.id > last))
    ]  # fmt: skip
    db.session.execute(insert(Vote), votes)
    db.session.commit()


def an_organiser(edition: Edition, name: str = "Ines") -> Account:
    return a_role(an_account(name), Role.ORGANISER, edition)


def with_ballots(ballots: Mapping[str, str], *, people: int = 10, **fields: Any) -> tuple[Edition, Actor]:
    """Proposals by title with one letter per voter: + agree, - disagree, o pass, blank no vote."""
    edition = an_edition(**fields)
    ids = voters(people)
    for title, letters in ballots.items():
        proposal = a_proposal(edition, title=title)
        cast(
            [
                (voter, proposal.id, CHOICE[letter])
                for voter, letter in zip(ids, letters, strict=False)
                if letter != " "
            ]
        )
    return edition, the_actor(an_organiser(edition))


def by_hand() -> tuple[Edition, Actor]:
    """The worked example of the method page as an edition of its own."""
    return with_ballots({f"Proposal {name}": letters for name, letters in BALLOTS.items()})


def with_texts(*texts: tuple[str, str]) -> tuple[Edition, Actor]:
    """Proposals with these titles and texts in the given order of places: the first is wanted most."""
    edition = an_edition()
    ids = voters(40)
    for at, (title, text) in enumerate(texts):
        proposal = a_proposal(edition, title=title, text=text)
        cast([(voter, proposal.id, 1 if place >= at else -1) for place, voter in enumerate(ids)])
    return edition, the_actor(an_organiser(edition))


def of_snapshot(snapshot: Snapshot, *, slug: str = "2026", **fields: Any) -> tuple[Edition, Actor]:
    """An edition that holds exactly these votes."""
    edition = an_edition(slug, **fields)
    ids = voters(snapshot.people)
    items = [
        a_proposal(edition, number=int(number), question=int(question)).id
        for number, question in zip(snapshot.number, snapshot.question, strict=True)
    ]
    rows = zip(snapshot.person.tolist(), snapshot.item.tolist(), snapshot.choice.tolist(), strict=True)
    cast([(ids[person], items[item], choice) for person, item, choice in rows])
    return edition, the_actor(an_organiser(edition, f"Ines {slug}"))


def with_origins(snapshot: Snapshot, **fields: Any) -> tuple[Edition, Actor]:
    """An edition that holds these votes, each with its own origin."""
    edition, organiser = of_snapshot(snapshot, **fields)
    events = db.session.scalars(select(VoteEvent).order_by(VoteEvent.id)).all()
    for event, origin in zip(events, snapshot.origin.tolist(), strict=True):
        event.origin = ORIGINS[origin]
        db.session.get_one(Vote, (event.voter_id, event.proposal_id)).origin = ORIGINS[origin]
    db.session.commit()
    return edition, organiser


def compiled(edition: Edition, actor: Actor) -> Draft:
    return compile_draft(actor, edition, site="https://forum.example.org", now=NOW)


def frozen(edition: Edition, actor: Actor) -> Draft:
    return freeze_draft(actor, compiled(edition, actor), reason="What is open is known.", now=NOW)


def frozen_document(edition: Edition, actor: Actor) -> dict[str, Any]:
    return document_of(frozen(edition, actor))


def numbers(document: Mapping[str, Any], question: int = 1) -> list[int]:
    """The numbers of the listed items of a question, in order."""
    return [
        item["number"]
        for section in document["sections"]
        if section["question"]["number"] == question
        for item in section["items"]
    ]
