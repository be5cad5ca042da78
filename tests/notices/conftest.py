"""An edition with people who wrote and voted, and a facilitator who merges."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask

from roadmap.accounts.models import Account
from roadmap.core.db import db
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.merging.actions import merge_proposals
from roadmap.merging.models import Merge
from roadmap.notices.models import Notice
from roadmap.proposals.models import Proposal
from roadmap.votes.actions import cast_vote
from tests.accounts.people import Visitor
from tests.factories import NOW, a_proposal, a_role, an_account, an_edition, the_actor

Told = Callable[[Account], list[tuple[str, int, bool]]]


@dataclass
class Scene:
    """Ana wrote A; Badr wrote B and C. Chen agrees with B; Dora agrees with A and disagrees with B."""

    edition: Edition
    facilitator: Actor
    people: dict[str, Account]
    proposals: dict[str, Proposal]

    def actor(self, name: str) -> Actor:
        return the_actor(self.people[name])

    def vote(self, name: str, proposal: str, choice: str) -> None:
        cast_vote(self.actor(name), self.edition, self.proposals[proposal].number, choice, now=NOW)

    def merge(self, lead: str = "A", sources: str = "BC") -> Merge:
        return merge_proposals(
            self.facilitator, self.edition, self.proposals[lead].number,
            [self.proposals[each].number for each in sources],
            title="One for all", text="All say so.", reason="The same.", now=NOW,
        )  # fmt: skip

    def told(self, name: str) -> list[tuple[str, int, bool]]:
        """(kind, number of the proposal, whether it is open) of each notice, oldest first."""
        rows = db.session.query(Notice, Proposal).join(Proposal, Proposal.id == Notice.proposal_id)
        own = rows.filter(Notice.account_id == self.people[name].id).order_by(Notice.id)
        return [(notice.kind, proposal.number, notice.settled is None) for notice, proposal in own]

    def newest(self, name: str) -> Notice:
        own = db.session.query(Notice).filter_by(account_id=self.people[name].id)
        found = own.order_by(Notice.id.desc()).first()
        assert found is not None
        return found

    def browser(self, app: Flask, name: str) -> Visitor:
        browser = Visitor(app)
        browser.sign_in(self.people[name])
        return browser


@pytest.fixture
def scene(app: Flask) -> Scene:
    edition = an_edition()
    people = {name: an_account(name) for name in ("Ana", "Badr", "Chen", "Dora")}
    facilitator = the_actor(a_role(an_account("Tomé"), Role.FACILITATOR, edition))
    proposals = {
        name: a_proposal(edition, people[author], title=f"Proposal {name}")
        for name, author in (("A", "Ana"), ("B", "Badr"), ("C", "Badr"))
    }
    made = Scene(edition, facilitator, people, proposals)
    made.vote("Chen", "B", "agree")
    made.vote("Dora", "A", "agree")
    made.vote("Dora", "B", "disagree")
    return made
