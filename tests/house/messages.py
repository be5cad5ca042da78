"""Keep the message catalogues up to date: `python -m tests.house.messages`, or `make messages`.

English is the source. A text that changed loses its translation rather than keeping one that says something
else, and nothing is written that differs from run to run: no dates, no line numbers.
"""

import io
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from tests.house import tree

LANGUAGES = ("fr", "pt", "es", "ar")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    **parse_keywords(["lazy", "lazy_p:1c,2", "lazy_gettext", "lazy_pgettext:1c,2", "lazy_ngettext:1,2"]),
}
NOISE = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By'
    r"|Project-Id-Version|Report-Msgid-Bugs-To):.*\n",
    re.MULTILINE,
)
HEADER = (
    "# {language}: the platform's texts in code and templates. Made by `make messages`, filled by hand.\n#"
)


def path_of(language: str) -> Path:
    """Return where the catalogue of a language lies."""
    return tree.ROOT / "roadmap" / "translations" / language / "LC_MESSAGES" / "messages.po"


@cache
def texts() -> Catalog:
    """Return every text for people in code and templates, with its places and notes for translators."""
    with (tree.ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    catalogue = Catalog(locale=None, charset="utf-8", fuzzy=False)
    found = extract_from_dir(
        tree.ROOT,
        methods,
        options,
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
        directory_filter=lambda folder: Path(folder).name not in {*tree.NOT_OURS, "tests", "versions"},
    )
    for name, line, message, comments, context in found:
        catalogue.add(message, locations=[(name, line)], auto_comments=comments, context=context)
    return catalogue


def catalogue_of(language: str) -> Catalog:
    """Return the catalogue of a language as it is kept; an empty one where there is none."""
    if not path_of(language).is_file():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language)


def written(catalogue: Catalog, language: str) -> bytes:
    """Return the catalogue as its file is to be: in the order of the code, without what only varies."""
    catalogue.fuzzy = False
    catalogue.header_comment = HEADER.format(language=language)
    memory = io.BytesIO()
    write_po(memory, catalogue, width=100, ignore_obsolete=True, include_lineno=False, sort_by_file=True)
    return NOISE.sub("", memory.getvalue().decode()).encode()


def update() -> Iterator[str]:
    """Bring every catalogue up to date; say, a line for each, how many texts are still to be translated."""
    for language in LANGUAGES:
        catalogue = catalogue_of(language)
        catalogue.update(texts(), no_fuzzy_matching=True, update_header_comment=False)
        content = written(catalogue, language)
        path = path_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
        empty = sum(1 for message in catalogue if message.id and not filled(message.string))
        yield f"{language}: {len(catalogue)} texts, {empty} to translate\n"


def filled(translation: str | tuple[str, ...] | list[str] | None) -> bool:
    """Tell whether a translation, or each of its plural forms, is there."""
    if translation is None or isinstance(translation, str):
        return bool(translation)
    return bool(translation) and all(translation)


if __name__ == "__main__":
    sys.stdout.writelines(update())
