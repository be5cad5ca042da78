"""Measure and print."""

import os
import runpy
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.floor import a_bare_site
from benchmarks.pairs import Ratio, requests_to, side_by_side
from benchmarks.world import PROPOSALS, World, a_world
from roadmap.core.db import db
from roadmap.editions.models import Edition
from roadmap.votes.queries import recount, snapshot

PAGE = "/en/2026/questions/1-q-1"
OTHERS = ("scale", "crowd", "routing", "attacks", "evaluation", "field")
CHOICES = [b"choice=agree&look=list", b"choice=disagree&look=list", b"choice=pass&look=list"]


def main() -> None:
    """Every row: what is measured, its share of the bare way's speed, and both times."""
    with tempfile.TemporaryDirectory(prefix="roadmap-bench-") as folder:
        print("Share of the speed of a bare Flask route doing the bare minimum; 1 is as fast.")
        for synchronous in ("normal", "full"):
            world = a_world(Path(folder), synchronous)
            if synchronous == "full":
                print(f"  this disk: {_syncs(Path(folder)):,.0f} fdatasync a second")
            _votes(world, synchronous)
            if synchronous == "normal":
                _pages(world)
                _reading(world)


def _votes(world: World, synchronous: str) -> None:
    bare = a_bare_site(world.path, synchronous, {})
    numbers = range(51, PROPOSALS + 1)
    plain = requests_to(bare, [f"/vote/{number}" for number in numbers], CHOICES, expected=303)
    paths = [f"/en/2026/proposals/{number}/vote" for number in numbers]
    world.app.extensions["vote-pace"] = _Unhurried()
    ours = requests_to(world.app, paths, CHOICES, cookie=f"s={world.token}", expected=303)
    for turn in range(1_200):  # size the write-ahead log first
        ours(turn)
        plain(turn)
    _say(f"vote, SQLite {synchronous}", side_by_side(ours, plain, calls=150))


class _Unhurried:
    """No limit on how fast one voter may vote."""

    def check(self, *_values: object) -> None:
        """Let everybody through."""


def _pages(world: World) -> None:
    for name, cookie in (("no cookie", ""), ("signed in, own votes on 10 of 50", f"s={world.token}")):
        client = world.app.test_client()
        if cookie:
            client.set_cookie("s", world.token)
        body = client.get(PAGE).data
        bare = a_bare_site(world.path.with_name(name), "normal", {"page": body})
        ours = requests_to(world.app, [PAGE], [], cookie=cookie)
        _say(
            f"page of 50 proposals, {name}",
            side_by_side(ours, requests_to(bare, ["/page/page"], []), calls=8, clock=time.process_time),
        )
        print(f"  {len(body) / 1000:.0f} kB")


def _reading(world: World) -> None:
    with world.app.app_context():
        edition = db.session.query(Edition).one()
        start = time.perf_counter()
        votes = snapshot(edition).votes
        print(f"snapshot of {votes:,} votes: {time.perf_counter() - start:.2f} s")
        start = time.perf_counter()
        differences = len(recount(edition))
        print(f"recount from the events: {time.perf_counter() - start:.2f} s, {differences} differences")
        db.session.remove()


def _say(name: str, ratio: Ratio) -> None:
    print(f"{name}: {ratio.share:.3f}   (ours {ratio.ours:,.0f} µs, bare {ratio.bare:,.0f} µs)", flush=True)


def _syncs(folder: Path) -> float:
    descriptor = os.open(folder / "sync", os.O_WRONLY | os.O_CREAT, 0o600)
    start, count = time.perf_counter(), 200
    for _ in range(count):
        os.write(descriptor, b"x" * 512)
        os.fdatasync(descriptor)
    os.close(descriptor)
    return count / (time.perf_counter() - start)


def run(arguments: list[str]) -> None:
    """Without an argument the site beside a bare one; else the benchmark that is named, with what follows."""
    if not arguments:
        main()
        return
    name, *rest = arguments
    if name not in OTHERS:
        sys.exit(f"There is no benchmark {name}; there are {', '.join(OTHERS)}.")
    sys.argv[1:] = rest
    runpy.run_module(f"benchmarks.{name}", run_name="__main__")


if __name__ == "__main__":
    run(sys.argv[1:])
