"""Flask-Migrate, imported only when somebody migrates: serving needs nothing of it."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from roadmap.core.db import db
from roadmap.root import MIGRATIONS

if TYPE_CHECKING:
    from flask_migrate import Migrate


class Migrations:
    """Stands where Flask-Migrate puts what it knows of the application, until that is asked for."""

    def __init__(self, app: Any) -> None:
        self.app = app

    @cached_property
    def migrate(self) -> "Migrate":
        """The extension itself; from now on it has its own entry in the application."""
        from flask_migrate import Migrate  # slow import

        return Migrate(self.app, db, directory=str(MIGRATIONS), render_as_batch=True)


def init_app(app: Any) -> None:
    """Let Flask-Migrate's commands and functions work on this application."""
    app.extensions["migrate"] = Migrations(app)
