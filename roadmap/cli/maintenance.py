"""`roadmap backup`, `roadmap restore`, `roadmap doctor`: keeping the data whole."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click

from roadmap.cli import locks
from roadmap.cli.application import application, database_path, owner_only, read_settings
from roadmap.cli.checks import Finding, all_checks
from roadmap.root import Settings

PAGES_AT_A_TIME = 2_000
KEPT_BEFORE = ".before-restore"


def the_file(settings: Settings, instead: str) -> Path:
    """The SQLite file of the settings; for PostgreSQL raises ClickException with what to use instead."""
    path = database_path(settings)
    if path is None:
        raise click.ClickException(f"The database is PostgreSQL: use {instead}, which comes with it.")
    return path


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy the database into FILE while the platform goes on serving."""
    settings = read_settings()
    source = the_file(settings, "pg_dump")
    if file.exists():
        raise click.ClickException(f"{file} is there already: choose another name.")
    with application(settings):
        pass
    unfinished = file.with_name(file.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        with (
            owner_only(),
            closing(sqlite3.connect(source)) as live,
            closing(sqlite3.connect(unfinished)) as copy,
        ):
            live.backup(copy, pages=PAGES_AT_A_TIME)
            copy.execute("PRAGMA journal_mode=DELETE")
        os.replace(unfinished, file)
    finally:
        unfinished.unlink(missing_ok=True)
    click.echo(f"{file}: {file.stat().st_size:,} bytes, readable by you alone.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Put the database in FILE in the place of the present one; the server must be stopped."""
    settings = read_settings()
    target = the_file(settings, "pg_restore")
    refuse_unfit(file)
    with owner_only():
        target.parent.mkdir(parents=True, exist_ok=True)
        with out_of_use(settings, target):
            arriving = target.with_name(target.name + ".arriving")
            shutil.copyfile(file, arriving)
            arriving.chmod(0o600)
            if target.exists():
                os.replace(target, target.with_name(target.name + KEPT_BEFORE))
            for ending in ("-wal", "-shm"):
                target.with_name(target.name + ending).unlink(missing_ok=True)
            os.replace(arriving, target)
    from roadmap.accounts.listeners import erase_again  # slow import
    from roadmap.core import arrays  # slow import

    with application(settings):
        arrays.forget()
        again = erase_again()
    if again:
        click.echo(f"Erased again, as their owners had asked: {again} accounts.")
    click.echo(f"{file} is in place. What was there before is kept as {target.name}{KEPT_BEFORE}.")


def refuse_unfit(file: Path) -> None:
    """Raise ClickException where the file is not a whole database of this platform."""
    try:
        with closing(
            sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        ) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError:
        raise click.ClickException(f"{file} is not a database of this platform.") from None
    if not whole:
        raise click.ClickException(f"{file} is damaged: the database does not pass its integrity check.")


@contextmanager
def out_of_use(settings: Settings, target: Path) -> Iterator[None]:
    """Hold the data while nobody else uses it; raises ClickException where somebody does."""
    refusal = click.ClickException("The database is in use: stop the server and other commands first.")
    lock = locks.hold(settings.instance, locks.SERVER)
    if lock is None:
        raise refusal
    try:
        if target.exists() and not _left_alone(target):
            raise refusal
        yield
    finally:
        lock.close()


def _left_alone(target: Path) -> bool:
    """Whether no other process has the database open: only then can it leave the mode with a log file."""
    try:
        with closing(sqlite3.connect(target, timeout=0.5, isolation_level=None)) as connection:
            return str(connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]) == "delete"
    except sqlite3.OperationalError:
        return False
    except sqlite3.DatabaseError:
        return True  # damaged: what is to be replaced need not be readable


@click.command()
def doctor() -> None:
    """Check the database, the tallies, the public log and the disk; give advice."""
    settings = read_settings()
    with application(settings):
        findings = []
        for finding in all_checks(settings):
            findings.append(finding)
            click.echo(_line(finding))
    if not all(finding.good for finding in findings):
        raise click.exceptions.Exit(1)


def _line(finding: Finding) -> str:
    mark = "ok     " if finding.good else "WRONG  "
    return f"{mark} {finding.about}: {finding.says}"


COMMANDS = [backup, restore, doctor]
