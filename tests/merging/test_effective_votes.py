"""One effective vote per person, whatever is voted, merged and undone, in whatever order (invariant 14)."""

import itertools
import random
from collections import defaultdict

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmap.core.db import db
from roadmap.core.errors import Conflict
from roadmap.domain.ballots import CONFLICT, Answer, effective_votes
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.merging.actions import merge_proposals, undo_merge
from roadmap.merging.models import Merge
from roadmap.proposals.models import Proposal
from roadmap.proposals.queries import lineage_of
from roadmap.votes.actions import cast_vote
from roadmap.votes.ballots import CHOICES
from roadmap.votes.models import Vote
from roadmap.votes.queries import recount
from tests.factories import NOW, a_proposal, a_role, an_account, an_edition, the_actor
from tests.votes.counting import effective_of

PEOPLE, PROPOSALS = 3, 5
ALLOWED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
VOTES = st.tuples(
    st.just("vote"),
    st.integers(0, PEOPLE - 1),
    st.integers(0, PROPOSALS - 1),
    st.sampled_from(["agree", "disagree", "pass", "clear"]),
)
MERGES = st.tuples(
    st.just("merge"), st.integers(0, PROPOSALS - 1), st.integers(0, PROPOSALS - 1), st.just("")
)
UNDOS = st.tuples(st.just("undo"), st.integers(0, 9), st.just(0), st.just(""))
DEEDS = st.lists(st.one_of(VOTES, VOTES, VOTES, MERGES, UNDOS), min_size=4, max_size=22)


@pytest.fixture
def world(app: Flask) -> tuple[Edition, Actor, list[Actor]]:
    edition = an_edition()
    facilitator = the_actor(a_role(an_account("Tomé"), Role.FACILITATOR, edition))
    return edition, facilitator, [the_actor(an_account(f"Person {place}")) for place in range(PEOPLE)]


def merged(edition: Edition, facilitator: Actor, lead: Proposal, *sources: Proposal) -> Merge:
    return merge_proposals(
        facilitator, edition, lead.number, [source.number for source in sources],
        title="T", text="t", reason="", now=NOW,
    )  # fmt: skip


def by_the_rule(edition: Edition) -> dict[int, dict[int, int | str | None]]:
    """The effective votes on every lead by the rule alone, from answers and edges."""
    lineage = lineage_of(edition)
    answers: dict[int, dict[int, Answer]] = defaultdict(dict)
    for vote in db.session.query(Vote):
        answers[vote.voter_id][vote.proposal_id] = Answer(vote.choice, vote.sequence)
    found: dict[int, dict[int, int | str | None]] = {lead: {} for lead in lineage.leads()}
    for voter, own in answers.items():
        for lead, vote in effective_votes(lineage, own).items():
            if lead in found:
                found[lead][voter] = "conflict" if vote.outcome is CONFLICT else vote.counted
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=ALLOWED)
@given(deeds=DEEDS)
def test_what_is_kept_is_what_the_rule_says(
    world: tuple[Edition, Actor, list[Actor]], deeds: list[tuple[str, int, int, str]]
) -> None:
    edition, facilitator, people = world
    proposals = [a_proposal(edition) for _ in range(PROPOSALS)]
    merges: list[Merge] = []
    for deed, first, second, choice in deeds:
        try:
            if deed == "vote":
                cast_vote(people[first], edition, proposals[second].number, choice, now=NOW)
            elif deed == "merge" and first != second:
                merges.append(merged(edition, facilitator, proposals[first], proposals[second]))
            elif deed == "undo" and merges:
                undo_merge(facilitator, merges[first % len(merges)], reason="", now=NOW)
        except Conflict:
            continue
    expected = by_the_rule(edition)
    for proposal in proposals:
        assert effective_of(proposal) == expected.get(proposal.id, {})
        assert (proposal.lead_id or proposal.id) == lineage_of(edition).lead_of(proposal.id)
    assert recount(edition) == []


@settings(max_examples=15, deadline=None, suppress_health_check=ALLOWED)
@given(
    votes=st.lists(
        st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, 3), st.sampled_from(sorted(CHOICES))),
        max_size=10,
    ),
    seed=st.integers(0, 1000),
)
def test_neither_the_order_of_merges_nor_the_lead_changes_a_vote(
    world: tuple[Edition, Actor, list[Actor]], votes: list[tuple[int, int, str]], seed: int
) -> None:
    edition, facilitator, people = world
    outcomes = []
    for way in range(3):
        proposals = [a_proposal(edition) for _ in range(4)]
        for person, proposal, choice in votes:
            cast_vote(people[person], edition, proposals[proposal].number, choice, now=NOW)
        random.Random(seed + way).shuffle(proposals)
        lead, *sources = proposals
        if way == 0:
            merged(edition, facilitator, lead, *sources)
        elif way == 1:
            for source in sources:
                merged(edition, facilitator, lead, source)
        else:
            for above, source in reversed(list(itertools.pairwise(proposals))):  # a chain, from its end
                merged(edition, facilitator, above, source)
        outcomes.append(effective_of(lead))
    assert outcomes[0] == outcomes[1] == outcomes[2]


def test_a_merge_of_many_and_its_undoing(world: tuple[Edition, Actor, list[Actor]]) -> None:
    """C39."""
    edition, facilitator, people = world
    lead = a_proposal(edition)
    same = (
        "edition_id, question_id, {number}, state, title, text, html, links, language, region, author_line,"
        " author_name, author_contact, revision, comment_count, state_reason, state_rule, made, changed"
    )
    copy = "INSERT INTO proposals ({into}) SELECT {values} FROM proposals WHERE id = :id"
    copy = copy.replace("{into}", same.replace("{number}", "number"))
    copy = copy.replace("{values}", same.replace("{number}", "number + :n"))
    db.session.execute(db.text(copy), [{"n": n, "id": lead.id} for n in range(1, 1101)])
    db.session.commit()
    cast_vote(people[0], edition, 700, "agree", now=NOW)
    cast_vote(people[1], edition, 1101, "pass", now=NOW)
    merge = merge_proposals(
        facilitator, edition, lead.number, range(2, 1102), title="T", text="t", reason="", now=NOW
    )
    assert effective_of(lead) == {people[0].voter: 1, people[1].voter: 0}
    undo_merge(facilitator, merge, reason="", now=NOW)
    assert effective_of(lead) == {}
    assert db.session.query(Proposal).filter(Proposal.lead_id.is_not(None)).count() == 0
