"""What tests of proposals write and how they merge."""

from dataclasses import replace
from typing import Any

from roadmap.core.db import db
from roadmap.editions.models import Edition
from roadmap.merging.models import Merge
from roadmap.proposals.fields import Fields
from roadmap.proposals.models import LineageEdge, Proposal
from tests.factories import NOW, saved

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
    """Put the edges of a merge that is in force, as facilitators' deeds leave them."""
    merge = saved(Merge(edition_id=edition.id, lead_id=lead.id, revision_before=1, revision=1, made=NOW))
    for source in sources:
        db.session.add(
            LineageEdge(merge_id=merge.id, source_id=source.id, lead_id=lead.id, sequence=0, made=NOW)
        )
        source.lead_id = lead.id
    db.session.commit()
