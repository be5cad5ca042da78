"""Does a draft follow from its sealed ballot file?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from roadmap.domain.document.figures import (
    group_figures,
    item_figures,
    method_figures,
    participation_figures,
    standing_figures,
)
from roadmap.domain.ranking import Ranking, rank
from roadmap.domain.ranking.groups import letter
from roadmap.domain.ranking.result import Section
from roadmap.domain.ranking.sealed import UnreadableBallotsError, read_ballot_file
from roadmap.domain.verification.finding import Finding
from roadmap.domain.verification.reading import WAITS, Printed, PrintedSection


def check_ballots(printed: Printed, votes: bytes) -> Iterator[Finding]:
    """Hash and rows, then everything from counting to bands, repeated from the votes."""
    said = printed.body.get("ballots")
    if not isinstance(said, dict):
        yield Finding("ballots", "the draft names no ballot file")
        return
    if said.get("sha256") != hashlib.sha256(votes).hexdigest():
        yield Finding("ballots", "the ballot file is not the one whose SHA-256 the draft prints")
    pairs = sorted(
        (item.number, section.question) for section in printed.sections for item in section.all_items
    )
    try:
        snapshot, letters = read_ballot_file(votes, [pair[0] for pair in pairs], [pair[1] for pair in pairs])
    except UnreadableBallotsError as error:
        yield Finding("ballots", f"the ballot file: {error}")
        return
    if said.get("rows") != snapshot.votes:
        yield Finding(
            "ballots", f"the ballot file has {snapshot.votes} rows, the draft says {said.get('rows')}"
        )
    ranking = rank(snapshot, printed.method)
    opinion = [letter(group) for group in ranking.opinion.tolist()]
    for ballot, (one, other) in enumerate(zip(letters, opinion, strict=True), 1):
        if one != other:
            yield Finding("ballots", f"ballot {ballot} is in group {other}, the file says {one}")
            break
    yield from _figures(printed, ranking)
    for section in printed.sections:
        yield from _section(section, ranking)


def _figures(printed: Printed, ranking: Ranking) -> Iterator[Finding]:
    method = printed.body.get("method")
    software = method.get("software") if isinstance(method, dict) else ""
    participation = printed.body.get("participation")
    for about, said, right in (
        ("groups", {"groups": printed.body.get("groups")}, {"groups": group_figures(ranking)}),
        ("groups", participation, participation_figures(ranking)),
        ("estimate", method, method_figures(ranking, str(software))),
    ):
        yield from _compare(about, said, right)


def _section(section: PrintedSection, ranking: Ranking) -> Iterator[Finding]:
    right = ranking.section(section.question) or Section(section.question, 0, 1.0, (), (), ())
    for name, value in (("people", right.people), ("needed", right.needed)):
        if section.body.get(name) != value:
            message = f"{name} is printed as {section.body.get(name)}, the ballots give {value}"
            yield Finding("threshold", message, section.question)
    waiting = {item.number for item in right.not_listed if item.reason == WAITS}
    placed = {item.number: item for item in right.placed}
    for item in section.all_items:
        yield from _compare(
            "ballots", item.body, item_figures(ranking, item.number), section.question, item.number
        )
        if item.rank is None:
            if (item.reason == WAITS) != (item.number in waiting):
                message = f"its reason is printed as {item.reason}, the ballots say otherwise"
                yield Finding("ballots", message, section.question, number=item.number)
            continue
        if item.number not in placed:
            yield Finding("order", "the ballots give it no place", section.question, item.rank, item.number)
            continue
        figures = standing_figures(placed[item.number])
        said = item.body.get("flags")
        shown = [flag for flag in said if flag != "merged"] if isinstance(said, list) else said
        yield from _compare("ballots", {**item.body, "flags": shown}, figures, section.question, item.number)


def _compare(
    about: str, said: Any, right: dict[str, Any], question: int | None = None, number: int | None = None
) -> Iterator[Finding]:
    """The first member of `right` that is printed otherwise."""
    for name, value in right.items():
        printed = said.get(name) if isinstance(said, dict) else None
        if printed != value:
            message = f"{name} is printed as {printed}, the ballots give {value}"
            yield Finding(about, message, question=question, number=number)
            return
