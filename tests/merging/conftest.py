"""An edition with a facilitator who merges in it."""

from collections.abc import Callable

import pytest
from flask import Flask

from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.merging.actions import merge_proposals
from roadmap.merging.models import Merge
from roadmap.proposals.models import Proposal
from roadmap.votes.queries import ballots_of
from tests.factories import NOW, a_role, an_account, an_edition, the_actor

C04 = """person,vote_on_A,vote_on_B,vote_on_C,effective_on_A,asked_again
p01,agree,disagree,,none,yes
p02,,agree,agree,agree,no
p03,,agree,disagree,none,yes
p04,,pass,agree,agree,no
p05,,pass,,pass,no
p06,pass,agree,,agree,no
p07,pass,agree,disagree,none,yes
p08,disagree,agree,agree,none,yes
p09,,,disagree,disagree,no
p10,pass,,,pass,no
"""
Merging = Callable[..., Merge]


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def facilitator(edition: Edition) -> Actor:
    return the_actor(a_role(an_account("Tomé"), Role.FACILITATOR, edition))


@pytest.fixture
def merge(edition: Edition, facilitator: Actor) -> Merging:
    def make(lead: Proposal, *sources: Proposal, **given: str) -> Merge:
        wording = {"title": "One sentence for both", "text": "Both say so.", "reason": "The same.", **given}
        return merge_proposals(
            facilitator, edition, lead.number, [each.number for each in sources], now=NOW, **wording
        )

    return make


def choice_on(edition: Edition, actor: Actor, proposal: Proposal) -> tuple[str, bool]:
    ballot = ballots_of([proposal], actor, edition, NOW)[proposal.id]
    return ballot.choice, ballot.asked_again
