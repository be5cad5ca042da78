"""Organisers and translators at the texts."""

import pytest
from flask import Flask

from roadmap.accounts.models import Account
from roadmap.domain.policy import Role
from roadmap.editions.models import Edition
from roadmap.texts.models import TextVersion
from roadmap.texts.queries import current_of
from tests.accounts.people import Visitor, mails
from tests.factories import a_role, an_account, an_edition
from tests.texts.writing import an_organiser, words_of, write

ABOUT = "/en/2026/manage/texts/about/en"


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


def person(edition: Edition, role: Role, *languages: str) -> Account:
    return a_role(an_account(role.value.title()), role, edition, list(languages))


@pytest.fixture
def organiser(app: Flask, edition: Edition) -> Visitor:
    visitor = Visitor(app)
    visitor.sign_in(person(edition, Role.ORGANISER))
    return visitor


@pytest.fixture
def translator(app: Flask, edition: Edition) -> Visitor:
    visitor = Visitor(app)
    visitor.sign_in(person(edition, Role.TRANSLATOR, "fr"))
    return visitor


def save(browser: Visitor, address: str, label: str = "Save the text", **typed: str) -> tuple[int, str]:
    answer = browser.press(address, label, **typed)
    return answer.status_code, answer.text if answer.status_code != 303 else answer.location


def test_a_saved_text_is_what_everybody_reads(organiser: Visitor, app: Flask) -> None:
    assert save(organiser, ABOUT, title="Our campaign", body="Come and **vote**.") == (
        303,
        ABOUT + "?saved=1",
    )
    page = Visitor(app).page("/en/about")
    assert (page.h1.text, str(page.select_one(".prose p"))) == (  # type: ignore[union-attr]
        "Our campaign",
        "<p>Come and <strong>vote</strong>.</p>",
    )


def test_a_reader_of_another_language_is_told_that_it_is_not_translated(
    organiser: Visitor, app: Flask
) -> None:
    save(organiser, ABOUT, body="Come and vote.")
    page = Visitor(app).page("/fr/about")
    prose = page.select_one(".prose")
    assert prose is not None
    assert (prose.text.strip(), prose["lang"], prose["dir"]) == ("Come and vote.", "en", "ltr")


def test_the_lines_of_the_home_page_are_the_editions(organiser: Visitor, app: Flask) -> None:
    home = "/en/2026/manage/texts/home/en"
    save(organiser, home, kicker="One world", headline="Say what solidarity is", lede="In {edition}.")
    page = Visitor(app).page("/en/")
    assert (page.h1.text, page.select_one(".kicker").text, page.select_one(".lede").text) == (  # type: ignore[union-attr]
        "Say what solidarity is",
        "One world",
        "In Solidarity.",
    )


def test_a_preview_shows_the_text_and_stores_nothing(organiser: Visitor, edition: Edition) -> None:
    status, page = save(organiser, ABOUT, "Preview", body="Write to {contact_address}, **now**.")
    assert status == 200
    assert '<a href="mailto:contact@localhost">contact@localhost</a></bdi>, <strong>now</strong>.' in page
    assert "Write to {contact_address}, **now**.</textarea>" in page
    assert current_of(edition, "about") == {}


def test_a_message_is_previewed_with_example_values(organiser: Visitor) -> None:
    _status, page = save(organiser, "/en/2026/manage/texts/mail-sign-in/en", "Preview")
    assert '<a href="http://localhost/en/links/…" dir="ltr">' in page


def test_a_misspelt_placeholder_comes_back_with_the_text_and_the_right_ones(organiser: Visitor) -> None:
    status, page = save(organiser, "/en/2026/manage/texts/mail-sign-in/en", body="Press {lnik}: {link}")
    assert status == 422
    assert "There is no placeholder {lnik} here. You can use: {link}, {name}, {device}, {site_name}" in page
    assert "Press {lnik}: {link}</textarea>" in page


def test_whoever_was_slower_sees_both_texts_and_can_save_over(organiser: Visitor, edition: Edition) -> None:
    other = an_organiser(edition, "Other")
    stale = organiser.get(ABOUT)
    write(other, edition, "about", fields={"title": "Their title"})
    answer = organiser.press_on(stale, ABOUT, "Save the text", title="My title")
    assert answer.status_code == 409
    assert "Their title" in answer.text
    assert 'value="My title"' in answer.text
    assert words_of(edition, "about")["title"] == "Their title"
    assert organiser.press_on(answer, ABOUT, "Save the text").status_code == 303
    assert words_of(edition, "about")["title"] == "My title"


def test_a_mailed_link_uses_the_editions_words_in_the_readers_language(
    organiser: Visitor, app: Flask
) -> None:
    save(
        organiser, "/en/2026/manage/texts/mail-sign-in/fr",
        subject="Entrez dans {edition}", body="Bonjour.\n\n{link}\n\nEnvoyé à {device}",
    )  # fmt: skip
    for language in ("fr", "pt"):
        Visitor(app).post(f"/{language}/sign-in", {"email": f"{language}@example.org"})
    french, portuguese = mails(app)
    assert french.subject == "Entrez dans La solidarité"
    assert french.body.startswith("Bonjour.\n\nhttp://localhost/fr/links/")
    assert "<p>Bonjour.</p>" in french.alternatives[0][0]
    assert portuguese.subject == "A sua ligação para #SolidAction"


def test_versions_are_listed_with_what_changed_and_by_whom(organiser: Visitor, edition: Edition) -> None:
    save(organiser, ABOUT, title="First", why="A start.")
    save(organiser, ABOUT, title="Second")
    page = organiser.page(ABOUT + "/history")
    assert [heading.text for heading in page.select("ol.timeline h2")] == ["Version 2", "Version 1"]
    assert [mark.text for mark in page.select("ol.timeline ins")] == [" added: Second", " added: First"]
    assert "Organisers: Organiser" in page.text
    assert "A start." in page.text


def test_an_older_version_and_the_default_come_back_by_a_press(organiser: Visitor, edition: Edition) -> None:
    for title in ("First", "Second"):
        save(organiser, ABOUT, title=title)
    assert save(organiser, ABOUT + "/history", "Bring version 1 back")[0] == 303
    assert words_of(edition, "about")["title"] == "First"
    assert save(organiser, ABOUT + "/history", "Go back to the default")[0] == 303
    assert words_of(edition, "about")["title"] == "About"


def test_two_versions_are_compared(organiser: Visitor) -> None:
    for title in ("First", "Second", "Third"):
        save(organiser, ABOUT, title=title)
    page = organiser.page(ABOUT + "/history?before=0&after=3")
    section = page.select_one("section[aria-labelledby=compared]")
    assert section is not None
    assert [mark.text for mark in section.select("del, ins")] == [" removed: About", " added: Third"]
    assert organiser.get(ABOUT + "/history?before=1&after=9").status_code == 404


def test_the_list_counts_what_is_not_translated_yet(organiser: Visitor) -> None:
    save(organiser, ABOUT, title="Ours")
    counts = organiser.page("/en/2026/manage/texts").select("dl.figures dd")
    assert [count.text for count in counts] == ["0", "1", "1", "1", "1"]


def test_a_translator_sees_the_original_and_saves_in_their_language_alone(
    organiser: Visitor, translator: Visitor, edition: Edition
) -> None:
    save(organiser, ABOUT, body="Come and vote.")
    french = "/fr/2026/manage/texts/about/fr"
    page = translator.page(french)
    assert [words.text for words in page.select(".difference[lang=en]")][-1] == "Come and vote."
    form = page.select_one("form[method=post]:has(textarea)")
    assert form is not None
    assert form.select("input[name=others]") == []
    fields = {"title": "À nous", "description": "Une phrase.", "body": "Venez voter.", "based_on": "0"}
    token = form.select_one("input[name=token]")
    assert token is not None
    translator.token = str(token["value"])
    assert translator.post(french, fields).status_code == 303
    assert words_of(edition, "about", "fr")["body"] == "Venez voter."
    assert translator.get(ABOUT).status_code == 403
    assert translator.post(ABOUT, fields).status_code == 403


def test_a_translator_is_led_to_the_texts_from_every_page(translator: Visitor) -> None:
    assert translator.page("/en/").select_one("nav.places a[href='/en/2026/manage/texts']") is not None


def test_a_facilitator_finds_the_door_shut(app: Flask, edition: Edition) -> None:
    browser = Visitor(app)
    browser.sign_in(person(edition, Role.FACILITATOR))
    assert browser.get("/en/2026/manage/texts").status_code == 403
    assert browser.get(ABOUT).status_code == 403


def test_the_texts_of_a_past_edition_stay_as_they_are(
    organiser: Visitor, edition: Edition, app: Flask
) -> None:
    from roadmap.core.db import db  # thin command
    from tests.factories import NOW  # thin command

    edition.archived = NOW
    db.session.add(edition)
    db.session.commit()
    assert organiser.post(ABOUT, {"title": "x", "based_on": "0"}).status_code == 409
    assert db.session.query(TextVersion).count() == 0


def test_the_note_beside_translations_goes_once_it_is_emptied(
    organiser: Visitor, edition: Edition, app: Flask
) -> None:
    from roadmap.core.db import db  # thin command

    edition.texts = {"translation_note": {"fr": "Traduction à confirmer."}}
    db.session.add(edition)
    db.session.commit()
    assert "Traduction à confirmer." in Visitor(app).page("/fr/2026/questions").text
    assert save(organiser, "/en/2026/manage/texts/translation-note/fr", note="")[0] == 303
    assert "Traduction à confirmer." not in Visitor(app).page("/fr/2026/questions").text
