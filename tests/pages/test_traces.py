"""What became of somebody's proposals, comments and votes, as they read it themselves."""

from bs4 import Tag
from flask import Flask

from roadmap.merging.actions import merge_proposals
from roadmap.votes.actions import cast_vote
from tests.browsing import Browser
from tests.drafts.making import an_organiser, cast, frozen, voters
from tests.factories import NOW, a_comment, a_proposal, an_account, an_edition, the_actor

ADDRESS = "/en/me/traces"


def part(browser: Browser, name: str) -> list[Tag]:
    """The entries of one part of the page."""
    return list(browser.page(ADDRESS).select(f"section[aria-labelledby={name}] > ol > li"))


def told(entry: Tag) -> list[str]:
    return [" ".join(line.text.split()) for line in entry.select("h3, p")]


def test_strangers_are_asked_to_sign_in(app: Flask, browser: Browser) -> None:
    an_edition()
    assert browser.get(ADDRESS).status_code == 303


def test_nothing_yet_is_said_in_each_part(app: Flask, browser: Browser) -> None:
    an_edition()
    page = browser.sign_in(an_account("Awa")).page(ADDRESS)
    for sentence in ("not proposed anything", "not commented", "not voted"):
        assert f"You have {sentence} yet." in page.text


def test_before_a_draft_is_frozen_that_is_said(app: Flask, browser: Browser) -> None:
    awa = an_account("Awa")
    a_proposal(an_edition(), awa, title="Pay interpreters")
    [entry] = part(browser.sign_in(awa), "proposals")
    assert told(entry)[1:] == ["Pay interpreters", "No draft of the roadmap is frozen yet."]


def test_a_proposal_in_the_draft_shows_its_places_and_leads_to_the_reasons(
    app: Flask, browser: Browser
) -> None:
    edition, awa = an_edition(), an_account("Awa")
    proposal = a_proposal(edition, awa, title="Pay interpreters")
    cast([(voter, proposal.id, 1) for voter in voters(12)])
    frozen(edition, the_actor(an_organiser(edition)))
    [entry] = part(browser.sign_in(awa), "proposals")
    assert told(entry)[2:] == ["In draft 1 at place 1", "Why it stands there"]
    assert entry.select("a")[-1]["href"] == "/en/2026/roadmap/1/items/1"


def test_a_proposal_without_a_place_shows_the_reason(app: Flask, browser: Browser) -> None:
    edition, awa = an_edition(), an_account("Awa")
    wanted, unwanted = a_proposal(edition), a_proposal(edition, awa)
    ids = voters(12)
    cast([(voter, wanted.id, 1) for voter in ids] + [(voter, unwanted.id, -1) for voter in ids])
    frozen(edition, the_actor(an_organiser(edition)))
    [entry] = part(browser.sign_in(awa), "proposals")
    assert told(entry)[2] == "Without a place in draft 1. No opinion group is more for it than against it."


def test_a_merged_proposal_follows_its_lead_into_the_draft(app: Flask, browser: Browser) -> None:
    edition, awa = an_edition(), an_account("Awa")
    lead, source = a_proposal(edition, title="Pay interpreters"), a_proposal(edition, awa)
    cast([(voter, lead.id, 1) for voter in voters(12)])
    organiser = the_actor(an_organiser(edition))
    merge_proposals(
        organiser, edition, lead.number, [source.number], title=lead.title, text=lead.text,
        reason="They say the same", now=NOW,
    )  # fmt: skip
    frozen(edition, organiser)
    [entry] = part(browser.sign_in(awa), "proposals")
    assert told(entry)[2:4] == ["Merged into No. 1: Pay interpreters", "In draft 1 at place 1"]


def test_a_hidden_proposal_shows_no_title(app: Flask, browser: Browser) -> None:
    awa = an_account("Awa")
    a_proposal(an_edition(), awa, title="Pay interpreters", state="hidden")
    [entry] = part(browser.sign_in(awa), "proposals")
    assert told(entry)[1:] == [
        "Proposal 1",
        "It was hidden by a facilitator; its page gives the rule and the date.",
        "What was decided about your text",
    ]


def test_a_comment_is_traced_through_the_proposal_it_was_written_on(app: Flask, browser: Browser) -> None:
    edition, awa = an_edition(), an_account("Awa")
    comment = a_comment(a_proposal(edition, title="Pay interpreters"), awa, text="It works in our town.")
    [entry] = part(browser.sign_in(awa), "comments")
    assert entry.blockquote is not None and entry.blockquote.text == "It works in our town."
    assert [link["href"] for link in entry.select("a")] == [
        f"/en/2026/comments/{comment.id}",
        "/en/2026/proposals/1-pay-interpreters",
    ]


def test_each_vote_is_traced(app: Flask, browser: Browser) -> None:
    edition, awa = an_edition(), an_account("Awa")
    proposal = a_proposal(edition, title="Pay interpreters")
    cast_vote(the_actor(awa), edition, proposal.number, "agree")
    [entry] = part(browser.sign_in(awa), "votes")
    assert told(entry) == ["Pay interpreters", "No draft of the roadmap is frozen yet."]
