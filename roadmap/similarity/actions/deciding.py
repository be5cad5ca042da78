"""Deciding about proposals that were found alike: related, or not the same; and taking that back.

Merging is no decision about pairs: it gives the proposals one lead, and their pairs are told of no longer.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import combinations

from sqlalchemy import select

from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid, NotFound
from roadmap.core.i18n import _
from roadmap.core.permit import permit
from roadmap.domain import texts
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor, acting_role
from roadmap.editions.holding import hold
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.log.actions import record
from roadmap.proposals.models import Proposal
from roadmap.similarity.models import DECISIONS, LikelyPair
from roadmap.similarity.pairs import pair_of

MOST_DECIDED = 50


@use_case
def decide_pair(
    actor: Actor,
    edition: Edition,
    number: int,
    other: int,
    *,
    decision: str,
    now: datetime,
    reason: str = "",
    revisions: Mapping[int, int] | None = None,
) -> LikelyPair:
    """Decide about two proposals by their numbers: "related" or "different". See `decide_group`."""
    return decide_group(
        actor, edition, [number, other], decision=decision, now=now, reason=reason, revisions=revisions
    )[0]


@use_case
def decide_group(
    actor: Actor,
    edition: Edition,
    numbers: Collection[int],
    *,
    decision: str,
    now: datetime,
    reason: str = "",
    revisions: Mapping[int, int] | None = None,
    seen: datetime | None = None,
) -> list[LikelyPair]:
    """Decide about every pair among these proposals: "related" or "different"; pairs nobody had found too.

    It stands until one of the two texts changes, and a later decision replaces it. `revisions`: by number the
    revision that was read; raises Conflict where a text was changed since. `seen` as for `check_decided`. Raises
    Closed, Refused, NotFound, Invalid.
    """
    permit(actor, Verb.MERGE, facts_of(edition, now), time_zone=edition.time_zone)
    if decision not in DECISIONS:
        raise Invalid(errors={"decision": _("Choose what is to happen with these proposals.")})
    found = _proposals(edition, numbers)
    for each in found:
        if revisions and revisions.get(each.number, each.revision) != each.revision:
            raise Conflict(_("No. %(number)s was changed meanwhile. Read it again before you decide.",
                             number=each.number))  # fmt: skip
    related = decision == "related"
    pairs = _pairs(found, make=True)
    if seen is not None:
        check_decided(pairs, seen)
    for pair in pairs:
        pair.decision, pair.decided_by, pair.decided = decision, actor.account, now
    record(
        actor, "pair-related" if related else "pair-different", edition_id=edition.id,
        role=acting_role(actor, edition.id), now=now, facts={"numbers": [each.number for each in found]},
        reason=texts.as_reason(reason),
    )  # fmt: skip
    return pairs


def check_decided(pairs: Iterable[LikelyPair], seen: datetime) -> None:
    """Raise Conflict where one of these was decided after `seen`, the newest decision that the actor has read."""
    for pair in pairs:
        if pair.decided is not None and pair.decided > seen:
            raise Conflict(
                _("A colleague has meanwhile linked some of these as related. Look again, then decide.")
                if pair.decision == "related"
                else _("A colleague has meanwhile found that some of these do not say the same. "
                       "Look again, then decide.")
            )  # fmt: skip


@use_case
def undo_decision(
    actor: Actor, edition: Edition, numbers: Collection[int], *, now: datetime, reason: str = ""
) -> list[LikelyPair]:
    """Take back what was decided about the pairs among these proposals: they are told of again.

    Raises Conflict where nothing is decided about any of them (any longer).
    """
    permit(actor, Verb.MERGE, facts_of(edition, now), time_zone=edition.time_zone)
    found = _proposals(edition, numbers)
    pairs = [pair for pair in _pairs(found) if pair.decision is not None]
    if not pairs:
        raise Conflict(_("Nothing is decided about these proposals any longer."))
    for pair in pairs:
        if pair.similarity is None:
            db.session.delete(pair)  # found by nobody: with the decision nothing is left of it
        else:
            pair.decision = pair.decided_by = pair.decided = None
    record(
        actor, "pair-undecided", edition_id=edition.id, role=acting_role(actor, edition.id), now=now,
        facts={"numbers": [each.number for each in found]}, reason=texts.as_reason(reason),
    )  # fmt: skip
    return pairs


def _proposals(edition: Edition, numbers: Collection[int]) -> list[Proposal]:
    """Those with these numbers, oldest first, held so that their texts stay as they are until the deed is done."""
    wanted = set(numbers)
    if len(wanted) < 2:
        raise Invalid(errors={"numbers": _("Choose at least two proposals.")})
    if len(wanted) > MOST_DECIDED:
        raise Invalid(
            errors={"numbers": _("Decide about %(max)s proposals at most at a time.", max=MOST_DECIDED)}
        )
    found = db.session.scalars(
        select(Proposal)
        .where(Proposal.edition_id == edition.id, Proposal.number.in_(wanted))
        .order_by(Proposal.id)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    ).all()
    if len(found) != len(wanted):
        raise NotFound
    for each in found:
        if each.state != "published":
            raise Conflict(_("No. %(number)s is not published any longer.", number=each.number))
    return list(found)


def _pairs(found: Sequence[Proposal], *, make: bool = False) -> list[LikelyPair]:
    """The pairs among them; `make` those that nobody had found."""
    hold(found[0].edition_id)
    ids = [each.id for each in found]
    rows = db.session.scalars(
        select(LikelyPair)
        .where(LikelyPair.a_id.in_(ids), LikelyPair.b_id.in_(ids))
        .execution_options(populate_existing=True)
    )
    known = {(pair.a_id, pair.b_id): pair for pair in rows}
    for a, b in combinations(found, 2) if make else ():
        if (a.id, b.id) not in known:
            known[a.id, b.id] = pair_of(a, b)
            db.session.add(known[a.id, b.id])
    db.session.flush()
    return [known[key] for key in sorted(known)]
