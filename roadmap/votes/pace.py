"""How fast one voter, or one network address without a key, may vote: counted in the process, by the hour."""

import threading
from collections import Counter

from roadmap.core.errors import TooMany
from roadmap.core.i18n import _

VOTES_AN_HOUR = 1_200
NEW_GUESTS_AN_HOUR = 300
HOUR = 3_600


class Pace:
    """A fixed window of an hour; `share` processes divide a limit among them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hour = 0
        self._counts: Counter[str] = Counter()

    def check(self, key: str, most: int, moment: float, share: int = 1) -> None:
        """Count one more for the key; raises TooMany beyond the limit."""
        hour = int(moment // HOUR)
        with self._lock:
            if hour != self._hour:
                self._hour = hour
                self._counts.clear()
            self._counts[key] += 1
            count = self._counts[key]
        if count > max(1, most // max(1, share)):
            raise TooMany(
                _(
                    "That was a lot of votes in a short time. Your last one was not recorded. Try again later."
                ),
                retry_after=int(HOUR - moment % HOUR) + 1,
            )
