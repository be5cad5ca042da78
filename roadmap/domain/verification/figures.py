"""Do the printed figures of a draft fit each other?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from roadmap.domain.ranking import scores
from roadmap.domain.ranking.placing import needed
from roadmap.domain.verification.finding import Finding
from roadmap.domain.verification.reading import Item, Printed, PrintedSection

# What rounding to four decimals can do with five groups; and with k0 and the averages.
CLAIMS_APART = 0.0004
SUPPORT_APART = 0.0002
NEXT_DECIMAL = 0.00011
CUT = 1.0


def check_figures(printed: Printed) -> Iterator[Finding]:
    """Tallies, thresholds, averages, support, claims and groups, in this order."""
    for section in printed.sections:
        for item in section.all_items:
            yield from _tally(section, item)
    for section in printed.sections:
        yield from _threshold(printed, section)
    averages = list(_estimate(printed))
    shares = [
        finding
        for section in printed.sections
        for item in section.all_items
        for finding in _support(printed, section, item)
    ]
    # Wrong averages spoil every item; a wrong item spoils the averages, and is to be named first.
    yield from shares + averages if 2 * len(shares) < len(printed.items) else averages + shares
    for section in printed.sections:
        for item in section.all_items:
            yield from _claims(printed, section, item)
    yield from _groups(printed)


def _tally(section: PrintedSection, item: Item) -> Iterator[Finding]:
    given = sum(item.tally)
    if item.score is None:
        if given:
            yield _finding("tally", section, item, f"{given} answers are counted and no score is printed")
    elif item.score.answers + item.score.set_aside != given:
        yield _finding(
            "tally",
            section,
            item,
            f"agree, disagree and pass make {given}, the score says {item.score.answers} answers "
            f"and {item.score.set_aside} set aside",
        )


def _threshold(printed: Printed, section: PrintedSection) -> Iterator[Finding]:
    answers = [item.answers for item in section.all_items]
    right = needed(section.people, answers, printed.method.min_eff)
    if abs(right - section.needed) > NEXT_DECIMAL:
        yield Finding(
            "threshold",
            f"{section.needed} answers are said to be needed for a place, the rule gives {right}",
            question=section.question,
        )
    for item in section.all_items:
        enough = item.answers >= section.needed
        if not enough and item.reason not in ("too-few-votes", "left-out-by-organisers"):
            yield _finding("threshold", section, item, f"{item.answers} answers are too few for a place")
        if enough and item.reason == "too-few-votes":
            yield _finding("threshold", section, item, f"{item.answers} answers are enough for a place")


def _estimate(printed: Printed) -> Iterator[Finding]:
    scored = [item for item in printed.items if item.score]
    if any(item.score and item.score.set_aside for item in scored):
        return
    total = np.array([item.tally for item in scored], dtype=np.int64).reshape(-1, 3).T
    right, said = scores.estimate(total, printed.method), printed.estimated
    for name, one, other in (
        ("k0", said.k0, right.k0),
        ("mu.agree", said.agree, right.agree),
        ("mu.disagree", said.disagree, right.disagree),
        ("mu.pass", said.passed, right.passed),
    ):
        if abs(one - other) > NEXT_DECIMAL:
            yield Finding("estimate", f"{name} is said to be {one}, the tallies give {other:.4f}")


def _support(printed: Printed, section: PrintedSection, item: Item) -> Iterator[Finding]:
    if item.score is None or item.score.set_aside or printed.stakeholders != 1:
        return
    average = printed.estimated
    for name, said, votes, middle in (
        ("support", item.score.support, item.tally[0], average.agree),
        ("opposition", item.score.opposition, item.tally[1], average.disagree),
    ):
        right = (votes + average.k0 * middle) / (item.score.answers + average.k0)
        if abs(right - said) > SUPPORT_APART:
            yield _finding(
                "support", section, item, f"{name} is said to be {said}, the votes give {right:.4f}"
            )
    if not item.score.low <= item.score.support <= item.score.high:
        yield _finding("support", section, item, "support lies outside its interval")


def _claims(printed: Printed, section: PrintedSection, item: Item) -> Iterator[Finding]:
    if item.score is None or any(abs(claim) >= CUT for claim in item.score.claims):
        return
    mean = sum(g.weight * claim for g, claim in zip(printed.groups, item.score.claims, strict=True))
    net = item.score.support - item.score.opposition
    if abs(mean - net) > CLAIMS_APART + 1e-9:
        yield _finding(
            "claims",
            section,
            item,
            f"the claims have a mean of {mean:.4f}, support less opposition is {net:.4f}",
        )


def _groups(printed: Printed) -> Iterator[Finding]:
    people = sum(group.people for group in printed.groups)
    if printed.stakeholders == 1 and people:
        for group in printed.groups:
            if abs(group.weight - group.people / people) > NEXT_DECIMAL:
                yield Finding(
                    "groups", f"group {group.id} has {group.people} of {people} people, not {group.weight}"
                )
    said = printed.body.get("participation")
    voters = said.get("voters") if isinstance(said, dict) else None
    if voters != people:
        yield Finding("groups", f"the groups hold {people} people, participation says {voters} voters")


def _finding(about: str, section: PrintedSection, item: Item, message: str) -> Finding:
    return Finding(about, message, question=section.question, place=item.rank, number=item.number)
