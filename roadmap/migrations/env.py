"""How Alembic runs our migrations, on SQLite and PostgreSQL."""

from typing import Any, Literal

from alembic import context
from flask import current_app

from roadmap.core.db import BigId, Moment
from roadmap.schema import metadata


def include(_thing: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """Leave out the tables of the job queue and of the search index."""
    return not (
        kind == "table"
        and name is not None
        and name.startswith(("huey", "kv", "schedule", "task", "search_"))
    )


def render(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    """Write our own column types as plain ones, so that a migration stands alone."""
    if kind == "type" and isinstance(thing, Moment):
        return "sa.BigInteger()"
    if kind == "type" and thing is BigId:
        return 'sa.BigInteger().with_variant(sa.Integer(), "sqlite")'
    return False


def run() -> None:
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=True,
            include_object=include,
            render_item=render,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
