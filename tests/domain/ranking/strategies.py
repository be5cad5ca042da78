"""Votes of any kind, for property tests."""

from hypothesis import strategies as st

from roadmap.domain.ranking import Snapshot
from tests.domain.ranking.examples import a_snapshot


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """A few people, a few items, two questions, any votes."""
    people, items = draw(st.integers(0, 12)), draw(st.integers(1, 6))
    cells = st.sampled_from([None, 1, -1, 0])
    votes = draw(st.lists(cells, min_size=people * items, max_size=people * items))
    numbers = [5 + 2 * item for item in range(items)]
    rows = [(at // items, numbers[at % items], vote) for at, vote in enumerate(votes) if vote is not None]
    groups = draw(
        st.lists(
            st.sampled_from(["civil-society", "decision-maker", "public"]), min_size=people, max_size=people
        )
    )
    questions = {number: 1 + at % 2 for at, number in enumerate(numbers)}
    return a_snapshot(rows, numbers=numbers, people=people, questions=questions, stakeholders=groups)
