"""How far a long command is: bars on a terminal, nothing in a file or a pipe."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Tell = Callable[[str, int, int], None]
"""(what is being done, how many are done, how many there are)"""


@contextmanager
def bars() -> Iterator[Tell]:
    """A progress bar for each kind of thing on a terminal, nothing anywhere else."""
    if not sys.stderr.isatty():
        yield lambda _kind, _done, _all: None
        return
    from rich.console import Console  # slow import
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # slow import

    shown = Progress(
        TextColumn("{task.description:>10}"), BarColumn(), MofNCompleteColumn(), console=Console(stderr=True)
    )
    tasks: dict[str, Any] = {}

    def tell(kind: str, done: int, whole: int) -> None:
        if kind not in tasks:
            tasks[kind] = shown.add_task(kind, total=whole)
        shown.update(tasks[kind], completed=done)

    with shown:
        yield tell
