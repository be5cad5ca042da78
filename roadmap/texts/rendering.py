"""From a text's words to what is shown: lines, lists, Markdown with its placeholders filled."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup

from roadmap.core.i18n import direction_of
from roadmap.core.markdown import page_to_html
from roadmap.domain.placeholders import filled, filled_plain
from roadmap.texts.queries import ShownText, Words

SITE_NAME = "#SolidAction"
_TAG = re.compile(r"(<[^>]*>)")
_HREF = re.compile(r'href="([^"]*)"')
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_ENCODED = re.compile(r"%7B(\w+)%7D", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """Words for one line, with the language they are in."""

    text: str
    language: str

    @property
    def direction(self) -> str:
        return direction_of(self.language)


class Rendered:
    """A text with its placeholders filled, for templates. `values` are plain, by placeholder."""

    def __init__(self, shown: ShownText, values: Mapping[str, str]) -> None:
        self.shown = shown
        self.values = {"site_name": SITE_NAME, **values}
        self.translated = shown.translated

    def line(self, name: str) -> Line:
        """A one-line field."""
        return self._line(self.shown.fields[name])

    def lines(self, name: str) -> list[Line]:
        """A list field, item by item."""
        words = self.shown.fields[name]
        return [self._line(Words(item, words.language)) for item in words.text.split("\n") if item]

    def language(self, name: str) -> str:
        """The language a field is in."""
        return self.shown.fields[name].language

    def html(self, name: str) -> Markup:
        """A Markdown field; links within the site lead to the reader's language."""
        words = self.shown.fields[name]
        return page_html(words.text, self.values, self.shown.language)

    def _line(self, words: Words) -> Line:
        isolated = direction_of(words.language) == "rtl"
        return Line(filled_plain(words.text, self.values, isolated=isolated), words.language)


def page_html(text: str, values: Mapping[str, str], language: str) -> Markup:
    """Safe HTML of a page's Markdown with its placeholders filled, its own links made whole for a language."""
    parts, inside_link = [], False
    for part in _TAG.split(_page_html(text)):
        if not part.startswith("<"):
            parts.append(filled(part, lambda name, plain=inside_link: _marked_up(name, values, plain)))  # type: ignore[misc]
            continue
        if part.startswith(("<a ", "<a>", "</a")):
            inside_link = not part.startswith("</")
        parts.append(_HREF.sub(lambda found: f'href="{_address(found[1], values, language)}"', part))
    return Markup("".join(parts))  # noqa: S704 - made safe by core.markdown; what is filled in is escaped


@lru_cache(maxsize=200)
def _page_html(text: str) -> str:
    return page_to_html(text)


def _marked_up(name: str, values: Mapping[str, str], inside_link: bool) -> str | None:
    value = values.get(name)
    if value is None:
        return None
    if name == "contact_address":
        address = Markup('<a href="mailto:{}">{}</a>').format(quote(value, safe="@"), value)
        return Markup('<bdi dir="ltr">{}</bdi>').format(value if inside_link else address)
    look = Markup(' dir="ltr" lang="en"') if name == "site_name" else ""
    return Markup("<bdi{}>{}</bdi>").format(look, value)


def _address(href: str, values: Mapping[str, str], language: str) -> str:
    """Where a link leads: placeholders plain, an address within the site from the language on."""
    opened = _ENCODED.sub(lambda found: "{" + found[1] + "}", href)
    whole = filled(opened, lambda name: quote(values[name], safe="@") if name in values else None)
    if _SCHEME.match(whole) or whole.startswith("#"):
        return whole
    if re.match(r"[/\\]{2}", whole):
        return "#"
    return whole if whole.startswith("/") else f"/{language}/{whole}"
