"""The draft as one HTML file that needs nothing beside it: no script, no picture, no other address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from markupsafe import Markup, escape

from roadmap.core.i18n import direction_of
from roadmap.core.strip import strip_svg
from roadmap.domain.outline import (
    Block,
    Body,
    Break,
    Chapter,
    Code,
    CodeBlock,
    Entry,
    Grid,
    Heading,
    Inline,
    Link,
    Listing,
    Outline,
    Paragraph,
    Passage,
    Quote,
    Rule,
    Text,
    Words,
)

SHEET = Path(__file__).with_name("sheet.css")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
MARKS = {"strong": "strong", "emphasis": "em", "deleted": "del"}


def write(outline: Outline) -> bytes:
    """The file, UTF-8; every text is escaped here and nowhere else."""
    title = f"{outline.title} – {outline.kicker}"
    parts = [
        Markup(
            '<!doctype html>\n<html lang="{}" dir="{}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta http-equiv="Content-Security-Policy" content="{}">\n<title>{}</title>\n'
        ).format(outline.language, direction_of(outline.language), POLICY, title),
        _made(f"<style>\n{SHEET.read_text(encoding='utf-8')}</style>\n</head>\n<body>\n"),
        _element("p", outline.ribbon, "ribbon") if outline.ribbon else Markup(""),
        _made(strip_svg().replace("<svg ", '<svg class="strip" preserveAspectRatio="xMinYMid slice" ', 1)),
        Markup("\n<main>\n"),
        _element("p", outline.kicker, "muted"),
        _element("h1", outline.title),
        _words("p", outline.edition),
        _element("p", outline.lede),
        _rows(outline.facts),
        _body(outline.introduction),
        _contents(outline),
        *(_chapter(chapter) for chapter in outline.chapters),
        *(_passage(passage) for passage in outline.passages),
        Markup("</main>\n</body>\n</html>\n"),
    ]
    return "".join(parts).encode()


def _made(markup: str) -> Markup:
    return Markup(markup)  # noqa: S704 - made of fixed words and numbers of our own


def _element(name: str, text: str, look: str = "") -> Markup:
    if not text:
        return Markup("")
    opened = _made(f'<{name} class="{look}">') if look else _made(f"<{name}>")
    return opened + escape(text) + _made(f"</{name}>\n")


def _words(name: str, words: Words) -> Markup:
    if not words.text:
        return Markup("")
    inner = Markup('<{} lang="{}" dir="{}">{}').format(
        _made(name), words.language, direction_of(words.language), words.text
    )
    return inner + _made(f"</{name}>\n")


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)


def _rows(rows: Sequence[tuple[str, str]]) -> Markup:
    inner = _joined(Markup("<dt>{}</dt><dd>{}</dd>\n").format(term, value) for term, value in rows)
    return Markup("<dl>{}</dl>\n").format(inner)


def _contents(outline: Outline) -> Markup:
    lines = _joined(
        Markup('<li value="{}"><a href="#question-{}"><span lang="{}" dir="{}">{}</span></a></li>\n').format(
            chapter.number,
            chapter.number,
            chapter.title.language,
            direction_of(chapter.title.language),
            chapter.title.text,
        )
        for chapter in outline.chapters
    )
    return Markup("<nav><h2>{}</h2><ol>{}</ol></nav>\n").format(outline.contents_heading, lines)


def _chapter(chapter: Chapter) -> Markup:
    parts = [
        Markup('<section>\n<h2 id="question-{}">{}. <span lang="{}" dir="{}">{}</span></h2>\n').format(
            chapter.number,
            chapter.number,
            chapter.title.language,
            direction_of(chapter.title.language),
            chapter.title.text,
        ),
        _element("p", " · ".join(chapter.about), "muted"),
        _body(chapter.note),
        _element("p", chapter.empty),
    ]
    for span in chapter.ranges:
        inner = _element("p", span.sentence) + _joined(_entry(entry, 3) for entry in span.entries)
        parts.append(Markup('<div class="range">{}</div>\n').format(inner) if span.sentence else inner)
    parts += [_words("p", words) for words in chapter.closing]
    if chapter.minority:
        parts.append(_element("h3", chapter.minority_heading))
        parts += [_words("p", words) for words in chapter.minority]
    if chapter.unplaced:
        parts.append(_element("h3", chapter.unplaced_heading))
        parts += [_entry(entry, 4) for entry in chapter.unplaced]
    return _joined([*parts, Markup("</section>\n")])


def _entry(entry: Entry, level: int) -> Markup:
    label = Markup("<bdi>{}</bdi> · ").format(entry.label) if entry.label else Markup("")
    heading = Markup('{}<span lang="{}" dir="{}">{}</span>').format(
        label, entry.title.language, direction_of(entry.title.language), entry.title.text
    )
    tags = _joined(Markup(' <span class="tag">{}</span>').format(words) for _look, words in entry.tags)
    about = Markup(" · ").join(Markup("<bdi>{}</bdi>").format(part) for part in entry.about)
    return _joined(
        [
            Markup('<article class="entry" id="item-{}">\n').format(entry.number),
            _made(f"<h{level}>") + heading + _made(f"</h{level}>\n"),
            Markup('<p class="muted">{}{}</p>\n').format(about, tags),
            _interval(entry.interval),
            _body(entry.body),
            _joined(_element("p", sentence, "muted") for sentence in entry.figures),
            _joined(_words("p", words) for words in entry.notes),
            _joined(_element("p", source.text, "muted") for source in entry.sources),
            Markup('<p class="muted"><a href="{}">{}</a></p>\n').format(entry.address, entry.address)
            if entry.address
            else Markup(""),
            Markup("</article>\n"),
        ]
    )


def _interval(interval: tuple[float, float, float] | None) -> Markup:
    if interval is None:
        return Markup("")
    low, middle, high = (f"{100 * share:.1f}%" for share in interval)
    return _made(
        '<svg class="line" aria-hidden="true"><line stroke="#D3CEC4" stroke-width="2" x1="0" x2="100%" y1="8" '
        'y2="8"/><line stroke="#77758A" stroke-width="1.5" stroke-dasharray="2 3" x1="50%" x2="50%" y1="0" '
        f'y2="16"/><line stroke="#2A43AD" stroke-width="9" stroke-linecap="round" x1="{low}" x2="{high}" y1="8" '
        f'y2="8"/><circle fill="#F6B42C" stroke="#191B3A" stroke-width="2" cx="{middle}" cy="8" r="5.5"/></svg>\n'
    )


def _passage(passage: Passage) -> Markup:
    return _joined(
        [
            Markup("<section>\n<h2>{}</h2>\n").format(passage.heading),
            _rows(passage.rows),
            *(_element("p", paragraph) for paragraph in passage.paragraphs),
            Markup("</section>\n"),
        ]
    )


def _body(body: Body | None) -> Markup:
    if body is None:
        return Markup("")
    return Markup('<div lang="{}" dir="{}">{}</div>\n').format(
        body.language, direction_of(body.language), _blocks(body.blocks)
    )


def _blocks(blocks: Sequence[Block]) -> Markup:
    return _joined(_block(block) for block in blocks)


def _block(block: Block) -> Markup:
    if isinstance(block, Paragraph):
        return Markup("<p>{}</p>\n").format(_inlines(block.inlines))
    if isinstance(block, Heading):
        return Markup("<p><strong>{}</strong></p>\n").format(_inlines(block.inlines))
    if isinstance(block, Rule):
        return Markup("<hr>\n")
    if isinstance(block, Quote):
        return Markup("<blockquote>{}</blockquote>\n").format(_blocks(block.blocks))
    if isinstance(block, CodeBlock):
        return Markup("<pre><code>{}</code></pre>\n").format(block.text)
    if isinstance(block, Listing):
        items = _joined(Markup("<li>{}</li>\n").format(_blocks(item)) for item in block.items)
        if block.start is None:
            return Markup("<ul>{}</ul>\n").format(items)
        return Markup('<ol start="{}">{}</ol>\n').format(block.start, items)
    return _grid(block)


def _grid(grid: Grid) -> Markup:
    rows = _joined(
        Markup("<tr>{}</tr>\n").format(
            _joined(
                (Markup("<th>{}</th>") if at == 0 else Markup("<td>{}</td>")).format(_inlines(cell))
                for cell in row
            )
        )
        for at, row in enumerate(grid.rows)
    )
    return Markup("<table>{}</table>\n").format(rows)


def _inlines(inlines: Sequence[Inline]) -> Markup:
    return _joined(_inline(inline) for inline in inlines)


def _inline(inline: Inline) -> Markup:
    if isinstance(inline, Text):
        return escape(inline.text)
    if isinstance(inline, Break):
        return Markup("<br>")
    if isinstance(inline, Code):
        return Markup("<code>{}</code>").format(inline.text)
    if isinstance(inline, Link):
        return Markup('<a href="{}" rel="nofollow ugc noopener noreferrer">{}</a>').format(
            inline.address, _inlines(inline.inlines)
        )
    name = MARKS[inline.kind]
    return _made(f"<{name}>") + _inlines(inline.inlines) + _made(f"</{name}>")
