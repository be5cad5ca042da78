"""Asking the policy, and refusing with a reason."""

from zoneinfo import ZoneInfo

from roadmap.core.errors import Closed, Refused
from roadmap.core.i18n import _, date_and_time, timezone_name
from roadmap.domain.phases import Verb, closed_at, is_open, opens_at
from roadmap.domain.policy import Actor, Facts, permits, stands_still


def permit(actor: Actor, verb: Verb, facts: Facts, *, time_zone: str = "UTC") -> None:
    """Return where the policy allows it; raise Closed or Refused with a sentence otherwise."""
    if permits(actor, verb, facts):
        return
    refuse_standstill(verb, facts)
    if not is_open(verb, facts.periods, facts.now):
        raise closed(verb, facts, time_zone)
    raise Refused(_("You may not do this here. If you think you should, write to the organisers."))


def refuse_standstill(verb: Verb, facts: Facts) -> None:
    """Raise Closed where nobody at all may do it, because the edition is in preparation or past."""
    if stands_still(verb, facts):
        raise Closed(standstill(verb, facts))


def standstill(verb: Verb, facts: Facts) -> str:
    """Why nothing of this kind can be done in the edition, as a sentence."""
    if not facts.opened:
        return _("This is a preview of an edition that is not open yet. Nothing was stored.")
    if verb is Verb.VOTE:
        return _("This edition is over. Your vote was not recorded.")
    return _("This edition is over. It can be read, and nothing in it can be changed.")


def closed(verb: Verb, facts: Facts, time_zone: str, *, kept: bool = True) -> Closed:
    """The refusal that names when the verb closed, or when it will open; `kept` where a text was written."""
    if stands_still(verb, facts):
        return Closed(standstill(verb, facts))
    zone = ZoneInfo(time_zone)
    ended = closed_at(verb, facts.periods, facts.now)
    if ended is not None:
        moment = {"moment": date_and_time(ended, zone), "zone": timezone_name(zone)}
        if verb is Verb.VOTE:
            return Closed(
                _("Voting closed on %(moment)s (%(zone)s). Your vote was not recorded.", **moment), ended
            )
        if verb is Verb.PROPOSE and not kept:
            return Closed(_("Proposing closed on %(moment)s (%(zone)s).", **moment), ended)
        if verb is Verb.PROPOSE:
            return Closed(_("Proposing closed on %(moment)s (%(zone)s). Your text is kept.", **moment), ended)
        return Closed(_("This closed on %(moment)s (%(zone)s).", **moment), ended)
    begins = opens_at(verb, facts.periods, facts.now)
    if begins is not None:
        return Closed(
            _(
                "This is not open yet. It opens on %(moment)s (%(zone)s).",
                moment=date_and_time(begins, zone),
                zone=timezone_name(zone),
            )
        )
    return Closed(_("This is not open now."))
