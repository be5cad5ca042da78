"""Passwords: which are taken, how they are kept, and checking that costs the same for everybody."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from roadmap.core.i18n import _

LEAST, MOST = 10, 200
SITE_WORDS = (
    "solidaction", "solidarity", "solidarite", "solidaridad", "solidariedade", "forum", "lisbon",
    "roadmap", "password", "council", "europe",
)  # fmt: skip

hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
"""argon2id at one core's 30 ms: the library's own measure would keep a thread busy for a quarter second."""


@cache
def _common() -> frozenset[str]:
    return frozenset(FREQUENCY_LISTS["passwords"])


@cache
def _nobody() -> str:
    return hasher.hash("nobody has this password")


def refusal_of(password: str, *personal: str) -> str:
    """Why the password is not taken, as a sentence; "" where it is. `personal`: name and address of its owner."""
    if len(password) < LEAST:
        return str(_("Choose a password of at least %(least)s characters.", least=LEAST))
    if len(password) > MOST:
        return str(_("Choose a password of at most %(most)s characters.", most=MOST))
    folded = password.casefold()
    core = "".join(character for character in folded if character.isalpha())
    own = {part for text in personal for part in (text.casefold(), text.casefold().split("@")[0]) if part}
    if folded in _common() or core in _common() or _made_of_site_words(core) or folded in own or core in own:
        return str(_("Many people use this password, or it is easy to guess. Choose another one."))
    return ""


def _made_of_site_words(core: str) -> bool:
    for word in sorted(SITE_WORDS, key=len, reverse=True):
        core = core.replace(word, "")
    return len(core) < 3


def hash_password(password: str) -> str:
    """What is stored of a password. Call it outside any transaction: it takes some 30 ms."""
    return hasher.hash(password)


def verify(stored: str | None, password: str) -> bool:
    """Whether the password is right; takes as long where there is none to compare with."""
    try:
        hasher.verify(stored or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def needs_rehash(stored: str) -> bool:
    """Whether it was kept under weaker parameters than today's."""
    return hasher.check_needs_rehash(stored)
