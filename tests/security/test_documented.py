"""docs/security.md names tests that are there, and leaves out no line of the parts that it holds."""

import re

from tests.house import tree

PAGE = tree.ROOT / "docs" / "security.md"
LINES = {
    "A": 7, "B": 11, "C": 9, "D": 13, "E": 9, "F": 8, "G": 7, "H": 7, "I": 5, "J": 12, "K": 6, "L": 3, "M": 3,
}  # fmt: skip


def test_every_file_that_is_named_exists() -> None:
    named = set(re.findall(r"`([a-z/]+/test_[a-z_]+)`", tree.text_of(PAGE)))
    assert {name for name in named if not (tree.ROOT / "tests" / f"{name}.py").is_file()} == set()


def test_every_test_that_is_named_exists() -> None:
    tests = "\n".join(tree.text_of(path) for path in tree.python_files("tests"))
    known = set(re.findall(r"def test_(\w+)\(", tests))
    named = {
        name
        for name in re.findall(r"\b[a-z]+(?:_[a-z0-9]+){2,}\b", tree.text_of(PAGE))
        if "test_" not in name
    }
    assert named - known == set()


def test_every_line_of_the_checklist_has_its_row() -> None:
    rows = re.findall(r"^\| ([A-M]\d+) \|", tree.text_of(PAGE), re.MULTILINE)
    assert rows == [f"{part}{number}" for part, most in LINES.items() for number in range(1, most + 1)]
