"""The orders of the house: floors, rooms, and a domain that knows nothing of the rest."""

from configparser import ConfigParser
from pathlib import Path

import pytest
from importlinter import cli as linter

from tests.house import tree

NAMED = ("source_modules", "forbidden_modules")


def exists(name: str) -> bool:
    """Tell whether a module of the project is there; patterns and other people's packages always are."""
    if "*" in name or not name.startswith("roadmap."):
        return True
    path = tree.ROOT.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


@pytest.fixture
def contracts(tmp_path: Path) -> Path:
    """Return the contracts, less the names of packages that are not built yet."""
    config = ConfigParser()
    config.read(tree.ROOT / ".importlinter", encoding="utf-8")
    for section in config.sections():
        for option in set(NAMED) & set(config[section]):
            names = filter(exists, config[section][option].split())
            config[section][option] = "\n" + "\n".join(names)
    target = tmp_path / "contracts.ini"
    with target.open("w", encoding="utf-8") as file:
        config.write(file)
    return target


def test_every_import_contract_is_kept(contracts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = linter.lint_imports(config_filename=str(contracts), no_cache=True)
    assert result == linter.EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_every_package_stands_on_a_floor() -> None:
    config = ConfigParser()
    config.read(tree.ROOT / ".importlinter", encoding="utf-8")
    floors = config["importlinter:contract:floors"]
    named = {name.strip(" ()") for line in floors["layers"].splitlines() for name in line.split("|")}
    named |= set(floors["exhaustive_ignores"].split())
    packages = {path.relative_to(tree.ROOT).parts[1] for path in tree.with_suffix(".py", under="roadmap")}
    assert {name.removesuffix(".py") for name in packages} - {"__init__"} - named == set()
