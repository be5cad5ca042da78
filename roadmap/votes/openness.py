"""Why a proposal cannot be voted on at the moment, as a sentence beside its ballot."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from roadmap.core.i18n import _, date_and_time, timezone_name
from roadmap.domain.phases import Verb, closed_at, is_open, opens_at
from roadmap.domain.policy import Facts


@dataclass(frozen=True)
class Voting:
    """How voting stands in an edition: `reason` says why nobody can vote now, "" while it is open."""

    reason: str
    over: bool


def has_closed(facts: Facts) -> bool:
    """Whether voting is over, so that figures no longer influence anybody."""
    over = closed_at(Verb.VOTE, facts.periods, facts.now) is not None
    return facts.archived or (over and not is_open(Verb.VOTE, facts.periods, facts.now))


def voting_under(facts: Facts, time_zone: str) -> Voting:
    """How voting stands on these facts."""
    return Voting(closed_reason(facts, "published", time_zone), has_closed(facts))


def closed_reason(facts: Facts, state: str, time_zone: str) -> str:
    """A whole sentence where nobody can vote on a proposal in this state now, else ""."""
    if state != "published":
        return _state_reason(state)
    if facts.archived:
        return str(_("This edition is over. Its votes stay as they are."))
    if is_open(Verb.VOTE, facts.periods, facts.now):
        return ""
    zone = ZoneInfo(time_zone)
    ended = closed_at(Verb.VOTE, facts.periods, facts.now)
    if ended is not None:
        return str(
            _(
                "Voting closed on %(moment)s (%(zone)s).",
                moment=date_and_time(ended, zone),
                zone=timezone_name(zone),
            )
        )
    begins = opens_at(Verb.VOTE, facts.periods, facts.now)
    if begins is not None:
        return str(
            _(
                "Voting opens on %(moment)s (%(zone)s).",
                moment=date_and_time(begins, zone),
                zone=timezone_name(zone),
            )
        )
    return str(_("Voting is not open."))


def _state_reason(state: str) -> str:
    if state == "withdrawn":
        return str(_("This proposal was withdrawn. It takes no more votes."))
    if state == "hidden":
        return str(_("This proposal is hidden. It takes no votes."))
    if state == "closed":
        return str(_("This proposal takes no more votes. What was voted on it stays here."))
    return str(_("This proposal is waiting for review. Voting on it opens once it is published."))
