"""What each version of a text changed in the one before, field by field."""

from collections.abc import Sequence
from dataclasses import dataclass

from roadmap.core.errors import NotFound
from roadmap.domain.textdiff import Token, differences
from roadmap.editions.models import Edition
from roadmap.log.models import LogEntry
from roadmap.texts.catalogue import Field, Text
from roadmap.texts.models import TextVersion
from roadmap.texts.queries import ShownText, find_version, show_default, show_version

MOST_SHOWN = 20
"""Versions whose differences are shown on one page, newest first; older ones can be compared."""

Difference = list[tuple[Field, tuple[Token, ...]]]
"""The fields that differ, each with what was taken out and put in."""


@dataclass(frozen=True)
class VersionChange:
    """A version, who saved it, and what it changed."""

    version: TextVersion
    entry: LogEntry | None
    difference: Difference


def difference(text: Text, before: ShownText, after: ShownText) -> Difference:
    """The fields in which two wordings differ."""
    old, new = before.values(), after.values()
    return [
        (field, differences(old[field.name], new[field.name]))
        for field in text.fields
        if old[field.name] != new[field.name]
    ]


def changes_of(
    edition: Edition, text: Text, language: str, versions: Sequence[tuple[TextVersion, LogEntry | None]]
) -> list[VersionChange]:
    """The newest versions, newest first, each with what it changed in the one before it."""
    shown = [show_version(edition, version) for version, _entry in versions[: MOST_SHOWN + 1]]
    shown.append(show_default(edition, text.name, language))
    return [
        VersionChange(version, entry, difference(text, shown[place + 1], shown[place]))
        for place, (version, entry) in enumerate(versions[:MOST_SHOWN])
    ]


def compared(
    edition: Edition, text: Text, language: str, before: int | None, after: int | None
) -> Difference:
    """Two versions compared, by their numbers (0: the default); raises NotFound."""
    return difference(
        text, _wording(edition, text, language, before or 0), _wording(edition, text, language, after or 0)
    )


def _wording(edition: Edition, text: Text, language: str, number: int) -> ShownText:
    if number == 0:
        return show_default(edition, text.name, language)
    version = find_version(edition, text.name, language, number)
    if version is None:
        raise NotFound
    return show_version(edition, version)
