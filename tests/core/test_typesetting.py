"""G2: the program that sets a PDF is ended when it takes too long, holds little memory, and has few beside it."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from flask import Flask

from roadmap.core import typesetting
from roadmap.core.errors import Busy

INNER = "".join(
    f"#for {name} in range(9999) {{ " if name == "a" else f"for {name} in range(9999) {{ " for name in "abcd"
)
ENDLESS = f'#set document(title: "x", date: none)\n#let n = 0\n{INNER}n += 1 {"} " * 4}\n#n'
"""Takes days and hardly any memory."""


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    template = tmp_path / "endless.typ"
    template.write_text(ENDLESS, encoding="utf-8")
    return template


def test_a_document_that_takes_too_long_is_given_up_and_its_program_ended(
    app: Flask, endless: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "LONGEST", 1.5)
    begun: list[subprocess.Popen[bytes]] = []

    class Watched(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, **kwargs)  # type: ignore[call-overload]
            begun.append(self)

    monkeypatch.setattr(subprocess, "Popen", Watched)
    with app.test_request_context("/en/"), pytest.raises(Busy, match="too long"):
        typesetting.typeset(endless, {}, dated="2026-01-01T00:00:00+00:00")
    assert [one.poll() is not None for one in begun] == [True]


def test_a_third_document_is_refused_when_two_are_being_set(
    app: Flask, endless: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "LONGEST", 0.1)
    monkeypatch.setattr(typesetting, "_room", threading.BoundedSemaphore(2))
    refused = pytest.raises(Busy, match="Many PDFs")
    with typesetting._room, typesetting._room, app.test_request_context("/en/"), refused:
        typesetting.typeset(endless, {}, dated="2026-01-01T00:00:00+00:00")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit")
def test_the_program_cannot_take_more_memory_than_it_is_given() -> None:
    folder = str(typesetting.PROGRAM.parent)
    program = (
        f"import sys; sys.path.append({folder!r}); import typesetter; typesetter.limit_memory()\n"
        "try: bytearray(typesetter.MOST_MEMORY)\n"
        "except MemoryError: print('refused')"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, text=True, check=False, cwd="/"
    )
    assert (done.stdout, done.returncode) == ("refused\n", 0)
