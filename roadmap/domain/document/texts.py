"""What a draft says beside its figures: texts, people, decisions by hand. Plain values.

A text is a mapping from language code to words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from roadmap.domain.tallies import Tally

Text = Mapping[str, str]


@dataclass(frozen=True)
class EditionText:
    """The edition; `further` is printed beside slug and title as it is (JSON values)."""

    slug: str
    title: Text
    demonstration: bool = False
    further: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Move:
    """An item that organisers gave another place (from 1), with the reason they gave in public."""

    number: int
    place: int
    reason: Text


@dataclass(frozen=True)
class LeftOut:
    """An item that organisers left out, with the reason they gave in public."""

    number: int
    reason: Text


@dataclass(frozen=True)
class QuestionText:
    """A guiding question and what organisers decided by hand about its list."""

    number: int
    text: Text
    label: Text = field(default_factory=dict)
    last_place: int | None = None
    last_place_reason: Text = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    note: Text = field(default_factory=dict)


@dataclass(frozen=True)
class Origin:
    """Where an imported item came from."""

    platform: str
    id: str


@dataclass(frozen=True)
class Source:
    """A proposal whose text or votes stand behind an item."""

    number: int
    authors: tuple[str, ...]
    language: str
    url: str


@dataclass(frozen=True)
class ItemText:
    """A proposal as the draft prints it. `apart`: tallies that are shown and do not count, by kind."""

    number: int
    title: Text
    text: Text
    origin: Origin | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    region: str | None = None
    url: str | None = None
    sources: tuple[Source, ...] = ()
    asked_again: int = 0
    apart: Mapping[str, Tally] = field(default_factory=dict)
    follow_up: Mapping[str, Any] = field(default_factory=dict)

    @property
    def merged(self) -> bool:
        return any(source.number != self.number for source in self.sources)


@dataclass(frozen=True)
class DraftVersion:
    """Which version this is. `frozen_at` (aware) and `ballots` are None until it is frozen."""

    number: int
    software: str
    frozen_at: datetime | None = None
    ballots_sha256: str | None = None
    ballots_rows: int | None = None
    guests: int = 0
    paper: int | None = None
