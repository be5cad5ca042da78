"""The hash chain under the public log.

Each entry's hash covers the hash before it, its position, its public fields and the digest of its
personal part, so that no entry can be changed, taken out, put in or moved without a break that anyone
who has the log can find. What a chain cannot show is that its newest entries are missing: whoever wants
to be sure of that keeps the last hash.

**Names can be erased.** A log that may never change and a person's right to be forgotten seem to exclude
each other. Here the chain covers the name only as HMAC-SHA-256 under a random salt of its own. While salt
and name are there, anyone can check that the name belongs to the entry. Erasing removes both and leaves
the digest: every hash stays as it was and the chain checks from end to end. Without the salt the digest
says nothing about the name, not even to somebody who tries every name there is; without a salt of its own
for each entry, two entries of one person would show the same digest. So a salt is random, at least
128 bits, never used twice and erased together with the name.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import rfc8785

FIRST: Final = "0" * 64
"""What stands for the hash before the first entry."""


@dataclass(frozen=True)
class Entry:
    """One entry of the chain. Hashes and digests are 64 hexadecimal digits.

    `fields` are public JSON values (moments as text). `personal` and `salt` are both None once erased.
    """

    position: int
    fields: Mapping[str, Any]
    personal: str | None
    salt: str | None
    personal_digest: str
    previous: str
    hash: str

    @property
    def erased(self) -> bool:
        """Whether the personal part is gone."""
        return self.personal is None and self.salt is None


def entry_hash(previous_hash: str, fields: Mapping[str, Any]) -> str:
    """SHA-256 over the previous hash and the fields in the canonical form of RFC 8785.

    Raises ValueError for what that form cannot hold: whole numbers beyond 2^53, infinities, other types.
    """
    return hashlib.sha256(rfc8785.dumps({"fields": dict(fields), "previous": previous_hash})).hexdigest()


def personal_digest(personal: str, salt: str) -> str:
    """HMAC-SHA-256 of the personal part under its salt: all that the chain knows of it."""
    return hmac.new(salt.encode(), personal.encode(), hashlib.sha256).hexdigest()


def sealed(
    position: int, fields: Mapping[str, Any], *, personal: str, salt: str, previous: str = FIRST
) -> Entry:
    """The entry that follows the one whose hash is `previous`. The salt comes from outside and is random."""
    digest = personal_digest(personal, salt)
    chained = entry_hash(previous, _covered(position, fields, digest))
    return Entry(position, fields, personal, salt, digest, previous, chained)


def erase(entry: Entry) -> Entry:
    """The entry without its personal part; its hash is still right."""
    return replace(entry, personal=None, salt=None)


def first_break(entries: Iterable[Entry], previous: str = FIRST) -> int | None:
    """Position of the first entry that does not fit, in the order given; None where the chain holds.

    `previous` is the hash before the first entry given, for checking a part of the log.
    """
    expected: int | None = None
    for entry in entries:
        if expected not in (None, entry.position) or entry.previous != previous or not _holds(entry):
            return entry.position
        expected = entry.position + 1
        previous = entry.hash
    return None


def _holds(entry: Entry) -> bool:
    """Whether the entry agrees with its own hash and digest."""
    if entry.personal is not None and entry.salt is not None:
        if entry.personal_digest != personal_digest(entry.personal, entry.salt):
            return False
    elif not entry.erased:
        return False
    try:
        return entry.hash == entry_hash(
            entry.previous, _covered(entry.position, entry.fields, entry.personal_digest)
        )
    except ValueError:
        return False


def _covered(position: int, fields: Mapping[str, Any], digest: str) -> dict[str, Any]:
    return {"fields": dict(fields), "personal_digest": digest, "position": position}
