"""One page of A4 in each language, whole, with the address that its code leads to."""

import unicodedata
from datetime import timedelta

import pypdfium2
import pytest
from flask import Flask

from roadmap.core.i18n import LANGUAGES
from roadmap.share.poster import Around, poster
from tests.browsing import Browser
from tests.factories import NOW, a_role, an_account, an_edition
from tests.share.inviting import LONG, OVER, QUESTION, TITLE, an_invitation

A4 = (595, 842)
"""Points, rounded."""


def read(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    return " ".join(unicodedata.normalize("NFKC", text).split())


def missing(words: str, text: str) -> list[str]:
    """Those not found; words with vowel marks are not looked for, since the reader turns their letters round."""
    plain = [word for word in words.split() if not any(unicodedata.category(one) == "Mn" for one in word)]
    return [word for word in plain if unicodedata.normalize("NFKC", word) not in text]


@pytest.fixture
def context(app: Flask) -> Flask:
    """Translations need an application around them."""
    return app


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", [{}, QUESTION, LONG], ids=["edition", "question", "long question"])
def test_a_poster_is_one_page_of_a4_with_nothing_left_out(
    context: Flask, language: str, question: dict[str, str]
) -> None:
    content = poster(an_invitation(question=question) if question else an_invitation(), language)
    pages = pypdfium2.PdfDocument(content)
    assert [(round(page.get_width()), round(page.get_height())) for page in pages] == [A4]
    assert missing((question or TITLE)[language], read(content)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_on_a_poster_runs_over_the_edge(context: Flask, language: str) -> None:
    (page,) = pypdfium2.PdfDocument(poster(an_invitation(question=LONG, demonstration=True), language))
    words = page.get_textpage()
    boxes = [words.get_charbox(at) for at in range(words.count_chars())]
    outside = [box for box in boxes if box[0] < 0 or box[1] < 0 or box[2] > A4[0] or box[3] > A4[1]]
    assert outside == []


def test_a_poster_prints_the_address_and_links_to_it(context: Flask) -> None:
    content = poster(an_invitation(question=QUESTION), "en")
    assert "forum.example.org/2031/1" in read(content)
    assert (
        b"/URI (https://forum.example.org/2031/1)" in content
        or b"/URI(https://forum.example.org/2031/1)" in content
    )


def test_a_poster_is_tagged_and_names_its_language(context: Flask) -> None:
    content = poster(an_invitation(), "ar")
    assert pypdfium2.PdfDocument(content).is_tagged()
    assert b"/Lang(ar)" in content


def test_a_translation_stands_beside_the_exact_words_in_english(context: Flask) -> None:
    text = read(poster(an_invitation(question=QUESTION), "fr", Around(note=("Traduction", "fr"))))
    assert missing(f"{QUESTION['en']} Traduction", text) == []


def test_a_poster_says_who_organises(context: Flask) -> None:
    assert "Organised by: The towns" in read(
        poster(an_invitation(), "en", Around(organiser=("The towns", "en")))
    )


def test_a_poster_of_a_demonstration_says_so(context: Flask) -> None:
    assert "figures are invented" in read(poster(an_invitation(demonstration=True), "en"))


def test_a_poster_of_what_is_over_invites_to_read(context: Flask) -> None:
    text = read(poster(an_invitation(proposing=OVER, voting=OVER), "en"))
    assert ("How to read it" in text, "How to take part" in text) == (True, False)


def test_the_same_invitation_makes_the_same_poster(context: Flask) -> None:
    assert poster(an_invitation(), "en") == poster(an_invitation(), "en")


def test_an_edition_made_at_any_moment_has_a_poster(app: Flask, browser: Browser) -> None:
    """A moment is stored to the microsecond; a PDF's date knows seconds."""
    edition = an_edition("2031", made=NOW + timedelta(microseconds=7))
    organiser = an_account("the organiser")
    a_role(organiser, "organiser", edition=edition)
    browser.sign_in(organiser)
    answer = browser.get("/en/2031/manage/share/1/poster-ar.pdf")
    assert (answer.status_code, answer.data[:5]) == (200, b"%PDF-")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="2031-1-poster-ar.pdf"'
