"""Files and functions stay small enough to be read in one go, and say by their name what they hold."""

import re

from tests.house import tree

FILE, FUNCTION, CONFTEST = 300, 60, 150
FORBIDDEN_NAMES = re.compile(r"^_?(utils?|helpers?|common|misc|managers?)$")


def test_no_python_file_is_longer_than_three_hundred_lines() -> None:
    lengths = {tree.short(path): len(tree.text_of(path).splitlines()) for path in tree.python_files()}
    assert {name: lines for name, lines in lengths.items() if lines > FILE} == {}


def test_no_conftest_is_longer_than_a_hundred_and_fifty_lines() -> None:
    lengths = {
        tree.short(path): len(tree.text_of(path).splitlines())
        for path in tree.python_files()
        if path.name == "conftest.py"
    }
    assert {name: lines for name, lines in lengths.items() if lines > CONFTEST} == {}


def test_no_function_is_longer_than_sixty_lines() -> None:
    long = {}
    for path in tree.python_files():
        for function in tree.functions_of(path):
            lines = (function.end_lineno or function.lineno) - function.lineno + 1
            if lines > FUNCTION:
                long[f"{tree.short(path)}:{function.lineno} {function.name}"] = lines
    assert long == {}


def test_no_script_of_a_page_is_longer_than_a_hundred_and_fifty_lines() -> None:
    lengths = {
        tree.short(path): len(tree.text_of(path).splitlines())
        for path in tree.with_suffix(".js", under="static")
    }
    assert {name: lines for name, lines in lengths.items() if lines > CONFTEST} == {}


def test_no_module_or_folder_has_a_name_that_says_nothing() -> None:
    names = {
        tree.short(path): {path.stem, *path.relative_to(tree.ROOT).parts[:-1]}
        for path in tree.kept()
        if path.suffix in {".py", ".html", ".css", ".js"}
    }
    empty = {path: [name for name in parts if FORBIDDEN_NAMES.match(name)] for path, parts in names.items()}
    assert {path: found for path, found in empty.items() if found} == {}


def test_every_function_is_annotated() -> None:
    bare = []
    for path in tree.python_files():
        for function in tree.functions_of(path):
            arguments = function.args
            named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
            unnamed = [item for item in (arguments.vararg, arguments.kwarg) if item]
            asked = [item for item in [*named, *unnamed] if item.arg not in {"self", "cls"}]
            if function.returns is None or any(item.annotation is None for item in asked):
                bare.append(f"{tree.short(path)}:{function.lineno} {function.name}")
    assert bare == []
