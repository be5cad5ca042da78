"""What facilitators have to decide, and what somebody who is writing may find said already.

Only published proposals that nothing leads are told of: hidden, withdrawn, waiting and merged ones are in no group.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from roadmap.core.db import EPOCH, db
from roadmap.core.paging import Page
from roadmap.domain import similar
from roadmap.domain.similar import NEAR_IDENTICAL, Pair
from roadmap.editions.models import Edition
from roadmap.proposals.models import Proposal
from roadmap.proposals.queries import by_ids
from roadmap.similarity.models import LikelyPair, Vector
from roadmap.similarity.nearest import nearest_ids
from roadmap.similarity.pending import pending_count

NEAR_A_PAGE = 10
MOST_PAIRS = 5_000
"""Of the strongest; what is weaker comes when these are decided."""
MOST_GROUPS = 200
NOTHING_DECIDED = EPOCH
"""Before every decision."""
_a, _b = aliased(Proposal), aliased(Proposal)


@dataclass(frozen=True)
class FoundPair:
    """Two proposals that may say the same, the older first. `negation`, `number`: they differ in one.

    `similarity`: 0 to 1, three places; None where facilitators named the pair. `decision`: None, "related",
    "different".
    """

    a: Proposal
    b: Proposal
    similarity: float | None
    negation: bool
    number: bool
    decision: str | None = None


@dataclass(frozen=True)
class FoundGroup:
    """Proposals that may say the same, by number, and the undecided pairs among them, strongest first."""

    proposals: tuple[Proposal, ...]
    pairs: tuple[FoundPair, ...]

    @property
    def number(self) -> int:
        """The smallest number in the group: no other group has it, so that it can stand in an address."""
        return self.proposals[0].number

    @property
    def strongest(self) -> float:
        """The likeness of the strongest pair, 0 to 1."""
        return self.pairs[0].similarity or 0.0

    @property
    def negation(self) -> bool:
        """Whether two of them differ by a negation."""
        return any(pair.negation for pair in self.pairs)

    @property
    def number_differs(self) -> bool:
        """Whether two of them differ by a number."""
        return any(pair.number for pair in self.pairs)


def groups_of(edition: Edition, *, most: int = MOST_GROUPS) -> list[FoundGroup]:
    """The groups that wait for a decision, strongest first, each with its pairs."""
    rows = db.session.execute(_undecided(edition).limit(MOST_PAIRS)).all()
    pairs = {(row.a_id, row.b_id): row for row in rows}
    found = similar.groups(Pair(row.a_id, row.b_id, row.similarity) for row in rows)[:most]
    proposals = by_ids(key for group in found for key in group.members)
    return [
        FoundGroup(
            tuple(sorted((proposals[key] for key in group.members), key=lambda each: each.number)),
            tuple(_told(pairs[pair.a, pair.b], proposals) for pair in group.pairs),
        )
        for group in found
    ]


def number_of_groups(edition: Edition, *, most: int = MOST_GROUPS) -> int:
    """How many of those wait, without a look at the proposals."""
    rows = db.session.execute(_undecided(edition).limit(MOST_PAIRS)).all()
    found = similar.groups(Pair(row.a_id, row.b_id, row.similarity) for row in rows)
    return min(len(found), most)


def pairs_near_identical(edition: Edition, page: int = 1) -> Page[FoundPair]:
    """Undecided pairs under one question whose texts are all but the same (likeness from .95), ten a page.

    They are in the groups of `groups_of` too, until they are decided or merged.
    """
    query = _undecided(edition).where(
        LikelyPair.similarity >= NEAR_IDENTICAL, _a.question_id == _b.question_id
    )
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    rows = db.session.execute(query.limit(NEAR_A_PAGE).offset((page - 1) * NEAR_A_PAGE)).all()
    return Page(_pairs(rows), page, total, NEAR_A_PAGE)


def pairs_among(edition: Edition, numbers: Iterable[int]) -> list[FoundPair]:
    """All pairs among these proposals that are known, decided or not, strongest first: for a group made by hand."""
    wanted = sorted(set(numbers))[: similar.MOST_IN_A_GROUP * 8]
    query = (
        _live(edition)
        .where(_a.number.in_(wanted), _b.number.in_(wanted))
        .order_by(func.coalesce(LikelyPair.similarity, 0).desc(), LikelyPair.a_id, LikelyPair.b_id)
    )
    return _pairs(db.session.execute(query).all())


def decided_pairs(edition: Edition, numbers: Iterable[int]) -> list[LikelyPair]:
    """The pairs among the proposals with these numbers that are decided about, the newest decision first."""
    wanted = sorted(set(numbers))
    query = (
        select(LikelyPair)
        .join(_a, _a.id == LikelyPair.a_id)
        .join(_b, _b.id == LikelyPair.b_id)
        .where(LikelyPair.edition_id == edition.id, _a.number.in_(wanted), _b.number.in_(wanted))
        .where(LikelyPair.decision.is_not(None))
        .order_by(LikelyPair.decided.desc(), LikelyPair.id)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))


def newest_decision(edition: Edition, numbers: Iterable[int]) -> datetime:
    """When a pair among the proposals with these numbers was last decided about; NOTHING_DECIDED where none was."""
    newest = next(iter(decided_pairs(edition, numbers)), None)
    return NOTHING_DECIDED if newest is None or newest.decided is None else newest.decided


def waiting(edition: Edition) -> int:
    """How many proposals are new or changed and not compared yet: the backlog that facilitators see."""
    return pending_count(edition.id)


def last_compared(edition: Edition) -> datetime | None:
    """When a proposal of the edition was last compared; None before the first time."""
    found: datetime | None = db.session.scalar(
        select(func.max(Vector.compared)).where(Vector.edition_id == edition.id)
    )
    return found


def similar_to(edition: Edition, title: str, text: str, language: str, *, limit: int = 3) -> list[Proposal]:
    """Published proposals that say what somebody is writing, most alike first; instead of a merged one its lead.

    Answers within a tenth of a second among 10,000: while the model is still being loaded, words alone count.
    """
    ids = nearest_ids(edition.id, title, text, language)
    candidates = by_ids(ids)
    leads = by_ids(each.lead_id for each in candidates.values() if each.lead_id is not None)
    shown: dict[int, Proposal] = {}
    for key in ids:
        found = candidates[key]
        stands = found if found.lead_id is None else leads[found.lead_id]
        if found.state == stands.state == "published":
            shown.setdefault(stands.id, stands)
    return list(shown.values())[:limit]


def _live(edition: Edition) -> Select[*tuple[Any, ...]]:
    """Pairs of which both proposals are published and stand for themselves."""
    return (
        select(
            LikelyPair.a_id, LikelyPair.b_id, LikelyPair.similarity, LikelyPair.negation, LikelyPair.number,
            LikelyPair.decision,
        )
        .join(_a, _a.id == LikelyPair.a_id)
        .join(_b, _b.id == LikelyPair.b_id)
        .where(
            LikelyPair.edition_id == edition.id,
            _a.state == "published", _b.state == "published", _a.lead_id.is_(None), _b.lead_id.is_(None),
        )
    )  # fmt: skip


def _undecided(edition: Edition) -> Select[*tuple[Any, ...]]:
    return (
        _live(edition)
        .where(LikelyPair.decision.is_(None), LikelyPair.similarity.is_not(None))
        .order_by(LikelyPair.similarity.desc(), LikelyPair.a_id, LikelyPair.b_id)
    )


def _pairs(rows: Sequence[Any]) -> list[FoundPair]:
    proposals = by_ids(key for row in rows for key in (row.a_id, row.b_id))
    return [_told(row, proposals) for row in rows]


def _told(row: Any, proposals: dict[int, Proposal]) -> FoundPair:
    return FoundPair(
        proposals[row.a_id], proposals[row.b_id], row.similarity, row.negation, row.number, row.decision
    )
