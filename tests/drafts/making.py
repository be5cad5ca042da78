"""An edition with votes to compile, and the people who may."""

from roadmap.accounts.models import Account, Voter
from roadmap.core.db import db
from roadmap.domain.policy import Actor, Role
from roadmap.drafts.actions import compile_draft, freeze_draft
from roadmap.drafts.models import Draft
from roadmap.editions.models import Edition
from roadmap.proposals.models import Proposal
from roadmap.votes.models import Vote, VoteEvent
from tests.domain.ranking.examples import CHOICE
from tests.factories import DAY, NOW, a_proposal, a_role, an_account, an_edition, the_actor

HAND = {"a": "++++++++-o", "b": "+++++++---", "c": "+++oo", "d": "++--------"}


def voters(count: int) -> list[Voter]:
    """Imported voters: they count, and nobody stands behind them."""
    made = [Voter(kind="imported", made=NOW - DAY) for _ in range(count)]
    db.session.add_all(made)
    db.session.commit()
    return made


def vote(people: list[Voter], proposal: Proposal, letters: str) -> None:
    """One letter per voter: + agree, - disagree, o pass, blank no vote."""
    for person, letter in zip(people, letters, strict=False):
        if letter == " ":
            continue
        event = VoteEvent(
            voter_id=person.id, proposal_id=proposal.id, revision=1, choice=CHOICE[letter],
            origin="imported", at=NOW - DAY,
        )  # fmt: skip
        db.session.add(event)
        db.session.flush()
        db.session.add(
            Vote(
                voter_id=person.id, proposal_id=proposal.id, pool="imported", choice=CHOICE[letter],
                origin="imported", revision=1, sequence=event.id,
            )
        )  # fmt: skip
    db.session.commit()


def an_organiser(edition: Edition, name: str = "Ines") -> Account:
    return a_role(an_account(name), Role.ORGANISER, edition)


def by_hand() -> tuple[Edition, Actor]:
    """The worked example of the method page as an edition of its own."""
    edition = an_edition()
    people = voters(10)
    for name, letters in HAND.items():
        vote(people, a_proposal(edition, title=f"Proposal {name}"), letters)
    return edition, the_actor(an_organiser(edition))


def compiled(edition: Edition, actor: Actor) -> Draft:
    return compile_draft(actor, edition, now=NOW)


def frozen(edition: Edition, actor: Actor) -> Draft:
    return freeze_draft(actor, compiled(edition, actor), now=NOW)
