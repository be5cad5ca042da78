"""Import, then compile: a ranked draft with no further step."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.imports.conftest import conversations, real

__all__ = ["real"]
Real = Callable[[str], Path]


@pytest.mark.real_data
@pytest.mark.parametrize("name", conversations())
def test_an_imported_conversation_compiles_to_a_draft_that_verifies(
    run: Run, real: Real, name: str, tmp_path: Path
) -> None:
    written = tmp_path / "draft.json"
    reference = json.loads((real(name) / "reference.json").read_text())
    tallies = {
        str(row["id"]): {key: row[key] for key in ("agree", "disagree", "pass")}
        for row in reference["per_comment"]
        if row["moderated"] != -1
    }
    for words in (
        ("import", "polis", str(real(name)), "--edition", "2026", "--question", "1"),
        ("compile", "--edition", "2026", "--freeze"),
        ("export", "--edition", "2026", "--draft", "1", "--format", "json", "--output", str(written)),
        ("verify", str(written)),
    ):
        said = run(*words)
        assert said.exit_code == 0, said.output
    section = json.loads(written.read_text())["sections"][0]
    found = {item["origin"]["id"]: item["tally"] for item in [*section["items"], *section["not_listed"]]}
    assert (found, bool(section["items"])) == (tallies, True)
