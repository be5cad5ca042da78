"""What pandoc leaves out: directions of files, tables and OpenDocument's paragraphs, titles of pages, paper.

The parts of a file are changed as text. pandoc writes them always alike, and a `<` in them is markup: people's own
stand there escaped.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from roadmap.core.i18n import RIGHT_TO_LEFT, direction_of

Part = Callable[[str, str], str]

_CODES = "|".join(sorted(RIGHT_TO_LEFT))
_WORD_TABLE = re.compile(r'(<w:tblStyle w:val="Table" />)((?:(?!</w:pPr>).)*?<w:bidi />)', re.DOTALL)
_WORD_LANGUAGE = re.compile(rf'<w:lang w:val="({_CODES})" />')
_SPOKEN = re.compile(r'<style:style style:name="(\w+)" style:family="text">\s*<[^>]*fo:language="(\w+)"')
_LANGUAGE = re.compile(rf'fo:language="({_CODES})"')
_PARAGRAPH = re.compile(r'<text:p text:style-name="([^"]+)">(.*?)</text:p>', re.DOTALL)
_TABLE = re.compile(r'<table:table table:name="(\w+)"[^>]*>(.*?)</table:table>', re.DOTALL)
_TABLE_STYLE = re.compile(
    r'<style:style style:name="(Table\d+)" style:family="table">\s*<style:table-properties '
)
_RUN = re.compile(r'<text:span text:style-name="(\w+)">')
_OWN_STYLE = re.compile(
    r'<style:style style:name="(P\d+)" style:family="paragraph".*?</style:style>', re.DOTALL
)
_PAPER = re.compile(r'fo:page-height="[^"]+" fo:page-width="[^"]+"')
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_TITLE = re.compile(r"<title>\w+\.xhtml</title>")
A4 = (
    '<w:pgSz w:w="11906" w:h="16838" /><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" '
    'w:header="708" w:footer="708" w:gutter="0" />'
)
MODES = {"rtl": "rl-tb", "ltr": "lr-tb"}


def finished(content: bytes, format: str, language: str) -> bytes:
    """The file with what was missing; its entries keep their order, names and times."""
    direction = direction_of(language)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(made, "w") as written:
        for entry in given.infolist():
            data = given.read(entry)
            change = _change(format, entry.filename)
            if change is not None:
                data = change(data.decode(), direction).encode()
            kept = zipfile.ZipInfo(entry.filename, entry.date_time)
            kept.compress_type = entry.compress_type
            written.writestr(kept, data)
    return made.getvalue()


def _change(format: str, name: str) -> Part | None:
    if format == "epub":
        return _page if name.endswith(".xhtml") else None
    parts: dict[tuple[str, str], Part] = {
        ("docx", "word/document.xml"): _word,
        ("odt", "content.xml"): _open_document,
        ("odt", "styles.xml"): _open_styles,
    }
    return parts.get((format, name))


def _page(text: str, direction: str) -> str:
    """A page of an EPUB: its direction, and its heading as its title instead of a file's name."""
    text = text.replace("<html ", f'<html dir="{direction}" ', 1)
    heading = _HEADING.search(text)
    if heading is None:
        return text
    title = re.sub(r"<[^>]*>", "", heading[1])
    return _TITLE.sub(lambda _name: f"<title>{title}</title>", text, count=1)


def _word(text: str, direction: str) -> str:
    """The text of a Word file: its title, its pages, its tables; the language of what is written to the left."""
    text = text.replace("</w:sectPr>", f"{A4}</w:sectPr>", 1)
    if direction == "rtl":
        for style in ("Title", "Subtitle"):
            text = text.replace(f'<w:pStyle w:val="{style}" />', f'<w:pStyle w:val="{style}" /><w:bidi />', 1)
        text = text.replace("</w:sectPr>", "<w:bidi /></w:sectPr>", 1)
    text = _WORD_TABLE.sub(r"\1<w:bidiVisual />\2", text)
    return _WORD_LANGUAGE.sub(r'<w:lang w:bidi="\1" />', text)


def _open_styles(text: str, direction: str) -> str:
    """The styles of an OpenDocument file: pages carry the direction, and paragraphs follow their page."""
    text = _PAPER.sub('fo:page-height="29.7cm" fo:page-width="21cm"', text)
    if direction == "ltr":
        return text
    text = re.sub(
        r'(<style:page-layout-properties [^>]*)style:writing-mode="lr-tb"',
        r'\1style:writing-mode="rl-tb"',
        text,
    )
    complex_language = _LANGUAGE.search(text)
    if complex_language is None:
        return text
    return text.replace('style:language-complex="zxx"', f'style:language-complex="{complex_language[1]}"')


def _open_document(text: str, direction: str) -> str:
    """The text of an OpenDocument file: paragraphs and tables in a language of the other direction say so."""
    languages = dict(_SPOKEN.findall(text))
    other = "ltr" if direction == "rtl" else "rtl"
    turned: set[str] = set()

    def direction_in(inner: str) -> str:
        runs = (run[1] for run in _RUN.finditer(inner))
        spoken = next((languages[name] for name in runs if name in languages), None)
        return direction if spoken is None else direction_of(spoken)

    def turn(found: re.Match[str]) -> str:
        if direction_in(found[2]) == direction:
            return found[0]
        turned.add(found[1])
        return f'<text:p text:style-name="{_name(found[1])}">{found[2]}</text:p>'

    tables = {name: direction_in(inner) for name, inner in _TABLE.findall(text)}
    text = _PARAGRAPH.sub(turn, text)
    text = _TABLE_STYLE.sub(lambda found: f'{found[0]}style:writing-mode="{MODES[tables[found[1]]]}" ', text)
    own = {found[1]: found[0] for found in _OWN_STYLE.finditer(text)}
    styles = "".join(_style(name, own.get(name), MODES[other]) for name in sorted(turned))
    text = text.replace("</office:automatic-styles>", f"{styles}</office:automatic-styles>", 1)
    return _LANGUAGE.sub(r'style:language-complex="\1"', text)


def _name(style: str) -> str:
    return f"Turned_{style}"


def _style(name: str, own: str | None, mode: str) -> str:
    """A paragraph style in the other direction: a copy of one made for this text, a child of a named one."""
    if own is None:
        return (
            f'<style:style style:name="{_name(name)}" style:family="paragraph" style:parent-style-name="{name}">'
            f'<style:paragraph-properties style:writing-mode="{mode}" /></style:style>\n'
        )
    renamed = own.replace(f'style:name="{name}"', f'style:name="{_name(name)}"', 1)
    has = "<style:paragraph-properties "
    if has in renamed:
        return renamed.replace(has, f'{has}style:writing-mode="{mode}" ', 1) + "\n"
    opened = renamed.index(">") + 1
    return f'{renamed[:opened]}<style:paragraph-properties style:writing-mode="{mode}" />{renamed[opened:]}\n'
