"""The application, a fresh database for each test, a clock that stands still, and people to test with."""

import gc
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event

from roadmap import create_app
from roadmap.core import jobs
from roadmap.core.db import close_own_connections, db
from roadmap.drafts.models import Draft
from roadmap.root import Settings
from tests import databases, recounting, routes, templates
from tests.browsing import Browser
from tests.factories import NOW

routes.compile_once()
templates.compile_once()
# Each test makes an application: looking for rubbish as often as usual took a quarter of the time.
gc.set_threshold(50_000, 20, 50)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="the database the suite runs on",
    )


@pytest.fixture(scope="session")
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[databases.Server]:
    """Hands out fresh migrated databases."""
    with databases.server(
        request.config.getoption("--database"), tmp_path_factory.mktemp("databases")
    ) as made:
        yield made


@pytest.fixture
def settings(server: databases.Server, tmp_path: Path) -> Settings:
    return Settings(
        instance=tmp_path,
        secret_key="a secret for tests, long enough to be taken",
        database_url=server.fresh(),
        base_url="http://localhost",
        sqlite_synchronous="normal",
        jobs="none",
        similarity="words",
        page_age=0,
        testing=True,
    )


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Time stands at NOW until a test moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def drafts() -> Iterator[list[str]]:
    """Documents of the drafts that a test compiles or changes; docs/recount.py must agree with each of them."""
    made: list[str] = []

    def keep(_mapper: object, _connection: object, draft: Draft) -> None:
        if "document" in draft.__dict__:
            made.append(draft.document)

    for moment in ("after_insert", "after_update"):
        event.listen(Draft, moment, keep)
    yield made
    for moment in ("after_insert", "after_update"):
        event.remove(Draft, moment, keep)
    documents = [json.loads(text) for text in made]
    ranked = [
        document for document in documents if "method" in document
    ]  # the others a test wrote down itself
    assert [difference for document in ranked for difference in recounting.differences(document)] == []


@pytest.fixture
def app(settings: Settings, clock: time_machine.Traveller, drafts: list[str]) -> Iterator[Flask]:
    """The application on a fresh database, with an application context for queries and actions."""
    app = create_app(settings)
    with app.app_context():
        yield app
        db.session.remove()
        close_own_connections()
        db.engine.dispose()
    jobs.close()


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A stranger's browser."""
    return Browser(app)
