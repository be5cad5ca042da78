"""Once a minute: what changed since the last time is computed anew."""

from roadmap.core import clock
from roadmap.core.jobs import job
from roadmap.standing import actions


@job
def renew_standings() -> None:
    """Renew what is due in all editions; where nothing changed, nothing is done."""
    actions.renew_all(now=clock.now())
