"""Reading texts: what is shown in a language, what is not translated yet, which versions there are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import defer

from roadmap.core.db import db
from roadmap.core.errors import NotFound
from roadmap.core.i18n import LANGUAGES
from roadmap.editions.models import Edition
from roadmap.log.models import LogEntry
from roadmap.texts.catalogue import TEXTS, Field, Text
from roadmap.texts.defaults import default_words
from roadmap.texts.models import TextVersion

MOST_VERSIONS = 10**9
"""Far more than anybody saves, and a number that every database takes."""


class State(StrEnum):
    """How a text stands in a language. NONE: it has none there, and needs none."""

    DEFAULT = "default"
    OWN = "own"
    BEHIND = "behind"
    MISSING = "missing"
    NONE = "none"


@dataclass(frozen=True)
class Words:
    """The words of a field and the language they are in; "" where there are none."""

    text: str
    language: str


@dataclass(frozen=True)
class ShownText:
    """A text as a reader of `language` is shown it; `translated`: all of it is in that language."""

    text: Text
    language: str
    fields: dict[str, Words]

    @property
    def translated(self) -> bool:
        return all(words.language == self.language for words in self.fields.values() if words.text)

    def values(self) -> dict[str, str]:
        """The plain words by field."""
        return {name: words.text for name, words in self.fields.items()}


Current = Mapping[str, TextVersion]
"""The current versions of one text by language."""


def get_text(name: str) -> Text:
    """The text of that name; raises NotFound."""
    if name not in TEXTS:
        raise NotFound
    return TEXTS[name]


def current_of(edition: Edition, name: str) -> dict[str, TextVersion]:
    """The current version of a text in each language in which somebody saved one."""
    rows = db.session.scalars(
        select(TextVersion).where(
            TextVersion.edition_id == edition.id, TextVersion.name == name, TextVersion.is_current
        )
    )
    return {row.language: row for row in rows}


def original_of(edition: Edition, current: Current) -> TextVersion | None:
    """The organisers' own text that other languages have to say too: in the edition's first language with one."""
    order = [*edition.languages, *(code for code in LANGUAGES if code not in edition.languages)]
    found = (current[code] for code in order if code in current)
    return next((version for version in found if version.meaning and not version.is_default), None)


def show(edition: Edition | None, name: str, language: str) -> ShownText:
    """A text as it is shown in a language; the platform's own while there is no edition."""
    text = get_text(name)
    return _shown(edition, text, language, current_of(edition, name) if edition is not None else {})


def show_default(edition: Edition, name: str, language: str) -> ShownText:
    """The text with which the edition began."""
    return _shown(edition, get_text(name), language, {})


def show_version(edition: Edition, version: TextVersion) -> ShownText:
    """The text as it stood in a version."""
    text = get_text(version.name)
    return _shown(edition, text, version.language, {} if version.is_default else {version.language: version})


def shown_from(edition: Edition, name: str, language: str, current: Current) -> ShownText:
    """The same as `show`, from versions that were read before."""
    return _shown(edition, get_text(name), language, current)


def _shown(edition: Edition | None, text: Text, language: str, current: Current) -> ShownText:
    written = current.get(language)
    if written is None or written.is_default:
        replaced = edition is not None and text.translatable and not text.alone
        written = original_of(edition, current) if replaced and edition is not None else None
    plan = edition.texts if edition is not None else {}
    return ShownText(
        text, language, {field.name: _words(text, field, plan, language, written) for field in text.fields}
    )


def _words(
    text: Text, field: Field, plan: Mapping[str, object], language: str, written: TextVersion | None
) -> Words:
    if written is not None and field.name in written.fields:
        return Words(written.fields[field.name], written.language)
    return Words(*default_words(text, field, plan, language))


def state_of(edition: Edition, text: Text, language: str, current: Current) -> State:
    """How the text stands in a language of the edition."""
    shown = _shown(edition, text, language, current)
    written, original = current.get(language), original_of(edition, current)
    elsewhere = original is not None and original.language != language and not text.alone
    if written is not None and not written.is_default:
        return State.BEHIND if elsewhere and is_behind(written, original) else State.OWN
    if text.alone:
        return State.DEFAULT if any(shown.values().values()) else State.NONE
    return State.MISSING if elsewhere or not shown.translated else State.DEFAULT


def is_behind(written: TextVersion, original: TextVersion | None) -> bool:
    """Whether the original, if there is one in another language, says something else since this was written."""
    return original is not None and (
        written.source_language != original.language or written.source_meaning < original.meaning
    )


def states_of(edition: Edition) -> dict[str, dict[str, State]]:
    """How each text stands in each language of the edition: name → language → state."""
    rows = db.session.scalars(
        select(TextVersion)
        .where(TextVersion.edition_id == edition.id, TextVersion.is_current)
        .options(defer(TextVersion.note))
    )
    current: dict[str, dict[str, TextVersion]] = {}
    for row in rows:
        current.setdefault(row.name, {})[row.language] = row
    return {
        name: {code: state_of(edition, text, code, current.get(name, {})) for code in edition.languages}
        for name, text in TEXTS.items()
    }


def untranslated_of(edition: Edition) -> dict[str, int]:
    """How many texts are not translated yet, for each language of the edition."""
    return untranslated_in(states_of(edition), edition.languages)


def untranslated_in(states: Mapping[str, Mapping[str, State]], languages: Collection[str]) -> dict[str, int]:
    """The same, from states that were read before."""
    return {
        code: sum(by_language.get(code) is State.MISSING for by_language in states.values())
        for code in languages
    }


def versions_of(edition: Edition, name: str, language: str) -> list[tuple[TextVersion, LogEntry | None]]:
    """Every version of a text in a language with its entry in the public log, newest first."""
    rows = db.session.execute(
        select(TextVersion, LogEntry)
        .outerjoin(LogEntry, LogEntry.id == TextVersion.entry_id)
        .where(
            TextVersion.edition_id == edition.id,
            TextVersion.name == name,
            TextVersion.language == language,
        )
        .order_by(TextVersion.number.desc())
    )
    return [(version, entry) for version, entry in rows]


def find_version(edition: Edition, name: str, language: str, number: int) -> TextVersion | None:
    """One version of a text in a language, if there is one of that number."""
    if not 0 < number < MOST_VERSIONS:
        return None
    return db.session.scalar(
        select(TextVersion).where(
            TextVersion.edition_id == edition.id,
            TextVersion.name == name,
            TextVersion.language == language,
            TextVersion.number == number,
        )
    )


def translation_note(edition: Edition, language: str) -> str:
    """What stands beside the guiding questions in a language whose translation is not confirmed; "" for nothing.

    Asks the database only where the edition was planned with such a note.
    """
    if not (edition.texts.get("translation_note") or {}).get(language):
        return ""
    return show(edition, "translation-note", language).fields["note"].text
