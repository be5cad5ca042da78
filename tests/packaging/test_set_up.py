"""Set-up on a bare machine: what goes wrong is said in one clear line, without a traceback."""

import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import tree

NOWHERE = "http://127.0.0.1:9/simple"
SAMPLES = {
    "pip without a network": (
        "WARNING: Retrying (Retry(total=1)) after connection broken by 'NewConnectionError('<pip._vendor"
        ".urllib3.connection.HTTPSConnection object>: Failed to establish a new connection: [Errno -3] "
        "Temporary failure in name resolution')': /simple/flask/\nERROR: Could not find a version that "
        "satisfies the requirement flask==3.1.3 (from versions: none)",
        "cannot be reached",
    ),
    "uv without a network": (
        "error: Failed to fetch: `https://example.org/simple/flask/`\n  Caused by: Request failed after 3 "
        "retries\n  Caused by: error sending request for url\n  Caused by: client error (Connect)\n  Caused "
        "by: dns error",
        "cannot be reached",
    ),
    "pip without a compiler": (
        "error: command 'gcc' failed: No such file or directory\nERROR: Failed building wheel for cffi",
        "install a C compiler",
    ),
    "uv without a compiler": (
        "error: Failed to build `cffi==2.1.1`\n  Caused by: The build backend returned an error",
        "install a C compiler",
    ),
    "a changed package": (
        "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
        "does not have the content that was pinned",
    ),
    "a full disk": ("OSError: [Errno 28] No space left on device", "disk is full"),
    "a system that is not provided for": (
        "ERROR: Could not find a version that satisfies the requirement typst==0.15.2 (from versions: 0.1)",
        "not offered for this system",
    ),
    "anything else": ("something quite different", "could not be installed"),
}


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_output_of_an_installer_is_told_in_one_line(sample: str) -> None:
    output, expected = SAMPLES[sample]
    sentence = runpy.run_path(str(tree.ROOT / "requirements" / "install.py"))["reason"](output)
    assert expected in sentence
    assert "\n" not in sentence


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with what set-up reads."""
    for name in ("Makefile", "pyproject.toml", "hatch_build.py"):
        shutil.copy(tree.ROOT / name, tmp_path)
    shutil.copytree(tree.ROOT / "requirements", tmp_path / "requirements")
    return tmp_path


def ran(checkout: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program in the checkout, away from this machine's package settings and from an outer make."""
    outer = ("PIP_", "UV_", "MAKE", "MFLAGS")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(outer)}
    return subprocess.run(
        command,
        cwd=checkout,
        env={**kept, "PIP_CONFIG_FILE": os.devnull, "UV_NO_CONFIG": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def said(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return what was said on the error channel, less make's own closing line."""
    return [line for line in done.stderr.splitlines() if not line.startswith("make")]


def test_without_a_new_enough_python_make_says_which_one_it_found(checkout: Path) -> None:
    done = ran(checkout, "make", "demo", "PYTHON=")
    assert done.returncode != 0
    (line,) = said(done)
    assert line.startswith("Python 3.11 or newer is needed; none was found (Python 3.")


def test_without_a_network_make_says_so_in_one_line(checkout: Path) -> None:
    cache = str(checkout / "cache")
    done = ran(
        checkout,
        "make",
        "demo",
        f"PYTHON={sys.executable}",
        PIP_INDEX_URL=NOWHERE,
        PIP_NO_CACHE_DIR="1",
        UV_DEFAULT_INDEX=NOWHERE,
        UV_CACHE_DIR=cache,
    )
    assert done.returncode != 0
    (line,) = said(done)
    assert line.startswith("The package index cannot be reached: check the network")


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_without_its_venv_module_python_is_told_how_to_get_it(checkout: Path, module: str) -> None:
    program = (
        f"import runpy, sys; sys.modules[{module!r}] = None; sys.argv[1:] = ['demo'];"
        "runpy.run_path('requirements/install.py', run_name='__main__')"
    )
    done = ran(checkout, sys.executable, "-c", program)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line == (
        f"This Python lacks its module {module}: install it (Debian and Ubuntu: apt install python3-venv)"
        " and run it again."
    )
    assert not (checkout / ".venv").exists()


def test_a_set_that_does_not_exist_is_refused(checkout: Path) -> None:
    done = ran(checkout, sys.executable, "requirements/install.py", "all")
    assert (done.returncode, done.stderr) == (1, "Say which set to install: demo, dev, oracle.\n")


def test_help_names_every_target_that_people_call(checkout: Path) -> None:
    done = ran(checkout, "make")
    listed = {line.split()[1] for line in done.stdout.splitlines()}
    assert {
        "demo",
        "run",
        "test",
        "test-postgresql",
        "test-browser",
        "test-oracle",
        "lint",
        "types",
        "contracts",
    } <= listed
    assert {"docs", "messages", "lock", "wheel", "bench", "shots", "clean", "help"} <= listed
