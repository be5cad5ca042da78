"""Our ranking beside packages of the field that do a part of it: `python -m benchmarks.field`, or `ARGS=field`.

Three numbers as arguments ask for another largest size: people, items, votes. Each runs in a process of its own, so
that times and peaks of memory can be told apart, after a small run that loads what it needs. `make test-oracle`
installs the packages. Memory is read as Linux counts it.
"""

from __future__ import annotations

import ctypes
import importlib.util
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.scale import made_up
from roadmap.domain.ranking import Method, Snapshot, rank
from roadmap.domain.ranking.groups import opinion_groups
from roadmap.domain.ranking.proportional import places

REPORT = Path(__file__).parents[1] / "docs" / "ranking-evaluation.md"
HEADING = "## Beside packages of the field"
NEEDED = ("sklearn", "reddwarf", "abcvoting")
SIZES = ((300, 60, 6_000), (2_000, 150, 60_000), (10_000, 300, 400_000))
APPROVED = 10


@dataclass(frozen=True)
class Run:
    """Seconds of one run, and the MiB by which it raised the peak of its process."""

    seconds: float
    peak: float


def by_red_dwarf(snapshot: Snapshot) -> Callable[[], object]:
    """The Polis pipeline: directions, k-means for 2 to 5 groups, statistics of statements; no order, no bands."""
    from reddwarf.implementations import polis  # optional dependency

    votes = [
        {"participant_id": person, "statement_id": item, "vote": choice, "modified": 0}
        for person, item, choice in zip(
            snapshot.person.tolist(), snapshot.item.tolist(), snapshot.choice.tolist(), strict=True
        )
    ]
    return lambda: polis.run_pipeline(votes=votes, random_state=0)


def by_scikit_learn(snapshot: Snapshot) -> Callable[[], object]:
    """The same groups by the package's own parts: sparse directions, k-means and silhouette for 2 to 5 groups."""
    from scipy import sparse  # slow import
    from sklearn.cluster import KMeans  # optional dependency
    from sklearn.decomposition import TruncatedSVD  # optional dependency
    from sklearn.metrics import silhouette_score  # optional dependency

    def work() -> float:
        rows = (snapshot.choice.astype(float), (snapshot.person, snapshot.item))
        matrix = sparse.coo_array(rows, shape=(snapshot.people, snapshot.items)).tocsr()
        points = TruncatedSVD(2, algorithm="arpack", random_state=0).fit_transform(matrix)
        labels = [KMeans(number, n_init=4, random_state=0).fit(points).labels_ for number in range(2, 6)]
        return max(float(silhouette_score(points, each)) for each in labels)

    return work


def by_abcvoting(snapshot: Snapshot) -> Callable[[], object]:
    """The first places by sequential Sainte-Laguë approval voting, every voter a group of their own; no claims."""
    from abcvoting import abcrules  # optional dependency
    from abcvoting.preferences import Profile  # optional dependency

    agreed = _agreed(snapshot)
    profile = Profile(snapshot.items)
    for row in agreed:
        if row.any():
            profile.add_voter(np.flatnonzero(row).tolist())
    size = min(APPROVED, snapshot.items)
    return lambda: abcrules.compute_seqslav(profile, size)


def our_places(snapshot: Snapshot) -> Callable[[], object]:
    """Our order on exactly the same 0/1 claims, one voter a group, all items."""
    claims = _agreed(snapshot).astype(float)
    weights = np.full(len(claims), 1 / len(claims))
    nothing, number = np.zeros(snapshot.items), np.arange(snapshot.items)
    return lambda: places(claims, weights, nothing, number, 2)


def _agreed(snapshot: Snapshot) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    agreed = np.zeros((snapshot.people, snapshot.items), dtype=bool)
    agreed[snapshot.person[snapshot.choice > 0], snapshot.item[snapshot.choice > 0]] = True
    return agreed


WORKS: dict[str, Callable[[Snapshot], Callable[[], object]]] = {
    "whole": lambda snapshot: lambda: rank(snapshot),
    "groups": lambda snapshot: lambda: opinion_groups(snapshot, Method()),
    "places": our_places,
    "red-dwarf": by_red_dwarf,
    "scikit-learn": by_scikit_learn,
    "abcvoting": by_abcvoting,
}
COMPARED = (
    ("whole", "red-dwarf", "our whole ranking: groups, table, order, bands, methods", "red-dwarf, Polis pipeline"),
    ("groups", "scikit-learn", "our opinion groups", "directions, k-means, silhouette of scikit-learn"),
    ("places", "abcvoting", "our order on 0/1 claims, all items", f"first {APPROVED} by abcvoting"),
)  # fmt: skip


def one_run(name: str, size: tuple[int, int, int]) -> Run:
    """Load by a small run, then measure one of the wanted size."""
    warnings.simplefilter("ignore")
    WORKS[name](made_up(*SIZES[0]))()
    work = WORKS[name](made_up(*size))
    ctypes.CDLL(None).malloc_trim(0)  # what was made and dropped before does not hide what the run takes
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
    before = _memory("VmRSS")
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    return Run(seconds, _memory("VmHWM") - before)


def _memory(name: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024


def apart(name: str, size: tuple[int, int, int]) -> Run:
    """`one_run` in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.field", "only", name, *map(str, size)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, peak = done.stdout.splitlines()[-1].split()
    return Run(float(seconds), float(peak))


def section(sizes: Iterable[tuple[int, int, int]]) -> Iterable[str]:
    """The lines of the report: who does what, then a row for each pair and size."""
    yield HEADING
    yield ""
    yield (
        "Made-up votes of three camps; written by `python -m benchmarks.field`. One run of each on one machine, "
        "the ratio is our time divided by theirs. No package does all of it: red-dwarf has neither order nor "
        "bands, scikit-learn only the groups, abcvoting only an order of approvals, in exact fractions. Both that "
        "find groups take the full silhouette, whose work grows with the square of the people; ours takes "
        "distances to centres. Memory: by how much the run raised the peak of its process above what it held."
    )
    yield ""
    yield "| ours | theirs | people × items, votes | time, ours | theirs | ratio | memory, ours | theirs |"
    yield "|---|---|---|---:|---:|---:|---:|---:|"
    for size in sizes:
        for ours, theirs, what, other in COMPARED:
            one, two = apart(ours, size), apart(theirs, size)
            people, items, votes = size
            yield (
                f"| {what} | {other} | {people:,} × {items}, {votes:,} | {one.seconds:.2f} s | {two.seconds:.2f} s "
                f"| {one.seconds / two.seconds:.3f} | {one.peak:.0f} MiB | {two.peak:.0f} MiB |"
            )
    yield ""


def written(report: str, lines: Iterable[str]) -> str:
    """The report with this section in place of an earlier one, at its end."""
    kept = report.split(f"\n{HEADING}\n", maxsplit=1)[0].rstrip("\n")
    return kept + "\n\n" + "\n".join(lines).rstrip("\n") + "\n"


def section_of(report: str) -> list[str]:
    """The lines of this section in a report; none where it has not been written yet."""
    _, heading, rest = report.partition(f"\n{HEADING}\n")
    return [HEADING, *rest.splitlines()] if heading else []


def main(arguments: list[str]) -> None:
    """Print the section, and write it to the end of the report."""
    if arguments and arguments[0] == "only":
        run = one_run(arguments[1], (int(arguments[2]), int(arguments[3]), int(arguments[4])))
        print(f"{run.seconds} {run.peak}")
        return
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        print(
            f"Nothing to compare with: {', '.join(missing)} not installed; `make test-oracle` installs them."
        )
        return
    sizes = list(SIZES)
    if len(arguments) == 3:
        sizes[-1] = (int(arguments[0]), int(arguments[1]), int(arguments[2]))
    lines = []
    for line in section(sizes):
        print(line, flush=True)
        lines.append(line)
    REPORT.write_text(written(REPORT.read_text(encoding="utf-8"), lines), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
