"""Voting: cast, change, withdraw, skip. Claiming a guest's votes is in claiming.py."""

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
from roadmap.votes import casting, pulse
from roadmap.votes.ballots import CHOICES, WORDS
from roadmap.votes.claiming import claim as claim
from roadmap.votes.impressions import Drawn, settle

CLEAR = "clear"
_STANDING = """
SELECT DISTINCT COALESCE(t.number, p.number) FROM votes v JOIN proposals p ON p.id = v.proposal_id
  LEFT JOIN proposals t ON t.id = p.lead_id
WHERE v.voter_id = :voter AND p.edition_id = :edition AND v.choice IS NOT NULL
  AND COALESCE(t.state, p.state) = 'published'
"""


@dataclass(frozen=True)
class Cast:
    """What came of a vote: whose it is, on which proposal it stands (the lead of a merged one), and which it is.

    `number` and `title` are that proposal's. `origin` is the one kept, that of the first answer. `new_voter` tells
    that a guest's key was used first. `voter` is None where a guest without a key withdrew what was never there.
    """

    voter: int | None
    proposal: int
    number: int
    title: str
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
    with _booth(actor, edition, now) as booth:
        return booth.cast(number, CHOICES.get(choice), drawn, new_key)


def skip_proposal(
    actor: Actor, edition: Edition, drawn: Drawn | None, *, now: datetime | None = None
) -> bool:
    """Record that a drawn proposal was passed over; it is no answer. False where the draw was not this voter's."""
    if drawn is None or edition.opened is None or edition.archived is not None:
        return False
    with _booth(actor, edition, now) as booth:
        if not drawn.is_for(actor.voter, drawn.proposal, booth.now):
            return False
        return settle(booth.connection, drawn, booth.edition, answered=False, now=booth.now)[1] is not None


def withdraw_all(actor: Actor, edition: Edition, *, now: datetime | None = None) -> int:
    """Withdraw every vote of this voter in the edition, as one transaction. Hands back how many there were."""
    with _booth(actor, edition, now) as booth:
        values = {"voter": actor.voter, "edition": booth.edition}
        numbers = sorted(row[0] for row in booth.connection.execute(_STANDING, values).fetchall())
        for number in numbers:
            booth.cast(number, None)
    return len(numbers)


@contextmanager
def _booth(actor: Actor, edition: Edition, now: datetime | None) -> Iterator["_Booth"]:
    """The hot door; a database that cannot be written in time becomes a refusal that says so."""
    identifier, time_zone = edition.id, edition.time_zone  # the door ends the session: read them before
    unavailable = db.engine.dialect.loaded_dbapi.OperationalError
    try:
        with hot() as connection:
            yield _Booth(connection, identifier, time_zone, actor, now or clock.now())
    except unavailable as error:
        close_own_connections()
        raise Busy(
            _("The site is very busy. Your vote was not recorded. Try again in a few seconds.")
        ) from error


@dataclass(frozen=True)
class _Booth:
    """Where one voter votes, while the write lock is held."""

    connection: DriverConnection
    edition: int
    time_zone: str
    actor: Actor
    now: datetime

    def cast(
        self, number: int, value: int | None, drawn: Drawn | None = None, new_key: str | None = None
    ) -> Cast:
        """Look, decide, write."""
        target = self._target(number)
        known, choice = self.actor.voter, WORDS.get(value, "")
        nothing_there = target.given is None and target.merged_at is None
        if target.says(value) or (value is None and (nothing_there or known is None)):
            origin = target.given.origin if target.given else ""
            return Cast(known, target.id, target.number, target.title, choice, origin)
        voter = known or casting.add_voter(
            self.connection, account=self.actor.account, key_hash=new_key, now=self.now
        )
        pool = target.pool or ("account" if self.actor.signed_in else "guest")
        origin, impression = "direct", None
        if drawn is not None and value is not None and drawn.is_for(known, target.id, self.now):
            origin, impression = settle(self.connection, drawn, self.edition, answered=True, now=self.now)
        answer = casting.Answer(voter, pool, value, origin, impression, self.now)
        casting.write(self.connection, target, answer)
        pulse.beat(self.edition)
        kept = target.given.origin if target.given else origin
        return Cast(voter, target.id, target.number, target.title, choice, kept, new_voter=known is None)

    def _target(self, number: int) -> casting.Target:
        """The proposal the answer goes to; raises where it takes none from this actor now."""
        target = casting.find_target(self.connection, self.edition, number, self.actor.voter)
        if target is None or target.state == "waiting":
            raise NotFound
        if target.claimed:
            raise Conflict(_("The votes of this browser belong to an account now. Sign in to go on voting."))
        if target.state == "withdrawn":
            raise Conflict(_("This proposal was withdrawn. Your vote was not recorded."))
        if target.state == "hidden":
            raise Conflict(_("This proposal is hidden. Your vote was not recorded."))
        if target.state == "closed":
            raise Conflict(_("This proposal takes no more votes. Your vote was not recorded."))
        permit(self.actor, Verb.VOTE, target.facts(self.edition, self.now), time_zone=self.time_zone)
        return target
