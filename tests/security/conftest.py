"""A site with something of everything, for the tests that walk it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask

from tests.databases import Server
from tests.security.world import World, a_site, fill


@pytest.fixture
def build(server: Server, tmp_path: Path, clock: time_machine.Traveller) -> Iterator[Callable[..., World]]:
    """Makes sites one after the other: the former one is closed when the next one is built."""
    with ExitStack() as open_ones:

        def make(**given: Any) -> World:
            open_ones.close()
            return fill(open_ones.enter_context(a_site(server, tmp_path)), **given)

        yield make


@pytest.fixture
def world(app: Flask) -> World:
    return fill(app)
