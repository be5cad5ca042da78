"""What the commands do, what they say, and how they refuse."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from roadmap.root import newest_revision
from tests.cli.conftest import Run
from tests.imports.conftest import COMMENTS, VOTES

COMMANDS = [
    "run", "demo", "import", "grant", "suspend", "edition", "backup", "restore", "doctor", "routes", "shell", "db",
]  # fmt: skip


@pytest.fixture
def conversation(tmp_path: Path) -> Path:
    """A small exported conversation."""
    folder = tmp_path / "conversation"
    folder.mkdir()
    (folder / "comments.csv").write_text(COMMENTS)
    (folder / "votes.csv").write_text(VOTES)
    return folder


def test_help_lists_every_command(run: Run) -> None:
    listed = [line.split()[0] for line in run("--help").output.splitlines() if line.startswith("  ")]
    assert [name for name in COMMANDS if name not in listed] == []


def test_an_import_tells_what_there_is_and_what_was_counted_once(run: Run, conversation: Path) -> None:
    said = run("import", "polis", str(conversation), "--edition", "2026", "--question", "1")
    assert (said.exit_code, said.output.splitlines()) == (0, [
        "votes.csv: 1 votes were given anew later; the newest counts.",
        "conversation is imported: 3 proposals (1 of them hidden, as rejected there), 3 voters, 4 votes.",
    ])  # fmt: skip


def test_imported_twice_it_says_that_nothing_changed(run: Run, conversation: Path) -> None:
    words = ("import", "polis", str(conversation), "--edition", "2026", "--question", "1")
    run(*words)
    assert run(*words).output.splitlines()[-1].startswith("conversation was imported before; nothing changed")


def test_a_broken_file_is_one_line_and_leaves_nothing(run: Run, conversation: Path) -> None:
    (conversation / "votes.csv").write_text(VOTES[:-7])
    said = run("import", "polis", str(conversation), "--edition", "2026", "--question", "1")
    assert (said.exit_code, said.output, run("edition", "list").output) == (
        1,
        "Error: votes.csv, line 6: has 2 cells where the heading has 5; the file seems to be cut off.\n",
        "There is no edition yet: /manage/new makes one in the browser, `roadmap edition create 2026` the one that"
        " comes with the program.\n",
    )


@pytest.mark.parametrize(
    "words",
    [
        ("import", "polis", "nowhere", "--edition", "2026", "--question", "1"),
        ("import", "polis", "nowhere", "--edition", "2026", "--question", "one"),
        ("grant", "no-address", "organiser", "--edition", "2026"),
        ("grant", "someone@example.org", "organiser", "--edition", "2099"),
        ("grant", "someone@example.org", "king"),
        ("edition", "create", "about"),
        ("edition", "create", "two words"),
        ("edition", "create", "2027", "--file", "nowhere.toml"),
        ("restore", "nowhere.sqlite3"),
        ("no-such-command",),
    ],
)
def test_bad_input_is_refused_in_one_clear_line(run: Run, words: tuple[str, ...]) -> None:
    said = run(*words)
    assert said.exit_code != 0
    assert [line for line in said.output.splitlines() if "Error: " in line] == [said.output.splitlines()[-1]]


def test_a_setting_that_is_wrong_is_named(run: Run) -> None:
    said = run("edition", "list", ROADMAP_PROXIES="many")
    assert (said.exit_code, said.output) == (
        1, "Error: ROADMAP_PROXIES must be a whole number from 0 to 10.\n"
    )  # fmt: skip


def test_production_without_a_secret_does_not_start(run: Run) -> None:
    said = run(
        "run", ROADMAP_ENV="production", ROADMAP_BASE_URL="https://forum.example.org", ROADMAP_SECRET_KEY=""
    )
    assert (said.exit_code, said.output) == (
        1, "Error: Set ROADMAP_SECRET_KEY: production does not start without one.\n"
    )  # fmt: skip


def test_a_database_that_cannot_be_reached_is_one_line(run: Run) -> None:
    said = run(
        "edition", "list", ROADMAP_DATABASE_URL="postgresql://nobody@127.0.0.1:9/none?connect_timeout=2"
    )
    assert (said.exit_code, said.output.count("\n")) == (1, 1)
    assert said.output.startswith("Error: The database cannot be used: ")


def test_an_edition_is_made_and_listed(run: Run) -> None:
    run("edition", "create", "2026")
    assert "2026  International solidarity" in run("edition", "list").output


def test_an_edition_is_made_from_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(
        'slug = "2030"\nlanguages = ["en"]\ntime_zone = "UTC"\n[title]\nen = "Ten years on"\n'
        '[[phases]]\nkind = "proposing"\nopens = 2026-01-01T00:00:00Z\n'
        '[[questions]]\nnumber = 1\n[questions.text]\nen = "What now?"\n'
    )
    said = run("edition", "create", "2031", "--file", str(tmp_path / "plan.toml"))
    assert said.output == "The edition “2031” is there, with 1 guiding questions.\n"


def test_a_stranger_gets_an_invitation_to_a_role(run: Run) -> None:
    run("edition", "create", "2026")
    said = run("grant", "ines@example.org", "translator", "--edition", "2026", "--languages", "fr,ar")
    assert (said.exit_code, said.output.splitlines()[0]) == (
        0, "ines@example.org has no account yet. This link makes one with the role; it works once:"
    )  # fmt: skip
    assert said.output.splitlines()[1].startswith("  http://127.0.0.1:8000/en/links/")


def test_the_doctor_finds_a_new_database_well(run: Run, on_sqlite: Path) -> None:
    on_sqlite.chmod(0o600)
    said = run("doctor")
    assert (said.exit_code, "WRONG" in said.output) == (0, False)


def test_the_doctor_sees_a_tally_that_is_wrong(run: Run, conversation: Path, on_sqlite: Path) -> None:
    on_sqlite.chmod(0o600)
    run("import", "polis", str(conversation), "--edition", "2026", "--question", "1")
    with closing(sqlite3.connect(on_sqlite)) as connection, connection:
        connection.execute("UPDATE tallies SET agree = agree + 1 WHERE proposal_id = 1")
    connection.close()
    said = run("doctor")
    wrong = [line for line in said.output.splitlines() if line.startswith("WRONG")]
    assert (said.exit_code, wrong) == (1, ["WRONG   tallies: 1 differ from a recount"])


def test_the_doctor_sees_a_changed_log(run: Run, conversation: Path, on_sqlite: Path) -> None:
    run("import", "polis", str(conversation), "--edition", "2026", "--question", "1")
    with closing(sqlite3.connect(on_sqlite)) as connection, connection:
        connection.execute("UPDATE log_entries SET reason = 'another'")
    connection.close()
    said = run("doctor")
    assert "WRONG   public log: entry 1 does not fit" in said.output


def test_the_doctor_sees_that_the_newest_entry_was_taken_out(
    run: Run, conversation: Path, on_sqlite: Path
) -> None:
    """The chain alone cannot: what is left of it holds together."""
    run("import", "polis", str(conversation), "--edition", "2026", "--question", "1")
    with closing(sqlite3.connect(on_sqlite)) as connection, connection:
        connection.execute("DELETE FROM log_entries WHERE kind = 'import'")
    connection.close()
    assert "WRONG   deeds in the log: entries are missing: import" in run("doctor").output


def test_a_missing_database_is_made_for_its_owner_alone(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "fresh"
    run("edition", "list", ROADMAP_INSTANCE=str(folder), ROADMAP_DATABASE_URL="", ROADMAP_SECRET_KEY="")
    modes = {path.name: path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir()) if path.is_file()}
    assert (folder.stat().st_mode & 0o777, set(modes.values())) == (0o700, {0o600})


def test_a_database_of_a_newer_version_is_refused(run: Run, on_sqlite: Path) -> None:
    with closing(sqlite3.connect(on_sqlite)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    said = run("edition", "list")
    assert (said.exit_code, said.output.count("\n")) == (1, 1)
    assert said.output.startswith("Error: The database does not fit this version of the program")


def test_the_newest_revision_is_read_from_the_migrations(run: Run) -> None:
    from alembic.script import ScriptDirectory  # slow import

    from roadmap.root import MIGRATIONS  # slow import

    assert newest_revision() == ScriptDirectory(str(MIGRATIONS)).get_current_head()


def test_flasks_own_commands_are_there(run: Run) -> None:
    assert "pages.edition_home" in run("routes").output


def test_comparing_anew_says_how_many_groups_wait(run: Run) -> None:
    run("demo", "--participants", "20", ROADMAP_SIMILARITY="words")
    result = run("similarity", "rebuild", "--edition", "2026", ROADMAP_SIMILARITY="words")
    told = (
        "Compared by words; the extra `meaning` compares languages too. Groups that wait for a decision: 1.\n"
    )
    assert (result.exit_code, result.output) == (0, told)


def test_comparing_an_unknown_edition_is_refused_in_one_line(run: Run) -> None:
    result = run("similarity", "rebuild", "--edition", "nowhere")
    assert (result.exit_code, result.output.count("\n")) == (1, 1)


def test_suspending_needs_an_account_and_a_reason(run: Run) -> None:
    refused = run("suspend", "vera@example.org", "--reason", "Two of them.")
    assert (refused.exit_code, refused.output) == (1, "Error: vera@example.org has no account.\n")
    assert "--reason" in run("suspend", "vera@example.org").output


def test_an_account_is_suspended_and_restored(run: Run) -> None:
    run("demo", "--participants", "20", ROADMAP_SIMILARITY="words")
    done = run("suspend", "organiser@demonstration.example", "--reason", "Two of them.")
    assert (done.exit_code, "is suspended; votes that stop counting: " in done.output) == (0, True)
    done = run("suspend", "organiser@demonstration.example", "--reason", "A mistake.", "--undo")
    assert (done.exit_code, "votes that count again: " in done.output) == (0, True)
