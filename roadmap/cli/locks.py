"""Locks between processes: one server for a folder of data, one worker for its queue."""

from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows has none; a single process is usual there
    fcntl = None  # type: ignore[assignment]

SERVER = "server.lock"
WORKER = "worker.lock"


def hold(folder: Path, name: str) -> IO[str] | None:
    """Hold the lock for as long as the returned file is open; None where another process holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / name).open("w")
    if fcntl is None:
        return file
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file
