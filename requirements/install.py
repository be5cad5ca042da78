"""Make .venv and put one pinned set of packages into it: `python requirements/install.py demo`, `dev` or `oracle`.

Needs nothing but Python and its own library. Every package is checked against its hash. What goes wrong is
said in one line; what the installers printed is kept in .venv/install.log.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST = (3, 11)
SETS = {
    "demo": "about 150 MB to download",
    "dev": "about 350 MB to download",
    "oracle": "about 150 MB to download",
}
REASONS = (
    (
        r"No space left|ENOSPC",
        "The disk is full: the packages need about 1 GB. Make room and run it again.",
    ),
    (
        r"DO NOT MATCH THE HASHES|[Hh]ash mismatch",
        "A package does not have the content that was pinned, so nothing was installed. Run it again; if it"
        " stays so, something on the way alters downloads.",
    ),
    (
        r"name resolution|Name or service not known|nodename nor servname|dns error|Network is unreachable"
        r"|NewConnectionError|Connection refused|Connection reset|ProxyError|Max retries exceeded|timed out"
        r"|[Ee]rror sending request|client error \(Connect\)|[Ff]ailed to fetch|Failed to establish",
        "The package index cannot be reached: check the network (or the proxy) and run it again. What was"
        " downloaded is kept.",
    ),
    (
        r"command '?\S*(gcc|cc|clang|c\+\+|cl\.exe)\S*'? failed|unable to execute '?\S*(gcc|cc|clang)"
        r"|No such file or directory: '?(gcc|cc|clang|c\+\+)|compiler cannot create"
        r"|[Cc]an't find Rust compiler|Visual C\+\+ .* required|[Ff]ailed to build|Failed building wheel",
        "A package has no ready file for this system and must be compiled: install a C compiler and the"
        " Python headers (Debian and Ubuntu: apt install build-essential python3-dev) and run it again.",
    ),
    (
        r"No matching distribution|no versions? of|has no wheels with a matching|Could not find a version",
        "A package is not offered for this system and Python version; Python 3.11 to 3.14 on 64-bit Linux,"
        " macOS or Windows are known to work.",
    ),
)


class CannotInstallError(Exception):
    """Why the packages could not be installed, as one sentence for the person who ran it."""


def reason(output: str) -> str:
    """Say in one line what the output of a failed installer means."""
    for pattern, sentence in REASONS:
        if re.search(pattern, output):
            return sentence
    return "The packages could not be installed."


def python_of(venv: Path) -> Path:
    """Return the interpreter of a virtual environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def succeeds(*command: str | Path) -> bool:
    """Tell whether a program can be started and ends well."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make_venv(venv: Path) -> Path:
    """Make the virtual environment, unless a working one is there, and return its interpreter."""
    python = python_of(venv)
    if succeeds(python, "-m", "pip", "--version"):  # after an upgrade of the system it may no longer
        return python
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise CannotInstallError(
                f"This Python lacks its module {module}: install it (Debian and Ubuntu:"
                " apt install python3-venv) and run it again."
            )
    done = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", venv], capture_output=True, text=True, check=False
    )
    if done.returncode:
        shutil.rmtree(venv, ignore_errors=True)
        raise CannotInstallError(f"The virtual environment {venv.name} could not be made: {last_line(done)}")
    return python


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    """Return the last line that a program printed."""
    return ((done.stderr + done.stdout).strip() or "no reason given").splitlines()[-1]


def attempt(command: Sequence[str | Path], log: Path) -> str | None:
    """Run an installer; return None when it worked, else what it printed, which is also added to the log."""
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_USER": "0"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode == 0:
        return None
    output = done.stdout.decode(errors="replace")
    with log.open("a", encoding="utf-8") as kept:
        kept.write(f"$ {' '.join(map(str, command))}\n{output}\n")
    return output


def install(name: str, venv: Path) -> None:
    """Install one pinned set and the project itself, with uv where it can be had, with pip otherwise."""
    python = make_venv(venv)
    log = venv / "install.log"
    log.unlink(missing_ok=True)
    pip = (python, "-m", "pip", "install", "--quiet", "--retries", "2")
    uv = (python, "-m", "uv", "pip", "install", "--quiet", "--compile-bytecode", "--python", python)
    hashed = ("--require-hashes", "-r")
    itself = ("--no-deps", "--no-build-isolation", "-e", ".")
    told = f"(All that was said: {log.relative_to(ROOT)})"
    with_uv = (
        succeeds(python, "-m", "uv", "--version")
        or attempt([*pip, *hashed, "requirements/uv.txt"], log) is None
    )
    packages = (*hashed, f"requirements/{name}.txt")
    if not (with_uv and attempt([*uv, *packages], log) is None):
        output = attempt([*pip, *packages], log)
        if output is not None:
            raise CannotInstallError(f"{reason(output)} {told}")
    if attempt([*(uv if with_uv else pip), *itself], log) is not None:
        raise CannotInstallError(
            f"The packages are installed, but the project itself could not be built. {told}"
        )


def main(arguments: Sequence[str]) -> int:
    """Install the named set; answer 0, or 1 after one line that says what is wrong."""
    name = arguments[0] if arguments else ""
    if name not in SETS:
        sys.stderr.write(f"Say which set to install: {', '.join(SETS)}.\n")
        return 1
    if sys.version_info < OLDEST:
        sys.stderr.write("Python 3.11 or newer is needed.\n")
        return 1
    sys.stdout.write(f"Installing the packages for {name} into .venv ({SETS[name]}, once).\n")
    sys.stdout.flush()
    try:
        install(name, ROOT / ".venv")
    except CannotInstallError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. Run it again to go on.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
