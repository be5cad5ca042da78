"""What facilitators are shown, and what somebody who is writing is shown."""

import pytest

from roadmap.accounts.models import Account
from roadmap.core.db import db
from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition
from roadmap.merging.actions import merge_proposals
from roadmap.proposals.models import Proposal
from roadmap.proposals.story import relations_of
from roadmap.similarity import encoders, queries
from roadmap.similarity.actions import compare_edition, decide_pair
from tests.factories import NOW, a_proposal, an_edition
from tests.similarity.conftest import DEPOTS, SEAT, SEAT_TOO


def numbers(edition: Edition) -> list[list[int]]:
    return [[each.number for each in group.proposals] for group in queries.groups_of(edition)]


def near(edition: Edition, page: int = 1) -> list[tuple[int, int]]:
    return [(pair.a.number, pair.b.number) for pair in queries.pairs_near_identical(edition, page).items]


def like(edition: Edition, title: str, language: str = "en") -> list[int]:
    return [each.number for each in queries.similar_to(edition, title, "", language)]


def test_a_group_has_its_proposals_and_its_pairs(edition: Edition, alike: list[Proposal]) -> None:
    (group,) = queries.groups_of(edition)
    assert (group.number, group.strongest, [(pair.a.number, pair.b.number) for pair in group.pairs]) == (
        1,
        group.pairs[0].similarity,
        [(1, 2)],
    )


def test_groups_come_strongest_first(edition: Edition, alike: list[Proposal], author: Account) -> None:
    a_proposal(edition, author, title=DEPOTS)
    compare_edition(edition, now=NOW)
    assert numbers(edition) == [[3, 4], [1, 2]]


@pytest.mark.parametrize("state", ["hidden", "withdrawn", "waiting"])
def test_what_is_not_published_is_in_no_group(edition: Edition, alike: list[Proposal], state: str) -> None:
    alike[1].state = state
    db.session.commit()
    assert (numbers(edition), near(edition), like(edition, SEAT_TOO)) == ([], [], [1])


def test_what_is_shown_again_is_in_its_group_again(edition: Edition, alike: list[Proposal]) -> None:
    for state in ("hidden", "published"):
        alike[1].state = state
        db.session.commit()
    assert numbers(edition) == [[1, 2]]


def test_merged_proposals_are_in_no_group(
    edition: Edition, alike: list[Proposal], facilitator: Actor
) -> None:
    merge_proposals(
        facilitator, edition, 1, [2], title="Seats for mutual-aid networks", text="As both say.", reason="Same.", now=NOW
    )  # fmt: skip
    assert numbers(edition) == []


def test_a_decided_pair_is_in_no_group(edition: Edition, alike: list[Proposal], facilitator: Actor) -> None:
    decide_pair(facilitator, edition, 1, 2, decision="related", now=NOW)
    assert (numbers(edition), near(edition)) == ([], [])


def test_a_proposal_is_in_one_group_named_by_the_smallest_number(
    edition: Edition, alike: list[Proposal]
) -> None:
    group_of = {each.number: group.number for group in queries.groups_of(edition) for each in group.proposals}
    assert [group_of.get(number) for number in (1, 2, 3)] == [1, 1, None]


def test_pairs_that_are_all_but_identical_come_ten_a_page(edition: Edition, author: Account) -> None:
    for place in range(12):
        for _copy in range(2):
            a_proposal(edition, author, title=f"{chr(97 + place) * 12} {chr(98 + place) * 9}")
    compare_edition(edition, now=NOW)
    pages = [queries.pairs_near_identical(edition, page) for page in (1, 2)]
    assert [(len(page.items), page.total, page.pages) for page in pages] == [(10, 12, 2), (2, 12, 2)]


def test_identical_texts_under_two_questions_are_for_the_workbench(edition: Edition, author: Account) -> None:
    for question in (1, 2):
        a_proposal(edition, author, title=SEAT, question=question)
    compare_edition(edition, now=NOW)
    assert (near(edition), numbers(edition)) == ([], [[1, 2]])


def test_related_ones_are_told_of_on_both_sides(
    edition: Edition, alike: list[Proposal], facilitator: Actor
) -> None:
    decide_pair(facilitator, edition, 2, 3, decision="related", now=NOW)
    found = [[each.number for each in relations_of(proposal).related] for proposal in alike]
    assert found == [[], [3], [2]]


def test_a_hidden_one_is_related_to_nothing_that_readers_see(
    edition: Edition, alike: list[Proposal], facilitator: Actor
) -> None:
    decide_pair(facilitator, edition, 2, 3, decision="related", now=NOW)
    alike[2].state = "hidden"
    db.session.commit()
    assert relations_of(alike[1]).related == ()


def test_pairs_among_chosen_ones_come_with_their_decisions(
    edition: Edition, alike: list[Proposal], facilitator: Actor
) -> None:
    decide_pair(facilitator, edition, 1, 3, decision="different", now=NOW)
    found = queries.pairs_among(edition, [1, 2, 3])
    assert [(pair.a.number, pair.b.number, pair.decision) for pair in found] == [
        (1, 2, None),
        (1, 3, "different"),
    ]


def test_it_is_known_when_was_last_compared(edition: Edition, alike: list[Proposal]) -> None:
    never = queries.last_compared(an_edition("2027", is_current=False))
    assert (queries.last_compared(edition), never) == (NOW, None)


def test_similar_titles_are_found_in_any_word_order(edition: Edition, alike: list[Proposal]) -> None:
    assert like(edition, "At the table a seat give mutual-aid networks") == [1, 2]


def test_the_hint_knows_what_was_published_a_moment_ago(edition: Edition, author: Account) -> None:
    nothing = like(edition, SEAT)
    a_proposal(edition, author, title=SEAT)
    assert (nothing, like(edition, SEAT)) == ([], [1])


def test_the_hint_follows_a_changed_title(edition: Edition, alike: list[Proposal]) -> None:
    like(edition, SEAT)
    alike[1].title, alike[1].revision = "Plant trees along the tramway", 2
    db.session.commit()
    assert like(edition, SEAT_TOO) == [1]


def test_the_hint_names_the_lead_instead_of_what_was_merged(
    edition: Edition, alike: list[Proposal], facilitator: Actor
) -> None:
    merge_proposals(
        facilitator, edition, 1, [2], title="Let them decide", text="As both say.", reason="Same.", now=NOW
    )
    assert like(edition, SEAT_TOO) == [1]


def test_a_hidden_lead_is_not_named(edition: Edition, alike: list[Proposal], facilitator: Actor) -> None:
    merge_proposals(
        facilitator, edition, 1, [2], title="Let them decide", text="As both say.", reason="Same.", now=NOW
    )
    alike[0].state = "hidden"
    db.session.commit()
    assert like(edition, SEAT_TOO) == []


def test_no_more_are_named_than_asked_for(edition: Edition, author: Account) -> None:
    for _copy in range(5):
        a_proposal(edition, author, title=SEAT)
    assert like(edition, SEAT) == [1, 2, 3]


@pytest.mark.parametrize("title", ["", "Seat", "؟ !", "—"])
def test_a_word_alone_is_like_nothing(edition: Edition, alike: list[Proposal], title: str) -> None:
    assert like(edition, title) == []


def test_the_hint_reads_other_languages_by_meaning(
    meaning: encoders.Encoder, edition: Edition, author: Account
) -> None:
    a_proposal(edition, author, title="Open the bus depots at night so that people can sleep there")
    compare_edition(edition, now=NOW)
    title = "Ouvrir les dépôts de bus la nuit pour que des gens puissent y dormir"
    assert like(edition, title, "fr") == [1]


def test_the_hint_does_not_wait_for_what_is_not_compared_yet(
    meaning: encoders.Encoder, edition: Edition, author: Account
) -> None:
    a_proposal(edition, author, title=SEAT)
    assert like(edition, SEAT_TOO) == [1]
