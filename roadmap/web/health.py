"""Whether the process lives, whether it can serve, and how much work waits behind it; nothing else."""

from functools import cache

from flask import Blueprint, Response

from roadmap.core.db import hot, own_connection
from roadmap.core.jobs import backlog
from roadmap.domain.phases import Verb
from roadmap.root import newest_revision
from roadmap.web.guards import entry

bp = Blueprint("health", __name__)
_WRITE = (
    "INSERT INTO attempts (key, hour, count) VALUES ('readiness', 0, 1)"
    " ON CONFLICT (key, hour) DO UPDATE SET count = attempts.count + 1"
)


@bp.get("/healthz")
@entry(Verb.READ)
def alive() -> Response:
    """The process answers."""
    return _answer(True)


@bp.get("/readyz")
@entry(Verb.READ)
def ready() -> Response:
    """The database takes a write and has the schema that this version needs; a second line counts waiting jobs."""
    try:
        version = own_connection().execute("SELECT version_num FROM alembic_version").fetchone()
        with hot() as connection:
            connection.execute(_WRITE)
        jobs = backlog()
    except Exception:
        return _answer(False)
    return _answer(version is not None and version[0] == newest_schema(), f"jobs waiting: {jobs}\n")


@cache
def newest_schema() -> str:
    """The identifier of the newest migration, read once."""
    return newest_revision()


def _answer(good: bool, more: str = "") -> Response:
    response = Response(("yes\n" if good else "no\n") + more, 200 if good else 503, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response
