"""Computing the standing of an edition: when something changed, never twice at a time, never in a request."""

import json
import secrets
import time
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from roadmap.core.db import db, is_sqlite, use_case
from roadmap.domain.ranking import Method, rank
from roadmap.domain.standing import breakdown_figures, breakdown_is_due, order_figures
from roadmap.editions.models import Edition
from roadmap.standing.models import Standing
from roadmap.standing.queries import find_standing, mark_of, results_wait
from roadmap.votes.snapshots import snapshot

LOST_AFTER = timedelta(minutes=10)
"""Who has computed for so long was stopped half-way; another may begin."""
REST = 1
"""After a computation it rests for as long as that took, so that other jobs get their turn."""


def renew_all(*, now: datetime) -> int:
    """Renew the standing of every open edition in which something changed; how many there were.

    Where one fails the others are renewed all the same; the first failure is raised at the end.
    """
    editions = db.session.scalars(
        select(Edition).where(Edition.opened.is_not(None)).order_by(Edition.id)
    ).all()
    wanted = [edition.id for edition in editions if _is_due(edition, now)]
    done, failed = 0, []
    for edition_id in wanted:
        try:
            done += renew(edition_id, now=now)
        except Exception as error:  # the others are not to wait for it
            failed.append(error)
    if failed:
        raise failed[0]
    return done


def renew(edition_id: int, *, now: datetime, anew: bool = False) -> bool:
    """Compute the standing, where something changed since the last time or (`anew`) in any case.

    False where there is nothing to do, somebody else is at it, or results wait for the close: then nothing is kept.
    """
    edition = db.session.get_one(Edition, edition_id)
    mark, kept = mark_of(edition), find_standing(edition_id)
    if results_wait(edition, now) or (not anew and kept is not None and kept.mark == mark):
        return False
    holder = secrets.token_hex(8)
    if not _begin(edition_id, holder, now):
        return False
    try:
        _compute(edition_id, holder, mark, now)
    except BaseException:
        db.session.rollback()
        _let_go(edition_id, holder)
        raise
    return True


def _is_due(edition: Edition, now: datetime) -> bool:
    kept = find_standing(edition.id)
    if kept is not None:
        db.session.refresh(kept)
        if kept.as_of is not None and edition.archived is not None and kept.as_of > edition.archived:
            return False
        rested = kept.as_of is None or now >= kept.as_of + (1 + REST) * timedelta(milliseconds=kept.took)
        if not rested or kept.mark == mark_of(edition):
            return False
    return not results_wait(edition, now)


def _compute(edition_id: int, holder: str, mark: str, now: datetime) -> None:
    begun = time.perf_counter()
    edition = db.session.get_one(Edition, edition_id)
    kept = find_standing(edition_id)
    last, last_voters = (None, 0) if kept is None else (kept.breakdown_as_of, kept.breakdown_voters)
    method = Method(edition.method, edition.seed)
    votes = snapshot(edition, keep=False)
    db.session.rollback()  # nobody's reading is held open while it is computed
    ranking = rank(votes, method)
    voters = ranking.counted.voters
    breakdown = None
    if breakdown_is_due(now, voters, last=last, last_voters=last_voters):
        breakdown = json.dumps(breakdown_figures(votes, ranking))
    took = round(1000 * (time.perf_counter() - begun))
    _keep(
        edition_id, holder, mark, json.dumps(order_figures(ranking)), breakdown, voters=voters, took=took, now=now
    )  # fmt: skip


@use_case
def _begin(edition_id: int, holder: str, now: datetime) -> bool:
    """Take the edition for oneself; False where somebody else has it."""
    row = {
        "edition_id": edition_id,
        "mark": "",
        "took": 0,
        "figures": "",
        "breakdown": "",
        "breakdown_voters": 0,
    }
    dialect = sqlite if is_sqlite() else postgresql
    db.session.execute(dialect.insert(Standing).values(row).on_conflict_do_nothing())
    free = or_(Standing.begun.is_(None), Standing.begun < now - LOST_AFTER)
    taken = db.session.execute(
        update(Standing)
        .where(Standing.edition_id == edition_id, free)
        .values(begun=now, holder=holder)
        .execution_options(synchronize_session=False)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]


@use_case
def _keep(
    edition_id: int, holder: str, mark: str, figures: str, breakdown: str | None, *, voters: int, took: int,
    now: datetime,
) -> None:  # fmt: skip
    """Store what was computed, unless somebody else has begun meanwhile."""
    values = {"mark": mark, "figures": figures, "as_of": now, "took": took, "begun": None, "holder": None}
    if breakdown is not None:
        values |= {"breakdown": breakdown, "breakdown_as_of": now, "breakdown_voters": voters}
    _change(edition_id, holder, values)


@use_case
def _let_go(edition_id: int, holder: str) -> None:
    _change(edition_id, holder, {"begun": None, "holder": None})


def _change(edition_id: int, holder: str, values: dict[str, object]) -> None:
    db.session.execute(
        update(Standing)
        .where(Standing.edition_id == edition_id, Standing.holder == holder)
        .values(values)
        .execution_options(synchronize_session=False)
    )
    db.session.expire_all()
