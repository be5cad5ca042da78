"""The main job: propose, comment, vote as a guest, claim elsewhere, compile, freeze, export, verify."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import time_machine
from flask import Flask

from roadmap.accounts.models import Account
from roadmap.core.db import db
from roadmap.domain.policy import Role
from roadmap.root import Settings
from tests.browsing import Browser
from tests.factories import DAY, NOW, a_proposal, a_role, an_account, an_edition

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "/en/2026/questions/1-question-1"


def roadmap_command(settings: Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as people do, on the test's database."""
    environment = {
        **os.environ,
        "ROADMAP_DATABASE_URL": settings.database_url.replace("+psycopg", ""),
        "ROADMAP_INSTANCE": str(settings.instance),
        "ROADMAP_SECRET_KEY": settings.secret_key,
        "PYTHONPATH": str(ROOT),
    }
    start = "import sys; from roadmap.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", start, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def mailed_link(app: Flask) -> str:
    """The address in the newest mail."""
    (path,) = re.findall(r"/en/links/[\w-]+", app.extensions["mailman"].outbox[-1].body)[:1]
    return str(path)


def open_mailed_link(app: Flask, browser: Browser) -> None:
    """Open the newest link and press its button, in whichever browser this is."""
    path = mailed_link(app)
    address, fields = browser.fill(browser.page(path), "main form")
    response = browser.post(address, fields)
    assert response.status_code == 303, response.text[response.text.find("error-summary") :][:900]
    browser.adopt()


def propose(app: Flask, browser: Browser, title: str) -> str:
    """Write a proposal without an account, confirm an address, publish: the proposal's address."""
    page = browser.page("/en/2026/propose?question=1")
    address, fields = browser.fill(
        page,
        "main form",
        title=title,
        text="A fund of interpreters, bookable by small groups.",
        author_line="none",
        charter="y",
    )
    response = browser.post(address or "/en/2026/propose", fields)
    assert response.status_code == 303, response.text[response.text.find("error-summary") :][:900]
    check = browser.page(response.location)
    assert title in check.text
    address, fields = browser.fill(check, "form[action$='/propose/check']", email="salma@example.org")
    assert browser.post(address, fields).status_code == 303
    open_mailed_link(app, browser)
    check = browser.page(response.location)
    address, fields = browser.fill(check, "form[action$='/propose/check']")
    published = browser.post(address, fields)
    assert published.status_code == 303, published.text
    return str(published.location).split("?")[0]


def compile_and_freeze(browser: Browser) -> int:
    """An organiser compiles a version and freezes it in the browser: its number."""
    address, fields = browser.fill(browser.page("/en/2026/manage/roadmap/new"), "main form")
    compiled = browser.post(address or "/en/2026/manage/roadmap/new", fields)
    assert compiled.status_code == 303, compiled.text
    version = int(str(compiled.location).rsplit("/", 1)[1])
    page = browser.page(f"/en/2026/manage/roadmap/{version}/freeze")
    sure = {box["name"]: box.get("value", "on") for box in page.select("main form input[type=checkbox]")}
    address, fields = browser.fill(page, "main form", **sure)
    frozen = browser.post(address or f"/en/2026/manage/roadmap/{version}/freeze", fields)
    assert frozen.status_code == 303, frozen.text
    return version


def exported(browser: Browser, version: int) -> dict[str, Any]:
    response = browser.get(f"/en/2026/roadmap/{version}.json")
    assert response.status_code == 200
    document: dict[str, Any] = json.loads(response.data)
    return document


def tallies(document: dict[str, Any]) -> dict[int, dict[str, int]]:
    """Counted votes by number, listed or not."""
    return {
        item["number"]: item["tally"]
        for section in document["sections"]
        for item in [*section["items"], *section["not_listed"]]
    }


def a_campaign(app: Flask) -> Account:
    """An edition with eleven proposals by one author, four people who voted on each, and an organiser."""
    started = NOW - 20 * DAY
    edition = an_edition(phases={"proposing": (started, None), "voting": (started, None)})
    author = an_account("Tomé")
    for number in range(1, 12):
        a_proposal(edition, author, title=f"Proposal {number}")
    for name, choice in [("Awa", "agree"), ("Ravi", "agree"), ("Inês", "agree"), ("Marta", "disagree")]:
        voter = Browser(app).sign_in(an_account(name, email=f"{len(name)}{name[0]}@example.org".lower()))
        for number in range(1, 12):
            assert voter.post(f"/en/2026/proposals/{number}/vote", {"choice": choice}).status_code == 303
    return a_role(an_account("Ana"), Role.ORGANISER, edition)


def test_the_main_job_from_the_first_word_to_a_verified_draft(
    app: Flask, settings: Settings, clock: time_machine.Traveller, tmp_path: Path
) -> None:
    organiser = a_campaign(app)
    writer = Browser(app)
    proposal = propose(app, writer, "Pay interpreters so that small movements can speak")
    number = int(proposal.rsplit("/", 1)[1].split("-")[0])

    page = writer.page(proposal)
    address, fields = writer.fill(
        page, "form[action$='/comments']", text="Who would run it?", stance="question"
    )
    assert writer.post(address, fields).status_code == 303
    assert "Who would run it?" in writer.page(proposal).text

    guest = Browser(app)
    for voted in (number, 1, 2, 3, 4):
        assert guest.post(f"/en/2026/proposals/{voted}/vote", {"choice": "agree"}).status_code == 303
    assert guest.client.get_cookie("guest") is not None

    desk = Browser(app).sign_in(organiser)
    clock.shift(60)
    before = exported(desk, compile_and_freeze(desk))
    assert before["participation"]["guests"] == 1
    assert [tallies(before)[voted]["agree"] for voted in (1, 2, 3, 4)] == [3, 3, 3, 3]
    assert tallies(before)[number] == {"agree": 0, "disagree": 0, "pass": 0}

    address, fields = guest.fill(guest.page("/en/sign-in"), "main form", email="badr@example.org")
    assert guest.post(address, fields).status_code == 303
    other = Browser(app)
    open_mailed_link(app, other)
    assert "agree" in other.page("/en/me/votes").text.lower()

    clock.shift(60)
    version = compile_and_freeze(desk)
    after = exported(desk, version)
    assert after["participation"]["guests"] == 0
    assert [tallies(after)[voted]["agree"] for voted in (1, 2, 3, 4)] == [4, 4, 4, 4]
    assert tallies(after)[number] == {"agree": 1, "disagree": 0, "pass": 0}

    file = tmp_path / "draft.json"
    file.write_bytes(desk.get(f"/en/2026/roadmap/{version}.json").data)
    ballots = tmp_path / "votes.csv"
    page = desk.page(f"/en/2026/manage/roadmap/{version}/ballots")
    address, fields = desk.fill(page, "main form")
    ballots.write_bytes(desk.post(address or f"/en/2026/manage/roadmap/{version}/ballots", fields).data)
    db.session.rollback()
    checked = roadmap_command(
        settings, "verify", str(file), "--expect", after["fingerprint"], "--votes", str(ballots)
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    recount = subprocess.run(
        [sys.executable, str(ROOT / "docs/recount.py"), str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert recount.returncode == 0, recount.stdout + recount.stderr
    for form in ("md", "html", "csv", "pdf"):
        assert desk.get(f"/en/2026/roadmap/{version}.{form}").status_code == 200


def test_the_command_line_does_the_same(app: Flask, settings: Settings, tmp_path: Path) -> None:
    a_campaign(app)
    db.session.rollback()
    moment = NOW.replace(hour=13).strftime("%Y-%m-%dT%H:%M:%SZ")
    compiled = roadmap_command(settings, "compile", "--edition", "2026", "--as-of", moment, "--freeze")
    assert compiled.returncode == 0, compiled.stdout + compiled.stderr
    (fingerprint,) = re.findall(r"sha256:[0-9a-f]{64}", compiled.stdout)
    files = [tmp_path / "a.json", tmp_path / "b.json"]
    for file in files:
        done = roadmap_command(
            settings, "export", "--edition", "2026", "--draft", "1", "--format", "json", "--output", str(file)
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert files[0].read_bytes() == files[1].read_bytes()
    checked = roadmap_command(settings, "verify", str(files[0]), "--expect", fingerprint)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    spoilt = json.loads(files[0].read_text())
    spoilt["sections"][0]["items"][0]["tally"]["agree"] += 1
    files[1].write_text(json.dumps(spoilt))
    assert roadmap_command(settings, "verify", str(files[1])).returncode != 0
