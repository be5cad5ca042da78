"""Voting: cast, change, withdraw."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from roadmap.core import clock
from roadmap.core.db import DriverConnection, close_own_connections, db, hot
from roadmap.core.errors import Busy, Conflict, Invalid, NotFound
from roadmap.core.i18n import _
from roadmap.core.permit import permit
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition
from roadmap.votes import casting
from roadmap.votes.ballots import CHOICES
from roadmap.votes.drawing import Drawn, settle

CLEAR = "clear"


@dataclass(frozen=True)
class Cast:
    """What came of a vote: whose it is, on which proposal it stands (the lead of a merged one), and which it is.

    `origin` is the one kept, that of the first answer. `new_voter` tells that a guest's key was used first.
    """

    voter: int
    proposal: int
    number: int
    choice: str
    origin: str
    new_voter: bool = False


def cast_vote(
    actor: Actor,
    edition: Edition,
    number: int,
    choice: str,
    *,
    drawn: Drawn | None = None,
    new_key: str | None = None,
    now: datetime | None = None,
) -> Cast:
    """Record `agree`, `disagree`, `pass`, or `clear` (a withdrawal), as one short transaction of its own.

    `drawn` is the impression that the form brought back, signature already checked. `new_key` is the hash of
    the key under which a guest without one votes for the first time. The deadline is looked at while the lock
    is held. The same answer again writes nothing. Raises Invalid, NotFound, Conflict, Closed or Busy.
    """
    if choice not in CHOICES and choice != CLEAR:
        raise Invalid(_("Choose one of the three answers: agree, disagree or pass."))
    value = CHOICES.get(choice)
    edition_id, time_zone = edition.id, edition.time_zone
    with _written() as connection:
        moment = now or clock.now()
        target = casting.find_target(connection, edition_id, number, actor.voter)
        _check(actor, target, edition_id, time_zone, moment)
        assert target is not None
        shown = "" if value is None else choice
        if actor.voter is not None and (
            target.says(value) or (value is None and target.given is None and target.merged_at is None)
        ):
            origin = target.given.origin if target.given else ""
            return Cast(actor.voter, target.id, target.number, shown, origin)
        if actor.voter is None and value is None:
            return Cast(0, target.id, target.number, "", "")
        voter = actor.voter or casting.add_voter(
            connection, account=actor.account, key_hash=new_key, now=moment
        )
        pool = target.pool or ("account" if actor.signed_in else "guest")
        origin, impression = "direct", None
        if drawn is not None and value is not None and drawn.is_for(actor.voter, target.id, moment):
            origin, impression = settle(connection, drawn, edition_id, answered=True, now=moment)
        casting.write(
            connection,
            target,
            value,
            voter=voter,
            pool=pool,
            origin=origin,
            impression=impression,
            now=moment,
        )
    kept = target.given.origin if target.given else origin
    return Cast(voter, target.id, target.number, shown, kept, new_voter=actor.voter is None)


def _check(actor: Actor, target: casting.Target | None, edition: int, time_zone: str, now: datetime) -> None:
    if target is None or target.state == "waiting":
        raise NotFound
    if target.claimed:
        raise Conflict(_("The votes of this browser belong to an account now. Sign in to go on voting."))
    if target.state == "withdrawn":
        raise Conflict(_("This proposal was withdrawn. Your vote was not recorded."))
    if target.state == "hidden":
        raise Conflict(_("This proposal is hidden. Your vote was not recorded."))
    if target.archived:
        raise Conflict(_("This edition is over. Your vote was not recorded."))
    permit(actor, Verb.VOTE, target.facts(edition, now), time_zone=time_zone)


@contextmanager
def _written() -> Iterator[DriverConnection]:
    """The hot door; a database that cannot be written in time becomes a refusal that says so."""
    dbapi = db.engine.dialect.loaded_dbapi
    try:
        with hot() as connection:
            yield connection
    except dbapi.OperationalError as error:
        close_own_connections()
        raise Busy(
            _("The site is very busy. Your vote was not recorded. Try again in a few seconds.")
        ) from error
