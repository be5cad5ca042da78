"""Foreign texts as Markdown that shows what was meant: nothing of their HTML is ever kept.

HTML is first made safe and whole by nh3, then its few remaining tags are written as Markdown. Characters
of a plain text that Markdown would take for signs are escaped, but only where it would take them so.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

import nh3

from roadmap.domain.texts import clean

MOST_LEVELS = 6
"""Lists and quotations inside each other beyond it are written on the same level."""
_STRONG = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~"}
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_CONTAINERS = {"ul", "ol", "li", "blockquote"}
_BLOCKS = {
    "p", "div", "section", "article", "header", "footer", "figure", "figcaption", "table", "thead", "tbody", "tr",
    "dl", "dt", "dd", "pre", "hr",
} | _HEADINGS  # fmt: skip
_CELLS = {"td", "th"}
_CLEANER = nh3.Cleaner(
    tags=set(_STRONG) | _CONTAINERS | _BLOCKS | _CELLS | {"a", "br", "img"},
    clean_content_tags={"script", "style"},
    attributes={"a": {"href"}, "img": {"alt"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|<!--")
_BREAKING = re.compile(rf"<(?:br|{'|'.join(sorted(_BLOCKS | _CONTAINERS))})\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
"""With its semicolon only: `?page=1&copy=2` is an address."""
_ADDRESS = re.compile(r"https?://(?:[^\s<>`\\\[\]()|&]|&(?!#?[0-9a-zA-Z]+;))*(?<![.,;:!?'\"»”’])")
_SIGNS = re.compile(r"[\\`*\[\]|~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?[0-9a-zA-Z]+;)|<(?=[^\s<>]*[:@])")
_LISTED = re.compile(r"(?:-  |[0-9]+\.) ")
_SPACES = re.compile(r"[\s<>]")
_CLOSING = re.compile(r"[\s<>()\\\"'`]")
_LINE_START = re.compile(r"^(?:([#>+=-])|([0-9]+)(?=[.)]))", re.MULTILINE)
_ENTITIES = {"&": "&amp;", "<": "&lt;"}


def as_markdown(text: str) -> str:
    """Markdown of a text that may be plain or HTML, its entities resolved, its line breaks kept."""
    if not _TAG.search(text):
        return from_plain(text)
    return from_html(text if _BREAKING.search(text) else text.replace("\n", "<br>"))


def as_line(text: str) -> str:
    """A title or a name as plain characters: without tags, entities resolved, nothing escaped."""
    plain = nh3.clean(text, tags=set(), clean_content_tags={"script", "style"}) if _TAG.search(text) else text
    return clean(resolved(plain))


def resolved(text: str) -> str:
    """The text with its entities as the characters that they stand for."""
    return _ENTITY.sub(lambda found: unescape(found[0]), text)


def from_plain(text: str) -> str:
    """Markdown that shows a plain text as it is: empty lines part paragraphs, other line ends are kept."""
    paragraphs = re.split(r"\n[ \t]*\n", clean(resolved(text)).strip())
    return "\n\n".join(_lines(_escaped(paragraph)) for paragraph in paragraphs if paragraph.strip())


def from_html(text: str) -> str:
    """Markdown of a piece of HTML, whoever wrote it."""
    writer = _Writer()
    writer.feed(_CLEANER.clean(text))
    writer.close()
    return clean(writer.written()).strip()


def _lines(paragraph: str) -> str:
    lines = [line.strip(" \t") for line in paragraph.split("\n")]
    return _LINE_START.sub(_as_text, "  \n".join(line for line in lines if line))


def _as_text(found: re.Match[str]) -> str:
    """The beginning of a line, so that it makes no heading, quotation, rule or list."""
    sign, digits = found.groups()
    if digits:
        return f"{digits}\\" if found.string[found.end()] == "." else found[0]
    return "&#61;" if sign == "=" else f"\\{sign}"


def _escaped(text: str) -> str:
    """The text without signs of Markdown; addresses stay as they are."""
    parts = []
    end = 0
    for found in _ADDRESS.finditer(text):
        parts.append(_SIGNS.sub(_escape, text[end : found.start()]))
        parts.append(f"<{found[0]}>" if re.search(r"[*_~&]", found[0]) else found[0])
        end = found.end()
    parts.append(_SIGNS.sub(_escape, text[end:]))
    return "".join(parts)


def _escape(found: re.Match[str]) -> str:
    return _ENTITIES.get(found[0], f"\\{found[0]}")


@dataclass
class _Frame:
    """A list, an item or a quotation that is being written: its blocks so far, and the line that is not full."""

    tag: str
    blocks: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    items: int = 0


@dataclass
class _Open:
    """An emphasis or a link that is open: its sign or address, and where in the line it began."""

    tag: str
    value: str
    start: int


class _Writer(HTMLParser):
    """Writes Markdown from HTML that nh3 has made whole: every tag that opens is closed in its order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.frames = [_Frame("")]
        self.open: list[_Open] = []

    @property
    def line(self) -> list[str]:
        """The line that is being written."""
        return self.frames[-1].line

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _CONTAINERS:
            self._end_of_block()
            self.frames.append(_Frame(tag))
        elif tag in _BLOCKS:
            self._end_of_block()
            if tag == "hr":
                self.frames[-1].blocks.append("* * *")
        elif tag == "br":
            self.line.append("\n")
        elif tag in _CELLS and self.line:
            self.line.append(" \\| ")
        elif tag == "img":
            self.handle_data(dict(attrs).get("alt") or "")
        elif tag == "a" or tag in _STRONG:
            value = dict(attrs).get("href") or "" if tag == "a" else _STRONG[tag]
            self.open.append(_Open(tag, value, len(self.line)))

    def handle_endtag(self, tag: str) -> None:
        if tag in _CONTAINERS:
            self._end_of_block()
            self._end_of_frame()
        elif tag in _BLOCKS:
            self._end_of_block("**" if tag in _HEADINGS else "")
        elif self.open and self.open[-1].tag == tag:
            self._end_of_open(self.open[-1])
            self.open.pop()

    def handle_data(self, data: str) -> None:
        folded = re.sub(r"[ \t\r\n]+", " ", data)
        if self.line and self.line[-1].endswith("~~") and folded[:1].isalnum():
            self.line[-1] = self.line[-1].replace("~~", "")
        if folded.strip(" ") or self.line:
            self.line.append(_escaped(folded))

    def written(self) -> str:
        """All of it, once everything is fed."""
        self._end_of_block()
        return "\n\n".join(self.frames[0].blocks)

    def _end_of_block(self, around: str = "") -> None:
        """Make a paragraph of the line; what is still open ends with it, and begins again with the next."""
        for each in reversed(self.open):
            self._end_of_open(each)
            each.start = 0
        paragraph = _lines(re.sub(r" *\n *", "\n", "".join(self.line)).strip())
        self.line.clear()
        if paragraph:
            self.frames[-1].blocks.append(
                paragraph if "*" in paragraph or not around else f"{around}{paragraph}{around}"
            )

    def _end_of_open(self, one: _Open) -> None:
        before, inside, after = _parted("".join(self.line[one.start :]))
        del self.line[one.start :]
        if one.tag == "a":
            outermost = next((each for each in self.open if each.tag == "a"), one)
            inside = _link(one.value, inside) if outermost is one else inside
        elif inside and one.value not in inside and self._may_stand(one, before, inside):
            inside = f"{one.value}{inside}{one.value}"
        if written := f"{before}{inside}{after}":
            self.line.append(written)

    def _may_stand(self, one: _Open, before: str, inside: str) -> bool:
        """Whether the sign would be read as one here: too close to another, or within a word, it would not."""
        written = "".join(self.line) + before
        if one.value == "~~" and ("*" in inside or self.open[0] is not one or written[-1:].isalnum()):
            return False
        return not written.endswith(("*", "~"))

    def _end_of_frame(self) -> None:
        """Write a list, an item or a quotation into what holds it; what Markdown cannot nest is left flat."""
        frame, above = self.frames.pop(), self.frames[-1]
        blocks = frame.blocks
        flat = frame.tag == "li" and _LISTED.match(blocks[0]) if blocks else True
        if flat or len(self.frames) > MOST_LEVELS or (frame.tag == "blockquote" and above.tag == "li"):
            above.blocks += blocks
        elif frame.tag == "blockquote":
            above.blocks.append(_prefixed("\n\n".join(blocks), "> ", "> "))
        elif frame.tag == "li":
            above.items += 1
            mark = f"{above.items}." if above.tag == "ol" else "-"
            close = len(blocks) == 2 and _LISTED.match(blocks[1])
            above.blocks.append(_prefixed(("\n" if close else "\n\n").join(blocks), f"{mark:3} ", "    "))
        else:
            loose = frame.items < len(blocks) or any("\n\n" in block for block in blocks)
            above.blocks.append(("\n\n" if loose else "\n").join(blocks))


def _link(href: str, inside: str) -> str:
    """The words as a link; as they are where the address leads nowhere outside."""
    if not inside or not href.startswith(("http://", "https://", "mailto:")):
        return inside
    if href.startswith("http") and inside in (href, _escaped(href)):
        return f"<{_SPACES.sub(_encoded, href)}>"
    return f"[{inside}]({_CLOSING.sub(_encoded, href)})"


def _encoded(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"


def _parted(text: str) -> tuple[str, str, str]:
    """White space before, what is between, white space after: Markdown's signs stand close to the words."""
    inner = text.strip()
    start = text.index(inner) if inner else 0
    return text[:start], inner, text[start + len(inner) :]


def _prefixed(text: str, first: str, other: str) -> str:
    marks = [first, *[other] * text.count("\n")]
    return "\n".join(
        mark + line if line else mark.rstrip() for mark, line in zip(marks, text.split("\n"), strict=True)
    )
