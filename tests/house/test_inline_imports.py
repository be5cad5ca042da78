"""An import inside a function is a confession, and gives its reason on the same line."""

import ast

from tests.house import tree

REASONS = ("# slow import", "# optional dependency", "# thin command")


def test_each_import_inside_a_function_gives_its_reason() -> None:
    silent = []
    for path in [*tree.python_files("roadmap"), *(tree.ROOT.glob("*.py"))]:
        lines = tree.text_of(path).splitlines()
        for function in tree.functions_of(path):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    said = " ".join(lines[node.lineno - 1 : node.end_lineno])
                    if not any(reason in said for reason in REASONS):
                        silent.append(f"{tree.short(path)}:{node.lineno} {said.strip()}")
    assert silent == []
