"""The vote model of the demonstration: facts about the votes themselves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from roadmap.demo.camps import FEWEST_VOTES, MOST_VOTES, Votes, votes
from roadmap.demo.content import load

CONTENT = load()
VOTES = votes(CONTENT)


def votes_each(cast: Votes) -> np.ndarray:
    return np.bincount(cast.person, minlength=len(cast.crowd.camp))


def test_the_same_seed_gives_the_same_votes() -> None:
    again = votes(CONTENT)
    for name in ("person", "proposal", "choice", "minutes", "routed"):
        np.testing.assert_array_equal(getattr(VOTES, name), getattr(again, name))
    for name in ("camp", "stakeholder", "country", "language", "guest", "arrived", "returned"):
        np.testing.assert_array_equal(getattr(VOTES.crowd, name), getattr(again.crowd, name))


def test_another_seed_gives_other_votes() -> None:
    other = votes(CONTENT, seed=7)
    assert not np.array_equal(VOTES.person, other.person)


def test_everybody_gives_seven_to_thirty_votes() -> None:
    given = votes_each(VOTES)
    assert len(given) == 400
    assert FEWEST_VOTES <= given.min() <= given.max() <= MOST_VOTES
    assert given.max() - given.min() >= 15


def test_the_smallest_camp_is_twelve_per_cent_with_and_without_guests() -> None:
    assert np.bincount(VOTES.crowd.camp).tolist() == [208, 144, 48]
    counted = np.bincount(VOTES.crowd.camp[~VOTES.crowd.guest])
    assert counted.min() / counted.sum() == pytest.approx(0.12, abs=0.005)


def test_about_eight_per_cent_are_guests_and_the_share_can_be_chosen() -> None:
    assert int(VOTES.crowd.guest.sum()) == 32
    assert int(votes(CONTENT, guests=0).crowd.guest.sum()) == 0
    assert int(votes(CONTENT, guests=0.5).crowd.guest.sum()) == 200


def test_all_three_answers_and_both_origins_occur() -> None:
    assert np.bincount(VOTES.choice + 1).min() > 500
    assert 0.6 < VOTES.routed.mean() < 0.8


def test_exposure_is_uneven_and_late_proposals_have_few_votes() -> None:
    given = np.bincount(VOTES.proposal, minlength=len(CONTENT.proposals))
    late = np.array([proposal.seen_by is not None for proposal in CONTENT.proposals])
    assert 1 <= given[late].min() <= given[late].max() < 20
    assert given[~late].max() > 2 * given[~late].min()


def test_groups_and_countries_are_of_very_unequal_size() -> None:
    groups = np.bincount(VOTES.crowd.stakeholder, minlength=4)
    assert groups.min() >= 10
    assert groups.max() > 4 * groups.min()
    countries = np.unique(VOTES.crowd.country, return_counts=True)[1]
    assert len(countries) >= 25
    assert countries.max() > 20 * countries.min()
    assert set(VOTES.crowd.language.tolist()) == {"en", "fr", "pt", "es", "ar"}


def test_votes_stand_oldest_first() -> None:
    assert np.all(np.diff(VOTES.minutes) <= 0)


def test_a_merged_proposal_gets_no_vote_after_the_merge() -> None:
    place = {proposal.key: index for index, proposal in enumerate(CONTENT.proposals)}
    for merge in CONTENT.merges:
        for source in merge.sources:
            youngest = VOTES.minutes[VOTES.proposal == place[source]].min()
            assert (youngest > merge.minutes) == (merge.state == "merged")


def test_people_mostly_answer_alike_on_proposals_that_say_the_same() -> None:
    place = {proposal.key: index for index, proposal in enumerate(CONTENT.proposals)}
    same = []
    for merge in CONTENT.merges:
        for source in merge.sources:
            first, second = (
                dict(zip(VOTES.person[rows].tolist(), VOTES.choice[rows].tolist(), strict=True))
                for rows in (VOTES.proposal == place[merge.lead], VOTES.proposal == place[source])
            )
            same += [first[person] == second[person] for person in first.keys() & second.keys()]
    assert len(same) > 30
    assert 0.75 < np.mean(same) < 1


@settings(max_examples=25, deadline=None)
@given(participants=some.integers(1, 900), seed=some.integers(0, 2**32 - 1), guests=some.floats(0, 1))
def test_votes_of_any_crowd_fit_together(participants: int, seed: int, guests: float) -> None:
    cast = votes(CONTENT, participants, seed=seed, guests=guests)
    published = np.array([proposal.minutes for proposal in CONTENT.proposals])
    pairs = cast.person.astype(np.int64) * len(CONTENT.proposals) + cast.proposal
    assert len(np.unique(pairs)) == len(pairs)
    assert cast.minutes.min() >= 1
    assert np.all(cast.minutes < published[cast.proposal])
    assert FEWEST_VOTES <= votes_each(cast).min() <= votes_each(cast).max() <= MOST_VOTES
    assert abs(int(cast.crowd.guest.sum()) - participants * guests) <= 1


def test_no_participants_or_a_share_beyond_one_is_refused() -> None:
    with pytest.raises(ValueError, match="participant"):
        votes(CONTENT, 0)
    with pytest.raises(ValueError, match="share of guests"):
        votes(CONTENT, guests=1.5)
