"""Regions of the world by name."""

from roadmap.core.i18n import _, current_language, locale_of


def region_name(code: str) -> str:
    """A region by its M49 code, in the reader's language; the code itself where it has no name."""
    if code == "not-stated":
        return _("Not stated")
    return str(locale_of(current_language()).territories.get(code, code))
