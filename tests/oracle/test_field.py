"""The benchmark beside packages of the field."""

import pytest

from benchmarks.field import HEADING, WORKS, section_of, written
from benchmarks.scale import made_up
from tests.oracle.packages import package

package("sklearn.cluster")
package("reddwarf.implementations.polis")
package("abcvoting.abcrules")
pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore")]  # those of the packages


@pytest.mark.parametrize("name", WORKS)
def test_each_of_the_compared_runs(name: str) -> None:
    assert WORKS[name](made_up(120, 20, 1_500))() is not None


def test_the_section_takes_the_place_of_an_earlier_one_at_the_end_of_the_report() -> None:
    report = written("# A report\n\nText.\n", [HEADING, "", "first"])
    assert section_of(report) == [HEADING, "", "first"]
    assert written(report, [HEADING, "", "second"]) == f"# A report\n\nText.\n\n{HEADING}\n\nsecond\n"
