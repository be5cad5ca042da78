"""Where pandoc is missing, and what it may take where it is there."""

import subprocess
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask import Flask

from roadmap.accounts.models import Account
from roadmap.cli.drafts import FORMATS, export_command
from roadmap.core.db import db
from roadmap.core.errors import Busy, NotFound
from roadmap.drafts import exports
from roadmap.drafts.exports import LABELS, TYPES, export, office
from roadmap.drafts.exports.office import program
from roadmap.root import Settings
from tests.browsing import Browser
from tests.drafts.making import by_hand, compiled, frozen, frozen_document
from tests.drafts.office_files import OFFICE

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
SMALL = '{"pandoc-api-version":[1,23,1],"meta":{},"blocks":[]}'


def without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "program", lambda: None)


def downloads(page: BeautifulSoup) -> set[str]:
    return {str(link["href"]).rpartition(".")[2] for link in page.select("a[href*='/roadmap/1.']")}


def test_the_formats_have_one_list_of_names() -> None:
    assert tuple(LABELS) == FORMATS
    assert set(LABELS) == set(TYPES)
    assert set(OFFICE) == exports.OFFICE


def test_pages_offer_what_can_be_made(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    frozen(*by_hand())
    organiser = Browser(app)
    organiser.sign_in(db.session.query(Account).filter_by(name="Ines").one())
    places = ("/en/2026/roadmap/1", "/en/2026/manage/roadmap")
    assert [downloads(organiser.page(place)) for place in places] == [set(LABELS)] * 2
    without_the_extra(monkeypatch)
    assert [downloads(organiser.page(place)) for place in places] == [set(LABELS) - set(OFFICE)] * 2


@pytest.mark.parametrize("format", OFFICE)
def test_without_the_extra_the_address_says_which_formats_there_are(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    frozen(*by_hand())
    without_the_extra(monkeypatch)
    answer = browser.get(f"/en/2026/roadmap/1.{format}")
    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == 404
    assert f"This installation makes no {LABELS[format]} files." in page.get_text()
    assert "The draft can be downloaded as PDF, HTML, Markdown, Excel, CSV and JSON." in page.get_text()
    assert browser.get("/en/2026/roadmap/1.xlsx").status_code == 200


def test_without_the_extra_the_command_says_in_one_line_what_is_missing(
    app: Flask, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen(*by_hand())
    db.session.rollback()
    monkeypatch.setenv("ROADMAP_DATABASE_URL", settings.database_url.replace("+psycopg", ""))
    monkeypatch.setenv("ROADMAP_INSTANCE", str(settings.instance))
    monkeypatch.setenv("ROADMAP_SECRET_KEY", settings.secret_key)
    without_the_extra(monkeypatch)
    file = tmp_path / "draft.docx"
    words = ["--edition", "2026", "--draft", "1", "--format", "docx", "--output", str(file)]
    done = CliRunner().invoke(export_command, words)
    assert (done.exit_code, file.exists()) == (1, False)
    assert done.output == "Error: Word files need the extra `office`: pip install 'forum-roadmap[office]'.\n"


@pytest.mark.parametrize("format", [*OFFICE, "xlsx"])
def test_a_version_that_is_not_frozen_has_no_file(app: Flask, browser: Browser, format: str) -> None:
    compiled(*by_hand())
    assert browser.get(f"/en/2026/roadmap/1.{format}").status_code == 404
    browser.sign_in(db.session.query(Account).filter_by(name="Ines").one())
    assert browser.get("/en/2026/roadmap/1").status_code == 200
    assert browser.get(f"/en/2026/roadmap/1.{format}").status_code == 404


def test_an_unknown_format_is_not_found(app: Flask) -> None:
    with pytest.raises(NotFound):
        export(frozen_document(*by_hand()), "rtf", "en")


def test_pandoc_is_missing_where_its_package_or_its_file_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert program.program() is not None

    class Found:
        origin = str(tmp_path / "__init__.py")

    monkeypatch.setattr(program, "find_spec", lambda _name: Found)
    assert program.program() is None
    monkeypatch.setattr(program, "find_spec", lambda _name: None)
    assert program.program() is None


def test_a_file_that_takes_too_long_is_given_up_and_its_program_ended(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    slow = tmp_path / "pandoc"
    slow.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    slow.chmod(0o700)
    monkeypatch.setattr(program, "program", lambda: slow)
    monkeypatch.setattr(program, "LONGEST", 0.5)
    monkeypatch.setattr(program, "_environment", lambda _dated: {"PATH": "/usr/bin:/bin"})
    begun: list[subprocess.Popen[bytes]] = []

    class Watched(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, **kwargs)  # type: ignore[call-overload]
            begun.append(self)

    monkeypatch.setattr(subprocess, "Popen", Watched)
    with app.test_request_context("/en/"), pytest.raises(Busy, match="too long"):
        program.run(SMALL, "docx", dated=NOON)
    assert [one.poll() is not None for one in begun] == [True]


def test_a_third_file_is_refused_when_two_are_being_written(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "LONGEST", 0.1)
    monkeypatch.setattr(program, "_room", threading.BoundedSemaphore(2))
    refused = pytest.raises(Busy, match="Many files")
    with program._room, program._room, app.test_request_context("/en/"), refused:
        program.run(SMALL, "docx", dated=NOON)


def test_a_tree_that_pandoc_does_not_take_is_told_and_takes_no_room(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "_room", threading.BoundedSemaphore(1))
    for _turn in range(2):
        with app.test_request_context("/en/"), pytest.raises(Busy, match="could not be made"):
            program.run('{"no": "tree"}', "docx", dated=NOON)


def test_more_memory_than_it_is_given_ends_the_program(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "MOST_MEMORY", "65m")
    words = ",".join('{"t":"Para","c":[{"t":"Str","c":"%s"}]}' % ("word " * 200) for _ in range(20_000))
    large = f'{{"pandoc-api-version":[1,23,1],"meta":{{}},"blocks":[{words}]}}'
    with app.test_request_context("/en/"), pytest.raises(Busy, match="could not be made"):
        program.run(large, "docx", dated=NOON)


def test_a_draft_that_is_too_large_is_refused_before_it_is_written(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    document: dict[str, Any] = frozen_document(*by_hand())
    monkeypatch.setattr(office, "LARGEST", 1_000)
    with pytest.raises(Busy, match="too large"):
        export({**document, "fingerprint": "sha256:of-its-own"}, "docx", "en")


def test_nothing_of_the_machine_or_the_person_who_runs_it_goes_into_a_file(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A template of one's own lies where pandoc looks for one; the draft's files must not follow it."""
    before = program.run(SMALL, "docx", dated=NOON)
    for folder in (tmp_path / ".pandoc", tmp_path / "pandoc", tmp_path / ".local" / "share" / "pandoc"):
        folder.mkdir(parents=True)
        (folder / "reference.docx").write_bytes(b"not a document")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert program.run(SMALL, "docx", dated=NOON) == before
