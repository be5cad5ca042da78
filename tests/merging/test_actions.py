"""Merging and undoing: everybody counts once, and nothing is lost."""

import csv
import io
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from roadmap.core.db import db
from roadmap.core.errors import Closed, Conflict, Invalid, NotFound, Refused
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.log.models import LogEntry
from roadmap.merging.actions import merge_proposals, undo_merge
from roadmap.merging.models import Merge
from roadmap.proposals.models import Proposal, Revision
from roadmap.votes.actions import cast_vote
from roadmap.votes.queries import ballots_of
from tests.factories import DAY, NOW, a_proposal, a_role, an_account, an_edition, the_actor
from tests.votes.counting import effective_of, effective_tallies, tallies

C04 = """person,vote_on_A,vote_on_B,vote_on_C,effective_on_A,asked_again
p01,agree,disagree,,none,yes
p02,,agree,agree,agree,no
p03,,agree,disagree,none,yes
p04,,pass,agree,agree,no
p05,,pass,,pass,no
p06,pass,agree,,agree,no
p07,pass,agree,disagree,none,yes
p08,disagree,agree,agree,none,yes
p09,,,disagree,disagree,no
p10,pass,,,pass,no
"""
Merging = Callable[..., Merge]


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def facilitator(edition: Edition) -> Actor:
    return the_actor(a_role(an_account("Tomé"), Role.FACILITATOR, edition))


@pytest.fixture
def merge(edition: Edition, facilitator: Actor) -> Merging:
    def make(lead: Proposal, *sources: Proposal, **given: str) -> Merge:
        wording = {"title": "One sentence for both", "text": "Both say so.", "reason": "The same.", **given}
        return merge_proposals(
            facilitator, edition, lead.number, [each.number for each in sources], now=NOW, **wording
        )

    return make


def choice_on(edition: Edition, actor: Actor, proposal: Proposal) -> tuple[str, bool]:
    ballot = ballots_of([proposal], actor, edition, NOW)[proposal.id]
    return ballot.choice, ballot.asked_again


ROWS = [
    # own before, on sources, own after, effective
    (None, ["agree"], None, 1),
    ("disagree", ["agree"], None, "conflict"),
    ("pass", ["agree"], None, 1),
    (None, ["pass", "disagree"], None, -1),
    (None, ["agree", "disagree"], None, "conflict"),
    ("agree", ["agree", "disagree"], "pass", 0),
    (None, ["agree"], "clear", None),
]


@pytest.mark.parametrize(("before", "on_sources", "after", "outcome"), ROWS)
def test_each_row_of_the_rule(
    edition: Edition,
    merge: Merging,
    before: str | None,
    on_sources: list[str],
    after: str | None,
    outcome: int | str | None,
) -> None:
    voter = the_actor(an_account("Ana"))
    lead, *sources = [a_proposal(edition) for _ in range(1 + len(on_sources))]
    if before:
        cast_vote(voter, edition, lead.number, before, now=NOW)
    for source, choice in zip(sources, on_sources, strict=True):
        cast_vote(voter, edition, source.number, choice, now=NOW)
    merge(lead, *sources)
    if after:
        cast_vote(voter, edition, lead.number, after, now=NOW)
    assert effective_of(lead) == {voter.voter: outcome}


@pytest.mark.parametrize(("answer", "outcome"), [("disagree", -1), ("clear", None)])
def test_a_later_source_without_their_vote_changes_nothing(
    edition: Edition, merge: Merging, answer: str, outcome: int | None
) -> None:
    voter = the_actor(an_account("Ana"))
    lead, first, later = [a_proposal(edition) for _ in range(3)]
    cast_vote(voter, edition, first.number, "agree", now=NOW)
    merge(lead, first)
    cast_vote(voter, edition, lead.number, answer, now=NOW)
    merge(lead, later)
    assert effective_of(lead) == {voter.voter: outcome}


def test_an_answer_on_a_lead_that_is_merged_on_counts_as_a_sources(edition: Edition, merge: Merging) -> None:
    voter = the_actor(an_account("Ana"))
    last, lead, source = [a_proposal(edition) for _ in range(3)]
    cast_vote(voter, edition, source.number, "agree", now=NOW)
    merge(lead, source)
    cast_vote(voter, edition, lead.number, "disagree", now=NOW)
    merge(last, lead)
    assert (effective_of(last), effective_of(lead)) == ({voter.voter: -1}, {})
    assert [lead.lead_id, source.lead_id] == [last.id, last.id]


class TestTenPeople:
    """C04: whoever voted on several of the merged proposals."""

    @pytest.fixture
    def voted(self, edition: Edition) -> tuple[list[Proposal], dict[str, Actor], list[dict[str, str]]]:
        proposals = [a_proposal(edition, title=f"Proposal {letter}") for letter in "ABC"]
        rows = list(csv.DictReader(io.StringIO(C04)))
        people = {row["person"]: the_actor(an_account(row["person"])) for row in rows}
        for row in rows:
            for proposal, letter in zip(proposals, "ABC", strict=True):
                if choice := row[f"vote_on_{letter}"]:
                    cast_vote(people[row["person"]], edition, proposal.number, choice, now=NOW)
        return proposals, people, rows

    def test_everybody_has_the_vote_of_the_table(
        self, edition: Edition, merge: Merging, voted: tuple
    ) -> None:  # type: ignore[type-arg]
        (a, b, c), people, rows = voted
        merge(a, b, c)
        seen = {person: choice_on(edition, actor, a) for person, actor in people.items()}
        assert seen == {
            row["person"]: (
                "" if row["effective_on_A"] == "none" else row["effective_on_A"], row["asked_again"] == "yes"
            )
            for row in rows
        }  # fmt: skip

    def test_the_lead_counts_everybody_once(self, merge: Merging, voted: tuple) -> None:  # type: ignore[type-arg]
        (a, b, c), _, _ = voted
        merge(a, b, c)
        assert effective_tallies(a) == {"account": (3, 1, 2, 4)}

    def test_an_answer_ends_the_asking(self, edition: Edition, merge: Merging, voted: tuple) -> None:  # type: ignore[type-arg]
        (a, b, c), people, _ = voted
        merge(a, b, c)
        cast_vote(people["p01"], edition, a.number, "pass", now=NOW)
        assert effective_tallies(a) == {"account": (3, 1, 3, 3)}
        assert choice_on(edition, people["p01"], a) == ("pass", False)

    @pytest.mark.parametrize(("answered", "on_a"), [(True, (0, 1, 4)), (False, (1, 1, 3))])
    def test_undoing_gives_the_sources_what_they_had(
        self,
        edition: Edition,
        merge: Merging,
        facilitator: Actor,
        voted: tuple,  # type: ignore[type-arg]
        answered: bool,
        on_a: tuple[int, int, int],
    ) -> None:
        (a, b, c), people, _ = voted
        merged = merge(a, b, c)
        if answered:
            cast_vote(people["p01"], edition, a.number, "pass", now=NOW)
        undo_merge(facilitator, merged, reason="Not the same after all.", now=NOW)
        assert [tallies(each) for each in (a, b, c)] == [
            {"account": on_a}, {"account": (5, 1, 2)}, {"account": (3, 3, 0)},
        ]  # fmt: skip
        assert effective_tallies(a) == {}
        assert [each.lead_id for each in (a, b, c)] == [None, None, None]
        assert not any(choice_on(edition, person, a)[1] for person in people.values())


def test_a_vote_sent_to_a_source_is_an_answer_on_the_lead(edition: Edition, merge: Merging) -> None:
    """C06."""
    lead, source = a_proposal(edition), a_proposal(edition)
    merge(lead, source)
    cast = cast_vote(the_actor(an_account("Ana")), edition, source.number, "agree", now=NOW)
    assert (cast.number, tallies(lead), tallies(source)) == (lead.number, {"account": (1, 0, 0)}, {})
    assert effective_tallies(lead) == {"account": (1, 0, 0, 0)}


def test_pressing_what_was_carried_leaves_the_tally_as_it_is(edition: Edition, merge: Merging) -> None:
    """C05."""
    chen = the_actor(an_account("Chen"))
    lead, source = a_proposal(edition), a_proposal(edition)
    cast_vote(chen, edition, source.number, "agree", now=NOW)
    merge(lead, source)
    assert choice_on(edition, chen, lead) == ("agree", False)
    cast_vote(chen, edition, lead.number, "agree", now=NOW)
    assert effective_tallies(lead) == {"account": (1, 0, 0, 0)}


def test_the_same_word_again_after_a_merge_is_a_new_answer(edition: Edition, merge: Merging) -> None:
    voter = the_actor(an_account("Ana"))
    lead, source = a_proposal(edition), a_proposal(edition)
    cast_vote(voter, edition, lead.number, "pass", now=NOW)
    cast_vote(voter, edition, source.number, "agree", now=NOW)
    merge(lead, source)
    assert effective_of(lead) == {voter.voter: 1}
    cast_vote(voter, edition, lead.number, "pass", now=NOW)
    assert effective_of(lead) == {voter.voter: 0}


def test_a_carried_vote_keeps_its_origin(edition: Edition, merge: Merging) -> None:
    from roadmap.votes.models import EffectiveVote, Vote  # thin command

    voter = the_actor(an_account("Ana"))
    lead, source = a_proposal(edition), a_proposal(edition)
    cast_vote(voter, edition, source.number, "agree", now=NOW)
    db.session.execute(Vote.__table__.update().values(origin="routed"))
    db.session.commit()
    merge(lead, source)
    assert db.session.scalars(select(EffectiveVote.origin)).all() == ["routed"]


def test_the_lead_takes_the_merged_wording_as_a_revision(edition: Edition, merge: Merging) -> None:
    lead, source = a_proposal(edition), a_proposal(edition)
    merge(lead, source, title="Share it", text="With *all*.")
    assert (lead.title, lead.text, lead.revision) == ("Share it", "With *all*.", 2)
    kinds = db.session.scalars(select(Revision.kind).where(Revision.proposal_id == lead.id))
    assert kinds.all() == ["first", "merged"]


def test_undoing_takes_the_wording_back(edition: Edition, merge: Merging, facilitator: Actor) -> None:
    lead, source = a_proposal(edition, title="As it was"), a_proposal(edition)
    undo_merge(facilitator, merge(lead, source), reason="", now=NOW)
    assert (lead.title, lead.revision) == ("As it was", 3)


def test_undoing_twice_is_a_conflict(edition: Edition, merge: Merging, facilitator: Actor) -> None:
    merged = merge(a_proposal(edition), a_proposal(edition))
    undo_merge(facilitator, merged, reason="", now=NOW)
    with pytest.raises(Conflict):
        undo_merge(facilitator, merged, reason="", now=NOW)


def test_an_undone_merge_can_be_made_again(edition: Edition, merge: Merging, facilitator: Actor) -> None:
    voter = the_actor(an_account("Ana"))
    lead, source = a_proposal(edition), a_proposal(edition)
    cast_vote(voter, edition, source.number, "agree", now=NOW)
    undo_merge(facilitator, merge(lead, source), reason="", now=NOW)
    merge(lead, source)
    assert effective_tallies(lead) == {"account": (1, 0, 0, 0)}


def test_undoing_the_lower_of_two_merges_gives_its_sources_back(
    edition: Edition, merge: Merging, facilitator: Actor
) -> None:
    ana, badr = the_actor(an_account("Ana")), the_actor(an_account("Badr"))
    last, lead, source = [a_proposal(edition) for _ in range(3)]
    cast_vote(ana, edition, source.number, "agree", now=NOW)
    cast_vote(badr, edition, lead.number, "agree", now=NOW)
    lower = merge(lead, source)
    merge(last, lead)
    assert effective_tallies(last) == {"account": (2, 0, 0, 0)}
    undo_merge(facilitator, lower, reason="", now=NOW)
    assert effective_tallies(last) == {"account": (1, 0, 0, 0)}
    assert [lead.lead_id, source.lead_id] == [last.id, None]


def test_merging_the_same_pair_twice_is_once(edition: Edition, merge: Merging) -> None:
    lead, source = a_proposal(edition), a_proposal(edition)
    merge(lead, source)
    with pytest.raises(Conflict):
        merge(lead, source)


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
