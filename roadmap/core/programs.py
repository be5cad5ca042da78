"""Programs of their own that make one file each: so many at once, so long at most."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import BoundedSemaphore

from roadmap.core.errors import Busy


def run(
    command: Sequence[str],
    given: bytes,
    *,
    room: BoundedSemaphore,
    longest: float,
    crowded: str,
    late: str,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> bytes | None:
    """What the program writes for what it is given; None where it fails.

    `longest`: seconds, first to wait for a place in `room`, then to run. Raises Busy, with `crowded` where there is
    no place and `late` where it takes too long; the program is ended then.
    """
    if not room.acquire(timeout=longest):
        raise Busy(crowded)
    try:
        done = subprocess.run(  # noqa: S603 - callers name packaged programs, with words of our own
            command,
            input=given,
            capture_output=True,
            timeout=longest,
            check=False,
            cwd=folder,
            env=environment,
        )
    except subprocess.TimeoutExpired as error:
        raise Busy(late) from error
    finally:
        room.release()
    return done.stdout if done.returncode == 0 else None
