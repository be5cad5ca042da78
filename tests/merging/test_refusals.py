"""What is not merged, and why."""

import pytest
from sqlalchemy import select

from roadmap.core.db import db
from roadmap.core.errors import Closed, Conflict, Invalid, NotFound, Refused
from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition
from roadmap.log.models import LogEntry
from roadmap.merging.actions import merge_proposals
from tests.factories import DAY, NOW, a_proposal, an_account, an_edition, the_actor
from tests.merging.conftest import Merging


def test_only_what_is_new_is_added_to_a_merge(edition: Edition, merge: Merging) -> None:
    lead, first, second = [a_proposal(edition) for _ in range(3)]
    merge(lead, first)
    merge(lead, first, second)
    assert [first.lead_id, second.lead_id] == [lead.id, lead.id]
    entries = db.session.scalars(select(LogEntry).order_by(LogEntry.position))
    assert [entry.facts for entry in entries] == [
        {"lead": lead.number, "sources": [first.number]}, {"lead": lead.number, "sources": [second.number]},
    ]  # fmt: skip


@pytest.mark.parametrize("state", ["hidden", "withdrawn", "waiting"])
def test_only_published_proposals_are_merged(edition: Edition, merge: Merging, state: str) -> None:
    lead, source = a_proposal(edition), a_proposal(edition, state=state)
    with pytest.raises(Conflict):
        merge(lead, source)
    assert source.lead_id is None


def test_what_cannot_be_merged_is_refused(edition: Edition, merge: Merging) -> None:
    lead, source, other = [a_proposal(edition) for _ in range(3)]
    for refused in ([], [lead]):
        with pytest.raises(Invalid):
            merge(lead, *refused)
    merge(lead, source)
    for target, of in ((source, other), (other, source), (source, lead)):
        with pytest.raises(Conflict):
            merge(target, of)


def test_a_merge_stays_in_its_edition(edition: Edition, merge: Merging) -> None:
    elsewhere = a_proposal(an_edition("2027", is_current=False), number=99)
    with pytest.raises(NotFound):
        merge(a_proposal(edition), elsewhere)


def test_only_facilitators_and_organisers_merge(edition: Edition) -> None:
    lead, source = a_proposal(edition), a_proposal(edition)
    with pytest.raises(Refused):
        merge_proposals(
            the_actor(an_account("Ana")), edition, lead.number, [source.number],
            title="T", text="t", reason="", now=NOW,
        )  # fmt: skip


def test_merging_ends_with_its_phases(edition: Edition, facilitator: Actor) -> None:
    lead, source = a_proposal(edition), a_proposal(edition)
    with pytest.raises(Closed):
        merge_proposals(
            facilitator, edition, lead.number, [source.number],
            title="T", text="t", reason="", now=NOW + 61 * DAY,
        )  # fmt: skip


def test_a_wording_that_does_not_fit_is_refused(edition: Edition, merge: Merging) -> None:
    lead, source = a_proposal(edition), a_proposal(edition)
    with pytest.raises(Invalid) as refused:
        merge(lead, source, title="x" * 121)
    assert set(refused.value.errors) == {"title"}
    assert (lead.revision, source.lead_id) == (1, None)
