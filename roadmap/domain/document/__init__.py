"""A draft as a JSON document: figures of a ranking, texts, and decisions made by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any

from roadmap.domain.canonical import fingerprint
from roadmap.domain.document.figures import (
    group_figures,
    item_figures,
    method_figures,
    minority_figures,
    participation_figures,
    standing_figures,
)
from roadmap.domain.document.listing import Line, arrange
from roadmap.domain.document.texts import (
    DraftVersion,
    EditionText,
    ItemText,
    LeftOut,
    Move,
    Origin,
    QuestionText,
    Source,
)
from roadmap.domain.ranking.result import Placed, Ranking, Section

__all__ = [
    "FORMAT",
    "DraftVersion",
    "EditionText",
    "ItemText",
    "LeftOut",
    "Move",
    "Origin",
    "QuestionText",
    "Source",
    "build_document",
]

FORMAT = "roadmap-draft/1"


def build_document(
    ranking: Ranking,
    *,
    edition: EditionText,
    questions: Sequence[QuestionText],
    items: Sequence[ItemText],
    version: DraftVersion,
) -> dict[str, Any]:
    """The draft as JSON values, with its fingerprint.

    `items` has a text for every item of the ranking. Raises ValueError where one is missing, where a
    question of the ranking has no text, or where a decision by hand does not fit the order.
    """
    texts = {item.number: item for item in items}
    missing = sorted(set(ranking.counted.number.tolist()) - texts.keys())
    if missing:
        raise ValueError(f"item {missing[0]} has no text")
    unknown = {section.question for section in ranking.sections} - {question.number for question in questions}
    if unknown:
        raise ValueError(f"question {min(unknown)} has no text")
    frozen = version.frozen_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if version.frozen_at else None
    ballots = {"sha256": version.ballots_sha256, "rows": version.ballots_rows}
    document: dict[str, Any] = {
        "format": FORMAT,
        "edition": {
            **edition.further,
            "slug": edition.slug,
            "title": dict(edition.title),
            "demonstration": edition.demonstration,
        },
        "version": version.number,
        "frozen_at": frozen,
        "method": method_figures(ranking, version.software),
        "ballots": ballots if version.ballots_sha256 else None,
        "participation": {
            **participation_figures(ranking),
            "guests": version.guests,
            "paper": ranking.counted.paper if version.paper is None else version.paper,
        },
        "groups": group_figures(ranking),
        "sections": [_section(ranking, question, texts) for question in questions],
    }
    document["fingerprint"] = fingerprint(document)
    return document


def _section(ranking: Ranking, question: QuestionText, texts: Mapping[int, ItemText]) -> dict[str, Any]:
    section = ranking.section(question.number) or Section(question.number, 0, 1.0, (), (), ())
    lines = _lines(section, question)
    last = len(lines) if question.last_place is None else question.last_place
    reasons = {move.number: dict(move.reason) for move in question.moves}
    placed = {item.number: item for item in section.placed}
    return {
        "question": {
            "number": question.number,
            "text": dict(question.text),
            "label": dict(question.label),
            "note": dict(question.note),
        },
        "people": section.people,
        "needed": section.needed,
        "last_place": question.last_place,
        "last_place_reason": dict(question.last_place_reason),
        "minority": minority_figures(section),
        "items": [
            {
                "rank": line.rank,
                "band": list(line.band),
                "moved": {"from": line.place, "reason": reasons[line.number]} if line.moved else None,
                **_words(texts[line.number]),
                **item_figures(ranking, line.number),
                **_standing(placed[line.number], texts),
            }
            for line in lines[:last]
        ],
        "not_listed": _not_listed(ranking, section, question, lines[last:], texts),
    }


def _lines(section: Section, question: QuestionText) -> list[Line]:
    moves = {move.number: move.place for move in question.moves}
    known = {item.number for item in section.placed} | {item.number for item in section.not_listed}
    for left in question.left_out:
        if left.number not in known:
            raise ValueError(f"item {left.number} is not in question {question.number}")
    if question.last_place is not None:
        if question.last_place < 1:
            raise ValueError("the last place must be at least 1")
        if any(place > question.last_place for place in moves.values()):
            raise ValueError("an item is moved beyond the last place")
    return arrange(
        [item.number for item in section.placed],
        [item.band[0] for item in section.placed],
        moves=moves,
        left_out={left.number for left in question.left_out},
    )


def _words(item: ItemText) -> dict[str, Any]:
    return {
        "number": item.number,
        "origin": {"platform": item.origin.platform, "id": item.origin.id} if item.origin else None,
        "title": dict(item.title),
        "text": dict(item.text),
        "authors": list(item.authors),
        "language": item.language,
        "region": item.region,
        "url": item.url,
        "asked_again": item.asked_again,
        "apart": {kind: tally.printed() for kind, tally in item.apart.items()},
        "sources": [
            {
                "number": source.number,
                "authors": list(source.authors),
                "language": source.language,
                "url": source.url,
            }
            for source in item.sources
        ],
        "follow_up": dict(item.follow_up),
    }


def _standing(placed: Placed, texts: Mapping[int, ItemText]) -> dict[str, Any]:
    figures = standing_figures(placed)
    if texts[placed.number].merged:
        figures["flags"] = sorted([*figures["flags"], "merged"])
    return figures


def _not_listed(
    ranking: Ranking,
    section: Section,
    question: QuestionText,
    beyond: Sequence[Line],
    texts: Mapping[int, ItemText],
) -> list[dict[str, Any]]:
    reasons = {item.number: item.reason for item in section.not_listed}
    reasons |= {line.number: "below-the-last-place" for line in beyond}
    notes = {left.number: dict(left.reason) for left in question.left_out}
    # what waits has no place to be left out of, and has to be known to whoever computes the order again
    left = (number for number in notes if reasons.get(number) != "waits-for-routed-answers")
    reasons |= dict.fromkeys(left, "left-out-by-organisers")
    return [
        {
            **_words(texts[number]),
            **item_figures(ranking, number),
            "reason": reason,
            "note": notes.get(number, {}),
        }
        for number, reason in sorted(reasons.items())
    ]
