"""Word, OpenDocument and EPUB files of a frozen draft, read back."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from roadmap.core.i18n import LOCALES, force_locale
from roadmap.domain.outline import Entry, entries_of
from roadmap.domain.policy import Actor
from roadmap.drafts import sentences
from roadmap.drafts.exports.telling import outline
from roadmap.editions.models import Edition
from tests.domain.ranking.examples import drawn
from tests.drafts.files import ARABIC, TITLES, made
from tests.drafts.making import by_hand, frozen_document, of_snapshot, with_texts
from tests.drafts.office_files import FO, ODF, OFFICE, STYLE, XHTML, W, paragraphs, parts, spine

Editions = Callable[[], tuple[Edition, Actor]]

TABLE = "| one | two |\n|---|---|\n| three | four |"
ARABIC_TABLE = "| واحد | اثنان |\n|---|---|\n| ثلاثة | أربعة |"
DRAFTS: dict[str, Editions] = {
    "by hand": by_hand,
    "titles like markup": lambda: with_texts(*[(title, "A text.") for title in TITLES]),
    "camps": lambda: of_snapshot(drawn(8, 120, 16, answers=12, camps=2)),
}


def folded(text: str) -> str:
    return " ".join(text.split())


def entries(document: dict[str, Any], language: str) -> list[Entry]:
    with force_locale(LOCALES[language]):
        return [entry for chapter in outline(document, language).chapters for entry in entries_of(chapter)]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("draft", DRAFTS)
def test_every_item_with_its_place_its_figures_and_its_address_is_in_every_file(
    app: Flask, draft: str, language: str
) -> None:
    document = frozen_document(*DRAFTS[draft]())
    told = entries(document, language)
    assert told
    for format in OFFICE:
        lines = paragraphs(made(document, format, language), format)
        for entry in told:
            heading = f"{entry.label} · {entry.title.text}" if entry.label else entry.title.text
            assert folded(heading) in lines, (format, heading)
            for sentence in (*entry.figures, *(note.text for note in entry.notes)):
                assert folded(sentence) in lines, (format, sentence)
            if entry.address:
                assert entry.address in lines


@pytest.mark.parametrize("format", OFFICE)
def test_bands_participation_method_and_fingerprint_are_told(app: Flask, format: str) -> None:
    document = frozen_document(*of_snapshot(drawn(8, 120, 16, answers=12, camps=2)))
    lines = paragraphs(made(document, format, "fr"), format)
    with force_locale(LOCALES["fr"]):
        told = outline(document, "fr")
        tallies = [
            sentences.tally(item["tally"]) for section in document["sections"] for item in section["items"]
        ]
    bands = [span.sentence for chapter in told.chapters for span in chapter.ranges if span.sentence]
    assert bands and tallies
    passages = [
        part for each in told.passages for part in (each.heading, *each.paragraphs, *sum(each.rows, ()))
    ]
    facts = [part for fact in told.facts for part in fact]
    for said in (told.title, told.kicker, told.lede, *facts, *bands, *tallies, *passages):
        assert folded(said) in lines, said
    assert document["fingerprint"] in lines


@pytest.mark.parametrize("format", OFFICE)
def test_every_proposal_behind_an_item_leads_to_its_page(app: Flask, format: str) -> None:
    document = frozen_document(*by_hand())
    document["sections"][0]["items"][0]["sources"] = [
        {
            "number": 1,
            "authors": ["Awa"],
            "language": "fr",
            "url": "https://forum.example.org/2026/proposals/1",
        },
        {"number": 7, "authors": [], "language": "en", "url": "https://forum.example.org/2026/proposals/7"},
    ]
    document["fingerprint"] = f"sha256:with sources, {format}"
    content = made(document, format)
    (line,) = (line for line in paragraphs(content, format) if line.startswith("No. 7:"))
    assert line == "No. 7: no name given (English)"
    assert "https://forum.example.org/2026/proposals/7" in zip_text(content)


def zip_text(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return "".join(file.read(name).decode() for name in file.namelist())


@pytest.mark.parametrize("language", ["en", "ar"])
def test_word_makes_a_table_of_contents_of_the_headings(app: Flask, language: str) -> None:
    document = frozen_document(*of_snapshot(drawn(8, 120, 16, answers=12, camps=2)))
    body = parts(made(document, "docx", language))["word/document.xml"]
    levels: dict[str, int] = {}
    for style in body.iter(f"{W}pStyle"):
        levels[str(style.get(f"{W}val"))] = levels.get(str(style.get(f"{W}val")), 0) + 1
    chapters = document["sections"]
    placed = sum(len(section["items"]) for section in chapters)
    assert (levels["Title"], levels["Subtitle"], levels["Heading1"]) == (1, 1, len(chapters) + 2)
    assert levels["Heading2"] >= placed
    names = {str(mark.get(f"{W}name")) for mark in body.iter(f"{W}bookmarkStart")}
    leading = {str(link.get(f"{W}anchor")) for link in body.iter(f"{W}hyperlink") if link.get(f"{W}anchor")}
    assert leading and leading <= names


def two_directions() -> dict[str, Any]:
    """An English text with a table and an Arabic one with a table."""
    texts = (("Water", f"Water.\n\n{TABLE}"), ("صندوق للنساء", f"{ARABIC}\n\n{ARABIC_TABLE}"))
    document = frozen_document(*with_texts(*texts))
    item = document["sections"][0]["items"][1]
    item |= {"language": "ar", "title": {"ar": item["title"]["en"]}, "text": {"ar": item["text"]["en"]}}
    return {**document, "fingerprint": f"sha256:{'ab' * 32}"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_word_has_the_direction_of_the_draft_and_of_each_text(app: Flask, language: str) -> None:
    body = parts(made(two_directions(), "docx", language))["word/document.xml"]
    whole = language == "ar"
    section = next(body.iter(f"{W}sectPr"))
    assert (section.find(f"{W}bidi") is not None) == whole
    turned = {
        "".join(t.text or "" for t in p.iter(f"{W}t")): p.find(f"{W}pPr/{W}bidi") is not None
        for p in body.iter(f"{W}p")
    }
    assert turned["Water."] is False
    assert turned[ARABIC] is True
    title = next(p for p in body.iter(f"{W}p"))
    assert (title.find(f"{W}pPr/{W}bidi") is not None) == whole
    tables = {
        "".join(t.text or "" for t in table.iter(f"{W}t")): table.find(f"{W}tblPr/{W}bidiVisual") is not None
        for table in body.iter(f"{W}tbl")
    }
    assert tables["onetwothreefour"] is False
    assert tables["واحداثنانثلاثةأربعة"] is True
    heads = [table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for table in body.iter(f"{W}tbl")]
    assert heads.count(True) == 2
    assert {run.get(f"{W}bidi") or run.get(f"{W}val") for run in body.iter(f"{W}lang")} == {"en", "ar"}


@pytest.mark.parametrize(("language", "mode", "other"), [("en", "lr-tb", "rl-tb"), ("ar", "rl-tb", "lr-tb")])
def test_open_document_has_the_direction_of_the_draft_and_of_each_text(
    app: Flask, language: str, mode: str, other: str
) -> None:
    found = parts(made(two_directions(), "odt", language))
    pages = list(found["styles.xml"].iter(f"{STYLE}page-layout-properties"))
    assert [page.get(f"{STYLE}writing-mode") for page in pages] == [mode] * len(pages) != []
    modes = {
        str(style.get(f"{STYLE}name")): part.get(f"{STYLE}writing-mode")
        for style in found["content.xml"].iter(f"{STYLE}style")
        for part in style
        if part.tag in (f"{STYLE}paragraph-properties", f"{STYLE}table-properties")
    }
    named = {
        "".join(p.itertext()): str(p.get(f"{ODF}style-name")) for p in found["content.xml"].iter(f"{ODF}p")
    }
    turned, straight = ("Water.", ARABIC) if language == "ar" else (ARABIC, "Water.")
    assert modes[named[turned]] == other
    assert modes.get(named[straight]) is None
    assert {modes[name] for name in modes if re.fullmatch(r"Table\d+", name)} == {"lr-tb", "rl-tb"}
    properties = list(found["content.xml"].iter(f"{STYLE}text-properties"))
    assert any(one.get(f"{STYLE}language-complex") == "ar" for one in properties)
    assert not any(one.get(f"{FO}language") == "ar" for one in properties)


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_an_epub_says_what_it_is_and_turns_its_pages_the_right_way(
    app: Flask, language: str, direction: str
) -> None:
    document = two_directions()
    content = made(document, "epub", language)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        first = file.infolist()[0]
        assert (first.filename, file.read(first), first.compress_type) == (
            "mimetype",
            b"application/epub+zip",
            0,
        )
    found = parts(content)
    package = found["EPUB/content.opf"]
    dublin, opf = "{http://purl.org/dc/elements/1.1/}", "{http://www.idpf.org/2007/opf}"
    assert package.findtext(f".//{dublin}identifier") == f"urn:{document['fingerprint']}"
    assert package.findtext(f".//{dublin}language") == language
    assert package.findtext(f".//{dublin}date") == "2026-09-01T12:00:00Z"
    told = {meta.get("property"): meta.text for meta in package.iter(f"{opf}meta")}
    assert (told["schema:accessMode"], told["schema:accessibilityHazard"]) == ("textual", "none")
    (order,) = package.iter(f"{opf}spine")
    assert order.get("page-progression-direction") == direction
    pages = spine(content)
    assert len(pages) == len(set(pages)) == 2 + len(document["sections"]) + 2
    for name in [*pages, "EPUB/nav.xhtml"]:
        assert (found[name].get("lang"), found[name].get("dir")) == (language, direction)
        title = found[name].findtext(f".//{XHTML}title")
        assert title and ".xhtml" not in title
    texts = {
        "".join(div.itertext()).strip(): div for name in pages for div in found[name].iter(f"{XHTML}div")
    }
    (arabic,) = (div for text, div in texts.items() if text.startswith(ARABIC))
    assert (arabic.get("lang"), arabic.get("dir")) == ("ar", "rtl")
    leading = [str(link.get("href")) for link in found["EPUB/nav.xhtml"].iter(f"{XHTML}a")]
    ids = {name.removeprefix("EPUB/"): {one.get("id") for one in found[name].iter()} for name in pages}
    for href in leading:
        page, _, anchor = href.partition("#")
        assert not anchor or anchor in ids[page]


@pytest.mark.parametrize("format", OFFICE)
def test_the_dates_in_a_file_are_those_of_the_freezing(app: Flask, format: str) -> None:
    content = made(frozen_document(*by_hand()), format)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(2026, 9, 1, 12, 0, 0)}
        name = {"docx": "docProps/core.xml", "odt": "meta.xml", "epub": "EPUB/content.opf"}[format]
        told = file.read(name).decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", told)) == {"2026-09-01T12:00:00Z"}
