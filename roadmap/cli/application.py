"""The application as commands use it: its database made and brought up to date first, quietly."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roadmap.root import Settings, newest_revision

if TYPE_CHECKING:
    from flask import Flask

    from roadmap.editions.models import Edition

OWNER_ONLY = 0o077
"""What is masked while folders and files are made: nobody but the owner reads them."""


@contextmanager
def owner_only() -> Iterator[None]:
    """Files and folders made meanwhile are readable by their owner alone."""
    before = os.umask(OWNER_ONLY)
    try:
        yield
    finally:
        os.umask(before)


def read_settings() -> Settings:
    """The settings of the environment; a secret made on this occasion is readable by its owner alone."""
    with owner_only():
        return Settings.from_env()


@contextmanager
def application(settings: Settings | None = None) -> Iterator["Flask"]:
    """An application context on a database with the newest schema; closed again at the end."""
    from roadmap import create_app  # slow import
    from roadmap.core.db import close_own_connections, db  # slow import

    chosen = settings or read_settings()
    with owner_only():
        app = create_app(chosen)
        with app.app_context():
            bring_up_to_date(app, chosen)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            close_own_connections()
            db.engine.dispose()


def bring_up_to_date(app: "Flask", settings: Settings) -> None:
    """Create a missing database and run the migrations it lacks; raises ClickException for a newer one."""
    from alembic import command  # slow import
    from alembic.util import CommandError  # slow import

    path = database_path(settings)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    if is_up_to_date(settings):
        return
    try:
        command.upgrade(app.extensions["migrate"].migrate.get_config(), "head")
    except CommandError as error:
        raise click.ClickException(
            f"The database does not fit this version of the program: {error}"
        ) from None
    if path is not None:
        path.chmod(0o600)


def database_path(settings: Settings) -> Path | None:
    """The file of an SQLite database, None for another database."""
    if not settings.database_url.startswith("sqlite:///"):
        return None
    return Path(settings.database_url.removeprefix("sqlite:///").partition("?")[0])


def is_up_to_date(settings: Settings) -> bool:
    """Whether an SQLite database has the newest schema; looked up without importing the application."""
    return newest_revision() in _column(settings, "SELECT version_num FROM alembic_version")


def has_account(settings: Settings) -> bool:
    """Whether an SQLite database holds any account; looked up without importing the application."""
    return bool(_column(settings, "SELECT id FROM accounts LIMIT 1"))


def _column(settings: Settings, statement: str) -> list[str]:
    path = database_path(settings)
    if path is None or not path.is_file():
        return []
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return [str(row[0]) for row in connection.execute(statement)]
    except sqlite3.Error:
        return []


def edition_named(slug: str) -> "Edition":
    """The edition with this slug; raises ClickException."""
    from roadmap.editions.queries import find_edition  # slow import

    edition = find_edition(slug)
    if edition is None:
        raise click.ClickException(
            f"There is no edition “{slug}”; `roadmap edition list` names those there are."
        )
    return edition
