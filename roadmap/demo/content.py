"""The texts of the demonstration, read from the files in `content/`.

All people, groups and words are invented. Times are minutes or days before the moment the
demonstration is made; `key` names a thing inside these files and nowhere else.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent / "content"
QUESTIONS = (1, 2, 3, 4)
STAKEHOLDERS = ("decision-maker", "civil-society", "public", "not-stated")
MINUTES_A_DAY = 24 * 60


class Stance(NamedTuple):
    """Shares of a camp, 0 to 1, that would agree, disagree and pass; they sum to 1."""

    agree: float
    disagree: float
    passes: float


@dataclass(frozen=True)
class Person:
    """Somebody who writes proposals or comments. `country`: M49; `stakeholder`: one of STAKEHOLDERS."""

    key: str
    name: str
    language: str
    country: int
    stakeholder: str


@dataclass(frozen=True)
class Proposal:
    """A proposal in its writer's language.

    `line`: author line, "name", "group" (then `group` is its name) or "none". `region`: M49 code of a
    country, or None. `minutes`: published so long before now. `exposure`: how often it is shown,
    relative to others. `seen_by`: of 400 participants only so many ever see it (a late one), or None.
    `camps`: one stance per camp, in the order of `Content.camps`.
    """

    key: str
    question: int
    language: str
    author: str
    line: str
    group: str | None
    region: int | None
    minutes: int
    exposure: float
    seen_by: int | None
    links: tuple[str, ...]
    camps: tuple[Stance, ...]
    title: str
    text: str


@dataclass(frozen=True)
class Merge:
    """Proposals that say the same. `state`: "merged" `minutes` before now, or "desk", not yet decided.
    `title`, `text`: the lead's wording from then on, in its language. `similarity`: by meaning, where not merged.
    """

    lead: str
    sources: tuple[str, ...]
    state: str
    minutes: int
    title: str
    text: str
    reason: str
    similarity: float | None = None


@dataclass(frozen=True)
class Comment:
    """A comment on `proposal`; `answers` is the key of the comment it replies to, or None.

    `depth` is 0 for a comment on the proposal itself; `stance`: for, against, question or neutral.
    """

    key: str
    proposal: str
    answers: str | None
    depth: int
    author: str
    language: str
    stance: str
    minutes: int
    text: str


@dataclass(frozen=True)
class Initiative:
    """An invented example of solidarity in action; `latitude`, `longitude` in degrees."""

    key: str
    language: str
    name: str
    who: str
    place: str
    country: int
    latitude: float
    longitude: float
    links: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Panellist:
    """Somebody on the stage, known by role alone."""

    key: str
    role: str


@dataclass(frozen=True)
class ProgrammePoint:
    """`start`: minutes after the beginning of the event."""

    start: int
    title: str
    text: str


@dataclass(frozen=True)
class LiveQuestion:
    """A question asked `start` minutes into the event; `also`: people who pressed "ask this too".

    `state`: new, shortlist, on-air or answered; then `answer` was given by the panellist `answered_by`.
    """

    key: str
    language: str
    start: int
    also: int
    state: str
    text: str
    answered_by: str | None = None
    answer: str | None = None


@dataclass(frozen=True)
class Webinar:
    """The second event; it began `began` minutes before now and lasted `minutes`."""

    slug: str
    language: str
    title: str
    began: int
    minutes: int
    text: str
    panellists: tuple[Panellist, ...]
    programme: tuple[ProgrammePoint, ...]
    questions: tuple[LiveQuestion, ...]


@dataclass(frozen=True)
class Camp:
    """People who think alike. `share` of the participants and `stakeholders` (as STAKEHOLDERS): 0 to 1."""

    key: str
    share: float
    stakeholders: tuple[float, ...]


@dataclass(frozen=True)
class Country:
    """Where participants live: M49 code (0 where not stated), their language, how many, relative."""

    country: int
    language: str
    weight: float


@dataclass(frozen=True)
class Content:
    people: tuple[Person, ...]
    proposals: tuple[Proposal, ...]
    merges: tuple[Merge, ...]
    comments: tuple[Comment, ...]
    initiatives: tuple[Initiative, ...]
    webinar: Webinar
    camps: tuple[Camp, ...]
    countries: tuple[Country, ...]


@cache
def load() -> Content:
    """The whole content. Raises KeyError where a comment answers one that does not stand before it."""
    camps = _read("camps")
    proposals = tuple(_proposal(question, row) for question, row in _by_question("proposal"))
    return Content(
        people=tuple(Person(**row) for row in _read("people")["person"]),
        proposals=proposals,
        merges=tuple(_merge(row) for row in _read("merges")["merge"]),
        comments=_comments({proposal.key: proposal.minutes for proposal in proposals}),
        initiatives=tuple(_initiative(row) for row in _read("initiatives")["initiative"]),
        webinar=_webinar(_read("webinar")),
        camps=tuple(_camp(row) for row in camps["camp"]),
        countries=tuple(Country(**row) for row in camps["country"]),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _by_question(kind: str) -> list[tuple[int, dict[str, Any]]]:
    return [(question, row) for question in QUESTIONS for row in _read(f"{kind}s-{question}")[kind]]


def _shares(per_cent: list[float]) -> tuple[float, ...]:
    return tuple(value / 100 for value in per_cent)


def _minutes(days: float) -> int:
    return round(days * MINUTES_A_DAY)


def _proposal(question: int, row: Mapping[str, Any]) -> Proposal:
    return Proposal(
        key=row["key"],
        question=question,
        language=row["language"],
        author=row["author"],
        line=row["line"],
        group=row.get("group"),
        region=row.get("region"),
        minutes=_minutes(row["days"]),
        exposure=row.get("exposure", 1.0),
        seen_by=row.get("seen_by"),
        links=tuple(row.get("links", ())),
        camps=tuple(Stance(*_shares(camp)) for camp in row["camps"]),
        title=row["title"],
        text=row["text"].strip(),
    )


def _merge(row: Mapping[str, Any]) -> Merge:
    return Merge(
        lead=row["lead"],
        sources=tuple(row["sources"]),
        state=row["state"],
        minutes=_minutes(row["days"]),
        title=row["title"],
        text=row["text"].strip(),
        reason=row["reason"],
        similarity=row.get("similarity"),
    )


def _comments(published: Mapping[str, int]) -> tuple[Comment, ...]:
    found: dict[str, Comment] = {}
    for _, row in _by_question("comment"):
        answered = found[row["answers"]] if "answers" in row else None
        proposal = answered.proposal if answered else row["on"]
        before = answered.minutes if answered else published[proposal]
        found[row["key"]] = Comment(
            key=row["key"],
            proposal=proposal,
            answers=answered.key if answered else None,
            depth=answered.depth + 1 if answered else 0,
            author=row["by"],
            language=row["language"],
            stance=row["stance"],
            minutes=before - row["hours"] * 60,
            text=row["text"],
        )
    return tuple(found.values())


def _initiative(row: Mapping[str, Any]) -> Initiative:
    return Initiative(**{**row, "links": tuple(row["links"]), "text": row["text"].strip()})


def _webinar(row: Mapping[str, Any]) -> Webinar:
    return Webinar(
        slug=row["slug"],
        language=row["language"],
        title=row["title"],
        began=_minutes(row["days"]),
        minutes=row["minutes"],
        text=row["text"].strip(),
        panellists=tuple(Panellist(**entry) for entry in row["panellists"]),
        programme=tuple(ProgrammePoint(**entry) for entry in row["programme"]),
        questions=tuple(LiveQuestion(**entry) for entry in row["question"]),
    )


def _camp(row: Mapping[str, Any]) -> Camp:
    return Camp(row["key"], row["share"] / 100, _shares(row["stakeholders"]))
