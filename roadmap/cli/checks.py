"""What the doctor looks at. Each check tells what it found in one line."""

import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from roadmap.cli.application import database_path
from roadmap.root import Settings, newest_revision

WRITES = 100
SLOW_DISK = 400
"""Synchronous writes a second below which full durability is felt by voters."""

_DIFFERENT = """
SELECT count(*) FROM (
  SELECT target FROM (
    SELECT {key} AS target, pool, agree, disagree, passed FROM {tallies}
    UNION ALL
    SELECT {key}, pool, -CASE choice WHEN 1 THEN 1 ELSE 0 END, -CASE choice WHEN -1 THEN 1 ELSE 0 END,
           -CASE choice WHEN 0 THEN 1 ELSE 0 END
      FROM {votes}
  ) both_ways
  GROUP BY target, pool HAVING sum(agree) <> 0 OR sum(disagree) <> 0 OR sum(passed) <> 0
) wrong
"""
RECOUNTS = {
    "tallies": _DIFFERENT.format(key="proposal_id", tallies="tallies", votes="votes"),
    "tallies of merged proposals": _DIFFERENT.format(
        key="lead_id", tallies="effective_tallies", votes="effective_votes"
    ),
    "current votes": """
SELECT count(*) FROM votes LEFT JOIN vote_events ON vote_events.id = votes.sequence
 WHERE vote_events.id IS NULL OR vote_events.proposal_id <> votes.proposal_id
    OR coalesce(vote_events.choice, 9) <> coalesce(votes.choice, 9)
""",
}
"""Each counts what is wrong: 0 where all is well."""
DEEDS = {
    "import": "SELECT count(*) FROM import_sources WHERE finished IS NOT NULL",
    "merge": "SELECT count(*) FROM merges",
    "objection": "SELECT count(*) FROM objections",
    "split": "SELECT count(*) FROM splits",
    "undo-split": "SELECT count(*) FROM splits WHERE undone IS NOT NULL",
}
"""How many deeds there were, by the kind of the entry that each of them has in the public log."""


@dataclass(frozen=True)
class Finding:
    """What was looked at, whether it is as it should be, and what there is to say."""

    about: str
    good: bool
    says: str


def all_checks(settings: Settings) -> Iterator[Finding]:
    """Every check, quick ones first. Needs an application context."""
    yield _schema()
    if database_path(settings) is not None:
        yield from _sqlite(settings)
    yield from _tallies()
    yield _log()
    yield _deeds()
    yield from _disk(settings)
    yield from _advice(settings)


def _schema() -> Finding:
    from sqlalchemy import text  # slow import

    from roadmap.core.db import db  # slow import

    found = db.session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    newest = newest_revision()
    return Finding("schema", found == newest, f"revision {found}, newest {newest}")


def _sqlite(settings: Settings) -> Iterator[Finding]:
    from roadmap.core.db import own_connection  # slow import

    connection = own_connection()
    faults = [row[0] for row in connection.execute("PRAGMA integrity_check").fetchall() if row[0] != "ok"]
    yield Finding("file", not faults, faults[0] if faults else "whole")
    orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    yield Finding("references", not orphans, f"{len(orphans)} rows point to nothing" if orphans else "whole")
    path = database_path(settings)
    if path is not None and os.name == "posix":
        mode = path.stat().st_mode & 0o777
        told = "readable by its owner alone" if mode == 0o600 else f"mode {mode:o}, should be 600"
        yield Finding("permissions", mode == 0o600, told)


def _tallies() -> Iterator[Finding]:
    from sqlalchemy import text  # slow import

    from roadmap.core.db import db  # slow import

    for about, statement in RECOUNTS.items():
        wrong = db.session.execute(text(statement)).scalar_one()
        yield Finding(about, not wrong, f"{wrong} differ from a recount" if wrong else "equal to a recount")


def _log() -> Finding:
    from roadmap.domain import ledger  # slow import
    from roadmap.log.queries import chain  # slow import

    entries = chain()
    broken = ledger.first_break(entries)
    told = f"{len(entries)} entries hold together" if broken is None else f"entry {broken} does not fit"
    return Finding("public log", broken is None, told)


def _deeds() -> Finding:
    """A chain from which the newest entries were taken holds together still: so every deed has its entry."""
    from sqlalchemy import text  # slow import

    from roadmap.core.db import db  # slow import

    missing = []
    for kind, statement in DEEDS.items():
        entries = text("SELECT count(*) FROM log_entries WHERE kind = :kind")
        deeds = db.session.execute(text(statement)).scalar_one()
        if deeds > db.session.execute(entries, {"kind": kind}).scalar_one():
            missing.append(kind)
    told = f"entries are missing: {', '.join(missing)}" if missing else "every deed has its entry"
    return Finding("deeds in the log", not missing, told)


def _disk(settings: Settings) -> Iterator[Finding]:
    rate = synchronous_writes(settings.instance)
    yield Finding("disk", True, f"{rate:,.0f} synchronous writes a second")
    if rate < SLOW_DISK and settings.sqlite_synchronous == "full" and database_path(settings) is not None:
        yield Finding(
            "advice", True,
            "the disk is slow: ROADMAP_SQLITE_SYNCHRONOUS=normal makes votes quicker. A power cut may then lose "
            "the last seconds; a crash of the program loses nothing.",
        )  # fmt: skip


def synchronous_writes(folder: Path) -> float:
    """How many small writes a second reach the disk in this folder."""
    force = getattr(os, "fdatasync", os.fsync)
    with tempfile.NamedTemporaryFile(dir=folder, buffering=0) as file:
        began = time.perf_counter()
        for _turn in range(WRITES):
            file.write(b"\0" * 4096)
            force(file.fileno())
        return WRITES / (time.perf_counter() - began)


def _advice(settings: Settings) -> Iterator[Finding]:
    if not settings.production:
        yield Finding(
            "advice", True, "this is development; set ROADMAP_ENV=production where others can reach it."
        )
    if settings.production and not settings.secure:
        yield Finding("advice", True, "ROADMAP_BASE_URL is not https: passwords travel in the open.")
    if settings.mails_stay:
        yield Finding(
            "advice", True,
            "no mail server in ROADMAP_MAIL_URL: mails, links to sign in included, go to the console and to a "
            "folder, to nobody else.",
        )  # fmt: skip
