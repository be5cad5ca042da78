"""What a merge would do, and that it says what the merge then does."""

from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.ballots import CONFLICT, Answer, effective_votes
from roadmap.domain.lineage import Edge, Lineage
from roadmap.domain.merge_effect import Effect, effect_of

LEAD, SOURCE, OTHER = 1, 2, 3


def test_each_person_is_told_of_once_by_what_happens_to_their_vote() -> None:
    votes = [
        (1, LEAD, 1),
        (2, SOURCE, -1),
        (3, LEAD, 1), (3, SOURCE, 1),
        (4, LEAD, 0), (4, SOURCE, -1),
        (5, LEAD, 1), (5, SOURCE, -1),
        (6, LEAD, None),
        (7, SOURCE, CONFLICT),
    ]  # fmt: skip
    assert effect_of(votes, LEAD) == Effect(
        stay=1, carried=1, once=1, sided=1, asked=2, agree=2, disagree=2, passed=0
    )


def test_nobody_at_all_changes_nothing() -> None:
    assert effect_of([], LEAD) == Effect()


@given(
    st.dictionaries(
        st.integers(1, 6),
        st.dictionaries(
            st.sampled_from((LEAD, SOURCE, OTHER)), st.sampled_from((1, -1, 0, None)), min_size=1
        ),
    )
)
def test_what_is_told_before_is_what_stands_afterwards(people: dict[int, dict[int, int | None]]) -> None:
    told = effect_of(
        ((person, proposal, value) for person, own in people.items() for proposal, value in own.items()), LEAD
    )
    merged = Lineage([Edge(SOURCE, LEAD, 10), Edge(OTHER, LEAD, 10)])
    after = [
        effective_votes(merged, {proposal: Answer(value, place) for place, (proposal, value) in enumerate(own.items())})[LEAD]
        for own in people.values()
    ]  # fmt: skip
    counted = [vote.counted for vote in after]
    assert (told.agree, told.disagree, told.passed, told.asked) == (
        counted.count(1), counted.count(-1), counted.count(0), sum(vote.asked_again for vote in after),
    )  # fmt: skip
    assert told.people == sum(any(value is not None for value in own.values()) for own in people.values())
