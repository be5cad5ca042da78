"""What a compile that ignored its input could not do."""

from dataclasses import replace

import numpy as np
from flask import Flask

from roadmap.domain.ranking import Snapshot
from roadmap.drafts.reading import all_items
from tests.domain.ranking.examples import drawn
from tests.drafts.making import frozen_document, numbers, of_snapshot


def shuffled(snapshot: Snapshot, seed: int) -> Snapshot:
    """Each item's answers dealt out anew among the people who gave them."""
    chance = np.random.default_rng(seed)
    choice = snapshot.choice.copy()
    for item in range(snapshot.items):
        rows = np.flatnonzero(snapshot.item == item)
        choice[rows] = chance.permutation(choice[rows])
    return replace(snapshot, choice=choice)


def test_shuffling_each_items_votes_keeps_its_tally_and_changes_groups_and_order(app: Flask) -> None:
    votes = drawn(5, 160, 24, answers=16, camps=3)
    real = frozen_document(*of_snapshot(votes))
    dealt = frozen_document(*of_snapshot(shuffled(votes, 1), slug="dealt", is_current=False))
    assert [item["tally"] for _, item in all_items_by_number(dealt)] == [
        item["tally"] for _, item in all_items_by_number(real)
    ]
    assert dealt["groups"] != real["groups"]
    assert numbers(dealt) != numbers(real)


def test_where_everybody_disagrees_no_item_is_ranked(app: Flask) -> None:
    votes = drawn(5, 60, 12, answers=10)
    against = replace(votes, choice=np.full_like(votes.choice, -1))
    document = frozen_document(*of_snapshot(against))
    assert numbers(document) == []
    assert {item["reason"] for item in document["sections"][0]["not_listed"]} == {"no-group-in-favour"}


def all_items_by_number(document: dict) -> list:
    return sorted(all_items(document), key=lambda pair: pair[1]["number"])
