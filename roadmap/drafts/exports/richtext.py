"""People's Markdown as a tree: read from the very HTML that the pages show, so both say the same."""

from __future__ import annotations

from html.parser import HTMLParser

from roadmap.core.markdown import to_html
from roadmap.domain.outline import (
    Block,
    Body,
    Break,
    Code,
    CodeBlock,
    Grid,
    Heading,
    Inline,
    Link,
    Listing,
    Marked,
    Paragraph,
    Quote,
    Rule,
    Text,
)

DEEPEST = 8
"""Levels of lists and quotations that are kept; what lies deeper is set at this level."""
MARKS = {"strong": "strong", "em": "emphasis", "del": "deleted"}
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
INLINE = frozenset({*MARKS, "a", "code"})
CELLS = frozenset({"td", "th"})
VOID = frozenset({"br", "hr"})


class Node:
    """An element of the sanitised HTML."""

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Node | str] = []


def body(text: str, language: str) -> Body:
    """The blocks of a Markdown text."""
    reader = _Reader()
    reader.feed(to_html(text))
    reader.close()
    return Body(_blocks(reader.root.children, 0), language)


class _Reader(HTMLParser):
    """The sanitiser closes every element, so a stack is enough."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self.stack = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.stack[-1].children.append(node)
        if tag not in VOID:
            self.stack.append(node)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.stack) - 1, 0, -1):
            if self.stack[depth].name == tag:
                del self.stack[depth:]
                return

    def handle_data(self, data: str) -> None:
        self.stack[-1].children.append(data)


def _blocks(children: list[Node | str], depth: int) -> tuple[Block, ...]:
    found: list[Block] = []
    loose: list[Node | str] = []
    for child in [*children, None]:
        if isinstance(child, str) or (
            isinstance(child, Node) and (child.name in INLINE or child.name == "br")
        ):
            loose.append(child)
            continue
        inlines = _tidy(_inlines(loose))
        if inlines:
            found.append(Paragraph(inlines))
        loose = []
        if child is not None:
            found += _block(child, depth)
    return tuple(found)


def _block(node: Node, depth: int) -> list[Block]:
    if node.name in HEADINGS:
        inlines = _tidy(_inlines(node.children))
        return [Heading(inlines)] if inlines else []
    if node.name == "hr":
        return [Rule()]
    if node.name == "pre":
        return [CodeBlock(_words(node).rstrip("\n"))]
    if node.name == "table":
        rows = tuple(
            tuple(_tidy(_inlines(cell.children)) for cell in _inside(row, CELLS))
            for row in _inside(node, frozenset({"tr"}))
        )
        return [Grid(rows)] if rows else []
    if node.name in ("ul", "ol") and depth < DEEPEST:
        items = tuple(_blocks(item.children, depth + 1) for item in _inside(node, frozenset({"li"})))
        return [Listing(_start(node), items)] if items else []
    if node.name == "blockquote" and depth < DEEPEST:
        blocks = _blocks(node.children, depth + 1)
        return [Quote(blocks)] if blocks else []
    return list(_blocks(node.children, depth))


def _start(node: Node) -> int | None:
    if node.name == "ul":
        return None
    given = node.attributes.get("start", "1")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 1


def _inside(node: Node, names: frozenset[str]) -> list[Node]:
    """The nearest descendants of these names."""
    found: list[Node] = []
    for child in node.children:
        if isinstance(child, Node):
            found += [child] if child.name in names else _inside(child, names)
    return found


def _inlines(children: list[Node | str]) -> list[Inline]:
    found: list[Inline] = []
    for child in children:
        if isinstance(child, str):
            found.append(Text(" ".join(child.split("\n"))))
        elif child.name == "br":
            found.append(Break())
        elif child.name == "code":
            found.append(Code(_words(child)))
        elif child.name == "a" and child.attributes.get("href"):
            found.append(Link(child.attributes["href"], tuple(_inlines(child.children))))
        elif child.name in MARKS:
            found.append(Marked(MARKS[child.name], tuple(_inlines(child.children))))
        else:
            found += _inlines(child.children)
    return found


def _tidy(inlines: list[Inline]) -> tuple[Inline, ...]:
    """Neighbouring texts joined; no white space at either end, nor round a line break."""
    joined: list[Inline] = []
    for inline in inlines:
        last = joined[-1] if joined else None
        if isinstance(inline, Text) and isinstance(last, Text):
            joined[-1] = Text(last.text + inline.text)
        elif isinstance(inline, Text) and isinstance(last, Break):
            joined.append(Text(inline.text.lstrip(" ")))
        else:
            joined.append(inline)
    while joined and (isinstance(joined[0], Break) or joined[0] == Text("")):
        joined.pop(0)
    while joined and (isinstance(joined[-1], Break) or joined[-1] == Text("")):
        joined.pop()
    if joined and isinstance(joined[0], Text):
        joined[0] = Text(joined[0].text.lstrip(" \n\t"))
    if joined and isinstance(joined[-1], Text):
        joined[-1] = Text(joined[-1].text.rstrip(" \n\t"))
    return tuple(inline for inline in joined if inline != Text(""))


def _words(node: Node) -> str:
    return "".join(child if isinstance(child, str) else _words(child) for child in node.children)
