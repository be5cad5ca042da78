"""What accounts do when something was sent or an account erased, after a start, and once a minute."""

from typing import Any

from roadmap.accounts import erasures
from roadmap.accounts.actions import delivering, erasing
from roadmap.accounts.addresses import read_address
from roadmap.accounts.queries import are_names_due
from roadmap.accounts.undelivered import is_noted
from roadmap.core import clock, signals
from roadmap.core.jobs import job


def listen() -> None:
    """Keep account of what could not be delivered, and of which accounts were erased."""
    signals.account_erased.connect(_erased)
    signals.mail_failed.connect(_failed)
    signals.mail_sent.connect(_sent)


def erase_again() -> int:
    """Erase those accounts anew that an older database has brought back; how many."""
    known = erasures.noted()
    return erasing.erase_again(known, now=clock.now()) if known else 0


@job
def forget_names() -> None:
    """Take the names out of the public log whose time is over; where there is none, nothing is written."""
    now = clock.now()
    if are_names_due(now):
        erasing.forget_names(now=now)


def _erased(_sender: object, *, erasure: erasures.Erasure) -> None:
    erasures.note(erasure)


def _failed(_sender: object, *, address: str, about: dict[str, Any], reason: str) -> None:
    if "edition" in about:
        delivering.note_failure(
            address, key=read_address(address).key, edition_id=about["edition"], text=about["text"],
            reason=reason, now=clock.now(),
        )  # fmt: skip


def _sent(_sender: object, *, address: str, about: dict[str, Any]) -> None:
    if "edition" not in about:
        return
    key = read_address(address).key
    if is_noted(key):
        delivering.forget_failures(key)
