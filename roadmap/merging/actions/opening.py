"""Opening groups at the desk: whoever opens one has it to themselves for a while."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete

from roadmap.core.db import db, use_case
from roadmap.core.permit import permit
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor
from roadmap.editions.holding import hold
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.merging.models import GroupHold
from roadmap.merging.queue import Numbers, Waiting, following, queue_of

HELD_FOR = timedelta(minutes=15)


@use_case
def open_next(
    actor: Actor, edition: Edition, *, after: Numbers = (), place: int = 0, now: datetime
) -> Waiting | None:
    """Hold the next group for this facilitator, and let go of what they held; None where nothing is left.

    `after` is the group that they leave, `place` where it stood in the queue before they decided.
    """
    permit(actor, Verb.MERGE, facts_of(edition, now), time_zone=edition.time_zone)
    hold(edition.id)
    db.session.execute(delete(GroupHold).where(GroupHold.account_id == actor.account))
    group = following(queue_of(edition, now), after, place, actor.account)
    if group is not None:
        _take(actor, [each.id for each in group.proposals], now)
    return group


def _take(actor: Actor, ids: Collection[int], now: datetime) -> None:
    """What somebody else held, and holds no longer, is held by the actor."""
    db.session.execute(delete(GroupHold).where(GroupHold.proposal_id.in_(ids)))
    for each in ids:
        db.session.add(GroupHold(proposal_id=each, account_id=actor.account, until=now + HELD_FOR))
    db.session.flush()
