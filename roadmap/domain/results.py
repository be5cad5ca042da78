"""What stands out among the answers to a question: what all groups agree on, where they part, what one backs.

Chosen from what may be shown alone, so that no list tells of a withheld cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roadmap.domain.tallies import SMALLEST_SHOWN, Tally, shown_tallies

EVERYWHERE = 0.6
"""Share that agrees in every group, for all to agree; in one, for groups to part."""
SELDOM = 0.4
"""Share that agrees in another group at most, for groups to part."""
MILDLY, AGAINST = 0.2, -0.2
"""Between these claims a group is neither for a proposal nor against it (ranking rule 8)."""
STRONGLY = 0.5
"""Claim from which a group backs a proposal strongly (ranking rule 8, minority note)."""
DIVIDED = 0.3
"""Where there is but one group: the share that agrees, and the share that disagrees, from which it is divided."""
APART = 0.1
"""How far the share of a group lies from that of all others, for a proposal to set it apart."""
MOST = 12
"""Proposals kept in each list: more than a page shows, since some may be hidden later."""
ASIDE = "-"
"""Name of the part whose answers are in no group: set aside by the comparison of direct and routed votes."""


@dataclass(frozen=True)
class Answers:
    """The answers to a proposal. `groups`: by letter, None where withheld; `claims`: by letter, -1 to 1."""

    number: int
    total: Tally
    groups: dict[str, Tally | None]
    claims: dict[str, float]

    @property
    def shown(self) -> dict[str, Tally]:
        return {letter: tally for letter, tally in self.groups.items() if tally is not None}

    @property
    def all_shown(self) -> bool:
        return bool(self.groups) and None not in self.groups.values()

    @property
    def shares(self) -> list[float]:
        """The share that agrees in each group that is shown."""
        return [tally.share or 0.0 for tally in self.shown.values()]


@dataclass(frozen=True)
class SetApart:
    """Numbers of the proposals that a group agrees with more, and less, than everybody else does."""

    more: tuple[int, ...]
    less: tuple[int, ...]


def withheld(
    groups: dict[str, Tally], total: Tally, smallest: int = SMALLEST_SHOWN
) -> dict[str, Tally | None]:
    """Tallies by group with small cells None. What is in the total and in no group counts as one more part."""
    inside = sum((tally.answers for tally in groups.values()), 0)
    rest = Tally(total.answers - inside)
    parts = groups if not rest.answers else {**groups, ASIDE: rest}
    return {name: tally for name, tally in shown_tallies(parts, smallest).items() if name != ASIDE}


def agreed_by_all(items: Sequence[Answers]) -> list[int]:
    """Proposals with which at least 60 per cent of every group agree, the highest of the lowest shares first."""
    found = [item for item in items if item.all_shown and min(item.shares) >= EVERYWHERE]
    return [item.number for item in sorted(found, key=lambda item: (-min(item.shares), item.number))][:MOST]


def parted(items: Sequence[Answers]) -> list[int]:
    """Proposals that most people of one group agree with and few of another, the widest gap first.

    Not what one group backs while the others have no view. With one group: what divides it.
    """
    alone = {number for number, _ in backed_by_one(items)}
    found = [(gap, item.number) for item in items if item.number not in alone and (gap := _gap(item)) > 0]
    return [number for _, number in sorted(found, key=lambda row: (-row[0], row[1]))][:MOST]


def _gap(item: Answers) -> float:
    """Between the highest and the lowest share, 0 where groups do not part."""
    if len(item.groups) == 1:
        (tally,) = item.groups.values()
        if tally is None:
            return 0.0
        both = min(tally.agree, tally.disagree) / tally.answers
        return both if both >= DIVIDED else 0.0
    shares = item.shares
    if not shares or max(shares) < EVERYWHERE or min(shares) > SELDOM:
        return 0.0
    return max(shares) - min(shares)


def backed_by_one(items: Sequence[Answers]) -> list[tuple[int, str]]:
    """(number, letter) of what one group backs strongly while the others are neither for it nor against it."""
    found = []
    for item in items:
        if len(item.groups) < 2 or not item.all_shown:
            continue
        letter = max(sorted(item.claims), key=lambda each: item.claims[each])
        others = [claim for group, claim in item.claims.items() if group != letter]
        if item.claims[letter] >= STRONGLY and min(others) > AGAINST and max(others) <= MILDLY:
            found.append((item.claims[letter], item.number, letter))
    found.sort(key=lambda row: (-row[0], row[1]))
    return [(number, letter) for _, number, letter in found][:MOST]


def set_apart(items: Sequence[Answers], smallest: int = SMALLEST_SHOWN) -> dict[str, SetApart]:
    """By letter, what sets each group apart from all others; nothing where there is but one group."""
    letters = sorted({letter for item in items for letter in item.groups})
    if len(letters) < 2:
        return {}
    leads: dict[str, list[tuple[float, int]]] = {letter: [] for letter in letters}
    for item in items:
        for letter, tally in item.shown.items():
            others = sum((other for name, other in item.shown.items() if name != letter), Tally())
            if others.answers >= smallest:
                leads[letter].append(((tally.share or 0.0) - (others.share or 0.0), item.number))
    return {letter: _extremes(rows) for letter, rows in leads.items()}


def _extremes(rows: list[tuple[float, int]]) -> SetApart:
    more = sorted(
        ((lead, number) for lead, number in rows if lead >= APART), key=lambda row: (-row[0], row[1])
    )
    less = sorted((lead, number) for lead, number in rows if lead <= -APART)
    return SetApart(tuple(number for _, number in more[:MOST]), tuple(number for _, number in less[:MOST]))
