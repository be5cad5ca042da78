"""The top of the command line: refusals become one line and an exit code, never a traceback."""

import sys
from typing import Any

import click

from roadmap.core.errors import DomainError
from roadmap.root import SettingError


class Roadmap(click.Group):
    """Lists its commands in the order of their use, and tells what went wrong in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            sentence = told(error)
            if sentence is None:
                raise
            raise click.ClickException(sentence) from None


def told(error: Exception) -> str | None:
    """One line about an error that is no fault of the program; None for one that is."""
    if isinstance(error, DomainError):
        return (
            " ".join([error.message, *getattr(error, "errors", {}).values()]).strip()
            or "There is no such thing."
        )
    if isinstance(error, SettingError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}." if error.filename else f"{error.strerror}."
    return _told_by_database(error)


def _told_by_database(error: Exception) -> str | None:
    drivers = ("sqlite3", "sqlalchemy", "psycopg")
    if type(error).__module__.split(".")[0] not in drivers or "sqlite3" not in sys.modules:
        return None
    cause = getattr(error, "orig", None) or error
    if type(cause).__name__ not in {"OperationalError", "DatabaseError", "ConnectionTimeout"}:
        return None
    return f"The database cannot be used: {str(cause).strip().splitlines()[0]}."
