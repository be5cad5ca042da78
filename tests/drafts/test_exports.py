"""Files of a frozen draft, read back by parsers of their formats."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from bs4 import Tag
from flask import Flask

from roadmap.domain.canonical import fingerprint
from roadmap.drafts.exports import LABELS
from roadmap.drafts.queries import document_of
from roadmap.root import ROOT
from tests.browsing import Browser
from tests.drafts.files import (
    FIRST,
    HEADINGS,
    SECOND,
    TITLES,
    YEARS,
    heading_of,
    html,
    links,
    made,
    markdown,
    part_after,
    pdf_text,
    rows,
)
from tests.drafts.making import by_hand, frozen, frozen_document, with_texts
from tests.drafts.office_files import OFFICE, text_of


@pytest.fixture
def joined(app: Flask) -> dict[str, Any]:
    return frozen_document(*with_texts(("The first", FIRST), ("The second", SECOND), ("The third", YEARS)))


@pytest.mark.parametrize("read", [markdown, html])
def test_one_items_markdown_does_not_reach_into_the_next(joined: dict[str, Any], read: Any) -> None:
    """C07."""
    page = read(joined)
    for title, own in (
        ("The first", "https://example.org/first"),
        ("The second", "https://example.net/second"),
    ):
        part = part_after(page, title)
        found = [link for tag in part for link in links(tag) if "forum.example.org" not in link]
        assert found == [own]
    (plain,) = (tag for tag in page.select("p") if tag.get_text() == "This sentence is plain text.")
    assert plain.find_parents(["strong", "b", "pre", "code"]) == [] and plain.find(True) is None


@pytest.mark.parametrize("read", [markdown, html])
def test_a_year_at_the_start_of_a_line_stays_that_year(joined: dict[str, Any], read: Any) -> None:
    """C10."""
    page = read(joined)
    (listed,) = (item for item in page.select("ol li") if "A year nobody forgets." in item.get_text())
    assert isinstance(listed.parent, Tag)
    assert listed.parent["start"] == "1986"
    assert "1987. A year with a backslash." in page.get_text()


@pytest.fixture
def titled(app: Flask) -> dict[str, Any]:
    return frozen_document(*with_texts(*[(title, "A text.") for title in TITLES]))


@pytest.mark.parametrize("read", [markdown, html])
def test_a_title_that_looks_like_markup_stays_what_it_is(titled: dict[str, Any], read: Any) -> None:
    """C10, C42."""
    page = read(titled)
    for title in TITLES:
        heading = heading_of(page, title)
        assert heading.select("strong, em, b, a, code, li, hr, table, blockquote") == []


def test_titles_are_exact_in_csv_json_and_pdf(titled: dict[str, Any]) -> None:
    """C10, C11, C42."""
    printed = {item["number"]: item["title"]["en"] for item in titled["sections"][0]["items"]}
    assert set(printed.values()) <= set(TITLES)
    for row in rows(titled):
        assert row["title"].removeprefix("'") in TITLES
    text = pdf_text(made(titled, "pdf"))
    assert [title for title in TITLES if title.isascii() and " ".join(title.split()) not in text] == []


def test_the_csv_begins_with_one_byte_order_mark(titled: dict[str, Any]) -> None:
    """C11."""
    content = made(titled, "csv")
    assert content.startswith(b"\xef\xbb\xbf") and content.count(b"\xef\xbb\xbf") == 1
    assert rows(titled)[0]["question"] == "1"


def test_the_guard_against_formulas_leaves_numbers_alone_and_is_set_once(app: Flask) -> None:
    """C15."""
    texts = [
        ("=Solidarity", "-1 from me, sorry"), ("'90s solidarity", "+351 is a country code"),
        ("@all", "  =1+1 with blanks before"), ("Plain", "Plain"),
    ]  # fmt: skip
    found = {row["title"]: row for row in rows(frozen_document(*with_texts(*texts)))}
    assert set(found) == {"'=Solidarity", "'90s solidarity", "'@all", "Plain"}
    assert found["'=Solidarity"]["text"] == "'-1 from me, sorry"
    assert found["'90s solidarity"]["text"] == "'+351 is a country code"
    assert found["'@all"]["text"].startswith("'")
    assert all(float(row["support"]) > 0 for row in found.values())


def test_a_very_long_text_is_whole_in_the_csv(app: Flask) -> None:
    """C14."""
    (row,) = rows(frozen_document(*with_texts(("Long", "x" * 40_000))))
    assert row["text"] == "x" * 40_000


def test_headings_in_texts_take_no_anchor_of_the_file_or_the_page(app: Flask, browser: Browser) -> None:
    """C41."""
    document = frozen_document(*with_texts(("Headings", HEADINGS)))
    pages = [html(document), browser.page("/en/2026/roadmap/1"), browser.page("/en/2026/roadmap/1/items/1")]
    for page in pages:
        ids = [tag["id"] for tag in page.select("[id]")]
        assert len(ids) == len(set(ids))
        assert len(page.select("h1")) == 1
        for name in ("aria-labelledby", "aria-describedby"):
            for tag in page.select(f"[{name}]"):
                assert page.find(id=str(tag[name])) is not None
    assert pages[1].find(id="main").name == "main"  # type: ignore[union-attr]


def test_hostile_texts_are_escaped_in_the_html_file(app: Flask) -> None:
    text = '<script>alert(1)</script>\n\n[x](javascript:alert(1)) <img src=x onerror="alert(1)">'
    page = html(frozen_document(*with_texts(("<script>alert(2)</script>", text))))
    assert page.select("script, img") == []
    assert [tag for tag in page.select("a[href]") if "javascript" in str(tag["href"])] == []


def read(content: bytes, format: str) -> str:
    """The words of a file in any format."""
    if format == "pdf":
        return pdf_text(content)
    return text_of(content, format) if format in (*OFFICE, "xlsx") else content.decode()


@pytest.mark.parametrize("format", LABELS)
def test_every_file_states_its_rule_time_and_fingerprint(app: Flask, format: str) -> None:
    document = frozen_document(*by_hand())
    content = made(document, format)
    text = read(content, format)
    assert document["fingerprint"] in text
    assert "2026" in text
    assert any(name in text for name in ("Equal persons", "equal-persons"))


@pytest.mark.parametrize("format", [name for name in LABELS if name != "json"])
def test_a_demonstration_says_so_in_every_file(app: Flask, format: str) -> None:
    edition, organiser = by_hand()
    edition.is_demonstration = True
    content = made(frozen_document(edition, organiser), format)
    text = read(content, format)
    assert "Demonstration: proposals, people and figures are invented." in text


def test_the_json_file_is_the_frozen_document(app: Flask) -> None:
    draft = frozen(*by_hand())
    document = json.loads(made(document_of(draft), "json"))
    assert document == document_of(draft)
    assert fingerprint(document) == draft.fingerprint


SAME = """
import hashlib, json, sys
from pathlib import Path
from roadmap import create_app
from roadmap.root import Settings
from roadmap.drafts.exports import LABELS, export
folder = Path(sys.argv[2])
app = create_app(Settings(instance=folder, secret_key="k" * 40, database_url="sqlite://", jobs="none"))
document = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
with app.app_context():
    for format in LABELS:
        for language in ("en", "ar"):
            content = export(document, format, language).content
            print(format, language, hashlib.sha256(content).hexdigest())
"""


def test_the_same_bytes_on_another_day_in_another_place(joined: dict[str, Any], tmp_path: Any) -> None:
    """C08."""
    file = tmp_path / "draft.json"
    file.write_text(json.dumps(joined), encoding="utf-8")
    answers = []
    for zone, locale, seed in (("Africa/Casablanca", "C", "1"), ("Asia/Beirut", "C.UTF-8", "77")):
        environ = {**os.environ, "TZ": zone, "LC_ALL": locale, "LANG": locale, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", SAME, str(file), str(tmp_path)],
            capture_output=True, text=True, check=True, cwd=ROOT, env=environ,
        )  # fmt: skip
        answers.append(done.stdout)
    assert answers[0] == answers[1]
    assert len(answers[0].splitlines()) == 2 * len(LABELS)
