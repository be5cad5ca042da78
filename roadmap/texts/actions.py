"""Writing a text, going back to an older version or to the default, bringing texts along to a clone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update

from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid, NotFound
from roadmap.core.i18n import _
from roadmap.core.permit import permit
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor, Role
from roadmap.domain.texts import clean_line
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.log.actions import record
from roadmap.log.models import LogEntry
from roadmap.texts import organiser_line
from roadmap.texts.catalogue import Text
from roadmap.texts.checking import cleaned, problems_of
from roadmap.texts.models import TextVersion
from roadmap.texts.queries import (
    Current,
    current_of,
    find_version,
    get_text,
    is_behind,
    original_of,
    shown_from,
)


class Others(StrEnum):
    """What a saved text means for the other languages.

    TRANSLATE: they have to say it anew. HOLD: what was translated from it still holds. DEFAULT: the platform's
    own texts say the same.
    """

    TRANSLATE = "translate"
    HOLD = "hold"
    DEFAULT = "default"


class ChangedMeanwhile(Conflict):
    """Somebody else saved the text since it was opened; nothing was changed."""


@use_case
def write_text(
    actor: Actor,
    edition: Edition,
    name: str,
    language: str,
    *,
    fields: Mapping[str, str],
    based_on: int,
    now: datetime,
    note: str = "",
    others: Others = Others.TRANSLATE,
) -> TextVersion | None:
    """Save a text of the edition in a language as a new version; None where nothing changed.

    `based_on` is the number of the version that was open (0: none had been saved). `others` counts for organisers
    alone, and where no other language holds the original. Raises Invalid with a sentence per field,
    ChangedMeanwhile.
    """
    text, current = _begin(actor, edition, name, language, based_on=based_on, now=now)
    values = cleaned(text, fields)
    problems = problems_of(text, values)
    if problems:
        raise Invalid(errors=problems)
    held, source = _own(current, language), _source(edition, text, language, current)
    if source is not None or not actor.has(Role.ORGANISER, edition.id):
        others = Others.HOLD
    meaning = 0 if source is not None or text.alone else _meaning(held, others, based_on + 1)
    if held is None:
        same = source is None and shown_from(edition, name, language, current).values() == values
    else:
        same = held.fields == values and bool(held.meaning) == bool(meaning) and not is_behind(held, source)
    if same:
        return None
    return _add(
        actor,
        edition,
        TextVersion(
            name=name,
            language=language,
            number=based_on + 1,
            fields=values,
            is_default=False,
            meaning=meaning,
            source_language=source.language if source is not None else "",
            source_meaning=source.meaning if source is not None else 0,
            note=_note(note),
            made=now,
        ),
    )


def _own(current: Current, language: str) -> TextVersion | None:
    held = current.get(language)
    return None if held is None or held.is_default else held


def _source(edition: Edition, text: Text, language: str, current: Current) -> TextVersion | None:
    """The original that a text in this language translates, if another language holds it."""
    original = None if text.alone else original_of(edition, current)
    return None if original is None or original.language == language else original


def _meaning(held: TextVersion | None, others: Others, number: int) -> int:
    if others is Others.TRANSLATE:
        return number
    return held.meaning if others is Others.HOLD and held is not None else 0


@use_case
def restore_text(
    actor: Actor, edition: Edition, name: str, language: str, *, number: int, based_on: int, now: datetime
) -> TextVersion:
    """Make an older version the current one again, as a new version; number 0 is the default text.

    Raises NotFound, ChangedMeanwhile; Conflict where that is the current text already.
    """
    text, current = _begin(actor, edition, name, language, based_on=based_on, now=now)
    wanted = find_version(edition, name, language, number) if number else None
    if number and wanted is None:
        raise NotFound
    held = current.get(language)
    to_default = wanted is None or wanted.is_default
    same = (held is None or held.is_default) if to_default else held is not None and held.number == number
    if same:
        raise Conflict(_("This is the current text already."))
    translates = _source(edition, text, language, current) is not None
    fresh = wanted is not None and wanted.meaning > 0 and not translates
    return _add(
        actor,
        edition,
        TextVersion(
            name=name,
            language=language,
            number=based_on + 1,
            fields={} if wanted is None else dict(wanted.fields),
            is_default=to_default,
            meaning=based_on + 1 if fresh and not to_default else 0,
            source_language=wanted.source_language if wanted is not None else "",
            source_meaning=wanted.source_meaning if wanted is not None else 0,
            restored=number,
            note="",
            made=now,
        ),
    )


@use_case
def copy_texts(source: Edition, target: Edition, *, now: datetime) -> int:
    """Give the target every text that the source's organisers wrote, in the target's languages; how many.

    Texts that the target has already stay as they are.
    """
    held = db.session.execute(
        select(TextVersion.name, TextVersion.language).where(TextVersion.edition_id == target.id)
    )
    taken = {(name, language) for name, language in held}
    found = db.session.scalars(
        select(TextVersion)
        .where(
            TextVersion.edition_id == source.id,
            TextVersion.is_current,
            TextVersion.is_default.is_(False),
            TextVersion.language.in_(target.languages),
        )
        .order_by(TextVersion.id)
    ).all()
    wanted = [version for version in found if (version.name, version.language) not in taken]
    for version in wanted:
        db.session.add(
            TextVersion(
                edition_id=target.id, name=version.name, language=version.language, number=1,
                fields=dict(version.fields), is_current=True, is_default=False,
                meaning=min(version.meaning, 1), source_language=version.source_language,
                source_meaning=_copied_source(version, wanted), note="", made=now,
            )
        )  # fmt: skip
    db.session.flush()
    organiser_line.keep_organiser_line(target.id)
    return len(wanted)


def _copied_source(version: TextVersion, copied: list[TextVersion]) -> int:
    """What the copy's translation was made from, counted from 1 anew; a translation left behind stays behind."""
    original = next(
        (
            other
            for other in copied
            if other.name == version.name and other.language == version.source_language
        ),
        None,
    )
    return int(original is not None and version.source_meaning >= original.meaning > 0)


def bring_along(source_id: int, target_id: int, now: datetime) -> None:
    """A clone of an edition begins with its texts (a hook of editions)."""
    copy_texts(db.session.get_one(Edition, source_id), db.session.get_one(Edition, target_id), now=now)


def _begin(
    actor: Actor, edition: Edition, name: str, language: str, *, based_on: int, now: datetime
) -> tuple[Text, Current]:
    """Ask the policy, queue behind whoever writes in the edition, and see that nobody was faster."""
    text = get_text(name)
    if language not in edition.languages:
        raise NotFound
    permit(
        actor,
        Verb.WRITE_TEXTS,
        replace(facts_of(edition, now), language=language),
        time_zone=edition.time_zone,
    )
    db.session.execute(select(Edition.id).where(Edition.id == edition.id).with_for_update())
    current = current_of(edition, name)
    held = current.get(language)
    if (held.number if held is not None else 0) != based_on:
        raise ChangedMeanwhile(
            _("Somebody else saved this text while you were writing. Nothing was changed; your text is kept.")
        )
    return text, current


def _add(actor: Actor, edition: Edition, version: TextVersion) -> TextVersion:
    entry = _logged(actor, edition, version)
    db.session.execute(
        update(TextVersion)
        .where(
            TextVersion.edition_id == edition.id,
            TextVersion.name == version.name,
            TextVersion.language == version.language,
            TextVersion.is_current,
        )
        .values(is_current=False)
    )
    version.edition_id, version.is_current, version.entry_id = edition.id, True, entry.id
    db.session.add(version)
    db.session.flush()
    if version.name == organiser_line.TEXT:
        organiser_line.keep_organiser_line(edition.id)
    return version


def _logged(actor: Actor, edition: Edition, version: TextVersion) -> LogEntry:
    return record(
        actor,
        "text-change",
        edition_id=edition.id,
        role="organiser" if actor.has(Role.ORGANISER, edition.id) else "translator",
        now=version.made,
        facts={
            "text": version.name,
            "language": version.language,
            "version": version.number,
            "default": version.is_default,
        },
        reason=version.note,
    )


def _note(note: str) -> str:
    line = clean_line(note)
    if len(line) > 300:
        raise Invalid(
            errors={"why": _("Shorten the text to %(max)s characters; it has %(n)s.", max=300, n=len(line))}
        )
    return line
