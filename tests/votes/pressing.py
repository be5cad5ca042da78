"""What tests do in the browser before they look."""

from werkzeug.test import TestResponse

from roadmap.domain.policy import Role
from roadmap.editions.models import Edition
from roadmap.merging.actions import merge_proposals
from roadmap.proposals.models import Proposal
from tests.browsing import Browser
from tests.factories import NOW, a_role, an_account, the_actor

VOTE = "/en/2026/proposals/{}/vote"


def vote(browser: Browser, proposal: Proposal, choice: str, **fields: str) -> TestResponse:
    return browser.post(VOTE.format(proposal.number), {"choice": choice, **fields})


def merged(edition: Edition, lead: Proposal, source: Proposal) -> None:
    facilitator = the_actor(a_role(an_account("Tomé"), Role.FACILITATOR, edition))
    merge_proposals(
        facilitator, edition, lead.number, [source.number], title=lead.title, text="Both.", reason="", now=NOW
    )


def fields_of(browser: Browser, address: str = "/en/2026/vote?question=1") -> dict[str, str]:
    """The hidden fields of the deck's ballot."""
    form = browser.page(address).select_one("form.ballot")
    assert form is not None
    return {str(field["name"]): str(field["value"]) for field in form.select("input[type=hidden]")}


def press(browser: Browser, choice: str) -> TestResponse:
    return browser.post("/en/2026/vote", {**fields_of(browser), "choice": choice})
