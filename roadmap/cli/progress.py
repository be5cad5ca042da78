"""How far a long command is: a bar on a terminal, nothing in a file or a pipe."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import click

Tell = Callable[[str, int, int], None]
"""(what is being done, how many are done, how many there are)"""


@contextmanager
def bars() -> Iterator[Tell]:
    """A progress bar for each kind of thing, one below the other."""
    if not sys.stderr.isatty():
        yield lambda _kind, _done, _whole: None
        return
    shown: dict[str, Any] = {}
    with ExitStack() as opened:

        def tell(kind: str, done: int, whole: int) -> None:
            if kind not in shown:
                opened.close()
                bar = click.progressbar(length=whole, label=f"{kind:>10}", show_pos=True, file=sys.stderr)
                shown[kind] = opened.enter_context(bar)
            shown[kind].update(done - shown[kind].pos)

        yield tell
