"""Every kind of entry in the public log has its sentence and its part."""

import ast

from roadmap.log.parts import PARTS
from roadmap.log.phrases import line
from tests.house import tree


def recorded_kinds() -> set[str]:
    """The kinds that the code writes: the second argument of every `record(...)`."""
    found: set[str] = set()
    for path in (tree.ROOT / "roadmap").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or len(node.args) < 2:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name == "record":
                found |= {
                    part.value
                    for part in ast.walk(node.args[1])
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                }
    return found


def test_every_kind_of_entry_has_a_sentence() -> None:
    assert sorted(kind for kind in recorded_kinds() if line(kind, {}) == kind) == []


def test_every_kind_of_entry_is_in_exactly_one_part() -> None:
    placed = [kind for kinds in PARTS.values() for kind in kinds]
    assert sorted(placed) == sorted(set(placed))
    assert sorted(recorded_kinds() - set(placed)) == []
