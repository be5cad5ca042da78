"""The command line on a folder and a database of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from click.testing import CliRunner, Result

from roadmap.cli import main
from tests import databases

Run = Callable[..., Result]


@pytest.fixture
def environment(server: databases.Server, tmp_path: Path) -> dict[str, str | None]:
    """The settings of an installation that nobody has used yet."""
    return {
        "ROADMAP_INSTANCE": str(tmp_path / "instance"),
        "ROADMAP_DATABASE_URL": server.fresh().replace("postgresql+psycopg://", "postgresql://"),
        "ROADMAP_SECRET_KEY": "a secret for commands, long enough to be taken",
        "ROADMAP_JOBS": "none",
        "ROADMAP_BASE_URL": None,
        "ROADMAP_ENV": None,
        "ROADMAP_MAIL_URL": None,
    }


@pytest.fixture
def run(environment: dict[str, str | None]) -> Iterator[Run]:
    """Run a command in this process: words in, result out."""

    def runs(*words: str, **settings: str) -> Result:
        return CliRunner().invoke(main, words, env={**environment, **settings}, prog_name="roadmap")

    yield runs
    structlog.reset_defaults()


@pytest.fixture
def on_sqlite(environment: dict[str, str | None]) -> Path:
    """The file of the database; tests about files are for SQLite."""
    url = str(environment["ROADMAP_DATABASE_URL"])
    if not url.startswith("sqlite"):
        pytest.skip("about the file of an SQLite database")
    return Path(url.removeprefix("sqlite:///"))
