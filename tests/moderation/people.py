"""Somebody wrote something, somebody minds, and two people decide."""

from roadmap.comments.models import Comment
from roadmap.domain.policy import GUEST, Actor, Role
from roadmap.editions.models import Edition
from roadmap.moderation import actions
from roadmap.moderation.models import Decision
from roadmap.moderation.things import Thing
from roadmap.proposals.models import Proposal
from tests.factories import NOW, a_comment, a_proposal, a_role, an_account, an_edition, the_actor


class People:
    """An edition with a proposal by Awa, a comment by Bo under it, and two facilitators."""

    def __init__(self) -> None:
        self.edition: Edition = an_edition()
        self.awa, self.bo = an_account("Awa"), an_account("Bo")
        self.rita = the_actor(a_role(an_account("Rita"), Role.FACILITATOR, self.edition))
        self.omar = the_actor(a_role(an_account("Omar"), Role.FACILITATOR, self.edition))
        self.proposal: Proposal = a_proposal(self.edition, self.awa, comment_count=1)
        self.comment: Comment = a_comment(self.proposal, self.bo, text="Nonsense.")

    @property
    def thing(self) -> Thing:
        return Thing(self.proposal, self.comment)

    def report(self, who: Actor = GUEST, **fields: str) -> None:
        given = {"rule": "1", "reason": "An insult", "client": "192.0.2.1", **fields}
        actions.report(who, self.edition, self.thing, now=NOW, **given)

    def decide(self, who: Actor, outcome: str = "hide", **fields: str) -> Decision:
        given = {"rule": "1", "sentence": "Please keep to the matter.", **fields}
        return actions.decide(who, self.edition, self.thing, outcome=outcome, now=NOW, **given)
