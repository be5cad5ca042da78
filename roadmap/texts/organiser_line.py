"""Who organises, as every page's foot says it: kept with the edition, since each page reads that anyway."""

from typing import Final

from roadmap.core.db import db
from roadmap.core.i18n import LANGUAGES, direction_of, in_language
from roadmap.domain.placeholders import filled_plain
from roadmap.editions.models import Edition
from roadmap.texts.queries import show
from roadmap.texts.rendering import SITE_NAME

TEXT: Final = "campaign"
FIELD: Final = "organiser"
KEY: Final = "organiser_shown"
"""Where the edition's texts hold the line as organisers wrote it: reader's language → (words, their language)."""


def keep_organiser_line(edition_id: int) -> None:
    """Bring what the edition keeps up to what its texts say now; within the deed that changed them."""
    edition = db.session.get_one(Edition, edition_id)
    lines = {code: show(edition, TEXT, code).fields[FIELD] for code in LANGUAGES}
    kept = {code: [line.text, line.language] for code, line in lines.items()}
    if edition.texts.get(KEY) != kept:
        edition.texts = {**edition.texts, KEY: kept}


def organiser_line(edition: Edition, language: str) -> tuple[str, str]:
    """(who organises, the language of these words); "" where nobody is named. Asks the database nothing."""
    kept = (edition.texts.get(KEY) or {}).get(language)
    words, written = kept or in_language(edition.texts.get(FIELD) or {}, language)
    title = in_language(edition.texts.get("short_title") or edition.title, language)[0]
    values = {"site_name": SITE_NAME, "edition": title}
    return filled_plain(words, values, isolated=direction_of(written) == "rtl"), written
