"""A template environment with plain stand-ins for what the application provides, to draw components alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from roadmap.web.tiles import DRAWINGS

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("pt", "Português"),
    ("es", "Español"),
    ("ar", "العربية"),
]


def number(value: float, digits: int = 0) -> str:
    return f"{value:,.{digits}f}"


def percent(share: float, digits: int = 0) -> str:
    return f"{100 * share:.{digits}f}%"


def environment(translate: Callable[[str], str] = str) -> Environment:
    """Templates of the repository over English stand-ins; `translate` maps a source text to another."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        translate,
        lambda one, many, count: translate(one if count == 1 else many),
        newstyle=True,
        pgettext=lambda _context, text: translate(text),
    )
    made.globals.update(
        DRAWINGS,
        number=number,
        percent=percent,
        date=lambda day: f"{day:%d %B %Y}",
        static_url=lambda path: f"/static/{path}",
        direction_of=lambda code: "rtl" if code == "ar" else "ltr",
        in_language=lambda texts: next(((text, code) for code, text in texts.items()), ("", "en")),
        isolate=lambda text, _language="": Markup("<bdi>{}</bdi>").format(text),
        csrf_field=lambda: Markup('<input type="hidden" name="token" value="secret">'),
        languages=LANGUAGES,
    )
    return made


def draw(source: str, **context: Any) -> BeautifulSoup:
    """The HTML of a piece of template, parsed."""
    html = environment().from_string(source).render(language="en", direction="ltr", **context)
    return BeautifulSoup(html, "html.parser")


def use(component: str, macros: str) -> str:
    """The line that brings macros into a piece of template."""
    return f'{{% from "components/{component}.html" import {macros} %}}'


def one(html: BeautifulSoup, selector: str) -> Tag:
    """The only element that the selector finds."""
    (found,) = html.select(selector)
    return found


def described(html: BeautifulSoup, element: Tag) -> str:
    """What the description of an element says, in the order in which it is given."""
    identifiers = str(element.get("aria-describedby", "")).split()
    return " ".join(one(html, f"[id='{identifier}']").get_text(" ", strip=True) for identifier in identifiers)


def words(element: Tag) -> str:
    """The text of an element without what is hidden from the accessibility tree."""
    copy = BeautifulSoup(str(element), "html.parser")
    for hidden in copy.select("[aria-hidden=true]"):
        hidden.decompose()
    return copy.get_text(" ", strip=True)
