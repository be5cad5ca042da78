"""Changing the settings of an edition; what voting has fixed is refused."""

from datetime import datetime

from sqlalchemy import select

from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid
from roadmap.core.i18n import LANGUAGES, _, language_name, ngettext
from roadmap.core.permit import permit
from roadmap.core.zones import zone_names
from roadmap.domain import texts
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor
from roadmap.editions.choices import (
    ALLOWED,
    LONGEST_TITLE,
    Change,
    Choices,
    apply,
    changes,
    choices_of,
    fixed_settings,
)
from roadmap.editions.fixed import Written, fixed_since, why_fixed, written_in
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.log.actions import record


@use_case
def change_settings(
    actor: Actor, edition: Edition, wanted: Choices, *, revision: int | None = None, now: datetime
) -> list[Change]:
    """Set every setting of an edition, and log each that changed. Nothing is changed where one is refused.

    `revision` is that of the edition whose settings the wish was written over; None asks nothing. Raises
    Invalid with a sentence by setting (`title_fr` for the name), Conflict where the edition changed meanwhile.
    """
    permit(actor, Verb.MANAGE, facts_of(edition, now), time_zone=edition.time_zone)
    edition = locked(edition)
    before = choices_of(edition)
    if not changes(before, wanted):
        return []
    if revision is not None and revision != edition.revision:
        raise Conflict(
            _("Somebody else has changed this edition meanwhile. Look at what you wrote, then save it again.")
        )
    if found := _faults(edition, before, wanted, now):
        raise Invalid(errors=found)
    apply(edition, wanted)
    edition.revision += 1
    changed = changes(before, wanted)
    for change in changed:
        record(
            actor, "settings-change", edition_id=edition.id, role="organiser", now=now,
            facts={"setting": change.setting, "before": change.before, "after": change.after,
                   **({"language": change.language} if change.language else {})},
        )  # fmt: skip
    return changed


def locked(edition: Edition) -> Edition:
    """The edition as it stands now; nobody else changes it until the deed is done."""
    return db.session.scalars(
        select(Edition)
        .where(Edition.id == edition.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _faults(edition: Edition, before: Choices, wanted: Choices, now: datetime) -> dict[str, str]:
    found = {**_unknown(wanted), **_title_faults(before, wanted)}
    if sentence := _language_fault(before, wanted, written_in(edition)):
        found["languages"] = sentence
    if wanted.method == "equal-groups" and wanted.ask_group != "asked":
        found["ask_group"] = _(
            "The method “Equal groups” weighs votes by stakeholder group, so people have to be asked for it."
        )
    since = fixed_since(edition, now)
    if since is not None:
        for name in fixed_settings(before.method):
            if getattr(before, name) != getattr(wanted, name):
                found[name] = why_fixed(edition, since)
    return found


def _unknown(wanted: Choices) -> dict[str, str]:
    found = {
        name: _("Choose one of the answers.")
        for name, allowed in ALLOWED.items()
        if getattr(wanted, name) not in allowed
    }
    if wanted.time_zone not in zone_names():
        found["time_zone"] = _("Choose a time zone from the list.")
    return found


def _title_faults(before: Choices, wanted: Choices) -> dict[str, str]:
    """The name may be missing in a new language until it is translated, but is not taken away."""
    found = {}
    for code in wanted.languages:
        length = texts.length(wanted.title.get(code, ""))
        if not length and (before.title.get(code) or not any(wanted.title.values())):
            found[f"title_{code}"] = _("Write the name in %(language)s.", language=language_name(code))
        elif length > LONGEST_TITLE:
            found[f"title_{code}"] = _(
                "Shorten the title to %(max)s characters; it has %(n)s.", max=LONGEST_TITLE, n=length
            )
    return found


def _language_fault(before: Choices, wanted: Choices, written: dict[str, Written]) -> str:
    if not wanted.languages or not set(wanted.languages) <= set(LANGUAGES):
        return _("Choose at least one language.")
    for code in before.languages:
        if code not in wanted.languages and code in written:
            return still_written(code, written[code])
    return ""


def still_written(code: str, written: Written) -> str:
    """Why a language cannot be taken away."""
    language = language_name(code)
    if written.proposals:
        return ngettext(
            "%(language)s stays: %(num)s proposal is written in it.",
            "%(language)s stays: %(num)s proposals are written in it.",
            written.proposals,
            language=language,
        )
    return ngettext(
        "%(language)s stays: %(num)s comment is written in it.",
        "%(language)s stays: %(num)s comments are written in it.",
        written.comments,
        language=language,
    )
