"""The six named orders (ranking rule 7), each from the printed table alone."""

import numpy as np

from roadmap.domain.ranking.arrays import AGREE, DISAGREE, Floats, Integers
from roadmap.domain.ranking.intervals import wilson_low
from roadmap.domain.ranking.method import PROPORTIONAL, Method
from roadmap.domain.ranking.proportional import TIE, Places, first_in_ties, places
from roadmap.domain.ranking.table import Table


def named_order(name: str, table: Table, rows: Integers, method: Method) -> Integers:
    """Positions in the table of the items in `rows`, ordered by the method called `name`.

    The proportional methods leave out what no group is for; the others order every row.
    """
    if name in PROPORTIONAL:
        return rows[shared_places(table, rows, method).order]
    return by_value(_values(name, table, rows), table, rows)


def shared_places(table: Table, rows: Integers, method: Method) -> Places:
    """The proportional order of these rows; positions count within `rows`."""
    return places(table.claims[:, rows], table.weights, table.support[rows], table.number[rows], method.div)


def by_value(values: Floats, table: Table, rows: Integers) -> Integers:
    """Rows by descending value; within 1e-12 higher support, then lower number."""
    before = first_in_ties(table.support[rows], table.number[rows])
    order = before[np.argsort(-values[before], kind="stable")]
    result: list[int] = []
    while len(order):
        tied = values[order] >= values[order[0]] - TIE
        group = order[tied]
        result += group[first_in_ties(table.support[rows][group], table.number[rows][group])].tolist()
        order = order[~tied]
    return rows[np.array(result, dtype=np.int64)]


def _values(name: str, table: Table, rows: Integers) -> Floats:
    tally = table.tally[:, rows]
    if name == "support":
        return np.asarray(table.support[rows])
    if name == "net-count":
        return np.asarray(tally[AGREE] - tally[DISAGREE], dtype=np.float64)
    if name == "common-ground":
        return np.asarray(table.common_ground[rows])
    if name == "wilson":
        return wilson_low(tally[AGREE], tally.sum(axis=0))
    raise ValueError(f"there is no method {name!r}")
