"""The ranking at full size beside the plain driver that reads the same votes: `python -m benchmarks.scale`.

250,000 people, 2,000 items, 7.5 million votes, made up; three numbers as arguments ask for another size. Each part
runs in a process of its own, so that peaks of memory can be told apart.
"""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import numpy as np

from benchmarks import kept
from roadmap.domain.ranking import ORIGINS, Method, Snapshot, rank, scores
from roadmap.domain.ranking.counting import Count
from roadmap.domain.ranking.groups import opinion_groups
from roadmap.domain.ranking.guard import compare
from roadmap.domain.ranking.placing import place_all

PEOPLE, ITEMS, VOTES, CAMPS, QUESTIONS = 250_000, 2_000, 7_500_000, 3, 4
PLAIN = "SELECT voter_id, proposal_id, choice, origin FROM votes"
PACKED = "SELECT (voter_id << 32) | (proposal_id << 5) | ((choice + 1) << 2) | origin FROM votes"


def made_up(people: int, items: int, votes: int) -> Snapshot:
    """Camps that lean differently on each item; half of the votes were given at random."""
    chance = np.random.default_rng(7)
    keys = np.unique(chance.integers(0, people * items, votes + votes // 20))
    keys = np.sort(chance.permutation(keys)[:votes])
    person, item = keys // items, keys % items
    leaning = chance.normal(0.4, 1.0, size=(CAMPS, items))
    force = leaning[np.minimum(chance.geometric(0.55, people) - 1, CAMPS - 1)[person], item]
    force += chance.normal(size=len(keys))
    return Snapshot(
        person=person.astype(np.int32),
        item=item.astype(np.int32),
        choice=((force > 0.2).astype(np.int8) - (force < -0.2)).astype(np.int8),
        origin=np.where(chance.random(len(keys)) < 1 / 2, ORIGINS.index("routed"), ORIGINS.index("direct")),
        number=np.arange(1, items + 1),
        question=(np.arange(items) % QUESTIONS + 1).astype(np.int16),
        stakeholder=np.full(people, 2, dtype=np.int8),
    )


def write(path: Path, snapshot: Snapshot) -> None:
    """The votes as a table in the shape of the platform's own, on a disk that keeps it in memory."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute(
        "CREATE TABLE votes (voter_id INTEGER, proposal_id INTEGER, choice INTEGER, origin INTEGER, "
        "PRIMARY KEY (voter_id, proposal_id)) WITHOUT ROWID"
    )
    rows = zip(
        (snapshot.person + 1).tolist(),
        (snapshot.item + 1).tolist(),
        snapshot.choice.tolist(),
        snapshot.origin.tolist(),
        strict=True,
    )
    connection.executemany("INSERT INTO votes VALUES (?, ?, ?, ?)", rows)
    connection.commit()
    connection.close()


def read_plainly(path: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """What the driver's own `fetchall` gives, as an array."""
    return np.array(sqlite3.connect(path).execute(PLAIN).fetchall(), dtype=np.int64)


def read_packed(path: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """As the platform reads: one whole number a vote, parted again."""
    rows = sqlite3.connect(path).execute(PACKED)
    packed = np.fromiter(chain.from_iterable(rows), dtype=np.int64)
    return np.stack([packed >> 32, (packed & 0xFFFF_FFFF) >> 5, ((packed >> 2) & 3) - 1, packed & 3])


def _written(folder: Path) -> Snapshot:
    arrays = np.load(folder / "votes.npz")
    return Snapshot(**{name: arrays[name] for name in arrays.files})


def the_snapshot(folder: Path) -> None:
    """The platform's own: all that `snapshot` does, with questions, groups and regions of people."""
    first, again = kept.times(folder, _written(folder))
    print(f"note   from the tables, and kept for the next time: {first:.2f} s")
    print(f"time {again:.4f}")


def the_ranking(folder: Path) -> None:
    """All of it, as a draft is compiled; then part by part."""
    snapshot = _written(folder)
    base = _peak()
    whole = _timed(lambda: rank(snapshot))
    print(f"time {whole:.3f}")
    print(
        f"note   peak of the whole process {_peak():,.0f} MiB, of which the votes and libraries {base:,.0f}"
    )
    method = Method()
    print(f"note   comparison of direct and routed votes {_timed(lambda: compare(snapshot, method)):.2f} s")
    print(f"note   opinion groups {_timed(lambda: opinion_groups(snapshot, method)):.2f} s")
    count = Count.of(snapshot, method)
    rows = scores.voices(count.counted.stakeholder_people, method)
    print(
        f"note   comparison, groups and tallies together {_timed(lambda: Count.of(snapshot, method)):.2f} s"
    )
    print(f"note   table {_timed(lambda: count.table(rows)):.2f} s")
    table, asked = count.table(rows), count.asked()
    print(
        f"note   order and bands of {QUESTIONS} questions {_timed(lambda: place_all(table, asked, method)):.2f} s"
    )
    print(f"note   opinion groups found: {', '.join(str(size) for size in table.people.tolist())}")


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _part(name: str, folder: Path) -> float:
    """Run a part in a process of its own, pass on its notes, hand back its time."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.scale", name, str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    lines = done.stdout.splitlines()
    for line in lines:
        if line.startswith("note"):
            print(line.removeprefix("note "), flush=True)
    return float(next(line.split()[1] for line in lines if line.startswith("time")))


def main(arguments: list[str]) -> None:
    """Make the votes, then time the plain driver and the ranking beside each other."""
    if arguments and arguments[0] in PARTS:
        PARTS[arguments[0]](Path(arguments[1]))
        return
    people, items, votes = (
        (int(each) for each in arguments) if len(arguments) == 3 else (PEOPLE, ITEMS, VOTES)
    )
    with tempfile.TemporaryDirectory(prefix="roadmap-scale-") as name:
        folder = Path(name)
        snapshot = made_up(people, items, votes)
        names = ("person", "item", "choice", "origin", "number", "question", "stakeholder")
        np.savez(folder / "votes.npz", **{each: getattr(snapshot, each) for each in names})
        write(folder / "votes.sqlite3", snapshot)
        print(f"{people:,} people, {items:,} items, {snapshot.votes:,} votes", flush=True)
        del snapshot
        plain = _part("plain", folder)
        print(f"plain driver, fetchall to an array: {plain:.2f} s", flush=True)
        packed = _part("packed", folder)
        print(f"packed, as the platform reads: {packed:.2f} s, {packed / plain:.2f} of plain", flush=True)
        mapped = _part("snapshot", folder)
        times = plain / mapped
        print(
            f"the platform's own snapshot, from its files: {mapped:.3f} s; plain takes {times:.0f} times as long"
        )
        ranking = _part("ranking", folder)
        print(
            f"tallies, groups, table, order, bands, all methods: {ranking:.2f} s, {ranking / plain:.2f} of plain"
        )


def _reading(read: Callable[[Path], object]) -> Callable[[Path], None]:
    def work(folder: Path) -> None:
        print(f"time {_timed(lambda: read(folder / 'votes.sqlite3')):.3f}")
        print(f"note   peak {_peak():,.0f} MiB")

    return work


PARTS: dict[str, Callable[[Path], None]] = {
    "plain": _reading(read_plainly),
    "packed": _reading(read_packed),
    "snapshot": the_snapshot,
    "ranking": the_ranking,
}

if __name__ == "__main__":
    main(sys.argv[1:])
