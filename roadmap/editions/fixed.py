"""What people have done in an edition already, and so what organisers can no longer change.

Proposals, comments and votes stand floors higher; their tables are named here as foreign keys name tables.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, column, func, select, table

from roadmap.core.db import Moment, db
from roadmap.core.i18n import _, date_and_time, timezone_name
from roadmap.domain.phases import Phase
from roadmap.editions.models import Edition, GuidingQuestion
from roadmap.editions.queries import periods_of

_PROPOSALS = table("proposals", column("id"), column("edition_id"), column("question_id"), column("language"))
_COMMENTS = table("comments", column("proposal_id"), column("language"))
_EVENTS = table("vote_events", column("id"), column("proposal_id"), column("at", Moment))
_IMPORTS = table("import_sources", column("question_id"))


@dataclass(frozen=True)
class Written:
    """How much was written in a language."""

    proposals: int = 0
    comments: int = 0


def fixed_since(edition: Edition, now: datetime) -> datetime | None:
    """When voting began: by its phase in an edition that is open, or by the first vote; None before."""
    phases = [period.opens for period in periods_of(edition) if period.phase is Phase.VOTING]
    begun = [max(opens, edition.opened) for opens in phases if edition.opened is not None]
    moments = [moment for moment in (*begun, _first_vote(edition)) if moment is not None and moment <= now]
    return min(moments, default=None)


def why_fixed(edition: Edition, since: datetime) -> str:
    """The sentence that stands beside whatever voting has fixed."""
    zone = ZoneInfo(edition.time_zone)
    return _(
        "Fixed since voting began on %(moment)s (%(zone)s), so that no vote changes its meaning afterwards.",
        moment=date_and_time(since, zone),
        zone=timezone_name(zone),
    )


def _first_vote(edition: Edition) -> datetime | None:
    asked = select(_PROPOSALS.c.id).where(_PROPOSALS.c.edition_id == edition.id)
    return db.session.scalar(
        select(_EVENTS.c.at).where(_EVENTS.c.proposal_id.in_(asked)).order_by(_EVENTS.c.id).limit(1)
    )


def proposals_under(edition: Edition) -> dict[int, int]:
    """How many proposals, in whatever state, stand under each question, by the question's id; 0 is left out."""
    return _counted(
        select(_PROPOSALS.c.question_id, func.count())
        .where(_PROPOSALS.c.edition_id == edition.id)
        .group_by(_PROPOSALS.c.question_id)
    )


def is_used(question: GuidingQuestion) -> bool:
    """Whether anything stands under the question that would be lost with it."""
    for used in (_PROPOSALS, _IMPORTS):
        found = select(func.count()).select_from(used).where(used.c.question_id == question.id)
        if db.session.scalar(found):
            return True
    return False


def written_in(edition: Edition) -> dict[str, Written]:
    """What participants wrote in each language; languages in which nothing is are left out."""
    own = select(_PROPOSALS.c.language, func.count()).where(_PROPOSALS.c.edition_id == edition.id)
    said = (
        select(_COMMENTS.c.language, func.count())
        .select_from(_COMMENTS.join(_PROPOSALS, _PROPOSALS.c.id == _COMMENTS.c.proposal_id))
        .where(_PROPOSALS.c.edition_id == edition.id)
    )
    proposals = _counted(own.group_by(_PROPOSALS.c.language))
    comments = _counted(said.group_by(_COMMENTS.c.language))
    return {
        code: Written(proposals.get(code, 0), comments.get(code, 0))
        for code in sorted({*proposals, *comments})
    }


def _counted(rows: Select[tuple[Any, int]]) -> dict[Any, int]:
    return {row[0]: row[1] for row in db.session.execute(rows)}
