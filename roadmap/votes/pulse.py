"""How many votes this process has written, by edition, for those who keep figures for a while."""

from collections import Counter

_beats: Counter[int] = Counter()


def beat(edition: int) -> None:
    """One more. Two at the very same moment may count as one, which does no harm here."""
    _beats[edition] += 1


def beats(edition: int) -> int:
    """So many since the process began."""
    return _beats[edition]
