"""What comes next in an edition, by date."""

from dataclasses import dataclass
from datetime import datetime

from roadmap.accounts.invitations import invitations_to, is_open
from roadmap.core.phrases import PHASES
from roadmap.editions.models import Edition
from roadmap.editions.queries import periods_of


@dataclass(frozen=True)
class Ahead:
    """A moment that comes: `begins` or `ends` (`name`: the phase), or `runs-out` (`name`: who was invited)."""

    at: datetime
    kind: str
    name: str


def dates_ahead(edition: Edition, now: datetime) -> list[Ahead]:
    """Beginnings and ends of phases, and open invitations that run out; the next one first."""
    if edition.archived is not None:
        return []
    found = []
    for period in periods_of(edition):
        name = str(PHASES[period.phase])
        if period.opens > now:
            found.append(Ahead(period.opens, "begins", name))
        if period.closes is not None and period.closes > now:
            found.append(Ahead(period.closes, "ends", name))
    found += [
        Ahead(link.until, "runs-out", link.address) for link in invitations_to(edition) if is_open(link, now)
    ]
    return sorted(found, key=lambda ahead: ahead.at)
