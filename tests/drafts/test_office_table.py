"""The workbook of a frozen draft, read back."""

import io
import zipfile
from typing import Any

import pytest
from flask import Flask

from roadmap.core.i18n import LOCALES, force_locale
from roadmap.drafts.exports.telling import outline
from tests.domain.ranking.examples import drawn
from tests.drafts.files import TITLES, made, rows
from tests.drafts.making import by_hand, frozen_document, of_snapshot, with_ballots, with_texts
from tests.drafts.office_files import SHEET, links, parts, sheets, table

FIGURES = {
    "Question": "question", "No.": "number", "Agree": "agree", "Disagree": "disagree", "Pass": "pass",
    "Opposite answers, asked again": "asked_again", "Support": "support", "Support, at least likely": "low",
    "Support, at most likely": "high", "Opposition": "opposition", "Answers that decide its place": "answers",
}  # fmt: skip
PLACES = {
    "Place": "rank", "Shares places from": "band_first", "Shares places to": "band_last",
    "In nine of ten recalculations, from place": "places_first", "In nine of ten recalculations, to place": "places_last",
    "Stays in the first 10": "stays", "Computed place": "computed_place",
}  # fmt: skip


@pytest.fixture
def camps(app: Flask) -> dict[str, Any]:
    return frozen_document(*of_snapshot(drawn(8, 120, 16, answers=12, camps=2)))


def same(cell: Any, written: str) -> bool:
    return cell is None if written == "" else cell == float(written)


def test_the_workbook_has_the_figures_of_the_csv_as_numbers(camps: dict[str, Any]) -> None:
    with_place, without = table(camps, "Items"), table(camps, "Without a place")
    written = {row["number"]: row for row in rows(camps)}
    found = {str(int(row["No."])): row for row in [*with_place, *without]}
    assert (list(found), len(with_place) > 0) == (list(written), True)
    for number, row in found.items():
        for column, name in {**FIGURES, **(PLACES if row in with_place else {})}.items():
            assert same(row[column], written[number][name]), (number, column)
        assert (row["Title"], row["Address"]) == (written[number]["title"], written[number]["url"])
        claims = [f"{group['id']} {row['Claim of group ' + group['id']]:g}" for group in camps["groups"]]
        assert "; ".join(claims) == written[number]["claims"]


def test_an_item_without_answers_has_counts_and_no_shares(app: Flask) -> None:
    document = frozen_document(*with_ballots({"Wanted": "++++++++++", "Unseen": "          "}))
    (row,) = (row for row in table(document, "Without a place") if row["Title"] == "Unseen")
    assert (row["Agree"], row["Disagree"], row["Pass"]) == (0, 0, 0)
    assert (row["Support"], row["Opposition"], row["Answers that decide its place"]) == (None, None, None)
    assert row["Reason"] == "No votes yet"


def test_shares_are_shown_as_percentages_and_the_head_stays_in_view(camps: dict[str, Any]) -> None:
    found = parts(made(camps, "xlsx"))
    sheet = found["xl/worksheets/sheet1.xml"]
    (pane,) = sheet.iter(f"{SHEET}pane")
    assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")
    styles = found["xl/styles.xml"]
    formats = {one.get("numFmtId"): one.get("formatCode") for one in styles.iter(f"{SHEET}numFmt")}
    looks = [one.get("numFmtId") for one in styles.find(f"{SHEET}cellXfs") or ()]
    head = sheets(made(camps, "xlsx"))["Items"][0]
    second = list(sheet.iter(f"{SHEET}row"))[1]
    by_column = dict(zip(head, second.iter(f"{SHEET}c"), strict=False))
    assert formats[looks[int(str(by_column["Support"].get("s")))]] == "0.0%"
    assert next(sheet.iter(f"{SHEET}autoFilter")).get("ref", "").startswith("A1:")


@pytest.mark.parametrize(("language", "turned"), [("fr", None), ("ar", "1")])
def test_sheets_run_in_the_direction_of_the_language(
    camps: dict[str, Any], language: str, turned: str | None
) -> None:
    found = parts(made(camps, "xlsx", language))
    views = [next(found[f"xl/worksheets/sheet{at}.xml"].iter(f"{SHEET}sheetView")) for at in (1, 2, 3, 4)]
    assert [view.get("rightToLeft") for view in views] == [turned] * 4


@pytest.mark.parametrize("language", ["en", "fr", "pt", "es", "ar"])
def test_who_took_part_and_the_method_are_told(camps: dict[str, Any], language: str) -> None:
    with force_locale(LOCALES[language]):
        told = outline(camps, language)
    _items, _without, people, method = sheets(made(camps, "xlsx", language)).values()
    taking_part, ranking = told.passages
    terms = {row[0]: row[1] if len(row) > 1 else None for row in people}
    assert [term for term, _value in taking_part.rows] == [row[0] for row in people][: len(taking_part.rows)]
    assert terms[taking_part.rows[0][0]] == camps["participation"]["voters"]
    assert set(taking_part.paragraphs) <= set(terms)
    said = {cell for row in method for cell in row}
    assert {part for fact in told.facts for part in fact} | set(ranking.paragraphs) <= said


def test_a_figure_that_is_withheld_stays_a_word(camps: dict[str, Any]) -> None:
    camps["participation"]["by_group"] = {"decision-maker": None, "civil-society": 41, "public": 79}
    people = {
        row[0]: row[1]
        for row in sheets(made({**camps, "fingerprint": "sha256:withheld"}, "xlsx"))["Who took part"]
        if len(row) > 1
    }
    assert (people["Decision makers"], people["Civil society"]) == ("fewer than 10", 41)


def test_texts_that_look_like_formulas_numbers_or_links_stay_texts(app: Flask) -> None:
    """F5."""
    texts = [
        ("=1+1", "=cmd|' /C calc'!A0"), ("+351 is a country code", "@SUM(A1:A9)"), ("-1", "１２"), ("42", "3.14"),
        ("https://evil.example", "internal:Sheet!A1"), ("＝1", "{=1+1}"), ("_x0041_ is no A", "\t=1"), ("mailto:a@e.org", "x"),
    ]  # fmt: skip
    document = frozen_document(*with_texts(*texts))
    content = made(document, "xlsx")
    found = {row["Title"]: row["Text"] for row in table(document, "Items")}
    assert found == dict(texts)
    assert all(address.startswith("https://forum.example.org/") for address in links(content, "xlsx"))
    assert not any("calcChain" in name or "externalLink" in name for name in parts(content))


def test_titles_are_exact(app: Flask) -> None:
    document = frozen_document(*with_texts(*[(title, "A text.") for title in TITLES]))
    assert {row["Title"] for row in table(document, "Items")} == {
        row["title"].removeprefix("'") for row in rows(document)
    }


def test_a_text_longer_than_a_cell_is_cut_and_says_so(app: Flask) -> None:
    document = frozen_document(*with_texts(("Long", "x" * 40_000), ("Wide", "😀" * 20_000)))
    cells = {row["Title"]: row["Text"] for row in table(document, "Items")}
    assert cells["Long"] == "x" * 32_766 + "…"
    assert cells["Wide"] == "😀" * 16_383 + "…"


def test_the_dates_are_those_of_the_freezing(app: Flask) -> None:
    content = made(frozen_document(*by_hand()), "xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "2026-09-01T12:00:00Z" in file.read("docProps/core.xml").decode()


@pytest.mark.parametrize("language", ["en", "fr", "pt", "es", "ar"])
def test_names_of_sheets_are_whole_words(camps: dict[str, Any], language: str) -> None:
    """A spreadsheet program takes 31 characters."""
    names = list(sheets(made(camps, "xlsx", language)))
    assert len(names) == 4
    assert all(len(name) < 31 for name in names)


def test_an_item_names_the_proposals_that_it_was_merged_from(app: Flask) -> None:
    document = frozen_document(*by_hand())
    first, second = document["sections"][0]["items"][:2]
    common = {"authors": [], "language": "en", "url": None}
    first["sources"] = [{"number": number, **common} for number in (first["number"], 77)]
    second["sources"] = [{"number": second["number"], **common}]
    found = table({**document, "fingerprint": "sha256:merged"}, "Items")
    assert [row["Merged from No."] for row in found[:2]] == [f"{first['number']}; 77", None]
