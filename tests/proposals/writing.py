"""What tests of proposals write and how they merge."""

from dataclasses import replace
from typing import Any

from roadmap.domain.policy import Role
from roadmap.editions.models import Edition
from roadmap.merging.actions import merge_proposals
from roadmap.proposals.fields import Fields
from roadmap.proposals.models import Proposal
from tests.factories import NOW, a_role, an_account, the_actor

WRITTEN = Fields(
    question=1,
    title="Open the archives",
    text="We ask for a seat.\n\nIt lasts one year.",
    language="en",
    author_name="Awa",
    charter=True,
)


def written(**changes: Any) -> Fields:
    """A proposal that lacks nothing, with these changes."""
    return replace(WRITTEN, **changes)


def filled(**changes: Any) -> dict[str, Any]:
    """The same as the fields of the form."""
    return {
        "question": "1",
        "title": WRITTEN.title,
        "text": WRITTEN.text,
        "language": "en",
        "region": "",
        "links": "",
        "author_line": "name",
        "author_name": "Awa",
        "author_contact": "",
        "charter": "y",
        **changes,
    }


def merged(edition: Edition, lead: Proposal, *sources: Proposal) -> None:
    """Merge as a facilitator does, the lead keeping its words."""
    tome = a_role(an_account("Merging", email=f"merging-{lead.id}@example.org"), Role.FACILITATOR, edition)
    merge_proposals(
        the_actor(tome), edition, lead.number, [source.number for source in sources],
        title=lead.title, text=lead.text, reason="They say the same", now=NOW,
    )  # fmt: skip
