"""Opening driver connections the one right way for each database."""

import sqlite3
from typing import Any

from sqlalchemy.engine import URL


def prepare_sqlite(connection: Any, synchronous: str) -> None:
    """WAL, waiting instead of failing, foreign keys, and no transaction begun behind our back."""
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        f"synchronous={'FULL' if synchronous == 'full' else 'NORMAL'}",
        "busy_timeout=10000",
        "foreign_keys=ON",
        "cache_size=-16000",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def connect(url: URL, dialect: str, synchronous: str) -> Any:
    """Open a driver connection in which each statement is its own transaction until BEGIN is said."""
    if dialect == "sqlite":
        connection = sqlite3.connect(url.database or "", check_same_thread=False)
        prepare_sqlite(connection, synchronous)
        return connection
    import psycopg  # optional dependency

    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(address, autocommit=True)
