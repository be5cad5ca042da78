"""What is particular to the edition that comes with the program stands in its own data file, and nowhere else."""

import re
import tomllib
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

import pytest

from roadmap.core.i18n import LANGUAGES, date, force_locale
from roadmap.editions.seed_file import SEED_FOLDER
from tests.house import tree

PARTICULAR = (
    "title", "short_title", "kicker", "organiser", "translation_note", "background", "questions", "aims", "forms",
    "events",
)  # fmt: skip
"""Keys whose texts belong to one edition. The campaign's name, languages, settings and the groups that everybody can
belong to are the platform's own."""
SHORTEST = 14
"""Shorter texts are words of any language: a kind, a heading."""
KINDS = {".py", ".html", ".md", ".js", ".css", ".toml"}
CHANCE = re.compile(r"seed", re.IGNORECASE)
"""Seeds of chance are numbers that mean nothing."""


@cache
def seeds() -> dict[str, dict[str, Any]]:
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(SEED_FOLDER.glob("*.toml"))}


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from leaves(part)
    elif isinstance(value, str):
        yield value


@cache
def files() -> dict[str, str]:
    """Code, templates, and texts that ship, white space made one; the seeds themselves left out."""
    roots = [tree.ROOT / name for name in ("roadmap", "templates", "static", "config.py")]
    paths = [
        path
        for root in roots
        for path in ([root] if root.is_file() else root.rglob("*"))
        if path.suffix in KINDS and SEED_FOLDER not in path.parents
    ]
    return {tree.short(path): path.read_text("utf-8") for path in paths}


def holding(text: str) -> list[str]:
    """The files that hold it, in whatever case and however it is broken into lines."""
    wanted = " ".join(text.split()).casefold()
    return [name for name, content in plain().items() if wanted in content]


@cache
def plain() -> dict[str, str]:
    return {name: " ".join(content.split()).casefold() for name, content in files().items()}


@pytest.mark.parametrize("seed", sorted(seeds()))
def test_no_text_and_no_name_of_it_is_written_elsewhere(seed: str) -> None:
    texts = {
        text for key in PARTICULAR for text in leaves(seeds()[seed].get(key, {})) if len(text) >= SHORTEST
    }
    assert len(texts) > 60
    assert {text: where for text in texts if (where := holding(text))} == {}


@pytest.mark.parametrize("seed", sorted(seeds()))
def test_no_date_of_it_is_written_elsewhere(seed: str) -> None:
    moments = {
        moment
        for phase in seeds()[seed]["phases"]
        for moment in (phase["opens"], phase.get("closes"))
        if moment is not None
    }
    written = {wording for moment in moments for wording in wordings(moment)}
    assert {text: where for text in written if (where := holding(text))} == {}


def wordings(moment: datetime) -> Iterator[str]:
    yield moment.strftime("%Y-%m-%d")
    yield moment.strftime("%Y, %-m, %-d")


@pytest.mark.parametrize("seed", sorted(seeds()))
def test_neither_its_address_nor_its_year_is_written_elsewhere(seed: str) -> None:
    number = re.compile(rf"(?<![\w.]){re.escape(seeds()[seed]['slug'])}(?!\w)")
    found = {
        f"{name}:{at}"
        for name, content in files().items()
        for at, line in enumerate(content.splitlines(), 1)
        if number.search(line) and not CHANCE.search(line)
    }
    assert found == set()


def test_the_dates_are_looked_for_as_people_read_them(app: Any) -> None:
    for seed in seeds().values():
        for phase in seed["phases"]:
            for code in LANGUAGES:
                with app.test_request_context("/"), force_locale(code):
                    assert holding(date(phase["opens"])) == []
