"""Templates: nothing inline, nothing unescaped, nothing imported in vain, every one of them sound."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, nodes

from tests.house import tree

INLINE = {
    "a script in the page": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "a style sheet in the page": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a script attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script address": re.compile(r"=\s*[\"']?\s*javascript:", re.IGNORECASE),
    "something from another site": re.compile(
        r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=[\"']?(?:https?:)?//"
    ),
}
PHYSICAL = re.compile(
    r"(?<![-\w])(?:(?:margin|padding|border)-(?:left|right)(?:-\w+)*|(?:float|clear|text-align)\s*:\s*(?:left|right)"
    r"|(?:left|right)\s*:|border-(?:top|bottom)-(?:left|right)-radius)"
)
HARDENED = re.compile(r"\|\s*safe\b|\bautoescape\s+false\b")


def templates() -> list[Path]:
    """Return every template."""
    return tree.with_suffix(".html", ".txt", under="templates")


def found(patterns: dict[str, re.Pattern[str]]) -> list[str]:
    """Return where a pattern occurs in the pages, comments left out."""
    faults = []
    for path in templates():
        text = re.sub(
            r"\{#.*?#\}", lambda match: "\n" * match[0].count("\n"), tree.text_of(path), flags=re.DOTALL
        )
        for fault, pattern in patterns.items():
            for match in pattern.finditer(text):
                faults.append(f"{tree.short(path)}:{text.count(chr(10), 0, match.start()) + 1} {fault}")
    return faults


def test_no_page_carries_script_or_style_of_its_own() -> None:
    assert found(INLINE) == []


def test_no_template_marks_a_text_as_safe() -> None:
    """What is safe to show as HTML says so by its type, where it was made safe."""
    assert found({"a text marked as safe": HARDENED}) == []


def test_every_style_sheet_holds_for_both_directions() -> None:
    faults = []
    for path in tree.with_suffix(".css", under="static"):
        text = re.sub(
            r"/\*.*?\*/", lambda match: "\n" * match[0].count("\n"), tree.text_of(path), flags=re.DOTALL
        )
        faults += [
            f"{tree.short(path)}:{text.count(chr(10), 0, match.start()) + 1} {match[0]}"
            for match in PHYSICAL.finditer(text)
        ]
    assert faults == []


def test_no_style_sheet_fetches_from_another_site() -> None:
    sheets = tree.with_suffix(".css", ".js", ".svg", under="static")
    assert [
        tree.short(path)
        for path in sheets
        if re.search(r"(?:url\(|@import|fetch\()\s*[\"']?(?:https?:)?//", tree.text_of(path))
    ] == []


@pytest.fixture
def environment(app: Flask) -> Environment:
    return app.jinja_env


def test_every_template_compiles_with_the_filters_and_tests_it_names(environment: Environment) -> None:
    assert environment.loader is not None
    broken = {}
    for path in templates():
        try:
            environment.compile(tree.text_of(path), filename=str(path))
        except Exception as fault:  # the test shows every broken template, whatever broke it
            broken[tree.short(path)] = str(fault)
    assert broken == {}


def imported(template: nodes.Template) -> Iterator[str]:
    """Yield each name that a template imports."""
    for node in template.find_all(nodes.Import):
        yield node.target
    for names in template.find_all(nodes.FromImport):
        for name in names.names:
            yield name if isinstance(name, str) else name[1]


def test_every_imported_macro_is_used(environment: Environment) -> None:
    unused = {}
    for path in templates():
        parsed = environment.parse(tree.text_of(path))
        used = {name.name for name in parsed.find_all(nodes.Name) if name.ctx == "load"}
        idle = sorted(set(imported(parsed)) - used)
        if idle:
            unused[tree.short(path)] = idle
    assert unused == {}


def test_every_template_that_is_named_exists(environment: Environment) -> None:
    missing = []
    for path in templates():
        parsed = environment.parse(tree.text_of(path))
        named = [
            *(node.template for node in parsed.find_all(nodes.Extends)),
            *(node.template for node in parsed.find_all(nodes.Include)),
            *(node.template for node in parsed.find_all(nodes.Import)),
            *(node.template for node in parsed.find_all(nodes.FromImport)),
        ]
        fixed = (name.value for name in named if isinstance(name, nodes.Const))
        missing += [
            f"{tree.short(path)}: {name}" for name in fixed if not (tree.ROOT / "templates" / name).is_file()
        ]
    assert missing == []


def test_every_component_says_what_it_is() -> None:
    """The first thing in a file of macros is a comment that tells what they are for."""
    silent = [
        tree.short(path)
        for path in tree.with_suffix(".html", under="templates/components")
        if not tree.text_of(path).lstrip().startswith("{#")
    ]
    assert silent == []
