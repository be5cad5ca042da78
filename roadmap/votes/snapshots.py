"""The votes that count, as arrays for the ranking: as they stand, or as they stood at a moment."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import text

from roadmap.core.db import db, to_microseconds
from roadmap.domain.ranking import STAKEHOLDERS, Snapshot
from roadmap.domain.regions import region_of
from roadmap.editions.models import Edition
from roadmap.votes.history import effective_answers, lineage_at, own_answers, voters_in
from roadmap.votes.packing import WITHDRAWN, Columns, Whole, packed, read
from roadmap.votes.reading import counted_pools

_OWN = """
SELECT {packed} FROM votes t WHERE t.choice IS NOT NULL AND t.pool IN (:p0, :p1, :p2, :p3, :p4)
  AND t.proposal_id BETWEEN :low AND :high
""".replace("{packed}", packed("proposal_id"))
_LEADS = """
SELECT {packed} FROM effective_votes t WHERE t.choice IS NOT NULL AND t.pool IN (:p0, :p1, :p2, :p3, :p4)
  AND t.lead_id BETWEEN :low AND :high
""".replace("{packed}", packed("lead_id"))
_ITEMS = """
SELECT p.id, p.number, q.number, p.made, p.state, p.state_at
FROM proposals p JOIN guiding_questions q ON q.id = p.question_id
WHERE p.edition_id = :edition ORDER BY p.number
"""
_DECLARED = """
SELECT d.voter_id, d.stakeholder_group, d.confirmed, d.country FROM declarations d WHERE d.edition_id = :edition
"""


def snapshot(
    edition: Edition,
    *,
    as_of: datetime | None = None,
    without: Collection[int] = (),
    suspended: bool = False,
) -> Snapshot:
    """Effective votes of everybody who counts in the edition, and every open item.

    With `as_of`: from answers, claims and merges before that moment, on proposals that were public then. Who
    counts (not suspended) and what people declare to be is always as it is now. `without`: ids of voters who are
    left out. `suspended`: what it would be if suspended accounts counted.
    """
    lineage = lineage_at(edition.id, as_of)
    items = [row for row in _items(edition, as_of) if not lineage.is_source(row[0])]
    ids = np.array([row[0] for row in items], dtype=np.int64)
    leads = np.array(sorted(lineage.leads()), dtype=np.int64)
    pools = (*counted_pools(edition), *(("suspended",) if suspended else ()))
    if as_of is None:
        votes = _current(ids, leads, pools)
    else:
        own = own_answers(edition.id, as_of)
        carried, _asked = effective_answers(edition.id, as_of, lineage)
        votes = own.where(~np.isin(own.proposal, leads)).and_also(carried)
        votes = votes.where((votes.choice != WITHDRAWN) & np.isin(votes.voter, voters_in(pools)))
    if without:
        votes = votes.where(~np.isin(votes.voter, np.array(sorted(without), dtype=np.int64)))
    order = np.argsort(ids)
    place = np.searchsorted(ids[order], votes.proposal)
    place = np.minimum(place, max(len(ids) - 1, 0))
    known = ids[order][place] == votes.proposal if len(ids) else np.zeros(len(votes), dtype=bool)
    votes, item = votes.where(known), order[place[known]]
    people, person = np.unique(votes.voter, return_inverse=True)
    stakeholder, region = _declared(edition, people)
    return Snapshot(
        person=person.astype(np.int32), item=item.astype(np.int32), choice=votes.choice.astype(np.int8),
        origin=votes.origin.astype(np.int8), number=np.array([row[1] for row in items], dtype=np.int64),
        question=np.array([row[2] for row in items], dtype=np.int16), stakeholder=stakeholder, region=region,
    )  # fmt: skip


def _items(edition: Edition, as_of: datetime | None) -> list[Any]:
    rows = db.session.execute(text(_ITEMS), {"edition": edition.id}).all()
    if as_of is None:
        return [row for row in rows if row[4] == "published"]
    moment = to_microseconds(as_of)
    return [
        row
        for row in rows
        if row[3] < moment
        and (
            row[4] == "published" or (row[4] in ("hidden", "withdrawn", "closed") and (row[5] or 0) >= moment)
        )
    ]


def _current(ids: Whole, leads: Whole, pools: tuple[str, ...]) -> Columns:
    padded = [*pools, "", "", "", ""][:5]
    values: dict[str, Any] = {f"p{place}": pool for place, pool in enumerate(padded)}
    values |= {"low": int(ids.min(initial=0)), "high": int(ids.max(initial=0))}
    own = read(_OWN, values)
    carried = read(_LEADS, values)
    return own.where(~np.isin(own.proposal, leads)).and_also(carried.where(np.isin(carried.proposal, leads)))


def _declared(edition: Edition, people: Whole) -> tuple[Any, Any]:
    stakeholder = np.full(len(people), STAKEHOLDERS.index("public"), dtype=np.int8)
    region = np.zeros(len(people), dtype=np.int16)
    for voter, group, confirmed, country in db.session.execute(text(_DECLARED), {"edition": edition.id}):
        place = int(np.searchsorted(people, voter))
        if place == len(people) or people[place] != voter:
            continue
        if group == "civil-society" or (group == "decision-maker" and confirmed is not None):
            stakeholder[place] = STAKEHOLDERS.index(group)
        region[place] = int(region_of(country) or 0)
    return stakeholder, region
