"""The text that a report or a decision is about: a proposal, or a comment on one."""

from dataclasses import dataclass

from roadmap.comments.models import Comment
from roadmap.proposals.models import Proposal


@dataclass(frozen=True)
class Thing:
    """A proposal (`comment` None), or a comment with the proposal it was written on."""

    proposal: Proposal
    comment: Comment | None = None

    @property
    def text(self) -> Proposal | Comment:
        return self.comment or self.proposal

    @property
    def kind(self) -> str:
        return "comments" if self.comment else "proposals"

    @property
    def number(self) -> int:
        """The proposal's public number, or the comment's id."""
        return self.comment.id if self.comment else self.proposal.number

    @property
    def wording(self) -> str:
        """Names its words as they are now: others have another name."""
        return self.comment.wording if self.comment else str(self.proposal.revision)

    @property
    def keys(self) -> dict[str, int]:
        """The foreign key that points at it."""
        return {"comment_id": self.comment.id} if self.comment else {"proposal_id": self.proposal.id}
