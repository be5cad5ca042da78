"""The policy and the lists agree: whoever may open a thing's page finds it listed, and nobody else does either way."""

import itertools

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmap.accounts.models import Account
from roadmap.comments.queries import comments_waiting, facilitates, get_comment, thread_of
from roadmap.core.db import db
from roadmap.core.errors import NotFound
from roadmap.domain.phases import Verb
from roadmap.domain.policy import GUEST, Actor, Role, permits
from roadmap.drafts.queries import drafts_of, get_draft
from roadmap.editions.models import Edition
from roadmap.editions.queries import questions_of
from roadmap.proposals.models import STATES, Proposal
from roadmap.proposals.queries import facts_of, first_ballot, get_proposal, list_of
from roadmap.votes.deck import hand_for
from tests.factories import NOW, a_proposal, a_role, an_account, an_edition, saved, the_actor

PEOPLE = (
    "guest",
    "author",
    "participant",
    "facilitator",
    "translator",
    "organiser",
    "administrator",
    "elsewhere",
)


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def actors(edition: Edition) -> dict[str, Actor]:
    """Somebody of every kind."""
    accounts: dict[str, Account] = {name: an_account(name) for name in PEOPLE[1:]}
    for name in ("facilitator", "translator", "organiser"):
        a_role(accounts[name], Role(name), edition)
    a_role(accounts["administrator"], Role.ADMINISTRATOR, None)
    a_role(accounts["elsewhere"], Role.ORGANISER, an_edition("2027", is_current=False))
    return {"guest": GUEST, **{name: the_actor(account) for name, account in accounts.items()}}


def opens(edition: Edition, number: int, actor: Actor) -> bool:
    """Whether the proposal's own page, and not a stub, opens for this person."""
    try:
        return get_proposal(edition, number, actor).state not in ("hidden", "withdrawn")
    except NotFound:
        return False


def listed(edition: Edition, actor: Actor, order: str) -> set[int]:
    """The numbers that the lists under all questions show to this person."""
    return {
        proposal.number
        for question in questions_of(edition)
        for proposal in list_of(edition, question, actor=actor, order=order, seed="x", now=NOW).items
    }


@given(
    states=st.lists(st.sampled_from(STATES), min_size=1, max_size=6),
    order=st.sampled_from(["fair", "new", "agreed"]),
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_listed_opens_and_what_everybody_may_open_is_listed(
    edition: Edition, actors: dict[str, Actor], states: list[str], order: str
) -> None:
    """For each person and proposal; a waiting one opens for its author and facilitators before it is listed.

    A closed one can be read and is listed no longer."""
    author = db.session.get_one(Account, actors["author"].account)
    made = [a_proposal(edition, author, state=state) for state in states]
    try:
        for name, actor in actors.items():
            shown = listed(edition, actor, order)
            for proposal in made:
                early = proposal.state == "waiting" and (name == "author" or facilitates(actor, edition.id))
                may = opens(edition, proposal.number, actor)
                assert (name, proposal.state, may) == (
                    name,
                    proposal.state,
                    proposal.number in shown or early or proposal.state == "closed",
                )
    finally:
        for proposal in made:
            db.session.execute(db.text("DELETE FROM revisions WHERE proposal_id = :id"), {"id": proposal.id})
            db.session.delete(proposal)
        db.session.commit()


@pytest.mark.parametrize(("name", "state"), list(itertools.product(PEOPLE, STATES)))
def test_home_and_deck_show_only_what_opens_and_can_be_voted_on(
    edition: Edition, actors: dict[str, Actor], name: str, state: str
) -> None:
    proposal = a_proposal(edition, db.session.get_one(Account, actors["author"].account), state=state)
    actor = actors[name]
    hand = hand_for(actor, edition, None, secret="x", language="en", now=NOW)
    may = permits(actor, Verb.VOTE, facts_of(edition, proposal, NOW))
    assert may == (state == "published")
    assert (hand.proposal == proposal.id) == (may and name != "author")
    assert (first_ballot(edition, "en") is not None) == may


@pytest.mark.parametrize(
    ("name", "state"), list(itertools.product(PEOPLE, ("published", "waiting", "hidden", "removed")))
)
def test_a_comment_stands_in_the_thread_for_whoever_finds_it_by_its_address(
    edition: Edition, actors: dict[str, Actor], name: str, state: str
) -> None:
    from roadmap.comments.models import Comment  # thin command

    proposal = a_proposal(edition)
    comment = saved(
        Comment(proposal_id=proposal.id, author_id=actors["author"].account, language="en", text="x", html="x",
                state=state, made=NOW)
    )  # fmt: skip
    try:
        found = get_comment(edition, comment.id, actors[name])[0].id == comment.id
    except NotFound:
        found = False
    shown = [node.comment.id for node in thread_of(edition, proposal, actors[name], page=1).nodes]
    assert (comment.id in shown) == found
    waits = [waiting.id for waiting, _proposal in comments_waiting(edition)]
    assert (comment.id in waits) == (state == "waiting")


@pytest.mark.parametrize(("name", "frozen"), list(itertools.product(PEOPLE, (False, True))))
def test_a_version_is_listed_for_whoever_may_open_it(
    edition: Edition, actors: dict[str, Actor], name: str, frozen: bool
) -> None:
    from roadmap.drafts.models import Draft  # thin command

    draft = saved(
        Draft(edition_id=edition.id, version=1, method="equal-persons", as_of=NOW, made=NOW, document="{}",
              frozen=NOW if frozen else None, fingerprint="x" if frozen else None)
    )  # fmt: skip
    try:
        opened = get_draft(edition, 1, actors[name]).id == draft.id
    except NotFound:
        opened = False
    assert opened == (draft in drafts_of(edition, actors[name]))
    assert opened == (
        frozen or permits(actors[name], Verb.MANAGE, facts_of(edition, Proposal(state="published"), NOW))
    )
