"""Pages of an edition of full size beside the same pages of a small one: `make bench ARGS=crowd`.

Both are made up in SQLite; each page is asked for several times, the first time apart, since that one may look up
what the others keep for a minute. What counts is the last column: how much longer the crowd makes people wait.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from flask import Flask

from benchmarks import scale
from benchmarks.filling import fill
from benchmarks.world import an_empty_world
from roadmap.accounts.keys import digest, new_token
from roadmap.accounts.models import Membership, SignIn
from roadmap.core import clock
from roadmap.core.db import db
from roadmap.domain.policy import Role
from roadmap.standing.actions import renew_all

FULL, SMALL = (scale.PEOPLE, scale.ITEMS, scale.VOTES), (500, 40, 10_000)
ROUNDS, ORGANISER, PARTICIPANT = 5, 1, 2
E = "/en/2026"
QUESTION = f"{E}/questions/1-q-1"
SEEN_BY = {
    "": ("/en/", f"{E}/questions", QUESTION, f"{QUESTION}?order=agreed", f"{QUESTION}/results", f"{E}/vote"),
    "participant": (
        "/en/",
        QUESTION,
        f"{E}/proposals/7-share-it",
        f"{E}/vote",
        "/en/me/votes",
        "/en/me/traces",
    ),
    "organiser": (f"{E}/manage", f"{E}/manage/people", f"{E}/manage/roadmap", f"{E}/desk"),
}
PAGES = [(role, path) for role, paths in SEEN_BY.items() for path in paths]


def times(folder: Path, size: tuple[int, int, int]) -> list[tuple[float, float]]:
    """Milliseconds of the first time and the middle of the others, for each of PAGES."""
    folder.mkdir()
    world = an_empty_world(folder, "normal")
    with world.app.app_context():
        edition, question = world.edition()
        fill(edition.id, [question.id, question.id + 1], scale.made_up(*size))
        db.session.add(
            Membership(account_id=ORGANISER, edition_id=edition.id, role=Role.ORGANISER, since=clock.now())
        )
        tokens = {"organiser": _signed_in(ORGANISER), "participant": _signed_in(PARTICIPANT)}
        db.session.commit()
        renew_all(now=clock.now())
        db.session.remove()
    return [_page(world.app, tokens.get(role, ""), path) for role, path in PAGES]


def _signed_in(account: int) -> str:
    token, now = new_token(), clock.now()
    db.session.add(
        SignIn(
            key=digest(token),
            account_id=account,
            made=now,
            seen=now,
            proved=now,
            factor=1,
            device="",
            data={},
        )
    )
    return token


def _page(app: Flask, token: str, path: str) -> tuple[float, float]:
    client, took = app.test_client(), []
    if token:
        client.set_cookie("s", token)
    for _ in range(ROUNDS + 1):
        start = time.perf_counter()
        answer = client.get(path)
        took.append(1000 * (time.perf_counter() - start))
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}")
    return took[0], sorted(took[1:])[ROUNDS // 2]


def main(arguments: list[str]) -> None:
    """Print each page's times; three numbers ask for another size than the full one."""
    size = tuple(int(each) for each in arguments) if len(arguments) == 3 else FULL
    with tempfile.TemporaryDirectory(prefix="roadmap-crowd-") as name:
        small = times(Path(name) / "small", SMALL)
        full = times(Path(name) / "full", (size[0], size[1], size[2]))
    print(
        f"{size[0]:,} people, {size[1]:,} proposals, {size[2]:,} votes beside {SMALL[0]}, {SMALL[1]}, {SMALL[2]:,}"
    )
    print(f"{'':54}{'small':>10}{'crowd':>10}{'first':>10}{'times':>8}")
    for (role, path), (_, less), (first, more) in zip(PAGES, small, full, strict=True):
        print(f"{role or 'stranger':12} {path:41}{less:8.1f}ms{more:8.1f}ms{first:8.1f}ms{more / less:8.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
