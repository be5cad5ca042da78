"""Serving for real: the first start, a taken port, a clean end."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

PROGRAM = [sys.executable, "-c", "from roadmap.cli import main; main()"]
ROOT = Path(__file__).resolve().parents[2]


def a_port() -> int:
    """A port that is free."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def alone(folder: Path) -> dict[str, str]:
    """An environment without settings, in which the program is found."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ROADMAP_")}
    return {**kept, "PYTHONPATH": str(ROOT), "ROADMAP_INSTANCE": str(folder / "instance")}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[int, subprocess.Popen[bytes], Path]]:
    """A server on an empty folder: its port, its process, what it said."""
    port, said = a_port(), tmp_path / "said.txt"
    with said.open("wb") as out:
        process = subprocess.Popen(
            [*PROGRAM, "run", "--port", str(port)], cwd=tmp_path, env=alone(tmp_path), stdout=out, stderr=out
        )
    for _ in range(300):
        with socket.socket() as probe:
            if process.poll() is not None or probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield port, process, said
    if process.poll() is None:
        process.kill()
    process.wait()


Served = tuple[int, "subprocess.Popen[bytes]", Path]


def test_the_first_start_makes_the_database_and_prints_a_link(served: Served) -> None:
    port, _process, said = served
    with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=20) as answer:
        assert answer.status == 200
    assert f"  http://127.0.0.1:{port}/en/links/" in said.read_text()


def test_nothing_goes_on_answering_when_the_server_was_killed(served: Served) -> None:
    port, process, _said = served
    process.kill()
    process.wait()
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return
        time.sleep(0.1)
    pytest.fail("a process of a killed server still answers")


def test_it_stops_cleanly_when_asked(served: Served) -> None:
    _port, process, _said = served
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0


def test_nobody_else_can_read_what_it_made(served: Served) -> None:
    _port, _process, said = served
    files = [path for path in (said.parent / "instance").rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o077 for path in files} == {0}


def test_a_taken_port_is_one_clear_line(served: Served, tmp_path: Path) -> None:
    port, _process, _said = served
    done = subprocess.run(
        [*PROGRAM, "run", "--port", str(port)],
        cwd=tmp_path, env=alone(tmp_path), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (
        1, f"Error: Port {port} is taken: choose another with --port.\n"
    )  # fmt: skip


def test_the_start_of_the_program_imports_nothing_heavy(tmp_path: Path) -> None:
    program = (
        "import sys, roadmap.cli; "
        "print(sorted({'flask', 'sqlalchemy', 'alembic', 'numpy', 'granian'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=alone(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"
