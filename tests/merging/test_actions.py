"""Merging and undoing: everybody counts once, and nothing is lost."""

import csv
import io

import pytest
from sqlalchemy import select

from roadmap.core.db import db
from roadmap.core.errors import Conflict
from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition
from roadmap.merging.actions import undo_merge
from roadmap.proposals.models import Proposal, Revision
from roadmap.votes.actions import cast_vote
from tests.factories import NOW, a_proposal, an_account, the_actor
from tests.merging.conftest import C04, Merging, choice_on
from tests.votes.counting import effective_of, effective_tallies, tallies

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
