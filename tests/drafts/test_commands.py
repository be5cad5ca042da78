"""`roadmap compile`, `export` and `verify`."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from roadmap.cli.drafts import FORMATS, export_command, verify_command
from roadmap.core.db import db
from roadmap.domain.canonical import fingerprint
from roadmap.drafts import actions
from roadmap.drafts.queries import ballots_of, document_of
from roadmap.root import ROOT, Settings
from tests.browsing import Browser
from tests.domain.ranking.examples import drawn
from tests.drafts.making import by_hand, compiled, frozen, of_snapshot
from tests.factories import NOW

Change = Callable[[dict[str, Any]], None]


def verified(folder: Path, document: dict[str, Any], *words: str) -> Result:
    file = folder / "draft.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return CliRunner().invoke(verify_command, [str(file), *words])


def recounted(folder: Path, document: dict[str, Any]) -> str:
    file = folder / "recount.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "recount.py"), str(file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout.strip()


def changed(document: dict[str, Any], change: Change, *, sealed_again: bool) -> dict[str, Any]:
    spoilt = deepcopy(document)
    change(spoilt)
    return spoilt | ({"fingerprint": fingerprint(spoilt)} if sealed_again else {})


def swap(document: dict[str, Any]) -> None:
    items = document["sections"][0]["items"]
    one, two = items[0], items[-1]
    one["rank"], two["rank"] = two["rank"], one["rank"]
    items[0], items[-1] = two, one


def word(document: dict[str, Any]) -> None:
    document["sections"][0]["items"][2]["title"]["en"] += " not"


def claim(document: dict[str, Any]) -> None:
    item = document["sections"][0]["items"][1]
    item["claims"]["A"] = round(item["claims"]["A"] - 0.2, 4)


def tally(document: dict[str, Any]) -> None:
    document["sections"][0]["items"][3]["tally"]["agree"] += 1


@pytest.fixture
def document(app: Flask) -> dict[str, Any]:
    return document_of(frozen(*of_snapshot(drawn(8, 120, 16, answers=12, camps=2))))


def test_a_sound_draft_verifies_and_the_second_program_agrees(
    document: dict[str, Any], tmp_path: Path
) -> None:
    done = verified(tmp_path, document, "--expect", document["fingerprint"])
    assert (done.exit_code, recounted(tmp_path, document)) == (0, "holds"), done.output


def test_the_sealed_ballots_verify_too(app: Flask, tmp_path: Path) -> None:
    draft = frozen(*by_hand())
    votes = tmp_path / "votes.csv"
    votes.write_bytes(ballots_of(draft)[0])
    done = verified(tmp_path, document_of(draft), "--votes", str(votes))
    assert done.exit_code == 0, done.output
    votes.write_bytes(re.sub(rb"(?m)^(\d+,1),1,", rb"\1,-1,", votes.read_bytes(), count=1))
    assert verified(tmp_path, document_of(draft), "--votes", str(votes)).exit_code == 1


@pytest.mark.parametrize("sealed_again", [False, True])
def test_two_items_swapped_are_named_with_their_place(
    document: dict[str, Any], tmp_path: Path, sealed_again: bool
) -> None:
    spoilt = changed(document, swap, sealed_again=sealed_again)
    done = verified(tmp_path, spoilt)
    assert done.exit_code == 1
    assert "question 1, place 1" in done.output
    assert "question 1, place 1" in recounted(tmp_path, spoilt)


@pytest.mark.parametrize("change", [word, claim, tally])
def test_a_word_a_claim_or_a_tally_changed_breaks_the_fingerprint(
    document: dict[str, Any], tmp_path: Path, change: Change
) -> None:
    done = verified(tmp_path, changed(document, change, sealed_again=False))
    assert done.exit_code == 1
    assert "fingerprint" in done.output or "item" in done.output


@pytest.mark.parametrize("change", [word, claim, tally])
def test_the_expected_fingerprint_tells_what_was_sealed_again(
    document: dict[str, Any], tmp_path: Path, change: Change
) -> None:
    spoilt = changed(document, change, sealed_again=True)
    done = verified(tmp_path, spoilt, "--expect", document["fingerprint"])
    assert done.exit_code == 1
    assert document["fingerprint"] in done.output or "item" in done.output


@pytest.mark.parametrize(("change", "spot"), [(claim, "place 2"), (tally, "place 4")])
def test_the_changed_item_is_named(
    document: dict[str, Any], tmp_path: Path, change: Change, spot: str
) -> None:
    number = document["sections"][0]["items"][int(spot[-1]) - 1]["number"]
    done = verified(tmp_path, changed(document, change, sealed_again=True))
    assert done.exit_code == 1
    assert f"item {number}" in done.output or spot in done.output


def test_what_is_no_draft_is_refused_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "draft.json"
    for content in (b"\xff\xfe", b"{", b"[]", b'{"format": "other"}'):
        file.write_bytes(content)
        done = CliRunner().invoke(verify_command, [str(file)])
        assert done.exit_code == 1
        assert "Traceback" not in done.output
        assert done.output.strip().splitlines()[-1].startswith("Error: ")


def test_a_draft_changed_by_hand_holds_in_both_programs(app: Flask, tmp_path: Path) -> None:
    edition, organiser = of_snapshot(drawn(8, 120, 16, answers=12, camps=2))
    draft = compiled(edition, organiser)
    listed = [item["number"] for item in document_of(draft)["sections"][0]["items"]]
    why = {"en": "A reason."}
    actions.move_item(organiser, draft, listed[6], place=2, reason=why, now=NOW)
    actions.leave_out(organiser, draft, listed[3], reason=why, now=NOW)
    actions.set_last_place(organiser, draft, 1, place=8, reason=why, now=NOW)
    document = document_of(actions.freeze_draft(organiser, draft, now=NOW))
    done = verified(tmp_path, document)
    assert (done.exit_code, recounted(tmp_path, document)) == (0, "holds"), done.output


def test_every_export_by_command_equals_the_one_on_the_site(
    app: Flask, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen(*by_hand())
    browser = Browser(app)
    db.session.rollback()
    monkeypatch.setenv("ROADMAP_DATABASE_URL", settings.database_url.replace("+psycopg", ""))
    monkeypatch.setenv("ROADMAP_INSTANCE", str(settings.instance))
    monkeypatch.setenv("ROADMAP_SECRET_KEY", settings.secret_key)
    for kind in FORMATS:
        file = tmp_path / f"draft.{kind}"
        words = ["--edition", "2026", "--draft", "1", "--format", kind, "--lang", "fr", "--output", str(file)]
        done = CliRunner().invoke(export_command, words)
        assert done.exit_code == 0, done.output
        response = browser.get(f"/fr/2026/roadmap/1.{kind}")
        assert response.status_code == 200
        assert sha256(response.data).digest() == sha256(file.read_bytes()).digest(), kind
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        again = browser.get(f"/fr/2026/roadmap/1.{kind}", headers={"If-None-Match": response.headers["ETag"]})
        assert again.status_code == 304
