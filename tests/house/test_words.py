"""What the kept files must not say: where they were made, what is unfinished, what is nobody's business."""

import re
from pathlib import Path

import pytest

from tests.house import tree

TEXTS = {
    ".py",
    ".md",
    ".html",
    ".txt",
    ".css",
    ".js",
    ".toml",
    ".ini",
    ".cfg",
    ".po",
    ".sh",
    ".yml",
    ".svg",
    "",
}

# Each word is written in two parts, so that this file does not hold it.
HOSTS = (
    "python" + "hosted",
    "py" + "pi.org",
    "registry." + "npm",
    "deb." + "debian.org",
    "files." + "python" + "hosted",
)
PLACES = (
    "/wo" + "rk/",
    "/fa" + "rm/",
    "/opt/" + "rm/",
    "/opt/" + "py" + "pi",
    "/opt/" + "wheels",
    "/ho" + "me/[a-z]+/",
    "/Use" + "rs/",
)
UNFINISHED = (
    r"\bTO" + r"DO\b",
    r"\bFIX" + r"ME\b",
    r"\bXX" + r"X\b",
    "Not" + "ImplementedError",
    "(?i:coming" + " soon)",
    "(?i:lorem" + " ipsum)",
    r"(?i:under" + r" construction)",
    r"mark\.(?:sk" + r"ip|xf" + r"ail)\b",
)
MAKERS = (
    r"(?i:\bclau" + r"de\b)",
    r"(?i:anthro" + r"pic)",
    r"(?i:chat" + r"gpt)",
    r"(?i:open" + r"ai\b)",
    r"(?i:\bcopi" + r"lot\b)",
    r"\bL" + r"LMs?\b",
    r"(?i:language" + r" model)",
    r"(?i:\b(?:sub|coding|ai) ?-?ag" + r"ents?\b)",
    r"(?i:generated (?:by|with) a" + r"i\b)",
    r"(?i:co-authored" + r"-by)",
)
NUMBERED = (r"(?i:\bissue" + r"s? #?\d+)", r"(?i:\b(?:fixes|closes|see) #" + r"\d+)")


def searched() -> list[Path]:
    """Return the kept files that hold text, the licence left out."""
    return [path for path in tree.kept() if path.suffix in TEXTS and path.name != "LICENSE"]


def lines_with(*patterns: str, among: list[Path] | None = None) -> list[str]:
    """Return each line of the kept files in which one of the patterns occurs."""
    pattern = re.compile("|".join(f"(?:{part})" for part in patterns))
    return [
        f"{tree.short(path)}:{number} {line.strip()[:100]}"
        for path in (searched() if among is None else among)
        for number, line in enumerate(tree.text_of(path).splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_package_registry() -> None:
    assert lines_with(*map(re.escape, HOSTS)) == []


def test_no_file_names_a_place_on_some_machine() -> None:
    assert lines_with(*PLACES) == []


def test_nothing_is_left_unfinished() -> None:
    code = [path for path in searched() if path.suffix != ".po"]
    assert lines_with(*UNFINISHED, among=code) == []


def test_the_files_speak_of_the_project_alone() -> None:
    assert lines_with(*MAKERS, *NUMBERED) == []


def test_the_requirements_hold_names_versions_and_hashes_only() -> None:
    allowed = re.compile(
        r"\s*(#.*|--hash=sha256:[0-9a-f]{64}( \\)?|[a-z0-9._-]+(\[[a-z,]+\])?==[^ ]+( ; .*?)?( \\)?)?"
    )
    pins = tree.with_suffix(".txt", under="requirements")
    assert len(pins) >= 3
    assert [
        line for path in pins for line in tree.text_of(path).splitlines() if not allowed.fullmatch(line)
    ] == []


@pytest.mark.parametrize("path", tree.with_suffix(".txt", under="requirements"), ids=lambda path: path.stem)
def test_every_pinned_package_has_a_hash(path: Path) -> None:
    pinned = re.split(r"^(?=[a-z0-9])", tree.text_of(path), flags=re.MULTILINE)[1:]
    assert [entry.split("==")[0] for entry in pinned if "--hash=sha256:" not in entry] == []


def test_no_kept_file_is_larger_than_nine_hundred_kilobytes() -> None:
    assert {
        tree.short(path): path.stat().st_size for path in tree.kept() if path.stat().st_size > 900_000
    } == {}


def test_the_licence_is_the_affero_general_public_licence() -> None:
    text = (tree.ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.split("\n", 2)[0].strip() == "GNU AFFERO GENERAL PUBLIC LICENSE"
    assert "Version 3, 19 November 2007" in text
    assert "13. Remote Network Interaction" in text


def test_settings_are_read_in_one_place() -> None:
    """Nothing but config.py asks the environment of the process."""
    assert lines_with(r"\bos\.environ\b", r"\bgetenv\(", among=tree.python_files("roadmap")) == []


def test_the_domain_reads_no_clock_and_draws_from_no_hidden_chance() -> None:
    clock = r"\.(?:now|today|utcnow)\("
    chance = r"(?<!\.)\brandom\.(?!Random\b)\w+\(|np\.random\.(?![A-Z]|default_rng)"
    assert lines_with(clock, chance, among=tree.python_files("roadmap/domain")) == []
