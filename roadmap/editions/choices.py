"""The settings of an edition as plain values: what can be chosen, what was, and what a change would change."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from roadmap.core.i18n import LANGUAGES
from roadmap.domain.ranking.method import METHODS
from roadmap.editions.models import Edition

ALLOWED: dict[str, tuple[str, ...]] = {
    "ask_group": ("asked", "not-asked"),
    "ask_country": ("asked", "not-asked"),
    "moderation": ("after", "before"),
    "results": ("after-own-vote", "at-close"),
    "guest_votes": ("apart", "counted"),
    "paper_votes": ("apart", "counted"),
    "method": METHODS,
}
"""The values of each setting that is chosen among named ones; the first is the default, and recommended."""

LONGEST_TITLE = 300
"""Most characters of the name in one language."""

FIXED = ("method", "guest_votes", "paper_votes", "results")
"""Settings that stay as they are once voting has begun: what a vote counts for, and what was promised about it."""


@dataclass(frozen=True)
class Choices:
    """Every setting of an edition. The name is keyed by language; all others are named values."""

    title: Mapping[str, str]
    languages: tuple[str, ...]
    time_zone: str
    ask_group: str
    ask_country: str
    moderation: str
    results: str
    guest_votes: str
    paper_votes: str
    method: str


@dataclass(frozen=True)
class Change:
    """One setting before and after, as plain JSON; `language` "" but for the name."""

    setting: str
    before: Any
    after: Any
    language: str = ""


@dataclass(frozen=True)
class Asks:
    """What participants of an edition are asked about themselves; both answers are optional for them."""

    group: bool
    country: bool


def asks_of(edition: Edition) -> Asks:
    """What the edition asks; it asks both unless its organisers chose otherwise."""
    asked = edition.texts.get("asks", {})
    return Asks(bool(asked.get("group", True)), bool(asked.get("country", True)))


def languages_for(edition: Edition, already: str = "") -> list[str]:
    """The languages that can be written in; `already` is the one that a text has, whatever was chosen since."""
    offered = [code for code in LANGUAGES if code in edition.languages]
    return offered if already in ("", *offered) else [*offered, already]


def choices_of(edition: Edition) -> Choices:
    """The settings as they stand."""
    asks = asks_of(edition)
    return Choices(
        title=dict(edition.title),
        languages=tuple(edition.languages),
        time_zone=edition.time_zone,
        ask_group=_asked(asks.group),
        ask_country=_asked(asks.country),
        moderation=edition.moderation,
        results=edition.results,
        guest_votes=_counted(edition.guests_count),
        paper_votes=_counted(edition.paper_count),
        method=edition.method,
    )


def fixed_settings(method: str) -> tuple[str, ...]:
    """The settings that voting fixes; the stakeholder group as well where votes are weighed by it."""
    return (*FIXED, "ask_group") if method == "equal-groups" else FIXED


def changes(before: Choices, after: Choices) -> list[Change]:
    """What is different, in the order of the settings; each language of the name by itself."""
    found: list[Change] = []
    for field in fields(Choices):
        name, old, new = field.name, getattr(before, field.name), getattr(after, field.name)
        if name == "title":
            found += [
                Change(name, old.get(code, ""), new.get(code, ""), code)
                for code in dict.fromkeys((*old, *new))
                if old.get(code, "") != new.get(code, "")
            ]
        elif name == "languages" and set(old) != set(new):
            found.append(Change(name, list(old), list(new)))
        elif name != "languages" and old != new:
            found.append(Change(name, old, new))
    return found


def apply(edition: Edition, wanted: Choices) -> None:
    """Write the settings into the edition."""
    edition.title = dict(wanted.title)
    edition.languages = list(wanted.languages)
    edition.time_zone, edition.method = wanted.time_zone, wanted.method
    edition.moderation, edition.results = wanted.moderation, wanted.results
    edition.guests_count = wanted.guest_votes == "counted"
    edition.paper_count = wanted.paper_votes == "counted"
    edition.texts = {
        **edition.texts,
        "asks": {"group": wanted.ask_group == "asked", "country": wanted.ask_country == "asked"},
    }


def _asked(yes: bool) -> str:
    return "asked" if yes else "not-asked"


def _counted(yes: bool) -> str:
    return "counted" if yes else "apart"
