"""The bare site that ours is measured beside: one route that does one upsert, one that returns bytes."""

import sqlite3
from pathlib import Path

from flask import Flask, Response, request

from roadmap.core.connections import prepare_sqlite

UPSERT = """
INSERT INTO bare_votes (voter, proposal, choice) VALUES (?, ?, ?)
ON CONFLICT (voter, proposal) DO UPDATE SET choice = excluded.choice
"""


def a_bare_site(path: Path, synchronous: str, pages: dict[str, bytes]) -> Flask:
    """With the same durability, on a database file of its own beside ours."""
    app = Flask("bare")
    connection = sqlite3.connect(path.with_suffix(".bare"), check_same_thread=False)
    prepare_sqlite(connection, synchronous)
    connection.execute(
        "CREATE TABLE bare_votes (voter INTEGER, proposal INTEGER, choice INTEGER, PRIMARY KEY (voter, proposal))"
        " WITHOUT ROWID"
    )

    @app.post("/vote/<int:number>")
    def vote(number: int) -> Response:
        connection.execute(UPSERT, (1, number, len(request.form["choice"]) % 3 - 1))
        return Response(status=303, headers={"Location": "/"})

    @app.get("/page/<name>")
    def page(name: str) -> Response:
        return Response(pages[name], mimetype="text/html")

    return app
