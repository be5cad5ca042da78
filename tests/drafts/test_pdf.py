"""The PDF of a frozen draft, read back."""

from typing import Any

import pypdfium2
import pytest
from flask import Flask

from roadmap.core.errors import Busy
from roadmap.drafts.exports import export, pdf
from tests.drafts.files import ARABIC, FIRST, SECOND, YEARS, made, pdf_links, pdf_text
from tests.drafts.making import by_hand, frozen_document, with_texts


@pytest.fixture
def joined(app: Flask) -> dict[str, Any]:
    return frozen_document(*with_texts(("The first", FIRST), ("The second", SECOND), ("The third", YEARS)))


def test_the_pdf_holds_both_links_and_the_plain_sentence(joined: dict[str, Any]) -> None:
    """C07."""
    content = made(joined, "pdf")
    assert "This sentence is plain text." in pdf_text(content)
    assert pdf_links(content) == {
        "https://example.org/first",
        "https://example.net/second",
        *(f"https://forum.example.org/2026/proposals/{number}" for number in (1, 2, 3)),
    }


def test_a_year_stays_that_year_in_the_pdf(joined: dict[str, Any]) -> None:
    """C10."""
    text = pdf_text(made(joined, "pdf"))
    assert "1986. A year nobody forgets." in text
    assert "1987. A year with a backslash." in text


def test_arabic_is_found_again_in_the_pdf(app: Flask) -> None:
    """Copied, searched and read aloud, an Arabic text is the text that was written."""
    text = pdf_text(made(frozen_document(*with_texts(("صندوق للنساء", ARABIC))), "pdf"))
    assert [word for word in ARABIC.split() if word not in text] == []


def test_the_pdf_is_tagged_and_names_title_language_and_time(app: Flask) -> None:
    document = frozen_document(*by_hand())
    made_pdf = export(document, "pdf", "fr")
    pdf = pypdfium2.PdfDocument(made_pdf.content)
    assert made_pdf.notes == ()
    assert pdf.is_tagged()
    assert pdf.get_metadata_value("CreationDate").startswith("D:20260901120000")
    assert b"/Lang(fr)" in made_pdf.content


def test_a_text_nested_too_deep_still_makes_a_pdf(app: Flask) -> None:
    deep = "\n".join("> " * level + f"level {level}" for level in range(1, 60))
    assert "level 59" in pdf_text(made(frozen_document(*with_texts(("Deep", deep))), "pdf"))


def test_nothing_in_a_text_is_read_as_typst(app: Flask) -> None:
    text = 'See #read("/etc/passwd") $x^2$ @cited `#include "x"` #import "a.typ": *'
    document = frozen_document(*with_texts(('#panic("no")', text)))
    found = pdf_text(made(document, "pdf"))
    assert '#panic("no")' in found
    assert '#read("/etc/passwd")' in found


def test_a_draft_that_is_too_large_is_refused_before_it_is_set(
    joined: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """G2."""
    monkeypatch.setattr(pdf, "LARGEST", 1_000)
    with pytest.raises(Busy, match="too large"):
        export({**joined, "fingerprint": "sha256:of-its-own"}, "pdf", "en")
