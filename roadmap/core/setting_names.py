"""The settings of an edition as people read them: each by its name, each value by its own."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from roadmap.core.i18n import language_name, lazy, lazy_p, listed, timezone_name

SETTINGS: dict[str, Any] = {
    "title": lazy("Name of the edition"),
    "languages": lazy("Languages"),
    "time_zone": lazy("Time zone"),
    "ask_group": lazy("Stakeholder group"),
    "ask_country": lazy("Country"),
    "moderation": lazy("When proposals and comments appear"),
    "results": lazy("When results show"),
    "guest_votes": lazy("Votes of guests"),
    "paper_votes": lazy("Votes on paper"),
    "method": lazy("Ranking method"),
}
METHODS: dict[str, Any] = {
    "equal-persons": lazy("Equal persons"),
    "equal-groups": lazy("Equal groups"),
    "support": lazy_p("ranking method", "Support"),
    "net-count": lazy("Net count"),
    "common-ground": lazy("Common ground"),
    "wilson": lazy("Wilson"),
}
_ASKED = {"asked": lazy_p("setting", "Asked"), "not-asked": lazy_p("setting", "Not asked")}
_COUNTED = {"apart": lazy_p("setting", "Shown apart"), "counted": lazy_p("setting", "Counted")}
VALUES: dict[str, dict[str, Any]] = {
    "ask_group": _ASKED,
    "ask_country": _ASKED,
    "moderation": {
        "after": lazy_p("setting", "At once"),
        "before": lazy_p("setting", "After a facilitator has read them"),
    },
    "results": {
        "after-own-vote": lazy_p("setting", "After one’s own vote"),
        "at-close": lazy_p("setting", "When voting closes"),
    },
    "guest_votes": _COUNTED,
    "paper_votes": _COUNTED,
    "method": METHODS,
}
"""The settings that are chosen among named values, with the name of each value."""


def value_told(setting: str, value: Any) -> str:
    """A value of a setting as people read it; the name stands as it is."""
    if setting == "languages" and isinstance(value, list):
        return listed(language_name(str(code)) for code in value)
    if setting == "time_zone" and value:
        return timezone_name(ZoneInfo(str(value)))
    names: Mapping[str, Any] = VALUES.get(setting, {})
    return str(names.get(str(value), value))
