"""Splitting: the original keeps what was given, its parts start empty and come first to its voters."""

from datetime import timedelta

import pytest

from roadmap.core.errors import Conflict, Invalid, Refused
from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition
from roadmap.merging.actions import Part, split_proposal, undo_merge, undo_split
from roadmap.merging.models import Split
from roadmap.proposals import actions as writing
from roadmap.proposals import queries as proposals
from roadmap.proposals.fields import Fields
from roadmap.proposals.models import Proposal
from roadmap.proposals.story import split_story
from roadmap.votes.actions import cast_vote
from roadmap.votes.deck import Hand, hand_for
from roadmap.votes.queries import recount
from tests.factories import NOW, a_proposal, an_account, the_actor, the_question
from tests.merging.conftest import Merging
from tests.votes.counting import tallies

LATER = NOW + timedelta(hours=1)
TWO = [Part("Open the borders", "For everybody who flees."), Part("Fund the ships", "From one budget.")]


def split(facilitator: Actor, edition: Edition, proposal: Proposal) -> Split:
    return split_proposal(facilitator, edition, proposal.number, TWO, reason="Two things.", now=NOW)


def hand(edition: Edition, actor: Actor) -> Hand:
    return hand_for(actor, edition, None, secret="a secret", language="en", now=LATER)


def parts_of(proposal: Proposal) -> tuple[Proposal, ...]:
    return split_story(proposal).parts


def test_parts_have_numbers_of_their_own_and_credit_the_author(edition: Edition, facilitator: Actor) -> None:
    author = an_account("Sami")
    original = a_proposal(edition, author)
    split(facilitator, edition, original)
    made = parts_of(original)
    assert [(part.number, part.title, part.author_id, part.author_name) for part in made] == [
        (2, "Open the borders", author.id, "Sami"), (3, "Fund the ships", author.id, "Sami"),
    ]  # fmt: skip
    assert [part.revision for part in made] == [1, 1]


def test_votes_stay_with_the_original_which_leaves_the_lists(edition: Edition, facilitator: Actor) -> None:
    original = a_proposal(edition)
    voter = the_actor(an_account("Ana"))
    cast_vote(voter, edition, original.number, "agree", now=NOW)
    split(facilitator, edition, original)
    assert (original.state, tallies(original)) == ("closed", {"account": (1, 0, 0)})
    assert [tallies(part) for part in parts_of(original)] == [{}, {}]
    listed = proposals.list_of(edition, the_question(edition), order="new")
    assert sorted(each.number for each in listed.items) == [2, 3]
    with pytest.raises(Conflict, match="no more votes"):
        cast_vote(voter, edition, original.number, "disagree", now=LATER)


def test_its_voters_get_the_parts_first(edition: Edition, facilitator: Actor) -> None:
    others = [a_proposal(edition) for _ in range(8)]
    original = a_proposal(edition)
    voter, stranger = the_actor(an_account("Ana")), the_actor(an_account("Badr"))
    cast_vote(voter, edition, original.number, "disagree", now=NOW)
    cast_vote(stranger, edition, others[0].number, "agree", now=NOW)
    split(facilitator, edition, original)
    first, second = parts_of(original)
    found = hand(edition, voter)
    assert found.proposal == first.id
    assert found.drawn is not None and found.drawn.policy == "takes-up"
    cast_vote(voter, edition, first.number, "agree", now=LATER)
    assert hand(edition, voter).proposal == second.id
    drawn = hand(edition, stranger).drawn
    assert drawn is not None and drawn.policy != "takes-up"


def test_voters_of_a_source_of_the_original_get_them_first_too(
    edition: Edition, facilitator: Actor, merge: Merging
) -> None:
    for _ in range(8):
        a_proposal(edition)
    original, source = a_proposal(edition), a_proposal(edition)
    voter = the_actor(an_account("Ana"))
    cast_vote(voter, edition, source.number, "agree", now=NOW)
    merge(original, source)
    split(facilitator, edition, original)
    assert hand(edition, voter).proposal == parts_of(original)[0].id


def test_what_is_built_on_a_proposal_comes_first_to_its_voters(edition: Edition) -> None:
    for _ in range(8):
        a_proposal(edition)
    older = a_proposal(edition)
    voter, author = the_actor(an_account("Ana")), the_actor(an_account("Sami"))
    cast_vote(voter, edition, older.number, "agree", now=NOW)
    fields = Fields(
        question=1, title="Go further", text="With a date.", language="en", author_name="Sami",
        built_on=(older.number,), charter=True,
    )  # fmt: skip
    newer = writing.publish_proposal(author, edition, fields, nonce="n", now=NOW)
    assert hand(edition, voter).proposal == newer.id


def test_undoing_opens_the_original_as_it_was_and_keeps_the_parts_readable(
    edition: Edition, facilitator: Actor
) -> None:
    original = a_proposal(edition)
    voter = the_actor(an_account("Ana"))
    cast_vote(voter, edition, original.number, "agree", now=NOW)
    before = (original.title, original.text, original.revision)
    made = split(facilitator, edition, original)
    first, second = parts_of(original)
    cast_vote(voter, edition, first.number, "disagree", now=LATER)
    undo_split(facilitator, made, reason="It was one thing.", now=LATER)
    assert (original.state, tallies(original)) == ("published", {"account": (1, 0, 0)})
    assert (original.title, original.text, original.revision) == before
    assert [part.state for part in (first, second)] == ["closed", "closed"]
    assert tallies(first) == {"account": (0, 1, 0)}
    assert recount(edition) == []
    with pytest.raises(Conflict, match="already"):
        undo_split(facilitator, made, reason="", now=LATER)


def test_a_part_that_was_merged_has_to_be_taken_out_first(
    edition: Edition, facilitator: Actor, merge: Merging
) -> None:
    original, lead = a_proposal(edition), a_proposal(edition)
    made = split(facilitator, edition, original)
    joined = merge(lead, parts_of(original)[0])
    with pytest.raises(Conflict, match="part of a merge"):
        undo_split(facilitator, made, reason="", now=LATER)
    undo_merge(facilitator, joined, reason="", now=LATER)
    undo_split(facilitator, made, reason="", now=LATER)
    assert original.state == "published"


def test_a_part_that_was_split_has_to_be_made_whole_first(edition: Edition, facilitator: Actor) -> None:
    original = a_proposal(edition)
    made = split(facilitator, edition, original)
    deeper = split(facilitator, edition, parts_of(original)[0])
    with pytest.raises(Conflict, match="split itself"):
        undo_split(facilitator, made, reason="", now=LATER)
    undo_split(facilitator, deeper, reason="", now=LATER)
    undo_split(facilitator, made, reason="", now=LATER)
    assert original.state == "published"


@pytest.mark.parametrize("parts", [TWO[:1], TWO * 6, [Part("", "x"), *TWO]])
def test_wordings_that_do_not_fit_are_refused(
    edition: Edition, facilitator: Actor, parts: list[Part]
) -> None:
    original = a_proposal(edition)
    with pytest.raises(Invalid):
        split_proposal(facilitator, edition, original.number, parts, reason="", now=NOW)
    assert original.state == "published"


def test_a_source_cannot_be_split_and_a_participant_cannot_split(
    edition: Edition, facilitator: Actor, merge: Merging
) -> None:
    lead, source = a_proposal(edition), a_proposal(edition)
    merge(lead, source)
    with pytest.raises(Conflict, match="merged into another"):
        split(facilitator, edition, source)
    with pytest.raises(Refused):
        split(the_actor(an_account("Ana")), edition, lead)
