"""Word, OpenDocument, EPUB and Excel files read back with what Python brings: zip and XML."""

import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

from tests.drafts.files import made

OFFICE = ("docx", "odt", "epub")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ODF = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
XHTML = "{http://www.w3.org/1999/xhtml}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
XML = (".xml", ".xhtml", ".opf", ".ncx", ".rels", ".rdf")

Rows = list[dict[str, Any]]


def parts(content: bytes) -> dict[str, ElementTree.Element]:
    """Every XML part of a file by its name; fails on one that is not well-formed."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        names = [name for name in file.namelist() if name.endswith(XML)]
        assert len(set(file.namelist())) == len(file.namelist())
        return {name: ElementTree.fromstring(file.read(name)) for name in names}


def paragraphs(content: bytes, format: str) -> list[str]:
    """The paragraphs and headings of a text file, in order, white space folded."""
    found = parts(content)
    if format == "docx":
        texts = [_word(p) for p in found["word/document.xml"].iter(f"{W}p")]
    elif format == "odt":
        texts = [_open(p) for p in found["content.xml"].iter() if p.tag in (f"{ODF}p", f"{ODF}h")]
    else:
        pages = [found[name] for name in spine(content)]
        texts = [_page(p) for page in pages for p in page.iter() if p.tag.removeprefix(XHTML) in PAGE]
    return [" ".join(text.split()) for text in texts]


PAGE = frozenset({"h1", "h2", "h3", "p", "li", "dt", "dd", "td", "th", "pre"})


def text_of(content: bytes, format: str) -> str:
    """Everything that a reader of the file reads."""
    if format == "xlsx":
        return "\n".join(str(value) for rows in sheets(content).values() for row in rows for value in row)
    return "\n".join(paragraphs(content, format))


def spine(content: bytes) -> list[str]:
    """The pages of an EPUB in the order of reading, as its package names them."""
    package = parts(content)["EPUB/content.opf"]
    opf = "{http://www.idpf.org/2007/opf}"
    items = {item.get("id"): item.get("href") for item in package.iter(f"{opf}item")}
    return [f"EPUB/{items[reference.get('idref')]}" for reference in package.iter(f"{opf}itemref")]


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    """The sheets of a workbook by name: texts as str, numbers as float, None for what is empty."""
    found = parts(content)
    strings = [
        _said("".join(t.text or "" for t in one.iter(f"{SHEET}t"))) for one in found["xl/sharedStrings.xml"]
    ]
    names = [str(sheet.get("name")) for sheet in found["xl/workbook.xml"].iter(f"{SHEET}sheet")]
    return {
        name: [_row(row, strings) for row in found[f"xl/worksheets/sheet{at}.xml"].iter(f"{SHEET}row")]
        for at, name in enumerate(names, 1)
    }


def table(document: dict[str, Any], name: str, language: str = "en") -> Rows:
    """A sheet of a draft's workbook as dictionaries by the names of its columns."""
    head, *rows = sheets(made(document, "xlsx", language))[name]
    return [dict(zip(head, row + [None] * (len(head) - len(row)), strict=True)) for row in rows]


def links(content: bytes, format: str) -> set[str]:
    """Every address outside the file that it leads to or names."""
    found = parts(content)
    if format in ("docx", "xlsx"):
        relations = [
            one for name, part in found.items() if name.endswith(".rels") for one in part.iter(RELATION)
        ]
        outside = [one for one in relations if one.get("TargetMode") == "External"]
        assert all(str(one.get("Type")).endswith("/hyperlink") for one in outside)
        return {str(one.get("Target")) for one in outside}
    if format == "odt":
        href = "{http://www.w3.org/1999/xlink}href"
        every = [str(one.get(href)) for one in found["content.xml"].iter() if one.get(href)]
    else:
        every = [str(one.get("href")) for name in spine(content) for one in found[name].iter(f"{XHTML}a")]
    return {address for address in every if not re.match(r"#|ch\d+\.xhtml#", address)}


def _word(paragraph: ElementTree.Element) -> str:
    return "".join(
        " " if part.tag == f"{W}br" else part.text or ""
        for part in paragraph.iter()
        if part.tag in (f"{W}t", f"{W}br")
    )


def _open(paragraph: ElementTree.Element) -> str:
    """Blanks beyond the first and line breaks are elements of their own."""
    text = paragraph.text or ""
    for part in paragraph:
        text += " " if part.tag in (f"{ODF}s", f"{ODF}line-break", f"{ODF}tab") else _open(part)
        text += part.tail or ""
    return text


def _page(block: ElementTree.Element) -> str:
    """The words of a block of an EPUB's page, without those of blocks inside."""
    text = block.text or ""
    for part in block:
        if part.tag.removeprefix(XHTML) not in PAGE:
            text += " " if part.tag == f"{XHTML}br" else _page(part)
        text += part.tail or ""
    return text


def _said(text: str) -> str:
    """A shared string as a spreadsheet program shows it."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda code: chr(int(code[1], 16)), text)


def _row(row: ElementTree.Element, strings: list[str]) -> list[Any]:
    found: list[Any] = []
    for cell in row.iter(f"{SHEET}c"):
        assert cell.find(f"{SHEET}f") is None, "a formula"
        found += [None] * (_column(str(cell.get("r"))) - len(found))
        value = cell.findtext(f"{SHEET}v")
        if value is None:
            found.append(None)
        else:
            found.append(strings[int(value)] if cell.get("t") == "s" else float(value))
    return found


def _column(reference: str) -> int:
    at = 0
    for letter in reference.rstrip("0123456789"):
        at = 26 * at + ord(letter) - ord("A") + 1
    return at - 1
