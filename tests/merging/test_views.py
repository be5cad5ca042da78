"""The page of origins: what it tells everybody, and what authors can say there."""

import pytest
from flask import Flask

from roadmap.accounts.models import Account
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.merging.actions import Part, merge_proposals, object_to_merge, split_proposal
from roadmap.merging.models import Merge
from roadmap.proposals.models import Proposal
from roadmap.proposals.queries import address_of
from roadmap.proposals.story import split_story
from tests.accounts.people import Visitor
from tests.factories import NOW, a_proposal, a_role, an_account, the_actor
from tests.merging.conftest import Merging


@pytest.fixture
def author(edition: Edition) -> Account:
    return an_account("Sami")


@pytest.fixture
def lead(edition: Edition) -> Proposal:
    return a_proposal(edition, title="Share the ships")


@pytest.fixture
def source(edition: Edition, author: Account) -> Proposal:
    return a_proposal(edition, author, title="Give the ships")


@pytest.fixture
def made(merge: Merging, lead: Proposal, source: Proposal) -> Merge:
    return merge(lead, source)


def signed_in(app: Flask, account: Account) -> Visitor:
    browser = Visitor(app)
    browser.sign_in(account)
    return browser


def origins(proposal: Proposal) -> str:
    return f"/en/2026/proposals/{address_of(proposal)}/origins"


def test_an_author_finds_the_way_to_object_and_others_do_not(
    app: Flask, author: Account, lead: Proposal, made: Merge
) -> None:
    assert "/origins/object" in signed_in(app, author).get(origins(lead)).text
    assert "/origins/object" not in signed_in(app, an_account("Ana")).get(origins(lead)).text
    assert "/origins/object" not in Visitor(app).get(origins(lead)).text


def test_objecting_is_one_press_and_shows_the_reason_to_everybody(
    app: Flask, author: Account, lead: Proposal, source: Proposal, made: Merge
) -> None:
    browser = signed_in(app, author)
    reason = {f"m{made.id}-{source.number}-reason": "It says <more>."}
    answer = browser.press(origins(lead), "Object", **reason)
    assert (answer.status_code, source.lead_id) == (303, None)
    assert "It says &lt;more&gt;." in Visitor(app).get(origins(lead)).text


def test_an_objection_without_a_reason_comes_back_with_the_sentence_at_its_field(
    app: Flask, author: Account, lead: Proposal, source: Proposal, made: Merge
) -> None:
    answer = signed_in(app, author).press(origins(lead), "Object")
    assert answer.status_code == 422
    assert f'id="m{made.id}-{source.number}-reason-error"' in answer.text


def test_accepting_is_said_on_the_page(app: Flask, author: Account, lead: Proposal, made: Merge) -> None:
    browser = signed_in(app, author)
    answer = browser.press(origins(lead), "Accept the merge")
    assert answer.status_code == 303
    assert "You have accepted it." in browser.get(origins(lead)).text


def test_the_answer_to_an_objection_stands_beside_it(
    app: Flask, edition: Edition, author: Account, lead: Proposal, source: Proposal, made: Merge
) -> None:
    object_to_merge(the_actor(author), edition, made, source.number, reason="No.", now=NOW)
    other = the_actor(a_role(an_account("Ugo"), Role.FACILITATOR, edition))
    merge_proposals(
        other, edition, lead.number, [source.number], title="T", text="t", reason="", now=NOW,
        answers_objection="Because the text now holds both.",
    )  # fmt: skip
    assert "Because the text now holds both." in Visitor(app).get(origins(lead)).text


def test_what_was_split_leads_to_its_parts_and_they_lead_back(
    app: Flask, edition: Edition, facilitator: Actor, lead: Proposal
) -> None:
    split_proposal(
        facilitator,
        edition,
        lead.number,
        [Part("First part", "x"), Part("Second part", "y")],
        reason="",
        now=NOW,
    )
    part = split_story(lead).parts[0]
    for page, other in ((lead, part), (part, lead)):
        address = f"/en/2026/proposals/{address_of(page)}"
        assert f"/en/2026/proposals/{address_of(other)}" in Visitor(app).get(address).text
        assert f"/en/2026/proposals/{address_of(other)}" in Visitor(app).get(f"{address}/origins").text


def test_the_proposal_page_leads_to_building_on_it(app: Flask, lead: Proposal) -> None:
    assert f"built_on={lead.number}" in Visitor(app).get(f"/en/2026/proposals/{address_of(lead)}").text
