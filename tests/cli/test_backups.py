"""Backups: made while people go on, brought back whole, and nothing lost on the way."""

import sqlite3
from contextlib import closing
from pathlib import Path

from roadmap.accounts import erasures
from roadmap.accounts.erasures import Erasure
from roadmap.cli import locks
from roadmap.cli.application import application
from roadmap.root import Settings
from tests.cli.conftest import Run
from tests.factories import NOW, an_account


def test_a_backup_brought_back_is_what_was_there(run: Run, on_sqlite: Path, tmp_path: Path) -> None:
    run("edition", "create", "2026")
    kept = str(tmp_path / "kept.sqlite3")
    run("backup", kept)
    run("edition", "create", "2027")
    done = run("restore", kept)
    assert (done.exit_code, [line.split()[0] for line in run("edition", "list").output.splitlines()]) == (
        0, ["2026"]
    )  # fmt: skip


def test_who_was_erased_meanwhile_is_not_brought_back_by_a_backup(
    run: Run, on_sqlite: Path, tmp_path: Path, environment: dict[str, str | None]
) -> None:
    settings = Settings(
        instance=Path(str(environment["ROADMAP_INSTANCE"])), secret_key=str(environment["ROADMAP_SECRET_KEY"]),
        database_url=str(environment["ROADMAP_DATABASE_URL"]),
    )  # fmt: skip
    with application(settings):
        number = an_account("Awa").id
    kept = str(tmp_path / "kept.sqlite3")
    run("backup", kept)
    erasures.note(Erasure(NOW, number, texts=False))
    said = run("restore", kept)
    with closing(sqlite3.connect(on_sqlite)) as connection:
        left = connection.execute("SELECT count(*) FROM accounts").fetchone()[0]
    assert (said.exit_code, left) == (0, 0)
    assert "Erased again, as their owners had asked: 1 accounts." in said.output


def test_a_backup_is_readable_by_its_owner_alone(run: Run, on_sqlite: Path, tmp_path: Path) -> None:
    run("backup", str(tmp_path / "kept.sqlite3"))
    assert (tmp_path / "kept.sqlite3").stat().st_mode & 0o777 == 0o600


def test_a_backup_overwrites_nothing(run: Run, on_sqlite: Path, tmp_path: Path) -> None:
    (tmp_path / "kept.sqlite3").write_text("older")
    said = run("backup", str(tmp_path / "kept.sqlite3"))
    assert (said.exit_code, (tmp_path / "kept.sqlite3").read_text()) == (1, "older")


def test_what_is_no_database_is_not_restored(run: Run, on_sqlite: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all, " * 500)
    before = on_sqlite.read_bytes()
    said = run("restore", str(tmp_path / "letter.txt"))
    assert (said.exit_code, on_sqlite.read_bytes()) == (1, before)


def test_a_database_in_use_is_not_replaced(run: Run, on_sqlite: Path, tmp_path: Path) -> None:
    kept = str(tmp_path / "kept.sqlite3")
    run("backup", kept)
    user = sqlite3.connect(on_sqlite)
    user.execute("PRAGMA journal_mode=WAL")
    user.execute("SELECT count(*) FROM editions").fetchall()
    said = run("restore", kept)
    user.close()
    assert (said.exit_code, said.output) == (
        1, "Error: The database is in use: stop the server and other commands first.\n"
    )  # fmt: skip


def test_while_a_server_runs_nothing_is_restored(
    run: Run, on_sqlite: Path, tmp_path: Path, environment: dict[str, str | None]
) -> None:
    kept = str(tmp_path / "kept.sqlite3")
    run("backup", kept)
    lock = locks.hold(Path(str(environment["ROADMAP_INSTANCE"])), locks.SERVER)
    assert lock is not None
    said = run("restore", kept)
    lock.close()
    assert said.exit_code == 1


def test_for_postgresql_its_own_tools_are_named(run: Run, tmp_path: Path) -> None:
    said = run("backup", str(tmp_path / "kept"), ROADMAP_DATABASE_URL="postgresql://forum@127.0.0.1/forum")
    assert (said.exit_code, said.output) == (
        1, "Error: The database is PostgreSQL: use pg_dump, which comes with it.\n"
    )  # fmt: skip
