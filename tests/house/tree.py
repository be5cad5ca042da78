"""The files of the project, as the laws of the house look at them."""

import ast
import os
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", ".cache", "instance", "dist", "build", "__pycache__", "node_modules"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def kept() -> tuple[Path, ...]:
    """Return every file under version control; in an unpacked archive, every file that is not made here."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        files = (ROOT / name for name in listed.split("\0") if name)
    else:
        files = (path for path in walked() if path.suffix not in {".pyc", ".mo", ".woff2"})
    return tuple(sorted(path for path in files if path.is_file()))


def walked() -> Iterator[Path]:
    """Yield every file below the root that does not lie in a folder of things made or installed."""
    for folder, below, names in os.walk(ROOT):
        below[:] = [name for name in below if name not in NOT_OURS and not name.endswith("_cache")]
        for name in names:
            yield Path(folder) / name


def with_suffix(*suffixes: str, under: str = ".") -> list[Path]:
    """Return the kept files with one of the suffixes, below a folder of the root."""
    top = ROOT / under
    return [path for path in kept() if path.suffix in suffixes and path.is_relative_to(top)]


def python_files(under: str = ".") -> list[Path]:
    """Return the kept Python files but for the migrations, which are written once and never again."""
    return [path for path in with_suffix(".py", under=under) if "versions" not in path.parts]


def short(path: Path) -> str:
    """Return the path as a person would write it: from the root, with slashes."""
    return path.relative_to(ROOT).as_posix()


@cache
def text_of(path: Path) -> str:
    """Return the text of a file."""
    return path.read_text(encoding="utf-8")


@cache
def syntax_of(path: Path) -> ast.Module:
    """Return the parsed Python file."""
    return ast.parse(text_of(path), filename=str(path))


def functions_of(path: Path) -> Iterator[Function]:
    """Yield every function of a Python file, methods and nested ones included."""
    for node in ast.walk(syntax_of(path)):
        if isinstance(node, Function):
            yield node
