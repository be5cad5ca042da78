"""An edition that its organisers prepare."""

from typing import Any

from roadmap.editions.models import Edition
from tests.factories import an_edition


def preparing(**fields: Any) -> Edition:
    """An edition in preparation that lacks nothing."""
    return an_edition("bridges", **{"is_current": False, "opened": None, "languages": ["en", "ar"], **fields})
