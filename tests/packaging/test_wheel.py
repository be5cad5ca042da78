"""The wheel carries everything the product needs, and serves without the checkout it was built from."""

import os
import re
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.house import messages, tree

Command = list[str | Path]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel as `make wheel` does: with the pinned tools, fetching nothing."""
    folder = tmp_path_factory.mktemp("wheel")
    command: Command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    done = subprocess.run(command, cwd=tree.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture
def wheel(built: Path) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(built) as opened:
        yield opened


@pytest.fixture
def names(wheel: zipfile.ZipFile) -> set[str]:
    return set(wheel.namelist())


def expected(under: str) -> set[str]:
    """Return where the kept files below a folder of the root lie in the wheel."""
    home = "" if under == "roadmap" else "roadmap/"
    files = (path for path in tree.kept() if path.is_relative_to(tree.ROOT / under))
    return {home + tree.short(path) for path in files if not path.name.startswith(".")}


@pytest.mark.parametrize("under", ["roadmap", "templates", "static"])
def test_every_kept_file_of_the_product_is_inside(names: set[str], under: str) -> None:
    assert expected(under) - names == set()


def test_the_settings_and_the_application_are_inside_the_package(names: set[str]) -> None:
    assert {"roadmap/config.py", "roadmap/wsgi.py"} <= names


def test_the_catalogues_are_compiled(names: set[str]) -> None:
    kept = [language for language in messages.LANGUAGES if messages.path_of(language).is_file()]
    assert {f"roadmap/translations/{language}/LC_MESSAGES/messages.mo" for language in kept} - names == set()


def test_the_heading_font_comes_with_its_licence(names: set[str]) -> None:
    fonts = {name.rpartition("/")[2] for name in names if name.startswith("roadmap/static/fonts/")}
    assert {"figtree-800.woff2", "figtree-licence.txt"} <= fonts


def test_nothing_lies_outside_the_package(names: set[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"roadmap"}


def test_the_migrations_are_inside(names: set[str]) -> None:
    assert {name for name in names if name.startswith("roadmap/migrations/versions/0001")}


def test_the_console_script_and_the_licence_are_declared(wheel: zipfile.ZipFile) -> None:
    (home,) = {name.split("/")[0] for name in wheel.namelist() if ".dist-info/" in name}
    scripts = ConfigParser()
    scripts.read_string(wheel.read(f"{home}/entry_points.txt").decode())
    assert scripts["console_scripts"]["roadmap"] == "roadmap.cli:main"
    licence = (tree.ROOT / "LICENSE").read_bytes()
    assert wheel.read(f"{home}/licenses/LICENSE") == licence


def test_the_heading_font_is_under_ten_kilobytes_and_the_same_every_time(
    wheel: zipfile.ZipFile, tmp_path: Path
) -> None:
    from hatch_build import heading_font  # slow import

    heading_font(tmp_path)
    made = (tmp_path / "figtree-800.woff2").read_bytes()
    assert made == wheel.read("roadmap/static/fonts/figtree-800.woff2")
    assert len(made) < 10_000


@pytest.fixture(scope="session")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel and the pinned packages into an empty environment; return its programs' folder."""
    venv = tmp_path_factory.mktemp("empty") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    install: Command = [
        sys.executable,
        "-m",
        "uv",
        "pip",
        "install",
        "--quiet",
        "--python",
        venv / "bin" / "python",
    ]
    pins: Command = ["--require-hashes", "-r", tree.ROOT / "requirements" / "demo.txt"]
    subprocess.run([*install, *pins], check=True)
    subprocess.run([*install, "--no-deps", built], check=True)
    return venv / "bin"


@pytest.fixture
def address(installed: Path, tmp_path: Path) -> Iterator[str]:
    """Serve from an empty folder, as `roadmap run` does on its first start, and return the address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    alone = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    command: Command = [installed / "roadmap", "run", "--port", str(port)]
    log = tmp_path / "said.log"
    with log.open("wb") as said:
        running = subprocess.Popen(command, cwd=tmp_path, env=alone, stdout=said, stderr=said)
    try:
        for _ in range(300):
            if running.poll() is not None or answers(port):
                break
            time.sleep(0.1)
        assert running.poll() is None, log.read_text()
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(timeout=20)


def answers(port: int) -> bool:
    """Tell whether something listens on the port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def fetched(address: str) -> tuple[int, str, bytes]:
    """Return status, kind and content of what lies at the address."""
    with urlopen(address, timeout=20) as answer:
        return answer.status, answer.headers.get_content_type(), answer.read()


@pytest.mark.installed
def test_the_installed_product_serves_a_translated_page_a_style_sheet_and_the_font(address: str) -> None:
    status, kind, page = fetched(f"{address}/fr/")
    assert (status, kind) == (200, "text/html")
    assert 'lang="fr"' in page.decode()
    sheets = re.findall(r'href="(/static/[^"]+\.css[^"]*)"', page.decode())
    assert {fetched(address + sheet)[:2] for sheet in sheets} == {(200, "text/css")}
    assert fetched(f"{address}/static/fonts/figtree-800.woff2")[:2] == (200, "font/woff2")


@pytest.mark.installed
def test_the_installed_command_lists_what_it_can_do(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [installed / "roadmap", "--help"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    commands = {line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")}
    assert {"run", "demo", "import", "compile", "export", "verify", "grant", "edition"} <= commands


@pytest.mark.installed
def test_a_taken_port_is_said_in_one_line(installed: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command: Command = [installed / "roadmap", "run", "--port", port]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode != 0
    (line,) = done.stderr.splitlines()
    assert port in line
