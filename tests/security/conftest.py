"""A site with something of everything, for the tests that walk it."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask

from roadmap.core.db import close_own_connections, db
from tests.databases import Server
from tests.security.world import World, a_site, fill, put_down, taken_up


@dataclass
class Kept:
    """A filled database, and what was in it."""

    file: Path
    ids: dict[str, Any] | None = None


@pytest.fixture
def build(server: Server, tmp_path: Path, clock: time_machine.Traveller) -> Iterator[Callable[..., World]]:
    """Makes sites one after the other: the former one is closed when the next one is built."""
    with ExitStack() as open_ones:

        def make(**given: Any) -> World:
            open_ones.close()
            return fill(open_ones.enter_context(a_site(server, tmp_path)), **given)

        yield make


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return Kept(tmp_path_factory.mktemp("world") / "filled.sqlite3")


@pytest.fixture
def world(app: Flask, kept: Kept) -> World:
    """The site of `fill`; on SQLite it is filled once and copied then."""
    if db.engine.dialect.name != "sqlite":
        return fill(app)
    here = Path(str(db.engine.url.database))
    if kept.ids is None:
        world = fill(app)
        with closing(sqlite3.connect(here)) as filled, closing(sqlite3.connect(kept.file)) as copy:
            filled.backup(copy)
        kept.ids = put_down(world)
        return world
    db.session.remove()
    close_own_connections()
    db.engine.dispose()
    shutil.copy(kept.file, here)
    return taken_up(app, kept.ids)
