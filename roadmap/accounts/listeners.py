"""What accounts do when something was sent."""

from typing import Any

from roadmap.accounts.actions import delivering
from roadmap.accounts.addresses import read_address
from roadmap.accounts.undelivered import is_noted
from roadmap.core import clock, signals


def listen() -> None:
    """Keep account of what could not be delivered."""
    signals.mail_failed.connect(_failed)
    signals.mail_sent.connect(_sent)


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
