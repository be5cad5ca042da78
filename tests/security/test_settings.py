"""What keeps an installation from starting unsafely, and who can read its files (security checklist, A)."""

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from config import SettingError, Settings
from tests.cli.test_serving import ROOT, Served, alone, served

PROGRAM = [sys.executable, "-c", "from roadmap.cli import main; main()"]
SECRET = "Vb6-1xkqmP0w3ZyRtUoLs9dNcFhEjGi2aA_7Kx5M"
SAFE = {
    "ROADMAP_ENV": "production",
    "ROADMAP_SECRET_KEY": SECRET,
    "ROADMAP_BASE_URL": "https://forum.example.org",
    "ROADMAP_MAIL_URL": "smtp://mail.example.org",
}
started = served  # the fixture under a name of this file's own

UNSAFE = [
    ({"ROADMAP_SECRET_KEY": ""}, "ROADMAP_SECRET_KEY"),
    ({"ROADMAP_SECRET_KEY": "dev"}, "ROADMAP_SECRET_KEY"),
    ({"ROADMAP_SECRET_KEY": "changeme-changeme-changeme-changeme"}, "ROADMAP_SECRET_KEY"),
    ({"ROADMAP_SECRET_KEY": "x" * 64}, "ROADMAP_SECRET_KEY"),
    ({"ROADMAP_SECRET_KEY": SECRET[:31]}, "ROADMAP_SECRET_KEY"),
    ({"ROADMAP_BASE_URL": ""}, "ROADMAP_BASE_URL"),
    ({"ROADMAP_BASE_URL": "votes.example.net"}, "ROADMAP_BASE_URL"),
    ({"ROADMAP_BASE_URL": "javascript:alert(1)"}, "ROADMAP_BASE_URL"),
    ({"ROADMAP_BASE_URL": "https://forum.example.org/path"}, "ROADMAP_BASE_URL"),
    ({"ROADMAP_ENV": "prod"}, "ROADMAP_ENV"),
    ({"ROADMAP_PROXIES": "-1"}, "ROADMAP_PROXIES"),
    ({"ROADMAP_MAIL_URL": ""}, "ROADMAP_MAIL_URL"),
    ({"ROADMAP_MAIL_URL": "mail.example.net"}, "ROADMAP_MAIL_URL"),
    ({"ROADMAP_MAIL_URL": "https://mail.example.net"}, "ROADMAP_MAIL_URL"),
    ({"ROADMAP_MAIL_URL": "smtp://u:hunter24@mail:many"}, "ROADMAP_MAIL_URL"),
    ({"ROADMAP_DATABASE_URL": "mysql://root:hunter22@db/x"}, "ROADMAP_DATABASE_URL"),
]


@pytest.mark.parametrize(("changed", "named"), UNSAFE)
def test_production_does_not_start_unsafely_and_names_the_setting_alone(
    tmp_path: Path, changed: dict[str, str], named: str
) -> None:
    """A1, A4."""
    with pytest.raises(SettingError) as refused:
        Settings.from_env({**SAFE, "ROADMAP_INSTANCE": str(tmp_path), **changed})
    told = str(refused.value)
    assert (named in told, [value for value in changed.values() if len(value) > 4 and value in told]) == (
        True,
        [],
    )


def test_production_starts_with_a_secret_and_an_address(tmp_path: Path) -> None:
    settings = Settings.from_env({**SAFE, "ROADMAP_INSTANCE": str(tmp_path)})
    assert (settings.production, settings.secure) == (True, True)


@pytest.mark.parametrize(("given", "stay"), [("console:", True), ("smtp://mail.example.org", False)])
def test_mails_stay_on_the_console_in_production_only_on_purpose(
    tmp_path: Path, given: str, stay: bool
) -> None:
    """F6: links to sign in are secrets."""
    settings = Settings.from_env({**SAFE, "ROADMAP_INSTANCE": str(tmp_path), "ROADMAP_MAIL_URL": given})
    assert settings.mails_stay is stay


def test_settings_shown_in_an_error_show_no_secret(tmp_path: Path) -> None:
    """F6."""
    given = {**SAFE, "ROADMAP_INSTANCE": str(tmp_path), "ROADMAP_DATABASE_URL": "postgresql://u:hunter22@db/x",
             "ROADMAP_MAIL_URL": "smtp://u:hunter23@mail"}  # fmt: skip
    shown = repr(Settings.from_env(given))
    assert [word for word in (SECRET, "hunter22", "hunter23") if word in shown] == []


@pytest.mark.parametrize("missing", ["ROADMAP_SECRET_KEY", "ROADMAP_BASE_URL", "ROADMAP_MAIL_URL"])
def test_the_command_ends_with_an_error(tmp_path: Path, missing: str) -> None:
    """A1: the exit status is not 0, so that whatever starts it sees it."""
    environ = {**alone(tmp_path), **SAFE}
    del environ[missing]
    done = subprocess.run(
        [*PROGRAM, "run", "--port", "1"],
        cwd=tmp_path,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode != 0, missing in done.stderr, SECRET in done.stderr) == (True, True, False)
    assert "Traceback" not in done.stderr


def test_the_kept_secret_is_random_and_its_owners_alone(tmp_path: Path) -> None:
    """A6: also where everybody may read what is made."""
    before = os.umask(0)
    try:
        made = [
            Settings.from_env({"ROADMAP_INSTANCE": str(tmp_path / name)}).secret_key for name in ("a", "b")
        ]
    finally:
        os.umask(before)
    mode = stat.S_IMODE((tmp_path / "a" / "secret_key").stat().st_mode)
    assert (mode, len(made[0]) > 60, made[0] != made[1]) == (0o600, True, True)


def test_the_data_folder_is_no_part_of_what_is_served() -> None:
    """A6."""
    from roadmap.root import STATIC, TEMPLATES  # thin command

    instance = Settings.from_env({"ROADMAP_SECRET_KEY": SECRET}).instance
    assert not instance.is_relative_to(STATIC) and not instance.is_relative_to(TEMPLATES)
    kinds = {path.suffix for path in STATIC.rglob("*") if path.is_file()}
    assert kinds <= {".css", ".js", ".svg", ".woff2", ".txt", ".png"}


def test_the_code_holds_no_debug_mode_and_no_password() -> None:
    """A2, A3."""
    for path in ROOT.joinpath("roadmap").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert [
            word for word in ("debug=True", "DEBUG = True", "app.run(", "run_simple(") if word in text
        ] == [], path


def test_the_server_says_no_version(started: Served) -> None:
    """A7: neither on an answer nor on a request that it cannot read."""
    port, _process, _said = started
    for request in (
        b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"\x00\x01 nonsense\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            connection.sendall(request)
            answer = b""
            while part := connection.recv(4096):
                answer += part
        head = answer.split(b"\r\n\r\n")[0].lower().splitlines()[1:]
        assert [
            line
            for line in head
            if line.startswith((b"server:", b"x-powered-by:")) and any(map(str.isdigit, line.decode()))
        ] == []
