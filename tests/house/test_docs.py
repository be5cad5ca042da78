"""What is undocumented fails: settings, commands, verbs, make targets; and every link leads somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from roadmap.cli import main
from roadmap.domain.phases import Verb
from tests.house import tree

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<img[^>]*src=\"([^\"]+)\"")
CHARTERS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")


def documentation() -> str:
    """Return all that is written for people who run the product or read its code."""
    return "\n".join(tree.text_of(path) for path in tree.with_suffix(".md"))


def commands(group: click.Group, before: str = "roadmap") -> Iterator[tuple[str, click.Command]]:
    """Yield each command of ours with its full name; Flask's own are documented by Flask."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, f"{before} {name}")
        elif ((command.callback and command.callback.__module__) or "").startswith("roadmap"):
            yield f"{before} {name}", command


def test_every_setting_is_documented() -> None:
    settings = set(re.findall(r"\bROADMAP_[A-Z_]+", tree.text_of(tree.ROOT / "config.py")))
    assert settings - set(re.findall(r"\bROADMAP_[A-Z_]+", documentation())) == set()


def test_no_setting_is_documented_that_nobody_reads() -> None:
    code = "\n".join(tree.text_of(path) for path in tree.python_files())
    read = set(re.findall(r"\bROADMAP_[A-Z_]+", code))
    assert set(re.findall(r"\bROADMAP_[A-Z_]+", documentation())) - read == set()


def test_every_command_is_documented() -> None:
    text = documentation()
    assert [name for name, _ in commands(main) if name not in text] == []


def test_every_option_of_a_command_is_documented() -> None:
    text = documentation()
    options = {
        f"{name} {option}"
        for name, command in commands(main)
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--")
    }
    assert sorted(option for option in options if option.split()[-1] not in text) == []


def test_every_command_says_what_it_does() -> None:
    assert [name for name, command in commands(main) if not command.get_short_help_str()] == []


def test_every_verb_of_the_policy_is_documented() -> None:
    text = documentation()
    assert [verb.value for verb in Verb if f"`{verb.value}`" not in text] == []


@pytest.mark.parametrize("name", CHARTERS)
def test_the_project_tells_about_itself(name: str) -> None:
    assert (tree.ROOT / name).is_file()


@pytest.mark.parametrize(
    "path", [path for path in tree.with_suffix(".md") if "texts" not in path.parts], ids=tree.short
)
def test_every_link_within_the_project_leads_somewhere(path: Path) -> None:
    targets = (first or second for first, second in LINK.findall(tree.text_of(path)))
    local = (target.split("#")[0] for target in targets if not re.match(r"[a-z]+:|#|/", target))
    assert [target for target in local if not (path.parent / target).exists()] == []


def test_every_make_target_that_is_named_exists() -> None:
    makefile = tree.text_of(tree.ROOT / "Makefile")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", documentation())) - targets == set()


def test_the_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(path.name[:4] for path in tree.with_suffix(".md", under="docs/decisions"))
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
