"""Opinion groups of whole conversations, beside `red-dwarf`, the field's own pipeline."""

import numpy as np
import pytest

from roadmap.domain.ranking import Method, Snapshot
from roadmap.domain.ranking.groups import divided_otherwise, opinion_groups
from tests.domain.ranking.examples import CONVERSATIONS, conversation, drawn
from tests.oracle.packages import package

polis = package("reddwarf.implementations.polis")
metrics = package("sklearn.metrics")
pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


def agreement(snapshot: Snapshot, number: int) -> float:
    """Adjusted Rand index of both divisions into so many groups, over the people whom both divide."""
    votes = [
        {"participant_id": int(person), "statement_id": int(item), "vote": int(choice), "modified": 0}
        for person, item, choice in zip(snapshot.person, snapshot.item, snapshot.choice, strict=True)
    ]
    theirs = polis.run_pipeline(votes=votes, force_group_count=number, random_state=0).participants_df
    divided = theirs[theirs["cluster_id"].notna()]
    ours = divided_otherwise(opinion_groups(snapshot, Method()), number).of_person[divided.index.to_numpy()]
    return float(metrics.adjusted_rand_score(divided["cluster_id"].astype(int), ours))


@pytest.mark.parametrize("seed", range(4))
def test_two_camps_are_divided_alike(seed: int) -> None:
    assert agreement(drawn(seed, 240, 40, answers=25, camps=2), 2) >= 0.9


# Where the camps are less clear the two divide otherwise: the package takes the directions from everybody, the rule
# from people with seven votes; and each ends at a sum of squares of its own.
UNCLEAR = ("15-per-hour-seattle", "bg2050-volunteers")


@pytest.mark.real_data
@pytest.mark.parametrize("name", [name for name in CONVERSATIONS if name not in UNCLEAR])
def test_a_real_conversation_is_divided_alike(name: str) -> None:
    snapshot = conversation(name)
    number = opinion_groups(snapshot, Method()).number
    if number == 1:
        pytest.skip("the rule finds one group")
    assert agreement(snapshot, number) >= 0.85


def test_the_index_tells_chance_from_agreement() -> None:
    chance = np.random.default_rng(3)
    one, other = chance.integers(0, 2, 500), chance.integers(0, 2, 500)
    assert abs(metrics.adjusted_rand_score(one, other)) < 0.05
