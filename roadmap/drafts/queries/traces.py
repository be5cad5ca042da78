"""What became of proposals: who speaks for each now, and where it stands in the newest frozen draft."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from roadmap.core.db import db
from roadmap.drafts.models import Draft
from roadmap.drafts.queries import document_of, newest_frozen
from roadmap.drafts.reading import find_item
from roadmap.editions.models import Edition
from roadmap.proposals import queries as proposals
from roadmap.proposals.models import Proposal


@dataclass(frozen=True)
class Trace:
    """A proposal and what became of it.

    `lead` speaks for it where it was merged. `draft` is the newest frozen one, None before there is any;
    `item` and `section` are its lines there, None where the draft does not hold it.
    """

    proposal: Proposal
    edition: Edition
    lead: Proposal | None
    draft: Draft | None
    item: dict[str, Any] | None
    section: dict[str, Any] | None


def traces_of(found: Iterable[Proposal]) -> dict[int, Trace]:
    """The trace of each proposal, by its id. Statements rise with the editions, not with the proposals."""
    by_edition: dict[int, list[Proposal]] = {}
    for proposal in found:
        by_edition.setdefault(proposal.edition_id, []).append(proposal)
    traces: dict[int, Trace] = {}
    for edition in _editions(by_edition):
        traces.update(_in_edition(edition, by_edition[edition.id]))
    return traces


def _in_edition(edition: Edition, found: list[Proposal]) -> dict[int, Trace]:
    lineage = proposals.lineage_of(edition)
    leads = proposals.by_ids(lineage.lead_of(each.id) for each in found if each.lead_id)
    draft = newest_frozen(edition)
    document = document_of(draft) if draft is not None else None
    traces = {}
    for each in found:
        lead = leads.get(lineage.lead_of(each.id)) if each.lead_id else None
        line = find_item(document, (lead or each).number) if document is not None else None
        section, item = line if line is not None else (None, None)
        traces[each.id] = Trace(each, edition, lead, draft, item, section)
    return traces


def _editions(ids: Iterable[int]) -> list[Edition]:
    return list(
        db.session.scalars(select(Edition).where(Edition.id.in_(sorted(ids))).order_by(Edition.id.desc()))
    )
