"""An organiser's browser, and the forms of their pages as they stand."""

from datetime import datetime
from typing import Any

from flask import Flask

from roadmap.core.db import db
from roadmap.domain.policy import Role
from roadmap.editions.models import Edition
from roadmap.editions.queries import phases_of
from tests.browsing import Browser
from tests.factories import DAY, NOW, a_role, an_account, an_edition

Dates = dict[str, tuple[datetime, datetime | None]]
BEFORE_VOTING: Dates = {"proposing": (NOW - DAY, NOW + 30 * DAY), "voting": (NOW + DAY, NOW + 30 * DAY)}
"""Phases of an edition in which people propose and nobody has voted yet."""


def early(**fields: Any) -> Edition:
    """An edition before voting has begun."""
    return an_edition(phases=BEFORE_VOTING, **fields)


def voting_begins(edition: Edition, at: datetime) -> None:
    """Let the phase of voting begin then, whatever its dates were."""
    next(phase for phase in phases_of(edition) if phase.kind == "voting").opens = at
    db.session.commit()


def an_organisers_browser(app: Flask, edition: Edition) -> Browser:
    return Browser(app).sign_in(a_role(an_account("Ines"), Role.ORGANISER, edition))


def settings_form(browser: Browser, edition: Edition) -> dict[str, Any]:
    """The form of the settings as it stands: several languages are one list."""
    page = browser.page(f"/en/{edition.slug}/manage/settings")
    form = page.select_one("form[action$='/manage/settings']")
    assert form is not None
    fields: dict[str, Any] = {
        str(item["name"]): str(item.get("value", ""))
        for item in form.select("input[name]")
        if item.get("type") not in ("radio", "checkbox") or item.has_attr("checked")
    }
    fields |= {str(item["name"]): item.text.strip("\r\n") for item in form.select("textarea")}
    fields["languages"] = [str(item["value"]) for item in form.select("[name=languages][checked]")]
    fields["time_zone"] = str(form.select_one("[name=time_zone] [selected]")["value"])
    return fields


def set_up(browser: Browser, edition: Edition, **changed: Any) -> Any:
    """Send the form of the settings with these values, whether the page offers them or not."""
    fields = {**settings_form(browser, edition), **changed}
    return browser.post(f"/en/{edition.slug}/manage/settings", fields)
