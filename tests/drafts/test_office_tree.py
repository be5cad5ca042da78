"""G1, G4: pandoc is given nodes of few kinds, none of which reads a file or asks for an address."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from roadmap.core.i18n import LOCALES, force_locale
from roadmap.domain.outline import Body, Break, Code, Grid, Link, Marked, Paragraph, Text
from roadmap.drafts.exports import export
from roadmap.drafts.exports.office.nodes import body
from roadmap.drafts.exports.office.tree import tree
from roadmap.drafts.exports.telling import outline
from tests.drafts.files import ARABIC, FIRST, HEADINGS, SECOND, TITLES, YEARS
from tests.drafts.making import by_hand, frozen_document, with_texts
from tests.drafts.office_files import OFFICE, links, parts, text_of

KNOWN = frozenset({
    "Str", "Strong", "Emph", "Strikeout", "Code", "Link", "Span", "LineBreak",
    "Para", "Plain", "Header", "Div", "BulletList", "OrderedList", "DefinitionList", "BlockQuote", "CodeBlock",
    "HorizontalRule", "Table", "AlignDefault", "ColWidth", "Decimal", "Period", "MetaInlines", "MetaList",
})  # fmt: skip
HOSTILE = (
    "![a picture](file:///etc/passwd) ![another](https://evil.example/x.png) <img src='/etc/passwd'>",
    "```{=openxml}\n<w:p><w:r><w:t>raw</w:t></w:r></w:p>\n```\n\n`<w:br/>`{=openxml} \\input{/etc/passwd}",
    "<office:document><text:p/></office:document> <!ENTITY x SYSTEM 'file:///etc/passwd'> &x; ]]> <![CDATA[",
    "[a](javascript:alert(1)) [b](file:///etc/passwd) [c](data:text/html,x) [d](mailto:a@example.org)",
    "---\ncss: /etc/passwd\nbibliography: /etc/passwd\n---\n\n@cited $x^2$ ::: {custom-style=Title}\nx\n:::",
    "| a | b |\n|---|---|\n| 1 |\n| `x` | **y** | z |\n\n* * *\n\n1. one\n\n   more\n\n3. three\n\n> said  \n> twice",
    "~~gone~~ *so* **there**\n\n- \n- a\n\n    code",
    FIRST, SECOND, YEARS, HEADINGS, ARABIC,
)  # fmt: skip


def kinds(node: Any) -> Iterator[str]:
    """The kind of every node in a tree."""
    if isinstance(node, dict):
        if isinstance(node.get("t"), str):
            yield node["t"]
        for inner in node.values():
            yield from kinds(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from kinds(inner)


@pytest.fixture
def hostile(app: Flask) -> dict[str, Any]:
    titles = [*TITLES, "![t](file:///etc/passwd)", "]]> &x; <w:p>"]
    texts = [(title, HOSTILE[at % len(HOSTILE)]) for at, title in enumerate(titles)]
    return frozen_document(*with_texts(*texts))


@pytest.mark.parametrize("format", OFFICE)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_whatever_people_write_the_tree_holds_nodes_of_these_kinds_alone(
    hostile: dict[str, Any], format: str, language: str
) -> None:
    with force_locale(LOCALES[language]):
        made = tree(outline(hostile, language), hostile["fingerprint"], format)
    found = set(kinds(made))
    assert found - KNOWN == set()
    assert found >= {
        "Table",
        "CodeBlock",
        "OrderedList",
        "BlockQuote",
        "HorizontalRule",
        "Strikeout",
        "LineBreak",
    }
    assert {"Image", "RawBlock", "RawInline", "Cite", "Math", "Note"}.isdisjoint(found)


@pytest.mark.parametrize("format", OFFICE)
def test_hostile_texts_reach_nothing_and_are_read_as_they_were_written(
    hostile: dict[str, Any], format: str
) -> None:
    content = export(hostile, format, "en").content
    addresses = links(content, format)
    assert {
        address for address in addresses if not address.startswith(("http://", "https://", "mailto:"))
    } == set()
    assert not any("evil.example" in address for address in addresses)
    assert "mailto:a@example.org" in addresses
    assert not any(name.startswith(("word/media", "Pictures", "EPUB/media")) for name in parts(content))
    text = text_of(content, format)
    assert "root:" not in text
    for said in ("\\input{/etc/passwd}", "]]> &x; <w:p>", "@cited $x^2$", "![t](file:///etc/passwd)"):
        assert said in text


@pytest.mark.parametrize("format", OFFICE)
def test_one_items_markdown_does_not_reach_into_the_next(app: Flask, format: str) -> None:
    """C07, C10."""
    document = frozen_document(
        *with_texts(("The first", FIRST), ("The second", SECOND), ("The third", YEARS))
    )
    content = export(document, format, "en").content
    assert links(content, format) == {
        "https://example.org/first",
        "https://example.net/second",
        *(f"https://forum.example.org/2026/proposals/{number}" for number in (1, 2, 3)),
    }
    lines = text_of(content, format).split("\n")
    assert "This sentence is plain text." in lines
    assert "1987. A year with a backslash." in text_of(content, format)


@pytest.mark.parametrize("format", OFFICE)
def test_a_text_nested_too_deep_still_makes_a_file(app: Flask, format: str) -> None:
    deep = "\n".join("> " * level + f"level {level}" for level in range(1, 60))
    lists = "\n".join("  " * level + f"- point {level}" for level in range(40))
    document = frozen_document(*with_texts(("Deep", deep), ("Lists", lists)))
    text = text_of(export(document, format, "ar").content, format)
    assert "level 59" in text and "point 39" in text


@pytest.mark.parametrize("format", [*OFFICE, "xlsx"])
def test_what_no_xml_may_hold_is_left_out(app: Flask, format: str) -> None:
    document = frozen_document(*by_hand())
    item = document["sections"][0]["items"][0]
    item["title"] = {"en": "One\x00\x0b\x1f\ufffe\ud800two"}
    item["text"] = {"en": "Three\x08\uffff`f\x01our`"}
    document["fingerprint"] = f"sha256:of its own, {format}"
    text = text_of(export(document, format, "en").content, format)
    assert "Onetwo" in text
    assert "Three" in text


def test_a_table_with_rows_of_different_lengths_is_filled_up() -> None:
    rows = (((Text("a"),), (Text("b"),)), ((Code("1\x00"),),))
    (part,) = body(Body((Grid(rows),), "en"))
    head, lines = part["c"][1][0]["c"][3][1], part["c"][1][0]["c"][4][0][3]
    assert [len(row[1]) for row in (*head, *lines)] == [2, 2]
    assert lines[0][1][0][4][0]["c"] == [{"t": "Code", "c": [["", [], []], "1"]}]


def test_marks_breaks_and_links_keep_their_kind() -> None:
    inlines = (
        Marked("deleted", (Text("a"),)),
        Break(),
        Link("https://e.org/", (Marked("strong", (Text("b"),)),)),
    )
    (part,) = body(Body((Paragraph(inlines),), "ar"))
    assert part["c"][0] == ["", [], [["lang", "ar"], ["dir", "rtl"]]]
    assert list(kinds(part)) == ["Div", "Para", "Strikeout", "Str", "LineBreak", "Link", "Strong", "Str"]
