"""The votes that count, as arrays for the ranking: as they stand, or as they stood at a moment."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import text

from roadmap.core.db import db, is_sqlite, to_microseconds
from roadmap.domain.lineage import Lineage
from roadmap.domain.ranking import STAKEHOLDERS, Snapshot
from roadmap.domain.regions import COUNTRIES, region_of
from roadmap.editions.models import Edition
from roadmap.votes.history import effective_answers, lineage_at, own_answers, voters_in
from roadmap.votes.packing import WITHDRAWN, Columns, Whole, packed, read, whole_numbers
from roadmap.votes.placed import Placed, kept
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
SELECT (d.voter_id << 16)
  | (CASE WHEN d.country = '' THEN 0 ELSE {place}(CAST(:countries AS text), d.country) END << 2)
  | CASE WHEN d.stakeholder_group = 'civil-society' THEN {civil} WHEN d.stakeholder_group = 'decision-maker'
    AND d.confirmed IS NOT NULL THEN {maker} ELSE {public} END
FROM declarations d WHERE d.edition_id = :edition
"""
_COUNTRIES = " ".join(COUNTRIES)
_REGIONS = np.zeros(len(_COUNTRIES) + 1, dtype=np.int16)
_REGIONS[1::3] = [int(region_of(country)) for country in COUNTRIES]
"""M49 region by where in `_COUNTRIES` a country begins, counted from 1; 0 for one that is not there."""


def snapshot(
    edition: Edition,
    *,
    as_of: datetime | None = None,
    without: Collection[int] = (),
    suspended: bool = False,
    keep: bool = True,
) -> Snapshot:
    """Effective votes of everybody who counts in the edition, and every open item.

    With `as_of`: from answers, claims and merges before that moment, on proposals that were public then. Who
    counts (not suspended) and what people declare to be is always as it is now. `without`: ids of voters who are
    left out. `suspended`: what it would be if suspended accounts counted. `keep`: whether the votes of a large
    edition may be written down for the next time; not for who comes back each minute while votes come in.
    """
    lineage = lineage_at(edition.id, as_of)
    items = [row for row in _items(edition, as_of) if not lineage.is_source(row[0])]
    ids = np.array([row[0] for row in items], dtype=np.int64)
    pools = (*counted_pools(edition), *(("suspended",) if suspended else ()))
    if as_of is None:
        votes = _now(edition, ids, lineage, pools, keep=keep)
    else:
        votes = _then(edition, ids, lineage, pools, as_of)
    if without:
        votes = votes.without(without)
    stakeholder, region = _declared(edition, votes.people)
    return Snapshot(
        person=votes.person, item=votes.item, choice=votes.choice, origin=votes.origin,
        number=np.array([row[1] for row in items], dtype=np.int64),
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


def _now(edition: Edition, ids: Whole, lineage: Lineage, pools: tuple[str, ...], *, keep: bool) -> Placed:
    name = f"votes-{edition.id}-{'-'.join(pools)}"
    facts = (ids.tolist(), sorted(lineage.leads()))
    return kept(name, edition.id, facts, lambda: Placed.of(_current(ids, lineage, pools), ids), keep=keep)


def _then(edition: Edition, ids: Whole, lineage: Lineage, pools: tuple[str, ...], moment: datetime) -> Placed:
    own = own_answers(edition.id, moment)
    carried, _asked = effective_answers(edition.id, moment, lineage)
    votes = own.where(~np.isin(own.proposal, _leads(lineage))).and_also(carried)
    return Placed.of(votes.where((votes.choice != WITHDRAWN) & np.isin(votes.voter, voters_in(pools))), ids)


def _current(ids: Whole, lineage: Lineage, pools: tuple[str, ...]) -> Columns:
    padded = [*pools, "", "", "", ""][:5]
    values: dict[str, Any] = {f"p{place}": pool for place, pool in enumerate(padded)}
    values |= {"low": int(ids.min(initial=0)), "high": int(ids.max(initial=0))}
    own, leads = read(_OWN, values), _leads(lineage)
    carried = read(_LEADS, values)
    return own.where(~np.isin(own.proposal, leads)).and_also(carried.where(np.isin(carried.proposal, leads)))


def _leads(lineage: Lineage) -> Whole:
    return np.array(sorted(lineage.leads()), dtype=np.int64)


def _declared(edition: Edition, people: Whole) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int16]]:
    """Stakeholder group and region of each of these voters, in their order, as whole numbers like the votes."""
    public, civil, maker = (
        STAKEHOLDERS.index(name) for name in ("public", "civil-society", "decision-maker")
    )
    place = "instr" if is_sqlite() else "strpos"
    statement = _DECLARED.format(place=place, public=public, civil=civil, maker=maker)
    declared = whole_numbers(statement, {"edition": edition.id, "countries": _COUNTRIES})
    at = np.minimum(np.searchsorted(people, declared >> 16), max(len(people) - 1, 0))
    votes = people[at] == declared >> 16 if len(people) else np.zeros(len(declared), dtype=bool)
    stakeholder = np.full(len(people), public, dtype=np.int8)
    region = np.zeros(len(people), dtype=np.int16)
    stakeholder[at[votes]] = declared[votes] & 3
    region[at[votes]] = _REGIONS[(declared[votes] & 0xFFFF) >> 2]
    return stakeholder, region
