"""Who may pass which door: `python -m tests.house.doors` prints the table of all routes.

tests/house/doors.txt keeps it, so that a change of access shows when a change is read. `make doors` writes it
anew; read the difference before it is kept.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule

from roadmap import create_app
from roadmap.core.db import db
from roadmap.domain.phases import Verb
from roadmap.domain.policy import who_may
from roadmap.root import Settings
from tests.house import tree

KEPT = tree.ROOT / "tests" / "house" / "doors.txt"
UNGUARDED = {"static"}  # the style sheets, scripts and fonts, the same for everybody
ANSWERED_ALIKE = {"HEAD", "OPTIONS"}


def verb_of(app: Flask, rule: Rule) -> Verb | None:
    """Return the verb that the view of a route declares; None where it declares none."""
    return getattr(app.view_functions[rule.endpoint], "entry_verb", None)


def rules(app: Flask) -> Iterator[Rule]:
    """Yield every route but those that are the same for everybody."""
    return (rule for rule in app.url_map.iter_rules() if rule.endpoint not in UNGUARDED)


def table(app: Flask) -> str:
    """Return a line for each route: address, methods, verb, who may."""
    lines = set()
    for rule in rules(app):
        verb = verb_of(app, rule)
        methods = ",".join(sorted(set(rule.methods or ()) - ANSWERED_ALIKE))
        who = " ".join(who_may(verb)) if verb is not None else "undeclared"
        lines.add(f"{rule.rule}  {methods}  {verb.value if verb is not None else '-'}  {who}\n")
    return "".join(sorted(lines))


def printed() -> str:
    """Return the table of an application made for the purpose."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            Settings(
                instance=Path(folder),
                secret_key="only for reading the routes, long enough to be taken",
                database_url="sqlite://",
                jobs="none",
            )
        )
        lines = table(app)
        with app.app_context():
            db.engine.dispose()
    return lines


if __name__ == "__main__":
    sys.stdout.write(printed())
