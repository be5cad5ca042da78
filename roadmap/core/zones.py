"""Time zones to choose from."""

from functools import cache
from zoneinfo import available_timezones

PLACES = frozenset(
    {
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    }
)


@cache
def zone_names() -> tuple[str, ...]:
    """Names of the zones that are called after a place, such as `Africa/Dakar`, and UTC."""
    named = (zone for zone in available_timezones() if zone.split("/")[0] in PLACES and "/" in zone)
    return ("UTC", *sorted(named))
