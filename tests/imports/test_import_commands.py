"""`roadmap import decidim` and `roadmap import consul`: what they print, and how they refuse."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run, environment, run
from tests.imports.discussions import CONSUL, FLAT, NATIVE, Files, changed, written

__all__ = ["environment", "run"]
INTO = ("--edition", "held", "--question", "1")


@pytest.mark.parametrize(
    ("platform", "files", "figures"),
    [
        ("consul", CONSUL, "2 proposals, 5 comments, 7466 supports shown as figures"),
        ("decidim", FLAT, "2 proposals, 4 comments, 484 supports shown as figures"),
        ("decidim", NATIVE, "2 proposals, 2 comments, 0 supports shown as figures"),
    ],
)
def test_what_there_is_now_is_told_in_the_last_line(
    run: Run, tmp_path: Path, platform: str, files: Files, figures: str
) -> None:
    words = ("import", platform, str(written(tmp_path / "held", files)), *INTO)
    first, again = run(*words), run(*words)
    assert (first.exit_code, first.output.splitlines()[-1], again.exit_code, again.output.splitlines()[-1]) == (
        0, f"held is imported: {figures}.", 0, f"held was imported before; nothing changed: {figures}.",
    )  # fmt: skip


def test_it_is_said_in_which_zone_times_were_read(run: Run, tmp_path: Path) -> None:
    said = [
        run("import", "decidim", str(written(tmp_path / name, files)), *INTO).output
        for name, files in (("flat", FLAT), ("native", NATIVE))
    ]
    sentence = "Times without a zone were read in that of the edition, UTC."
    assert [sentence in output for output in said] == [True, False]


def test_a_broken_file_is_one_line_and_nothing_is_made(run: Run, tmp_path: Path) -> None:
    broken = changed(FLAT, "comments.csv", "12,3,11,", "12,99,11,")
    said = run("import", "decidim", str(written(tmp_path / "held", broken)), *INTO)
    listed = run("edition", "list")
    assert (said.exit_code, said.output, "held" in listed.output) == (
        1,
        "Error: comments.csv, line 3: proposal 99 is not in proposals.csv; one of the two files is not whole.\n",
        False,
    )


def test_what_is_no_language_is_refused(run: Run, tmp_path: Path) -> None:
    said = run("import", "consul", str(written(tmp_path / "held", CONSUL)), *INTO, "--language", "Spanish")
    assert (said.exit_code, "write a language code such as en" in said.output) == (2, True)
