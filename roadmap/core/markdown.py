"""People's Markdown to safe HTML: raw HTML is shown as text, links are marked, ids are never made."""

import re
from html import unescape

import nh3
from markdown import Markdown

MOST_CHARACTERS = 60_000
DEEPEST = 100
_TAGS = {
    "p", "br", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr",
    "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes={"a": {"href"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow ugc noopener noreferrer",
)
_PAGE_CLEANER = nh3.Cleaner(
    tags=_TAGS | {"h2", "h3"},
    attributes={"a": {"href"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)
_TANGLES = (
    (re.compile(r"\["), 400),
    (re.compile("[`~]"), 5_000),
    (re.compile("^ {0,3}#", re.MULTILINE), 4_000),
)
"""Signs whose number the converter's time grows with more than in proportion, and how many are no tangle yet."""
_DEEP = re.compile(rf"^[ \t]*(?:>[ \t]*){{{DEEPEST},}}|^[ \t]{{{4 * DEEPEST},}}", re.MULTILINE)


def to_html(text: str) -> str:
    """Safe HTML of a Markdown text; a text too tangled to parse is shown as it was typed.

    Headings become h4 to h6, so that they never compete with the page's own.
    """
    html = _converted(text)
    if html is None:
        return _plain(text)
    html = re.sub(r"<(/?)h([1-6])>", lambda found: f"<{found[1]}h{min(6, int(found[2]) + 3)}>", html)
    return _boxed(_CLEANER.clean(html))


def page_to_html(text: str) -> str:
    """Safe HTML of a whole page's Markdown: links may lead to pages of this site.

    Headings keep their level; the first becomes the second, since the page's title is its first.
    """
    html = _converted(text)
    if html is None:
        return _plain(text)
    return _boxed(_PAGE_CLEANER.clean(re.sub(r"<(/?)h1>", r"<\1h2>", html)))


def _converted(text: str) -> str | None:
    """The HTML before it is made safe; None where the text is too tangled to parse."""
    tangled = any(len(sign.findall(text)) > most for sign, most in _TANGLES)
    if len(text) > MOST_CHARACTERS or tangled or _DEEP.search(text):
        return None
    try:
        return _converter().convert(text)
    except RecursionError:
        return None


def _boxed(html: str) -> str:
    """Tables and code in boxes of their own that scroll, so that a page never widens."""
    html = html.replace("<table>", '<div class="scroll" tabindex="0"><table>').replace(
        "</table>", "</table></div>"
    )
    return html.replace("<pre>", '<pre class="scroll" tabindex="0">')


def _plain(text: str) -> str:
    paragraphs = [nh3.clean_text(part).replace("\n", "<br>") for part in text.split("\n\n") if part.strip()]
    return "".join(f"<p>{part}</p>" for part in paragraphs)


def _converter() -> Markdown:
    converter = Markdown(
        extensions=["tables", "sane_lists", "pymdownx.magiclink", "pymdownx.tilde", "pymdownx.superfences"],
        extension_configs={
            "pymdownx.tilde": {"subscript": False},
            "pymdownx.superfences": {"custom_fences": []},
        },
        output_format="html",
    )
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    return converter


def excerpt(html: str, characters: int = 280) -> str:
    """The first words of rendered HTML as plain text, cut at a word."""
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
    if len(text) <= characters:
        return text
    return text[:characters].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
