"""What the templates of drafts work with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from roadmap.core.markdown import excerpt, to_html
from roadmap.drafts import beside, naming, reading, sentences

SHORT = 320
"""Characters that are shown of a longer text."""


@dataclass(frozen=True)
class Body:
    """An item's text, rendered; `short` is its beginning as plain text where the whole is long."""

    html: Markup
    language: str
    short: str


def body(item: Mapping[str, Any]) -> Body:
    """The text of an item in its own language."""
    text, language = sentences.text(item)
    return Body(rendered(text), language, excerpt(rendered(text), SHORT) if len(text) > SHORT else "")


def rendered(text: str) -> Markup:
    """People's Markdown as markup."""
    return Markup(to_html(text))  # noqa: S704 - the last step of to_html is the sanitiser


TOOLS: dict[str, Any] = {
    "words": sentences,
    "naming": naming,
    "beside": beside,
    "reading": reading,
    "body": body,
    "rendered": rendered,
}
