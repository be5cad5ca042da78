"""The platform's own page texts in five languages: files with front matter, filled with a site's facts."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from roadmap.core.markdown import platform_html

FOLDER = Path(__file__).with_name("texts")
NAMES = ("about", "how-it-works", "charter", "privacy", "accessibility", "contact")


@dataclass(frozen=True)
class PageText:
    """One text: what its front matter says, and its body as HTML whose placeholders are still open."""

    facts: dict[str, Any]
    html: str

    @property
    def title(self) -> str:
        return str(self.facts["title"])

    @property
    def description(self) -> str:
        return str(self.facts["description"])

    def body(self, contact_address: str) -> Markup:
        """The HTML with the placeholders filled."""
        address = escape(contact_address)
        contact = f'<bdi dir="ltr"><a href="mailto:{address}">{address}</a></bdi>'
        site = '<bdi dir="ltr" lang="en">#SolidAction</bdi>'
        return Markup(  # noqa: S704 - our own text, rendered by our own Markdown; the address is escaped
            self.html.replace("{contact_address}", contact).replace("{site_name}", site)
        )


@cache
def page_text(language: str, name: str) -> PageText:
    """The text of that name in a language that the platform speaks."""
    _, front, body = (FOLDER / language / f"{name}.md").read_text(encoding="utf-8").split("+++\n", 2)
    return PageText(tomllib.loads(front), platform_html(body))
