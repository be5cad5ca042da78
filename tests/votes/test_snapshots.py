"""The arrays for the ranking: who counts, what counts, and how it stood at a moment."""

from datetime import timedelta

import pytest
from flask import Flask

from roadmap.accounts.models import Account, Declaration
from roadmap.core.db import db
from roadmap.domain.policy import GUEST, Actor, Role
from roadmap.domain.ranking import ORIGINS, STAKEHOLDERS, Snapshot
from roadmap.editions.models import Edition
from roadmap.merging.actions import merge_proposals, undo_merge
from roadmap.votes import placed
from roadmap.votes.actions import cast_vote, claim
from roadmap.votes.queries import apart_of, snapshot
from tests.factories import NOW, a_proposal, a_role, an_account, an_edition, saved, the_actor, the_voter

HOUR = timedelta(hours=1)
LATER = NOW + 1000 * HOUR


@pytest.fixture(autouse=True, params=["read", "kept"])
def keeping(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of these holds for votes from the database as for votes from files."""
    if request.param == "kept":
        monkeypatch.setattr(placed, "WORTH_KEEPING", 0)


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def facilitator(edition: Edition) -> Actor:
    return the_actor(a_role(an_account("Tomé"), Role.FACILITATOR, edition))


def rows(taken: Snapshot) -> list[tuple[int, int, int, str]]:
    """(person, number of the proposal, choice, origin), sorted."""
    return sorted(
        (int(person), int(taken.number[item]), int(choice), ORIGINS[origin])
        for person, item, choice, origin in zip(
            taken.person, taken.item, taken.choice, taken.origin, strict=True
        )
    )


def both_ways(edition: Edition) -> list[tuple[int, int, int, str]]:
    """The votes as kept, having made sure that the events come to the same."""
    kept = rows(snapshot(edition))
    assert kept == rows(snapshot(edition)) == rows(snapshot(edition, as_of=LATER))
    return kept


def test_an_edition_without_votes_has_its_items(edition: Edition) -> None:
    a_proposal(edition)
    a_proposal(edition, question=2)
    for taken in (snapshot(edition), snapshot(edition, as_of=LATER)):
        assert (taken.number.tolist(), taken.question.tolist(), taken.people, taken.votes) == (
            [1, 2],
            [1, 2],
            0,
            0,
        )


def test_an_edition_without_proposals_is_empty(edition: Edition) -> None:
    assert snapshot(edition).items == snapshot(edition, as_of=LATER).items == 0


def test_each_current_answer_is_one_row(edition: Edition) -> None:
    a, b = a_proposal(edition), a_proposal(edition)
    ana, badr = the_actor(an_account("Ana")), the_actor(an_account("Badr"))
    for actor, proposal, choice in (
        (ana, a, "agree"), (ana, a, "disagree"), (ana, b, "pass"), (badr, b, "agree"), (badr, a, "agree"),
        (badr, a, "clear"),
    ):  # fmt: skip
        cast_vote(actor, edition, proposal.number, choice, now=NOW)
    assert both_ways(edition) == [(0, 1, -1, "direct"), (0, 2, 0, "direct"), (1, 2, 1, "direct")]


@pytest.mark.parametrize(("guests_count", "people"), [(False, 0), (True, 1)])
def test_guests_count_only_where_the_organisers_said_so(app: Flask, guests_count: bool, people: int) -> None:
    edition = an_edition(guests_count=guests_count)
    proposal = a_proposal(edition)
    cast_vote(GUEST, edition, proposal.number, "agree", new_key="k" * 64, now=NOW)
    assert len(both_ways(edition)) == people
    shown = {} if guests_count else {proposal.id: 1}
    assert {key: apart["guest"].agree for key, apart in apart_of(edition, [proposal.id]).items()} == shown


def test_suspended_accounts_do_not_count(edition: Edition) -> None:
    vera = the_actor(an_account("Vera", suspended=NOW))
    cast_vote(vera, edition, a_proposal(edition).number, "agree", now=NOW)
    assert both_ways(edition) == []
    assert rows(snapshot(edition, suspended=True)) == [(0, 1, 1, "direct")]


def test_votes_of_some_can_be_left_out(edition: Edition) -> None:
    proposal = a_proposal(edition)
    voters = [the_actor(an_account(name)) for name in ("Ana", "Badr", "Chen")]
    for voter, choice in zip(voters, ("agree", "pass", "disagree"), strict=True):
        cast_vote(voter, edition, proposal.number, choice, now=NOW)
    without = snapshot(edition, without=[voters[1].voter or 0])
    assert (rows(without), without.people) == ([(0, 1, 1, "direct"), (1, 1, -1, "direct")], 2)


@pytest.mark.parametrize("state", ["hidden", "withdrawn", "waiting"])
def test_only_published_proposals_take_part(edition: Edition, state: str) -> None:
    proposal = a_proposal(edition)
    cast_vote(the_actor(an_account("Ana")), edition, proposal.number, "agree", now=NOW)
    assert len(both_ways(edition)) == 1
    proposal.state, proposal.state_at = state, NOW
    db.session.commit()
    assert both_ways(edition) == []
    assert snapshot(edition).items == 0


def test_other_editions_do_not_mix_in(edition: Edition) -> None:
    first = a_proposal(edition)
    other = an_edition("2027", is_current=False)
    elsewhere = a_proposal(other)
    last = a_proposal(edition)
    ana = the_actor(an_account("Ana"))
    cast_vote(ana, edition, first.number, "agree", now=NOW)
    cast_vote(ana, edition, last.number, "disagree", now=NOW)
    cast_vote(ana, other, elsewhere.number, "pass", now=NOW)
    assert both_ways(edition) == [(0, 1, 1, "direct"), (0, 2, -1, "direct")]


def test_sources_take_part_through_their_lead(edition: Edition, facilitator: Actor) -> None:
    lead, source = a_proposal(edition), a_proposal(edition)
    ana, badr, chen = (the_actor(an_account(name)) for name in ("Ana", "Badr", "Chen"))
    cast_vote(ana, edition, source.number, "agree", now=NOW)
    cast_vote(badr, edition, source.number, "agree", now=NOW)
    cast_vote(badr, edition, lead.number, "disagree", now=NOW)
    merge = merge_proposals(
        facilitator, edition, lead.number, [source.number], title="T", text="t", reason="", now=NOW + HOUR
    )
    cast_vote(chen, edition, source.number, "pass", now=NOW + 2 * HOUR)
    assert both_ways(edition) == [(0, 1, 1, "direct"), (1, 1, 0, "direct")]
    undo_merge(facilitator, merge, reason="", now=NOW + 3 * HOUR)
    assert both_ways(edition) == [
        (0, 2, 1, "direct"), (1, 1, -1, "direct"), (1, 2, 1, "direct"), (2, 1, 0, "direct"),
    ]  # fmt: skip
    assert rows(snapshot(edition, as_of=NOW + 2 * HOUR)) == [(0, 1, 1, "direct")]


def test_votes_count_up_to_the_moment(edition: Edition) -> None:
    proposal, ana = a_proposal(edition), the_actor(an_account("Ana"))
    cast_vote(ana, edition, proposal.number, "agree", now=NOW)
    cast_vote(ana, edition, proposal.number, "disagree", now=NOW + HOUR)
    seen = [rows(snapshot(edition, as_of=NOW + hours * HOUR)) for hours in (0, 1, 2)]
    assert seen == [[], [(0, 1, 1, "direct")], [(0, 1, -1, "direct")]]


def test_claimed_votes_count_from_the_claim_on(edition: Edition) -> None:
    proposal, dora = a_proposal(edition), the_actor(an_account("Dora"))
    cast = cast_vote(GUEST, edition, proposal.number, "agree", new_key="k" * 64, now=NOW)
    claim(cast.voter or 0, dora.voter or 0, now=NOW + HOUR)
    assert both_ways(edition) == [(0, 1, 1, "direct")]
    assert rows(snapshot(edition, as_of=NOW + HOUR)) == []


def test_what_was_hidden_later_was_public_before(edition: Edition) -> None:
    proposal = a_proposal(edition)
    cast_vote(the_actor(an_account("Ana")), edition, proposal.number, "agree", now=NOW)
    proposal.state, proposal.state_at = "hidden", NOW + 2 * HOUR
    db.session.commit()
    assert rows(snapshot(edition, as_of=NOW + HOUR)) == [(0, 1, 1, "direct")]


def test_people_stand_where_they_say_once_it_is_confirmed(edition: Edition) -> None:
    proposal = a_proposal(edition)
    declared = {
        "Ana": ("decision-maker", None, "PT"), "Badr": ("decision-maker", NOW, "MA"),
        "Chen": ("civil-society", None, ""), "Dora": ("not-stated", None, "XX"), "Eva": ("public", None, "BR"),
    }  # fmt: skip
    silent = {"Aida": ("civil-society", None, "EG"), "Gil": ("civil-society", None, "ES")}
    people: list[Account] = [an_account(name) for name in ("Aida", *declared, "Finn", "Gil")]
    declared |= silent
    for account in people:
        if account.name not in silent:
            cast_vote(the_actor(account), edition, proposal.number, "agree", now=NOW)
        if account.name in declared:
            group, confirmed, country = declared[account.name]
            saved(
                Declaration(
                    voter_id=the_voter(account).id, edition_id=edition.id, stakeholder_group=group,
                    country=country, confirmed=confirmed, made=NOW,
                )
            )  # fmt: skip
    taken = snapshot(edition)
    assert taken.region is not None
    assert [STAKEHOLDERS[group] for group in taken.stakeholder] == [
        "public", "decision-maker", "civil-society", "public", "public", "public",
    ]  # fmt: skip
    assert taken.region.tolist() == [39, 15, 0, 0, 5, 0]


def test_an_erased_account_leaves_its_vote(edition: Edition) -> None:
    proposal, account = a_proposal(edition), an_account("Ana")
    cast_vote(the_actor(account), edition, proposal.number, "agree", now=NOW)
    voter = the_voter(account)
    voter.account_id = None
    db.session.commit()
    assert both_ways(edition) == [(0, 1, 1, "direct")]
